/** The verifier's side of formats.md 4: pure arithmetic, for a page as for a node. */
import type { Hashing } from '@waymark/accel/contract';
import { compareBytes, equalBytes } from '../primitives/index.js';
import { beginsWith, bitAt, BITS_OF_BYTE, firstDifference } from './key-bits.js';
import { EMPTY_ROOT, MapHashing } from './map-hashing.js';
import type { OtherLeaf, ProofStep, StateEntry, StateProof, StateRangeProof } from './state-types.js';

/** Longest state key, module number included. */
export const STATE_KEY_BYTES_MAX = 512;
/** Inner nodes that a walk meets at most: as many as a longest key has bits. */
export const STATE_STEPS_MAX = STATE_KEY_BYTES_MAX * BITS_OF_BYTE + 1;

const isKey = (key: Uint8Array): boolean => key.length <= STATE_KEY_BYTES_MAX;
const isHeight = (height: number): boolean => Number.isSafeInteger(height) && height >= 0;

/** The root above a subtree, or undefined for steps that no map has: bits that do not fall, hashes of another length. */
function climb(
  hashes: MapHashing,
  from: Uint8Array,
  steps: readonly ProofStep[],
  key: Uint8Array,
  below: number,
): Uint8Array | undefined {
  let hash = from;
  let last = below;
  for (const { bit, sibling } of steps) {
    if (!Number.isInteger(bit) || bit < 0 || bit >= last || sibling.length !== 32) return undefined;
    hash = bitAt(key, bit) === 0 ? hashes.inner(bit, hash, 0, sibling, 0) : hashes.inner(bit, sibling, 0, hash, 0);
    last = bit;
  }
  return hash;
}

/** True when the walk of `key` under `root` ends in this leaf, or, without one, when the map is empty. */
function endsIn(
  hashes: MapHashing,
  root: Uint8Array,
  key: Uint8Array,
  other: OtherLeaf | undefined,
  steps: readonly ProofStep[],
): boolean {
  if (other === undefined) return steps.length === 0 && equalBytes(root, EMPTY_ROOT);
  if (!isKey(other.key) || !isHeight(other.changedAt) || other.valueHash.length !== 32) return false;
  if (steps.some(({ bit }) => bitAt(other.key, bit) !== bitAt(key, bit))) return false;
  const leaf = hashes.leaf(other.key, other.changedAt, other.valueHash);
  const computed = climb(hashes, leaf, steps, key, STATE_STEPS_MAX);
  return computed !== undefined && equalBytes(computed, root);
}

/**
 * True when the proof shows that under `root` the state key has the value and height of `proof.present`, or, without it, that
 * the key has no value.
 */
export function verifyStateProof(hashing: Hashing, root: Uint8Array, key: Uint8Array, proof: StateProof): boolean {
  const { present, otherLeaf, steps } = proof;
  if (!isKey(key)) return false;
  const hashes = new MapHashing(hashing);
  if (present === undefined)
    return (otherLeaf === undefined || !equalBytes(otherLeaf.key, key)) && endsIn(hashes, root, key, otherLeaf, steps);
  if (otherLeaf !== undefined) return false;
  const valueHash = hashing.sha256(present.value);
  return endsIn(hashes, root, key, { key, changedAt: present.changedAt, valueHash }, steps);
}

/** Hash of the subtree of these leaves, whose keys ascend. */
function subtreeHash(
  hashes: MapHashing,
  leaves: readonly { readonly key: Uint8Array; readonly hash: Uint8Array }[],
  from: number,
  to: number,
): Uint8Array {
  const first = leaves[from] as (typeof leaves)[number];
  if (to - from === 1) return first.hash;
  const bit = firstDifference(first.key, (leaves[to - 1] as (typeof leaves)[number]).key) as number;
  let middle = from + 1;
  while (bitAt((leaves[middle] as (typeof leaves)[number]).key, bit) === 0) middle += 1;
  return hashes.inner(bit, subtreeHash(hashes, leaves, from, middle), 0, subtreeHash(hashes, leaves, middle, to), 0);
}

const ascending = (entries: readonly StateEntry[]): boolean =>
  entries.every(({ key }, at) => at === 0 || compareBytes((entries[at - 1] as StateEntry).key, key) < 0);

/** True when `proof.entries` are all keys under `root` that begin with `prefix`, each with its value and height. */
export function verifyStateRange(
  hashing: Hashing,
  root: Uint8Array,
  prefix: Uint8Array,
  proof: StateRangeProof,
): boolean {
  const { entries, otherLeaf, steps } = proof;
  if (!isKey(prefix)) return false;
  const hashes = new MapHashing(hashing);
  if (entries.length === 0)
    return (
      (otherLeaf === undefined || !beginsWith(otherLeaf.key, prefix)) && endsIn(hashes, root, prefix, otherLeaf, steps)
    );
  if (otherLeaf !== undefined || !ascending(entries)) return false;
  if (!entries.every(({ key, changedAt }) => isKey(key) && beginsWith(key, prefix) && isHeight(changedAt)))
    return false;
  const leaves = entries.map(({ key, changedAt, value }) => ({
    key,
    hash: hashes.leaf(key, changedAt, hashing.sha256(value)),
  }));
  const top = subtreeHash(hashes, leaves, 0, leaves.length);
  const computed = climb(hashes, top, steps, prefix, prefix.length * BITS_OF_BYTE);
  return computed !== undefined && equalBytes(computed, root);
}
