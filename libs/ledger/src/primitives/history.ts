/**
 * An RFC 6962 tree that only grows, without its leaves: what `historyRoot` is made of. A `CompactRange` is the list
 * of heads of the perfect subtrees (largest first); it is a plain value, so each unfinal block carries its own.
 */
import type { Hashing } from '@waymark/accel/contract';
import { concatBytes } from './bytes.js';
import { readU64, u64Bytes } from './integers.js';
import { HASH_BYTES, merkleLeafHash, merkleNodeHash } from './merkle.js';

export interface CompactRange {
  /** Number of leaves. */
  readonly size: number;
  /** Heads of the perfect subtrees, one per set bit of `size`, the largest subtree first. */
  readonly hashes: readonly Uint8Array[];
}

/** A node of the tree that will never change: the head of the perfect subtree of leaves [index << level, (index + 1) << level). */
export interface HistoryNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Stored nodes. Level 0 are the leaf hashes. */
export interface HistoryNodes {
  get(level: number, index: number): Uint8Array | undefined;
}

export const EMPTY_RANGE: CompactRange = { size: 0, hashes: [] };

/** The range with one more leaf, and the nodes this completes (the leaf's own first): store them to prove paths later. */
export function appendLeaf(
  hashing: Hashing,
  range: CompactRange,
  leaf: Uint8Array,
): { readonly range: CompactRange; readonly nodes: readonly HistoryNode[] } {
  const hashes = [...range.hashes];
  let hash = merkleLeafHash(hashing, leaf);
  let level = 0;
  let index = range.size;
  const nodes: HistoryNode[] = [{ level, index, hash }];
  while (index % 2 === 1) {
    hash = merkleNodeHash(hashing, hashes.pop() as Uint8Array, hash);
    level += 1;
    index = Math.floor(index / 2);
    nodes.push({ level, index, hash });
  }
  hashes.push(hash);
  return { range: { size: range.size + 1, hashes }, nodes };
}

/** The nodes that a range consists of, with their places. */
export function historyNodesOf(range: CompactRange): HistoryNode[] {
  let from = 0;
  return range.hashes.map((hash) => {
    let level = 0;
    while (2 ** (level + 1) <= range.size - from) level += 1;
    const node = { level, index: from / 2 ** level, hash };
    from += 2 ** level;
    return node;
  });
}

/** The range of the first `size` leaves, from stored nodes. @throws RangeError when a node is not stored. */
export function rangeOf(nodes: HistoryNodes, size: number): CompactRange {
  const hashes: Uint8Array[] = [];
  for (let from = 0; from < size;) {
    let level = 0;
    while (2 ** (level + 1) <= size - from) level += 1;
    const hash = nodes.get(level, from / 2 ** level);
    if (hash === undefined) throw new RangeError(`history node ${level}/${from / 2 ** level} is not stored`);
    hashes.push(hash);
    from += 2 ** level;
  }
  return { size, hashes };
}

/** Tree head of all leaves so far. */
export function rangeRoot(hashing: Hashing, range: CompactRange): Uint8Array {
  if (range.size === 0) return hashing.sha256(new Uint8Array(0));
  return range.hashes.reduceRight((right, left) => merkleNodeHash(hashing, left, right));
}

/** Bytes for a store: size u64, then the hashes. */
export function encodeRange(range: CompactRange): Uint8Array {
  return concatBytes(u64Bytes(range.size), ...range.hashes);
}

/** @throws RangeError when the bytes are not what `encodeRange` writes: our own store is damaged. */
export function decodeRange(bytes: Uint8Array): CompactRange {
  const size = readU64(bytes, 0);
  let expected = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) expected += rest % 2;
  if (bytes.length !== 8 + expected * HASH_BYTES) throw new RangeError('not a compact range');
  const hashes = Array.from({ length: expected }, (_, at) =>
    bytes.slice(8 + at * HASH_BYTES, 8 + (at + 1) * HASH_BYTES),
  );
  return { size, hashes };
}

/** Head of the leaves [from, to), where `from` is a multiple of the largest power of two below `to - from`. */
function subtreeHead(hashing: Hashing, nodes: HistoryNodes, from: number, to: number): Uint8Array {
  const count = to - from;
  let power = 1;
  let level = 0;
  while (power * 2 <= count) {
    power *= 2;
    level += 1;
  }
  if (power === count) {
    const hash = nodes.get(level, from / power);
    if (hash === undefined) throw new RangeError(`history node ${level}/${from / power} is not stored`);
    return hash;
  }
  return merkleNodeHash(
    hashing,
    subtreeHead(hashing, nodes, from, from + power),
    subtreeHead(hashing, nodes, from + power, to),
  );
}

/**
 * Path of leaf `index` in the tree of the first `size` leaves, from stored nodes: about log2(size)^2 / 2 hashes at
 * most, no leaf is read again.
 * @throws RangeError when there is no such leaf or a node is not stored.
 */
export function historyPath(hashing: Hashing, nodes: HistoryNodes, index: number, size: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${index} among ${size}`);
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    let power = 1;
    while (power * 2 < to - from) power *= 2;
    if (index < from + power) {
      path.push(subtreeHead(hashing, nodes, from + power, to));
      to = from + power;
    } else {
      path.push(subtreeHead(hashing, nodes, from, from + power));
      from += power;
    }
  }
  return path.reverse();
}
