import { portableEngine } from '@waymark/accel/portable';
import {
  bodyAccepted,
  decodeReceipt,
  decodeTransaction,
  HEADER_BYTES,
  ReceiptStatus,
  type Genesis,
  type Receipt,
  type TransactionView,
  type TrustRoot,
} from '@waymark/ledger/chain';
import { equalBytes, toHex, treeHead, verifyInclusion } from '@waymark/ledger/primitives';
import { checkAnchor, type CheckedAnchor } from './check-headers.js';
import { jsonOfContent } from './json-of.js';
import { EVIDENCE_BOUNDS } from './evidence-file.js';
import type { FeedBlock, FeedPosition } from './feed-verdict.js';
import { wrong, type Examination, type RecordFinding } from './finding.js';
import type { RangeCode } from './range-verdict.js';
import { refuse } from './step.js';
import {
  isAbsent,
  Malformed,
  readBytes,
  readCount,
  readExactly,
  readHex,
  readList,
  readObject,
  readText,
  rootOf,
} from './strict-reader.js';
import { trustedCommitteeOf, verifyTrustMatches, type TrustedCommittee, type VerifyingEngine } from './trust.js';
import type { Defect, VerifyOptions } from './verdict.js';
import { checkBlock, openFeed, type LinkedBlock, type OpenFeed } from './verify-feed.js';
import { organisationsOf, readGenesis } from './verify-evidence.js';

/** One piece of a range whose headers are proven. */
export interface RangeExamination extends Examination {
  /** First and last height of the piece. */
  readonly from: number;
  readonly to: number;
  /** Where the next piece goes on. */
  readonly position: FeedPosition;
}

export type RangeVerdict = RangeExamination | Defect<RangeCode>;

export interface RangeOptions extends VerifyOptions {
  /** The height that must come first; a piece that starts elsewhere leaves something out. */
  readonly from?: number;
  /** Where the piece before ended, when that one was proven. */
  readonly position?: FeedPosition;
}

/**
 * Opens a piece of a range of blocks (docs/protocol/formats.md section 6a): the newest header is signed by a quorum and recent,
 * the headers of the piece follow one another and lie in its history. `check(part)` then takes one block: its transactions are
 * those of its header, its receipts those of the next, its ledger events those of the receipts, its records those whose
 * sender signed them with a key that execution found to speak for it. What is wrong in one block is named and says nothing of the others.
 *
 * @param piece parsed JSON; anything at all is answered, never with an exception
 */
export function examineRange(
  piece: unknown,
  trust: TrustRoot,
  options: RangeOptions,
  engine: VerifyingEngine = portableEngine,
): RangeVerdict {
  try {
    return open(piece, trust, options, engine);
  } catch (cause) {
    if (cause instanceof Malformed)
      return refuse<RangeCode>('RANGE_MALFORMED', cause.where, { expected: cause.expected });
    throw cause;
  }
}

function open(piece: unknown, trust: TrustRoot, options: RangeOptions, engine: VerifyingEngine): RangeVerdict {
  const file = readObject(rootOf(piece), [
    'format',
    'chainId',
    'genesisHash',
    'createdAt',
    'genesis',
    'from',
    'to',
    'head',
    'blocks',
    'anchor',
  ]);
  readExactly(file('format'), 'waymark-range/1');
  if (!isAbsent(file('createdAt'))) readText(file('createdAt'), EVIDENCE_BOUNDS.textMax);
  const chainId = readText(file('chainId'), EVIDENCE_BOUNDS.textMax);
  const genesisHash = readHex(file('genesisHash'), 32);
  if (!verifyTrustMatches({ chainId, genesisHash }, trust))
    return refuse('TRUST_ROOT_FOREIGN', '/genesisHash', { expected: trust.genesisHash, found: genesisHash });
  const genesis = readGenesis(
    readBytes(file('genesis'), { lengthMax: EVIDENCE_BOUNDS.genesisBytesMax }),
    trust,
    engine,
  );
  if (!genesis.ok)
    return genesis.code === 'EVIDENCE_MALFORMED'
      ? refuse('RANGE_MALFORMED', genesis.where, genesis.facts)
      : refuse(genesis.code, genesis.where, genesis.facts);

  const committee = trustedCommitteeOf(trust, engine.hashing);
  const headAt = readObject(file('head'), ['header', 'certificate', 'historyPath']);
  const certificate = readObject(headAt('certificate'), ['bitmap', 'signatures']);
  const head = checkAnchor(
    {
      header: readBytes(headAt('header'), { length: HEADER_BYTES }),
      bitmap: readCount(certificate('bitmap'), 2 ** EVIDENCE_BOUNDS.committeeMax - 1),
      signatures: readList(certificate('signatures'), 0, EVIDENCE_BOUNDS.committeeMax).map((at) =>
        readBytes(at, { length: 64 }),
      ),
    },
    committee,
    options,
    engine,
    '/head',
  );
  if (!head.ok) return head;

  const feed = openFeed(
    { finalHeight: 0, blocks: file('blocks').value, anchor: file('anchor').value },
    committee,
    (first) =>
      options.position ?? {
        height: first.height - 1,
        hash: first.height === 1 ? committee.genesisHash : first.parentHash,
      },
    engine,
  );
  if (!feed.ok)
    return feed.code === 'FEED_MALFORMED'
      ? refuse('RANGE_MALFORMED', feed.where, feed.facts)
      : refuse(feed.code, feed.where, feed.facts);
  const { blocks } = feed.value;
  const first = blocks[0];
  const last = blocks[blocks.length - 1];
  if (first === undefined || last === undefined) throw new Malformed('/blocks', 'at least one block');
  if (options.from !== undefined && first.own.header.height !== options.from)
    return refuse('RANGE_GAP', '/blocks/0', { expected: options.from, found: first.own.header.height });
  if (readCount(file('from')) !== first.own.header.height)
    throw new Malformed('/from', 'the height of the first block');
  if (readCount(file('to')) !== last.own.header.height) throw new Malformed('/to', 'the height of the last block');
  const path = isAbsent(headAt('historyPath'))
    ? undefined
    : readList(headAt('historyPath'), 0, EVIDENCE_BOUNDS.pathMax).map((at) => readBytes(at, { length: 32 }));
  if (!liesUnder(feed.value, head.value, path, engine))
    return refuse('HEADER_PATH_INVALID', '/head/historyPath', {
      height: feed.value.anchor?.header.height ?? 0,
      anchor: head.value.header.height,
    });

  return {
    ok: true,
    chainId,
    anchor: head.value.verified,
    organisations: organisationsOf(genesis.value),
    from: first.own.header.height,
    to: last.own.header.height,
    position: { height: last.own.header.height, hash: last.own.hash },
    parts: blocks.length,
    recordsOf: (part) => blocks[part]?.own.header.txCount ?? 0,
    check(part) {
      const block = blocks[part];
      if (block === undefined) throw new RangeError(`the piece has no block ${part}`);
      return examineBlock(block, genesis.value, committee, engine);
    },
  };
}

