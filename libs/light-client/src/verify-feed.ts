import { portableEngine } from '@waymark/accel/portable';
import {
  decodeHeader,
  decodeLedgerEvent,
  decodeReceipt,
  decodeTransaction,
  headerHash,
  BlockKind,
  HEADER_BYTES,
  type Header,
  type TrustRoot,
} from '@waymark/ledger/chain';
import { equalBytes, toHex, treeHead } from '@waymark/ledger/primitives';
import { checkCertificate, type SignedHeader } from './check-certificate.js';
import type { FeedBlock, FeedCode, FeedDefect, FeedPosition, FeedTransaction, FeedVerdict } from './feed-verdict.js';
import { found, refuse } from './step.js';
import { Malformed, readBytes, readCount, readList, readObject, rootOf, type Place } from './strict-reader.js';
import { trustedCommitteeOf, type TrustedCommittee, type VerifyingEngine } from './trust.js';
import type { AnchorSigner } from './verdict.js';

/** Bounds of one answer; the node's own are lower. */
export const FEED_BOUNDS = {
  blocksMax: 10_000,
  anchorHeadersMax: 10_000,
  transactionsMax: 100_000,
  transactionBytesMax: 1 << 20,
  receiptBytesMax: 1 << 20,
  eventsMax: 100_000,
  eventBytesMax: 1 << 20,
  committeeMax: 31,
} as const;

type Step<T> = { readonly ok: true; readonly value: T } | FeedDefect;

/**
 * Verifies what a node answered to `blocks` (docs/protocol/formats.md section 7) before anything is built on it: the
 * headers follow `position` one by one up to a header that a quorum signed; every block's transactions are those of its
 * header, its receipts those whose root stands in the next header, the ledger events those of the receipts. Signatures
 * of transactions are not checked again: the certified receipts say which keys signed.
 *
 * @param result the JSON-RPC result; anything at all is answered with a verdict, never with an exception
 */
export function verifyFeed(
  result: unknown,
  trust: TrustRoot,
  position: FeedPosition,
  engine: VerifyingEngine = portableEngine,
): FeedVerdict {
  try {
    return verifyRead(result, trustedCommitteeOf(trust, engine.hashing), position, engine);
  } catch (cause) {
    if (cause instanceof Malformed)
      return refuse<FeedCode>('FEED_MALFORMED', cause.where, { expected: cause.expected });
    throw cause;
  }
}

function verifyRead(
  result: unknown,
  committee: TrustedCommittee,
  position: FeedPosition,
  engine: VerifyingEngine,
): FeedVerdict {
  const opened = openFeed(result, committee, () => position, engine);
  if (!opened.ok) return opened;
  const { finalHeight, signedBy, blocks } = opened.value;
  if (blocks.length === 0) return { ok: true, finalHeight, blocks: [], position, signedBy: [] };
  const verified: FeedBlock[] = [];
  for (const block of blocks) {
    const checked = checkBlock(block, engine);
    if (!checked.ok) return checked;
    verified.push(checked.value);
  }
  const end = verified[verified.length - 1] as FeedBlock;
  return { ok: true, finalHeight, blocks: verified, position: { height: end.height, hash: end.hash }, signedBy };
}

/** A feed whose headers are linked and certified; the contents of its blocks are still to be checked. */
export interface OpenFeed {
  readonly finalHeight: number;
  readonly signedBy: readonly AnchorSigner[];
  readonly blocks: readonly LinkedBlock[];
  /** The header that carries the certificate; undefined when there are no blocks. */
  readonly anchor: SignedHeader | undefined;
}

/** The contents a feed claims for a block, with the certified headers that say what they must be. */
export interface LinkedBlock {
  readonly read: ReadBlock;
  readonly own: ReadHeader;
  readonly next: ReadHeader;
}

/**
 * Reads a feed, and checks that its headers follow one another up to a certified one.
 * @throws Malformed
 */
