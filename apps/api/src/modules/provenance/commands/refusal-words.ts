type Words = readonly [detail: string, howToFix: string];

const compareWithSource = 'Compare the identifier and the times with your own records.';
const ownKey = 'Let the operator entrust this gateway with your organisation’s key; then send the events again.';

/** What the codes of ledger and gateway mean, in a sentence for people, and what to do (docs/protocol/provenance.md). */
const words: Readonly<Record<string, Words>> = {
  PROVENANCE_PREFIX_NOT_YOURS: [
    'Only the owner of a company prefix may bring units under it into being.',
    'Commission under a prefix of your own, or let the owner capture this event.',
  ],
  PROVENANCE_PREFIX_UNREGISTERED: [
    'Nobody has registered the company prefix of this identifier with the consortium.',
    'Check the number; if the prefix is yours, have it registered.',
  ],
  PROVENANCE_LOT_PREFIX_NOT_YOURS: [
    'The lot stands under the company prefix of another organisation.',
    compareWithSource,
  ],
  PROVENANCE_ALREADY_COMMISSIONED: [
    'The unit has been commissioned before, and its product is under ledger serialisation.',
    'Use each serial number once; if the first capture was wrong, declare the error first.',
  ],
  PROVENANCE_ALREADY_PACKED: ['The unit lies in another parent already.', 'Capture its unpacking first.'],
  PROVENANCE_NOT_IN_PARENT: [
    'The unit does not lie in the parent from which it is taken.',
    'Name the parent in which it lies, or capture its packing first.',
  ],
  PROVENANCE_ENDED: ['The unit has ended (used up, destroyed or sold) and cannot be used again.', compareWithSource],
  PROVENANCE_NOT_COMMISSIONED: ['Nobody has commissioned this unit.', 'Let its maker capture the commissioning.'],
  PROVENANCE_NOT_YET_KNOWN: [
    'No earlier event names this item.',
    'Let whoever had it before you capture what they did with it.',
  ],
  PROVENANCE_BEFORE_COMMISSIONING: ['The event lies before the item came into being.', compareWithSource],
  PROVENANCE_MORE_USED_THAN_PRODUCED: [
    'More of the lot is used than was produced.',
    'Compare the quantities with your own records.',
  ],
  PROVENANCE_MORE_USED_THAN_RECEIVED: [
    'More of the lot is used here than was received.',
    'Compare the quantities with your own records.',
  ],
  PROVENANCE_USED_BEFORE_RECEIVED: ['The lot is used before it was received.', compareWithSource],
  PROVENANCE_IN_FUTURE: [
    'The time lies in the future of the ledger.',
    'Send the event after it happened, or correct the time or its zone.',
  ],
  PROVENANCE_HASH_CLASH: [
    'Another event of the same hash but other content is on the ledger.',
    'Tell the operator: this should never happen.',
  ],
  PROVENANCE_DECLARED_EVENT_UNKNOWN: [
    'The event that is declared wrong is not on the ledger.',
    'Capture the event as it was, with its error declaration.',
  ],
  PROVENANCE_DECLARED_BY_ANOTHER: [
    'The event that is declared wrong was signed by another organisation; theirs stays as it is.',
    'Let its signer declare the error.',
  ],
  PROVENANCE_EVENT_ID_UNUSUAL: [
    'The eventID is neither a UUID nor the hash of the event.',
    'Use a UUID, or leave the eventID out.',
  ],
  PROVENANCE_NAME_ASSERTED: [
    'The name is given by somebody who does not own the identifier.',
    'Let the owner of the identifier give it a name.',
  ],
  PROVENANCE_IDENTIFIER_NOT_GS1: [
    'The identifier is none of GS1: it is kept and traced as it is, and gets no GS1 Digital Link.',
    'Nothing has to be done; with a GS1 key the item can be found and scanned by everybody.',
  ],
  GS1_EPC_URN_MALFORMED: [
    'The identifier looks like a GS1 EPC URN and is none; it is kept as it is.',
    'Compare it with the form that the EPC Tag Data Standard gives.',
  ],
  GS1_DIGITAL_LINK_MALFORMED: [
    'The identifier looks like a GS1 Digital Link and is none; it is kept as it is.',
    'Compare it with the form that the GS1 Digital Link standard gives.',
  ],
  GS1_CHECK_DIGIT_WRONG: [
    'The check digit of the GS1 key is wrong; it is kept as it is.',
    'Compare the number with the label.',
  ],
  PROVENANCE_MORE_WARNINGS: ['There are more remarks than are kept.', 'Look at those that are shown first.'],
  PROVENANCE_BODY_TOO_LARGE: [
    'The record is larger than the ledger takes.',
    'Split the event, or keep large attachments elsewhere and name them by a link.',
  ],
  PROVENANCE_BODY_MALFORMED: ['The record cannot be read.', 'Correct what the pointer names.'],
  PROVENANCE_FIELD_INVALID: [
    'A field does not have the form that the standard asks for.',
    'Correct the field that the pointer names.',
  ],
  PROVENANCE_EVENT_TYPE_UNKNOWN: [
    'The type is none of the five event types of EPCIS 2.0.',
    'Correct the "type" of the event.',
  ],
  PROVENANCE_CONTEXT_MISSING: [
    'The JSON-LD context of the event was not accepted.',
    'Correct the "@context" of the document.',
  ],
  PROVENANCE_KIND_UNKNOWN: [
    'The ledger does not know this kind of record.',
    'Tell the operator: API and nodes are of different versions.',
  ],
  TX_SENDER_UNKNOWN: [
    'The ledger does not know your organisation.',
    'Have your organisation admitted to the consortium.',
  ],
  TX_SIGNER_UNKNOWN: ['The key that signed is not one of your organisation.', ownKey],
  TX_THRESHOLD_MISSED: [
    'Your organisation asks for more signatures than one.',
    'Sign with as many keys as your organisation has decided, or link this kind of record to a permission that one key reaches.',
  ],
  TX_CLASS_MISSING: ['The account has no certificate, so it cannot record this.', 'Have a certificate issued to it.'],
  TX_CONTEXT_REFUSED: [
    'The JSON-LD context on which the event rests was refused.',
    'Correct the "@context" of the document.',
  ],
  CAPTURE_DISCARDED: [
    'The operator of this gateway gave the capture up before anything was signed.',
    'Read the operator’s reason; capture the events again once it is settled.',
  ],
  TRANSACTION_DISCARDED: [
    'The operator of this gateway gave the signed capture up. Should it become final all the same, this job will say so.',
    'Read the operator’s reason; wait until it can no longer become final before you capture the events again.',
  ],
  SIGNING_KEY_MISSING: ['This gateway holds no key of your organisation, so nothing was signed.', ownKey],
  SIGNING_KEY_SEALED: ['The key of your organisation does not open on this gateway, so nothing was signed.', ownKey],
  SIGNING_KEY_FOREIGN: [
    'The key kept for your organisation is not one that the ledger knows as yours, so nothing was signed.',
    ownKey,
  ],
};

/** Renders a code of the ledger with its facts. A code without a sentence of its own is named as the rule it is. */
export function sayRefusal(
  code: string,
  facts: Readonly<Record<string, string>>,
  severity: 'error' | 'warning' = 'error',
): { detail: string; howToFix: string } {
  const told = Object.entries(facts)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  const [detail, howToFix] =
    words[code] ??
    (severity === 'error'
      ? [
          `The ledger refused it by its rule ${code}.`,
          'Look the rule up in docs/protocol/provenance.md and correct what the pointer names.',
        ]
      : [
          `The ledger keeps it, and remarks on it by its rule ${code}.`,
          'Look the rule up in docs/protocol/provenance.md; nothing has to be sent again.',
        ]);
  return { detail: told === '' ? detail : `${detail} (${told})`, howToFix };
}