function liesUnder(
  feed: OpenFeed,
  head: CheckedAnchor,
  path: readonly Uint8Array[] | undefined,
  engine: VerifyingEngine,
): boolean {
  if (feed.anchor === undefined) return false;
  const { hash, header } = feed.anchor;
  return path === undefined
    ? equalBytes(hash, head.hash)
    : verifyInclusion(engine.hashing, hash, header.height, head.header.height, path, head.header.historyRoot);
}

function examineBlock(
  block: LinkedBlock,
  genesis: Genesis,
  committee: TrustedCommittee,
  engine: VerifyingEngine,
): readonly RecordFinding[] {
  let checked: ReturnType<typeof checkBlock>;
  try {
    checked = checkBlock(block, engine);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    checked = refuse('FEED_MALFORMED', cause.where, { expected: cause.expected });
  }
  if (!checked.ok) {
    const { where, facts } = checked;
    const code: RangeCode = checked.code === 'FEED_MALFORMED' ? 'RANGE_MALFORMED' : checked.code;
    return culprits(block, { code, where, facts }, genesis, committee, engine);
  }
  return findingsOf(checked.value, block.read.where, genesis, committee, engine);
}

/** The records of a block whose contents are those of its header, with the senders' signatures checked too. */
function findingsOf(
  block: FeedBlock,
  where: string,
  genesis: Genesis,
  committee: TrustedCommittee,
  engine: VerifyingEngine,
): readonly RecordFinding[] {
  return block.transactions.flatMap(({ transaction, receipt }, index) => {
    const at = `${where}/transactions/${index}`;
    const known = knownOf(transaction, block.height, block.header.time, genesis);
    const defect = defectOf(transaction, receipt, at, committee, engine);
    if (defect !== undefined) return [wrong(defect, known)];
    return transaction.bodies.map((body, bodyIndex): RecordFinding => {
      const isAccepted = bodyAccepted(receipt, bodyIndex);
      const failure = receipt.failures.find((entry) => entry.body === bodyIndex + 1) ?? receipt.failures[0];
      return {
        ...known,
        bodyIndex,
        kind: body.kind,
        value: jsonOfContent(body.content),
        outcome: isAccepted ? 'accepted' : 'refused',
        refusal: isAccepted
          ? undefined
          : { code: failure?.code ?? 'TX_REFUSED', pointer: failure?.body === bodyIndex + 1 ? failure.pointer : '' },
        defect: undefined,
      };
    });
  });
}

const knownOf = (transaction: TransactionView, height: number, timeMs: number, genesis: Genesis) => ({
  txId: toHex(transaction.txId),
  bodyIndex: undefined,
  height,
  timeMs,
  sender: transaction.header.sender,
  senderNames: genesis.organisations.find(({ account }) => account === transaction.header.sender)?.name,
  kind: transaction.bodies.length === 1 ? transaction.bodies[0]?.kind : undefined,
  value: transaction.bodies.length === 1 ? jsonOfContent(transaction.bodies[0]?.content) : undefined,
});