export function openFeed(
  result: unknown,
  committee: TrustedCommittee,
  positionBefore: (first: Header) => FeedPosition,
  engine: VerifyingEngine,
): Step<OpenFeed> {
  const answer = readObject(rootOf(result), ['finalHeight', 'blocks', 'anchor']);
  const finalHeight = readCount(answer('finalHeight'));
  const blocks = readList(answer('blocks'), 0, FEED_BOUNDS.blocksMax);
  if (blocks.length === 0) return found({ finalHeight, blocks: [], signedBy: [], anchor: undefined });

  const anchor = readObject(answer('anchor'), ['headers', 'certificate']);
  const certificate = readObject(anchor('certificate'), ['bitmap', 'signatures']);
  const read = blocks.map(readBlock);
  const headers = [
    ...read.map(({ header }) => header),
    ...readList(anchor('headers'), 1, FEED_BOUNDS.anchorHeadersMax).map(readHeaderPlace),
  ].map((place) => decodeAt(place, engine));
  const linked = checkLinks(headers, positionBefore((headers[0] as ReadHeader).header), committee);
  if (!linked.ok) return linked;
  const last = headers[headers.length - 1] as ReadHeader;
  const certified = checkCertificate(
    {
      ...last,
      bitmap: readCount(certificate('bitmap'), 2 ** FEED_BOUNDS.committeeMax - 1),
      signatures: readList(certificate('signatures'), 0, FEED_BOUNDS.committeeMax).map((at) =>
        readBytes(at, { length: 64 }),
      ),
    },
    committee,
    engine,
    '/anchor',
  );
  if (!certified.ok) return certified;
  return found({
    finalHeight,
    signedBy: certified.value,
    anchor: last,
    blocks: read.map((block, index) => ({
      read: block,
      own: headers[index] as ReadHeader,
      next: headers[index + 1] as ReadHeader,
    })),
  });
}

export interface ReadBlock {
  readonly where: string;
  readonly header: HeaderPlace;
  readonly transactions: readonly Uint8Array[];
  readonly receipts: readonly Uint8Array[];
  readonly events: readonly (readonly Uint8Array[])[];
}
export interface HeaderPlace {
  readonly where: string;
  readonly bytes: Uint8Array;
}
export interface ReadHeader extends SignedHeader {
  readonly where: string;
  readonly bytes: Uint8Array;
}

const readHeaderPlace = (place: Place): HeaderPlace => ({
  where: place.where,
  bytes: readBytes(place, { length: HEADER_BYTES }),
});

function readBlock(place: Place): ReadBlock {
  const block = readObject(place, ['header', 'transactions', 'receipts', 'events']);
  return {
    where: place.where,
    header: readHeaderPlace(block('header')),
    transactions: readList(block('transactions'), 0, FEED_BOUNDS.transactionsMax).map((at) =>
      readBytes(at, { lengthMax: FEED_BOUNDS.transactionBytesMax }),
    ),
    receipts: readList(block('receipts'), 0, FEED_BOUNDS.transactionsMax).map((at) =>
      readBytes(at, { lengthMax: FEED_BOUNDS.receiptBytesMax }),
    ),
    events: readList(block('events'), 0, FEED_BOUNDS.transactionsMax).map((list) =>
      readList(list, 0, FEED_BOUNDS.eventsMax).map((at) => readBytes(at, { lengthMax: FEED_BOUNDS.eventBytesMax })),
    ),
  };
}

function decodeAt({ where, bytes }: HeaderPlace, engine: VerifyingEngine): ReadHeader {
  const decoded = decodeHeader(bytes);
  if (!decoded.ok) throw new Malformed(where, `an encoded header (${decoded.refusal.code})`);
  if (decoded.value.kind !== BlockKind.NORMAL) throw new Malformed(where, 'the header of a block');
  return { where, bytes, header: decoded.value, hash: headerHash(engine.hashing, bytes) };
}

