/**
 * Merkle trees of RFC 6962 section 2.1: leaf = SHA-256(0x00 || data), node = SHA-256(0x01 || left || right), the
 * head of an empty tree is SHA-256 of nothing. Verifiers follow RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 */
import type { Hashing } from '@waymark/accel/contract';
import { concatBytes, equalBytes } from './bytes.js';

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Hash of a leaf's data. */
export function merkleLeafHash(hashing: Hashing, data: Uint8Array): Uint8Array {
  return hashing.sha256(concatBytes(LEAF, data));
}

/** Hash of an inner node. */
export function merkleNodeHash(hashing: Hashing, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashing.sha256(concatBytes(NODE, left, right));
}

/** Largest power of two below n (n > 1). */
const split = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};

/** Tree head over the leaves' data; by the engine's own way where it has one. */
export function treeHead(hashing: Hashing, leaves: readonly Uint8Array[]): Uint8Array {
  if (hashing.merkleRoot !== undefined) return hashing.merkleRoot(leaves);
  return treeHeadOfHashes(
    hashing,
    leaves.map((leaf) => merkleLeafHash(hashing, leaf)),
  );
}

/** Tree head over leaf hashes. Neighbours are joined level by level; a last odd one rises, which is RFC 6962's split. */
export function treeHeadOfHashes(hashing: Hashing, leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return hashing.sha256(new Uint8Array(0));
  let level = leafHashes;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index + 1 < level.length; index += 2)
      next.push(merkleNodeHash(hashing, level[index] as Uint8Array, level[index + 1] as Uint8Array));
    if (level.length % 2 === 1) next.push(level[level.length - 1] as Uint8Array);
    level = next;
  }
  return level[0] as Uint8Array;
}

/** All levels of the tree, leaf hashes first; a last odd node rises. */
function levelsOf(hashing: Hashing, leaves: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  let level: readonly Uint8Array[] = leaves.map((leaf) => merkleLeafHash(hashing, leaf));
  const levels = [level];
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      next.push(merkleNodeHash(hashing, level[at] as Uint8Array, level[at + 1] as Uint8Array));
    if (level.length % 2 === 1) next.push(level[level.length - 1] as Uint8Array);
    level = next;
    levels.push(level);
  }
  return levels;
}

/** Paths of the leaves at `indexes`, each from the leaf up; the tree is hashed once. @throws RangeError when there is no such leaf. */
export function inclusionPaths(
  hashing: Hashing,
  leaves: readonly Uint8Array[],
  indexes: readonly number[],
): Uint8Array[][] {
  for (const index of indexes)
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
      throw new RangeError(`no leaf ${index} among ${leaves.length}`);
  const levels = levelsOf(hashing, leaves);
  return indexes.map((index) =>
    levels.flatMap((level, height) => {
      const sibling = level.length > 1 ? level[(index >> height) ^ 1] : undefined;
      return sibling === undefined ? [] : [sibling];
    }),
  );
}

/** Path of the leaf at `index`, from the leaf up. @throws RangeError when there is no such leaf. */
export function inclusionPath(hashing: Hashing, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionPaths(hashing, leaves, [index])[0] as Uint8Array[];
}

/**
 * The head that a path leads to, or undefined when the path cannot be one of leaf `index` in a tree of `size`
 * leaves (too short, too long, hashes of another length).
 */
export function rootFromInclusionPath(
  hashing: Hashing,
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return undefined;
  if (leafHash.length !== HASH_BYTES) return undefined;
  let position = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of path) {
    if (sibling.length !== HASH_BYTES || last === 0) return undefined;
    if (position % 2 === 1 || position === last) {
      hash = merkleNodeHash(hashing, sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = merkleNodeHash(hashing, hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
}

/** True when the path proves that the leaf with this hash stands at `index` of the tree of `size` leaves with this head. */
export function verifyInclusionOfHash(
  hashing: Hashing,
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const computed = rootFromInclusionPath(hashing, leafHash, index, size, path);
  return computed !== undefined && equalBytes(computed, root);
}

/** As `verifyInclusionOfHash`, for a leaf's data. */
export function verifyInclusion(
  hashing: Hashing,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  return verifyInclusionOfHash(hashing, merkleLeafHash(hashing, leaf), index, size, path, root);
}

/** True when the proof shows that the tree of `size2` leaves begins with the tree of `size1` (> 0) leaves (RFC 9162 2.1.4.2). */
export function verifyConsistency(
  hashing: Hashing,
  size1: number,
  size2: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(size1) || !Number.isSafeInteger(size2) || size1 < 0 || size2 < size1) return false;
  // Nothing can be learned of the empty tree, and nobody needs to be told.
  if (size1 === 0) return false;
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);
  if (root1.length !== HASH_BYTES || root2.length !== HASH_BYTES) return false;
  if (proof.some((hash) => hash.length !== HASH_BYTES)) return false;
  let position = size1 - 1;
  let last = size2 - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  // When size1 is a power of two its head is the first node of the path.
  const nodes = position === 0 ? [root1, ...proof] : [...proof];
  const first = nodes.shift();
  if (first === undefined) return false;
  let head1 = first;
  let head2 = first;
  for (const node of nodes) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      head1 = merkleNodeHash(hashing, node, head1);
      head2 = merkleNodeHash(hashing, node, head2);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      head2 = merkleNodeHash(hashing, head2, node);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(head1, root1) && equalBytes(head2, root2);
}

/** The slow, plain twin of `treeHead`, straight from RFC 6962 section 2.1; for tests. */
export function treeHeadByDefinition(hashing: Hashing, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hashing.sha256(new Uint8Array(0));
  if (leaves.length === 1) return merkleLeafHash(hashing, leaves[0] as Uint8Array);
  const k = split(leaves.length);
  return merkleNodeHash(
    hashing,
    treeHeadByDefinition(hashing, leaves.slice(0, k)),
    treeHeadByDefinition(hashing, leaves.slice(k)),
  );
}
