import { utf8ToBytes } from '@noble/hashes/utils.js';
import { judgeIdentifier } from '../../gs1/judge-identifier.js';
import type { EpcisEvent } from '../../model/epcis.js';
import type { Problem } from '../../model/problem.js';
import { error } from '../schema-problems.js';
import { quantityLists } from './what.js';

const HOW_TO_FIX = {
  GS1_CHECK_DIGIT_WRONG: 'Compare the number with the label; most likely a digit was mistyped.',
  GS1_EPC_URN_MALFORMED:
    'Correct the number if it is meant to be a GS1 key; as it stands it is only a name without a Digital Link.',
  GS1_DIGITAL_LINK_MALFORMED: 'Correct the path if it is meant to be a GS1 Digital Link.',
} as const;

/** Every identifier of the event with its place. */
function identifiersOf(event: EpcisEvent): [string, string][] {
  const found: [string, string][] = [];
  const lists: [string, readonly string[] | undefined][] =
    event.type === 'TransformationEvent'
      ? [
          ['inputEPCList', event.inputEPCList],
          ['outputEPCList', event.outputEPCList],
        ]
      : event.type === 'AggregationEvent' || event.type === 'AssociationEvent'
        ? [['childEPCs', event.childEPCs]]
        : [['epcList', event.epcList]];
  for (const [name, list] of lists) list?.forEach((id, i) => found.push([`${name}/${i}`, id]));
  for (const [name, list] of quantityLists(event))
    list.forEach(({ epcClass }, i) => found.push([`${name}/${i}/epcClass`, epcClass]));
  if ('parentID' in event && event.parentID !== undefined) found.push(['parentID', event.parentID]);
  if (event.readPoint !== undefined) found.push(['readPoint/id', event.readPoint.id]);
  if (event.bizLocation !== undefined) found.push(['bizLocation/id', event.bizLocation.id]);
  event.sourceList?.forEach(({ source }, i) => found.push([`sourceList/${i}/source`, source]));
  event.destinationList?.forEach(({ destination }, i) => found.push([`destinationList/${i}/destination`, destination]));
  return found;
}

/** Identifiers become keys of the ledger's state and of indexes: so many bytes at most. */
const IDENTIFIER_BYTES_MAX = 512;
/** Identifiers that one event may name. */
const IDENTIFIERS_MAX = 10_000;

/** Bounds of what an event names. */
export function judgeIdentifierBounds(event: EpcisEvent, base: string): Problem[] {
  const identifiers = identifiersOf(event);
  if (identifiers.length > IDENTIFIERS_MAX) {
    const facts = { count: String(identifiers.length), countMax: String(IDENTIFIERS_MAX) };
    const message = `The event names ${identifiers.length} identifiers; ${IDENTIFIERS_MAX} are allowed.`;
    return [error('EPCIS_TOO_MANY_IDENTIFIERS', base, message, 'Split the event.', facts)];
  }
  const words = Object.entries({ bizStep: event.bizStep, disposition: event.disposition, eventID: event.eventID });
  return [...identifiers, ...words].flatMap(([path, id]) => {
    const sizeBytes = id === undefined ? 0 : utf8ToBytes(id).length;
    if (sizeBytes <= IDENTIFIER_BYTES_MAX) return [];
    const facts = { sizeBytes: String(sizeBytes), sizeBytesMax: String(IDENTIFIER_BYTES_MAX) };
    const message = `The identifier has ${sizeBytes} bytes; ${IDENTIFIER_BYTES_MAX} are allowed.`;
    return [error('EPCIS_IDENTIFIER_TOO_LONG', `${base}/${path}`, message, 'Use a shorter identifier.', facts)];
  });
}

/** GS1 keys are well formed and their check digits right, in whatever spelling. */
export function judgeIdentifiers(event: EpcisEvent, base: string): Problem[] {
  return identifiersOf(event).flatMap(([path, id]) => {
    const found = judgeIdentifier(id);
    if (found === undefined) return [];
    const { code, severity, message, facts } = found;
    return [
      { code: `EPCIS_${code}`, severity, pointer: `${base}/${path}`, message, facts, howToFix: HOW_TO_FIX[code] },
    ];
  });
}

const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An eventID is kept as given; one that claims to be a UUID and is not is told. */
export function judgeEventId(event: EpcisEvent, base: string): Problem[] {
  const { eventID } = event;
  if (eventID === undefined || !/^urn:uuid:/i.test(eventID) || UUID.test(eventID)) return [];
  return [
    {
      code: 'EPCIS_EVENT_ID_NOT_A_UUID',
      severity: 'warning',
      pointer: `${base}/eventID`,
      message: `"${eventID}" claims to be a UUID and is none.`,
      facts: { eventID },
      howToFix: 'Nothing has to be done: the event hash names the event. Better leave "eventID" out or write a UUID.',
    },
  ];
}
