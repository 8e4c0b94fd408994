/**
 * Merkle trees of RFC 6962 section 2.1 over any SHA-256: leaf = SHA-256(0x00 || data), node = SHA-256(0x01 || left ||
 * right), the head of an empty tree SHA-256 of nothing. Level by level: a last odd node rises, which is RFC 6962's split.
 * The trees of `libs/ledger/src/primitives/merkle.ts` are these; the conformance tests compare the two.
 */
import { DIGEST_BYTES, type Hashing, type MerklePaths } from '../../contract/index.js';

const NODE_BYTES = 1 + 2 * DIGEST_BYTES;

/** SHA-256(0x00 || data) of each leaf. */
export function leafHashes(hashing: Hashing, leaves: readonly Uint8Array[]): Uint8Array[] {
  return leaves.map((data) => {
    const leaf = new Uint8Array(1 + data.length);
    leaf.set(data, 1);
    return hashing.sha256(leaf);
  });
}

/** The level above; `level` has at least two nodes. */
function levelAbove(hashing: Hashing, level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  const node = new Uint8Array(NODE_BYTES);
  node[0] = 1;
  for (let at = 0; at + 1 < level.length; at += 2) {
    node.set(level[at] as Uint8Array, 1);
    node.set(level[at + 1] as Uint8Array, 1 + DIGEST_BYTES);
    above.push(hashing.sha256(node));
  }
  if (level.length % 2 === 1) above.push(level[level.length - 1] as Uint8Array);
  return above;
}

/** The head over hashes of leaves, or of whole subtrees of one size of which the last may be smaller. */
export function headOfHashes(hashing: Hashing, hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) level = levelAbove(hashing, level);
  return level[0] ?? hashing.sha256(new Uint8Array(0));
}

/** The head over the leaves' data. */
export function merkleRoot(hashing: Hashing, leaves: readonly Uint8Array[]): Uint8Array {
  return headOfHashes(hashing, leafHashes(hashing, leaves));
}

/** Head and paths, hashed once. @throws RangeError when there is no such leaf. */
export function merklePaths(hashing: Hashing, leaves: readonly Uint8Array[], indexes: readonly number[]): MerklePaths {
  const levels = [leafHashes(hashing, leaves)];
  for (let level = levels[0] as Uint8Array[]; level.length > 1;) {
    level = levelAbove(hashing, level);
    levels.push(level);
  }
  return pathsFrom(levels, indexes, hashing);
}

/** Paths out of all levels of a tree, leaf hashes first. @throws RangeError when there is no such leaf. */
export function pathsFrom(
  levels: readonly (readonly Uint8Array[])[],
  indexes: readonly number[],
  hashing: Hashing,
): MerklePaths {
  const leaves = levels[0] ?? [];
  const paths = indexes.map((index) => {
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
      throw new RangeError(`no leaf ${index} among ${leaves.length}`);
    return levels.flatMap((level, height) => {
      const sibling = level.length > 1 ? level[(index >>> height) ^ 1] : undefined;
      return sibling === undefined ? [] : [sibling];
    });
  });
  return { root: levels.at(-1)?.[0] ?? hashing.sha256(new Uint8Array(0)), paths };
}
