import { decodeHeader, encodeHeader, type Header } from '@waymark/ledger/chain';
import { fromHex, toHex } from '@waymark/ledger/primitives';
import type { Hash, SignedVote, Certificate } from '@waymark/consensus/certificates';
import type { BlockRef } from '@waymark/consensus/lbft';
import { genesisHash, sha256 } from './sim-crypto.js';

export const genesisTimeMs = 1_750_000_000_000;
export const genesis: BlockRef = {
  hash: genesisHash,
  parentHash: '00'.repeat(32),
  view: 0,
  parentView: 0,
  height: 0,
  timeMs: genesisTimeMs,
  txCount: 0,
};

/** A block as a simulated node holds it. `stateRoot`: after its execution. */
export interface SimBlock {
  readonly ref: BlockRef;
  readonly header: Uint8Array;
  readonly transactions: readonly Uint8Array[];
  proposal: { readonly vote: SignedVote; readonly certificates: readonly Certificate[] } | null;
}

const zero = new Uint8Array(32);
const txRootOf = (transactions: readonly Uint8Array[]): Uint8Array =>
  sha256(new Uint8Array(transactions.flatMap((tx) => [...sha256(tx)])));

/** State after a block: stands for execution, so that V8 and equal state roots (I13) mean something. */
export function stateAfter(parentStateRoot: Uint8Array, transactions: readonly Uint8Array[]): Uint8Array {
  return sha256(new Uint8Array([...parentStateRoot, ...txRootOf(transactions)]));
}

export function buildBlock(of: {
  readonly parent: BlockRef;
  readonly parentStateRoot: Uint8Array;
  readonly view: number;
  readonly leaderIdx: number;
  readonly timeMs: number;
  readonly transactions: readonly Uint8Array[];
}): SimBlock {
  const header: Header = {
    version: 1,
    suite: 1,
    kind: 0,
    genesisHash: fromHex(genesisHash),
    epoch: 0,
    view: of.view,
    height: of.parent.height + 1,
    parentHash: fromHex(of.parent.hash),
    parentView: of.parent.view,
    time: of.timeMs,
    leaderIdx: of.leaderIdx,
    txCount: of.transactions.length,
    bodyBytes: of.transactions.reduce((sum, tx) => sum + tx.length, 0),
    txRoot: txRootOf(of.transactions),
    parentStateRoot: of.parentStateRoot,
    parentReceiptRoot: zero,
    sideRoot: zero,
    historyRoot: zero,
    committeeHash: zero,
    generation: 0,
    nextCommitteeHash: zero,
    nextProposersHash: zero,
    nextSeed: zero,
    edgeHash: zero,
    reveal: zero,
    signal: 0,
    extraRoot: zero,
  };
  const bytes = encodeHeader(header);
  return { ref: refOf(bytes)!, header: bytes, transactions: of.transactions, proposal: null };
}

export function readHeader(bytes: Uint8Array): Header | null {
  const outcome = decodeHeader(bytes);
  return outcome.ok ? outcome.value : null;
}

/** What the core sees of a header; null when the bytes are none. */
export function refOf(bytes: Uint8Array): BlockRef | null {
  const header = readHeader(bytes);
  if (header === null) return null;
  const hash: Hash = toHex(sha256(bytes));
  return {
    hash,
    parentHash: toHex(header.parentHash),
    view: header.view,
    parentView: header.parentView,
    height: header.height,
    timeMs: header.time,
    txCount: header.txCount,
  };
}

/** Whether the transactions are those the header commits to. */
export function bodyMatches(headerBytes: Uint8Array, transactions: readonly Uint8Array[]): boolean {
  const header = readHeader(headerBytes);
  return (
    header !== null && header.txCount === transactions.length && toHex(header.txRoot) === toHex(txRootOf(transactions))
  );
}
