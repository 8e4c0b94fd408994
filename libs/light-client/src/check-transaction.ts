import {
  bodyAccepted,
  decodeBody,
  decodeReceipt,
  decodeTransactionHeader,
  ReceiptStatus,
  signedBytesOf,
  Visibility,
  type Body,
  type Genesis,
  type GenesisOrganisation,
  type Receipt,
  type TransactionHeader,
} from '@waymark/ledger/chain';
import { equalBytes, toHex, verifyInclusion } from '@waymark/ledger/primitives';
import type { ProvenHeaders } from './check-headers.js';
import type { EvidenceAcceptance, EvidenceTransaction } from './evidence-file.js';
import { jsonOfContent } from './json-of.js';
import { found, refuse, type Step } from './step.js';
import { Malformed } from './strict-reader.js';
import type { TrustedCommittee, VerifyingEngine } from './trust.js';
import type { VerifiedRecord } from './verdict.js';

export interface CheckedTransaction {
  /** Hex. */
  readonly txId: string;
  readonly records: readonly VerifiedRecord[];
}

/** One transaction of an evidence file: accepted, signed by its sender, and its bodies its own (formats.md 6, from the receipt on). */
export function checkTransaction(
  entry: EvidenceTransaction,
  headers: ProvenHeaders,
  genesis: Genesis,
  committee: TrustedCommittee,
  engine: VerifyingEngine,
): Step<CheckedTransaction> {
  const decoded = decodeTransactionHeader(entry.header);
  if (!decoded.ok)
    throw new Malformed(`${entry.where}/header`, `an encoded transaction header (${decoded.refusal.code})`);
  const header = decoded.value;
  const signedBytes = signedBytesOf(entry.header);
  const txId = engine.hashing.sha256(signedBytes);

  const receipt = checkAcceptance(entry, headers, engine);
  if (!receipt.ok) return receipt;
  if (
    !equalBytes(receipt.value.txId, txId) ||
    receipt.value.sender !== header.sender ||
    !equalBytes(header.genesisHash, committee.genesisHash)
  )
    return refuse('RECEIPT_FOREIGN', `${entry.where}/receipt`, {
      transaction: toHex(txId),
      receipt: toHex(receipt.value.txId),
    });
  const accepted = checkBodiesAccepted(entry, receipt.value);
  if (!accepted.ok) return accepted;
  const signed = checkSignatures(entry, header, signedBytes, receipt.value, engine);
  if (!signed.ok) return signed;
  const sender = senderOf(header.sender, genesis);
  const bodies = checkBodies(entry, header, engine);
  if (!bodies.ok) return bodies;
  const blockTime = blockTimeOf(receipt.value, headers);
  return found({
    txId: toHex(txId),
    records: [...bodies.value].map(([bodyIndex, body]) => {
      const context = body.context === 0 ? undefined : bodies.value.get(body.context - 1)?.content;
      return {
        txId: toHex(txId),
        sender: header.sender,
        senderNames: sender.name,
        senderRole: sender.role,
        publicKeys: entry.signatures.map(({ publicKey }) => toHex(publicKey)),
        height: receipt.value.height,
        ...blockTime,
        bodyIndex,
        kind: body.kind,
        bytes: body.content,
        value: jsonOfContent(body.content),
        contextValue: jsonOfContent(context),
        contextBytes: context,
        visibility: VISIBILITY[body.visibility],
      };
    }),
  });
}

/** Time of the block that carries the record, or of the next one, which `checkAcceptance` found in the file. */
function blockTimeOf(receipt: Receipt, headers: ProvenHeaders): Pick<VerifiedRecord, 'blockTimeMs' | 'blockTimeOf'> {
  const block = headers.get(receipt.height);
  if (block !== undefined) return { blockTimeMs: block.time, blockTimeOf: 'block' };
  const next = headers.get(receipt.height + 1);
  if (next === undefined) throw new RangeError('A receipt was accepted without the header that holds it.');
  return { blockTimeMs: next.time, blockTimeOf: 'next' };
}

const VISIBILITY = {
  [Visibility.PUBLIC]: 'public',
  [Visibility.PARTNERS]: 'partners',
  [Visibility.OWN]: 'own',
} as const;