/** Each header stands on the one before it, the first on `position`. */
function checkLinks(
  headers: readonly ReadHeader[],
  position: FeedPosition,
  committee: TrustedCommittee,
): Step<undefined> {
  let parent: FeedPosition = position;
  let before: Header | undefined;
  for (const { header, hash, where } of headers) {
    if (!equalBytes(header.genesisHash, committee.genesisHash))
      return refuse('FEED_FOREIGN', where, { genesisHash: toHex(header.genesisHash) });
    const follows =
      header.height === parent.height + 1 &&
      equalBytes(header.parentHash, parent.hash) &&
      (before === undefined ||
        (header.parentView === before.view && header.view > before.view && header.time > before.time));
    if (!follows) return refuse('FEED_LINK_BROKEN', where, { height: header.height, expected: parent.height + 1 });
    parent = { height: header.height, hash };
    before = header;
  }
  return found(undefined);
}

/**
 * The contents of one block against its header and the next.
 * @throws Malformed
 */
export function checkBlock({ read: block, own, next }: LinkedBlock, engine: VerifyingEngine): Step<FeedBlock> {
  const { header } = own;
  const { hashing } = engine;
  const bodyBytes = block.transactions.reduce((sum, bytes) => sum + bytes.length, 0);
  const hashes = block.transactions.map((bytes) => hashing.sha256(bytes));
  if (
    hashes.length !== header.txCount ||
    bodyBytes !== header.bodyBytes ||
    !equalBytes(treeHead(hashing, hashes), header.txRoot)
  )
    return refuse('TRANSACTIONS_MISMATCH', `${block.where}/transactions`, { height: header.height });
  if (
    block.receipts.length !== hashes.length ||
    !equalBytes(treeHead(hashing, block.receipts), next.header.parentReceiptRoot)
  )
    return refuse('RECEIPTS_MISMATCH', `${block.where}/receipts`, { height: header.height });
  if (block.events.length !== hashes.length)
    return refuse('EVENTS_MISMATCH', `${block.where}/events`, { height: header.height });
  const transactions: FeedTransaction[] = [];
  for (const [index, bytes] of block.transactions.entries()) {
    const checked = checkTransaction(block, header, index, bytes, engine);
    if (!checked.ok) return checked;
    transactions.push(checked.value);
  }
  return found({ height: header.height, hash: own.hash, header, headerBytes: own.bytes, transactions });
}

function checkTransaction(
  block: ReadBlock,
  header: Header,
  index: number,
  bytes: Uint8Array,
  engine: VerifyingEngine,
): Step<FeedTransaction> {
  const { hashing } = engine;
  const transaction = decodeTransaction(hashing, bytes);
  if (!transaction.ok)
    throw new Malformed(`${block.where}/transactions/${index}`, `a transaction (${transaction.refusal.code})`);
  const receiptBytes = block.receipts[index] as Uint8Array;
  const receipt = decodeReceipt(receiptBytes);
  if (!receipt.ok) throw new Malformed(`${block.where}/receipts/${index}`, `a receipt (${receipt.refusal.code})`);
  if (
    !equalBytes(receipt.value.txId, transaction.value.txId) ||
    receipt.value.height !== header.height ||
    receipt.value.txIndex !== index
  )
    return refuse('RECEIPTS_MISMATCH', `${block.where}/receipts/${index}`, {
      height: header.height,
      transaction: toHex(transaction.value.txId),
    });
  const eventBytes = block.events[index] as readonly Uint8Array[];
  if (!equalBytes(treeHead(hashing, eventBytes), receipt.value.eventsRoot))
    return refuse('EVENTS_MISMATCH', `${block.where}/events/${index}`, {
      height: header.height,
      transaction: toHex(transaction.value.txId),
    });
  const events = eventBytes.map((event, at) => {
    const decoded = decodeLedgerEvent(event);
    if (!decoded.ok)
      throw new Malformed(`${block.where}/events/${index}/${at}`, `a ledger event (${decoded.refusal.code})`);
    return decoded.value;
  });
  return found({ transaction: transaction.value, receipt: receipt.value, receiptBytes, events });
}
