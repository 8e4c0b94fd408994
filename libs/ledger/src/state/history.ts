/**
 * The history of a key, proven under one state root: every change names the height of the one before (see `changes.ts`), and the
 * changes root of every height is itself a state entry. Complete back to the change that found the key without a value; a key
 * that was deleted and written again begins anew.
 */
import type { Hashing } from '@waymark/accel/contract';
import { equalBytes, inclusionPath, verifyInclusion } from '../primitives/index.js';
import { changesRootKey, decodeKeyChange, readChangesRoot, type KeyChange } from './changes.js';
import { verifyStateProof } from './proof.js';
import type { StateProof, StateView } from './state-types.js';

/** One change of a key with the proof that it was made at its height. */
export interface ProvenChange {
  /** Leaf of the changes root of its height (`encodeKeyChange`). */
  readonly leaf: Uint8Array;
  /** Position of the leaf, and its RFC 6962 path. */
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** Presence of the changes root of that height. */
  readonly root: StateProof;
  /** The value that the change wrote, as far as it is kept. */
  readonly value?: Uint8Array;
}

export interface StateHistory {
  /** Newest first. */
  readonly changes: readonly ProvenChange[];
}

/** One value that a key had, or its end. */
export interface KeyVersion {
  readonly height: number;
  /** Hash of the value; undefined: deleted at this height. */
  readonly valueHash: Uint8Array | undefined;
  /** Undefined: deleted, or not part of the proof. */
  readonly value: Uint8Array | undefined;
}

export type HistoryDefect =
  /** A leaf is none, or is about another key or height than the one that leads to it. */
  | 'CHANGE_FOREIGN'
  /** A leaf is not proven to lie in the changes root of its height. */
  | 'CHANGE_PATH_INVALID'
  /** A changes root is not proven to be part of the state. */
  | 'CHANGES_ROOT_INVALID'
  /** A value is not the one whose hash the leaf has. */
  | 'VALUE_FOREIGN';

export type HistoryVerdict =
  | {
      readonly ok: true;
      readonly versions: readonly KeyVersion[];
      /** Height to go on with; undefined: nothing older. */ readonly next: number | undefined;
    }
  | { readonly ok: false; readonly defect: HistoryDefect; /** Index of the change. */ readonly at: number };

/**
 * Changes of a key from the one made at `from` back, newest first, at most `limit`. Fewer where older ones are no longer kept;
 * undefined when no change of the key at `from` is.
 */
export function proveHistory(
  hashing: Hashing,
  view: StateView,
  key: Uint8Array,
  from: number,
  limit: number,
): StateHistory | undefined {
  const changes: ProvenChange[] = [];
  /** What the key had before the change that was looked at last, where kept; undefined: not known. */
  let value = isWrittenAt(view, key, from) ? view.get(key) : undefined;
  let height: number | undefined = from;
  while (height !== undefined && changes.length < limit) {
    const kept = view.changesAt(height);
    const index = kept?.leaves.findIndex((leaf) => isOfKey(leaf, key)) ?? -1;
    if (kept === undefined || index < 0) break;
    const leaf = kept.leaves[index] as Uint8Array;
    changes.push({
      leaf,
      index,
      path: inclusionPath(hashing, kept.leaves, index),
      root: view.prove(changesRootKey(height)),
      ...(value === undefined ? {} : { value }),
    });
    value = kept.replaced?.[index];
    height = (decodeKeyChange(leaf) as KeyChange).before;
  }
  return changes.length === 0 ? undefined : { changes };
}

const isWrittenAt = (view: StateView, key: Uint8Array, height: number): boolean =>
  view.prove(key).present?.changedAt === height;

function isOfKey(leaf: Uint8Array, key: Uint8Array): boolean {
  if (leaf.length !== key.length + 51) return false;
  return equalBytes(leaf.subarray(2, 2 + key.length), key);
}

/** What a history shows about `key` under `root`, beginning with the change made at `from`. */
export function verifyStateHistory(
  hashing: Hashing,
  root: Uint8Array,
  key: Uint8Array,
  from: number,
  history: StateHistory,
): HistoryVerdict {
  const versions: KeyVersion[] = [];
  let expected: number | undefined = from;
  for (const [at, { leaf, index, path, root: proof, value }] of history.changes.entries()) {
    const change = decodeKeyChange(leaf);
    if (change === undefined || change.height !== expected || !equalBytes(change.key, key))
      return { ok: false, defect: 'CHANGE_FOREIGN', at };
    const head = proof.present === undefined ? undefined : readChangesRoot(proof.present.value);
    if (head === undefined || !verifyStateProof(hashing, root, changesRootKey(change.height), proof))
      return { ok: false, defect: 'CHANGES_ROOT_INVALID', at };
    if (!verifyInclusion(hashing, leaf, index, head.count, path, head.head))
      return { ok: false, defect: 'CHANGE_PATH_INVALID', at };
    if (value !== undefined && (change.valueHash === undefined || !equalBytes(hashing.sha256(value), change.valueHash)))
      return { ok: false, defect: 'VALUE_FOREIGN', at };
    versions.push({ height: change.height, valueHash: change.valueHash, value });
    expected = change.before;
    if (change.before !== undefined && change.before >= change.height)
      return { ok: false, defect: 'CHANGE_FOREIGN', at };
  }
  return { ok: true, versions, next: expected };
}
