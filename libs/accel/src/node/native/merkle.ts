/**
 * Trees of RFC 6962 by OpenSSL. A level is one piece of memory, and so is every node that is hashed: half the cost of the
 * reference's way with a faster hash. Nodes have 65 bytes, which is one too many for hashtree.
 */
import { DIGEST_BYTES, type MerklePaths } from '../../contract/index.js';
import { pathsFrom } from '../../portable/service/index.js';
import { digestInto, sha256Native } from './digest.js';

const LEAF_ROOM_BYTES = 4096;

/** Hashes of the leaves, side by side. */
function leafLevel(leaves: readonly Uint8Array[]): Uint8Array {
  const level = new Uint8Array(leaves.length * DIGEST_BYTES);
  const room = new Uint8Array(LEAF_ROOM_BYTES); // its first byte stays 0, the mark of a leaf
  leaves.forEach((data, index) => {
    let leaf: Uint8Array;
    if (data.length < LEAF_ROOM_BYTES) {
      room.set(data, 1);
      leaf = room.subarray(0, 1 + data.length);
    } else {
      leaf = new Uint8Array(1 + data.length);
      leaf.set(data, 1);
    }
    digestInto(leaf, level, index * DIGEST_BYTES);
  });
  return level;
}

/** The level above one of at least two nodes. */
function levelAbove(level: Uint8Array): Uint8Array {
  const nodes = level.length / DIGEST_BYTES;
  const above = new Uint8Array(Math.ceil(nodes / 2) * DIGEST_BYTES);
  const node = new Uint8Array(1 + 2 * DIGEST_BYTES);
  node[0] = 1;
  let to = 0;
  for (let from = 0; from + 2 * DIGEST_BYTES <= level.length; from += 2 * DIGEST_BYTES, to += DIGEST_BYTES) {
    for (let index = 0; index < 2 * DIGEST_BYTES; index += 1) node[1 + index] = level[from + index] as number;
    digestInto(node, above, to);
  }
  if (nodes % 2 === 1) above.set(level.subarray(level.length - DIGEST_BYTES), to);
  return above;
}

/** Head of the tree over the leaves' data. */
export function merkleRootNative(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256Native(new Uint8Array(0));
  let level = leafLevel(leaves);
  while (level.length > DIGEST_BYTES) level = levelAbove(level);
  return level;
}

/** Head and paths, the tree hashed once. */
export function merklePathsNative(leaves: readonly Uint8Array[], indexes: readonly number[]): MerklePaths {
  const levels: Uint8Array[] = [leafLevel(leaves)];
  for (let level = levels[0] as Uint8Array; level.length > DIGEST_BYTES;) {
    level = levelAbove(level);
    levels.push(level);
  }
  return pathsFrom(levels.map(digestsOf), indexes, { sha256: sha256Native });
}

/** Views of the digests that lie side by side. */
export function digestsOf(level: Uint8Array): Uint8Array[] {
  return Array.from({ length: level.length / DIGEST_BYTES }, (_, index) =>
    level.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES),
  );
}