/**
 * What the roots of a block do not say: the records are those of the signed header, every signature is valid, and what the ledger
 * accepted (in whole or in part) was signed with exactly the keys that execution found to speak for the sender.
 */
function defectOf(
  transaction: TransactionView,
  receipt: Receipt,
  where: string,
  committee: TrustedCommittee,
  engine: VerifyingEngine,
): RecordFinding['defect'] {
  const { header, bodyBytes, signedBytes, signatures } = transaction;
  if (!equalBytes(header.genesisHash, committee.genesisHash))
    return { code: 'FEED_FOREIGN', where: `${where}/header`, facts: { genesisHash: toHex(header.genesisHash) } };
  if (header.bodyCount !== bodyBytes.length || !equalBytes(treeHead(engine.hashing, bodyBytes), header.bodiesRoot))
    return {
      code: 'BODIES_MISMATCH',
      where: `${where}/bodies`,
      facts: { signed: header.bodyCount, found: bodyBytes.length },
    };
  const counted = new Set(receipt.signerKeys.map(toHex));
  const seen = new Set<string>();
  const mustBeKnown = receipt.status !== ReceiptStatus.REFUSED;
  for (const [index, { publicKey, signature }] of signatures.entries()) {
    const at = `${where}/signatures/${index}`;
    const key = toHex(publicKey);
    const facts = { sender: header.sender, key };
    seen.add(key);
    if (
      publicKey.length !== 32 ||
      signature.length !== 64 ||
      !engine.verifySignature({ publicKey, message: signedBytes, signature })
    )
      return { code: 'SIGNATURE_INVALID', where: at, facts };
    if (mustBeKnown && !counted.has(key)) return { code: 'SIGNER_UNKNOWN', where: at, facts };
  }
  return mustBeKnown && (counted.size === 0 || [...counted].some((key) => !seen.has(key)))
    ? { code: 'SIGNER_UNKNOWN', where: `${where}/signatures`, facts: { sender: header.sender } }
    : undefined;
}

/**
 * A block whose contents are not those of its header: which records are wrong? The receipts, where they are whole, name every
 * transaction; each that is there and holds by itself is cleared, and what remains is named. Gives at least one finding.
 */
function culprits(
  { read, own, next }: LinkedBlock,
  whole: NonNullable<RecordFinding['defect']>,
  genesis: Genesis,
  committee: TrustedCommittee,
  engine: VerifyingEngine,
): readonly RecordFinding[] {
  const { height, time: timeMs } = own.header;
  const place = { height, timeMs };
  if (!equalBytes(treeHead(engine.hashing, read.receipts), next.header.parentReceiptRoot)) return [wrong(whole, place)];
  const receipts = read.receipts.map((bytes) => decodeReceipt(bytes));
  const there = read.transactions.map((bytes) => decodeTransaction(engine.hashing, bytes));
  const missing = new Map<string, Receipt>();
  for (const receipt of receipts) if (receipt.ok) missing.set(toHex(receipt.value.txId), receipt.value);
  const named: RecordFinding[] = [];
  const displaced: RecordFinding[] = [];
  const ofReceipt = (txId: string, receipt: Receipt) => ({
    ...place,
    txId,
    sender: receipt.sender,
    senderNames: genesis.organisations.find(({ account }) => account === receipt.sender)?.name,
  });
  there.forEach((transaction, index) => {
    const where = `${read.where}/transactions/${index}`;
    if (!transaction.ok) {
      const receipt = receipts[index];
      const txId = receipt?.ok === true ? toHex(receipt.value.txId) : '';
      const known = receipt?.ok === true && missing.delete(txId) ? ofReceipt(txId, receipt.value) : place;
      named.push(wrong({ code: 'TRANSACTION_UNREADABLE', where, facts: { reason: transaction.refusal.code } }, known));
      return;
    }
    const known = knownOf(transaction.value, height, timeMs, genesis);
    const receipt = missing.get(known.txId);
    missing.delete(known.txId);
    const defect =
      receipt === undefined
        ? ({ code: 'TRANSACTION_FOREIGN', where, facts: { transaction: known.txId } } as const)
        : defectOf(transaction.value, receipt, where, committee, engine);
    if (defect !== undefined) named.push(wrong(defect, known));
    else if (receipt !== undefined && receipt.txIndex !== index)
      displaced.push(
        wrong({ code: 'TRANSACTIONS_MISMATCH', where, facts: { expected: receipt.txIndex, found: index } }, known),
      );
  });
  for (const [txId, receipt] of missing)
    named.push(
      wrong(
        { code: 'TRANSACTION_MISSING', where: `${read.where}/transactions`, facts: { transaction: txId } },
        ofReceipt(txId, receipt),
      ),
    );
  if (named.length > 0) return named;
  if (displaced.length > 0) return displaced;
  const txId = whole.facts['transaction'];
  return [wrong(whole, { ...place, ...(typeof txId === 'string' ? { txId } : {}) })];
}