/** The receipt, standing in the receipt root of a proven header: the ledger's own word, not mere inclusion. */
function checkAcceptance(entry: EvidenceTransaction, headers: ProvenHeaders, engine: VerifyingEngine): Step<Receipt> {
  const { acceptance, where } = entry;
  if (acceptance === undefined) return refuse('ACCEPTANCE_MISSING', where, { found: 'no receipt' });
  const state = headers.get(acceptance.stateHeaderHeight);
  if (state === undefined)
    return refuse('ACCEPTANCE_MISSING', `${where}/stateHeaderHeight`, {
      found: 'no proven header that holds the receipt',
      height: acceptance.stateHeaderHeight,
    });
  if (!leadsTo(state.parentReceiptRoot, acceptance, engine)) {
    const onlyIncluded = [...headers.values()].some((header) => leadsTo(header.txRoot, acceptance, engine));
    return onlyIncluded
      ? refuse('ACCEPTANCE_MISSING', `${where}/receiptPath`, {
          found: 'a path to the list of transactions, which holds refused ones too',
        })
      : refuse('RECEIPT_PATH_INVALID', `${where}/receiptPath`, { height: acceptance.stateHeaderHeight });
  }
  const decoded = decodeReceipt(acceptance.receipt);
  if (!decoded.ok) throw new Malformed(`${where}/receipt`, `an encoded receipt (${decoded.refusal.code})`);
  const receipt = decoded.value;
  const block = headers.get(receipt.height);
  if (
    receipt.height + 1 !== acceptance.stateHeaderHeight ||
    receipt.txIndex !== acceptance.receiptIndex ||
    (block !== undefined && block.txCount !== acceptance.receiptCount)
  )
    return refuse('RECEIPT_PATH_INVALID', `${where}/receipt`, { height: receipt.height, index: receipt.txIndex });
  return found(receipt);
}

const leadsTo = (root: Uint8Array, acceptance: EvidenceAcceptance, engine: VerifyingEngine): boolean =>
  verifyInclusion(
    engine.hashing,
    acceptance.receipt,
    acceptance.receiptIndex,
    acceptance.receiptCount,
    acceptance.receiptPath,
    root,
  );

function checkBodiesAccepted(entry: EvidenceTransaction, receipt: Receipt): Step<undefined> {
  for (const { index, where } of entry.bodies) {
    if (bodyAccepted(receipt, index)) continue;
    const failure = receipt.failures.find(({ body }) => body === index + 1) ?? receipt.failures[0];
    return refuse('NOT_ACCEPTED', where, {
      status: receipt.status === ReceiptStatus.REFUSED ? 'refused' : 'refused in part',
      body: index,
      ...(failure === undefined ? {} : { reason: failure.code }),
    });
  }
  return found(undefined);
}

/** Whom a record comes from. An account that was made after genesis is shown by its name on the ledger, which is unique. */
function senderOf(account: string, genesis: Genesis): Pick<GenesisOrganisation, 'name' | 'role'> {
  const founder = genesis.organisations.find((organisation) => organisation.account === account);
  return founder ?? { name: { en: account, 'zh-CN': account }, role: 'company' };
}

/**
 * Every signature in the file is valid and by a key that execution found to speak for the sender: the receipt says which, and it
 * is proven by a header that a quorum signed. All of those keys have signed, none is left out.
 */
function checkSignatures(
  entry: EvidenceTransaction,
  header: TransactionHeader,
  signedBytes: Uint8Array,
  receipt: Receipt,
  engine: VerifyingEngine,
): Step<undefined> {
  const counted = new Set(receipt.signerKeys.map(toHex));
  const seen = new Set<string>();
  for (const [index, { publicKey, signature }] of entry.signatures.entries()) {
    const where = `${entry.where}/signatures/${index}`;
    const key = toHex(publicKey);
    if (seen.has(key)) throw new Malformed(where, 'each key once');
    seen.add(key);
    if (!engine.verifySignature({ publicKey, message: signedBytes, signature }))
      return refuse('SIGNATURE_INVALID', where, { sender: header.sender, key });
    if (!counted.has(key)) return refuse('SIGNER_UNKNOWN', where, { sender: header.sender, key });
  }
  const absent = [...counted].find((key) => !seen.has(key));
  if (counted.size === 0 || absent !== undefined)
    return refuse('SIGNER_UNKNOWN', `${entry.where}/signatures`, {
      sender: header.sender,
      ...(absent === undefined ? {} : { missing: absent }),
    });
  return found(undefined);
}

/** The bodies by index, each proven by its path, with the context each of them names. */
function checkBodies(
  entry: EvidenceTransaction,
  header: TransactionHeader,
  engine: VerifyingEngine,
): Step<ReadonlyMap<number, Body>> {
  const bodies = new Map<number, Body>();
  for (const { index, body, path, where } of entry.bodies) {
    if (bodies.has(index)) throw new Malformed(where, 'each record once');
    if (!verifyInclusion(engine.hashing, body, index, header.bodyCount, path, header.bodiesRoot))
      return refuse('BODY_PATH_INVALID', where, { index, of: header.bodyCount });
    const decoded = decodeBody(body);
    if (!decoded.ok) throw new Malformed(`${where}/body`, `an encoded record (${decoded.refusal.code})`);
    bodies.set(index, decoded.value);
  }
  for (const { index, where } of entry.bodies) {
    const context = bodies.get(index)?.context ?? 0;
    if (context !== 0 && bodies.get(context - 1)?.kind !== 'epcis.context')
      return refuse('CONTEXT_MISSING', where, { index, context: context - 1 });
  }
  return found(bodies);
}
