/** The authenticated key-value state of formats.md 4. */
import type { Hashing } from '@waymark/accel/contract';
import type { NodeStore, StateChanges, StateOverlay, StateProof, StateView } from './state-types.js';
export * from './state-types.js';

/** The state that lies in the store (empty store: empty state). */
export declare function openState(hashing: Hashing, store: NodeStore): StateView;
export declare function applyChanges(hashing: Hashing, parent: StateView, changes: StateChanges): StateOverlay;
/** True when the proof shows that `key` has `proof.value` (or none) under `root`. */
export declare function verifyStateProof(
  hashing: Hashing,
  root: Uint8Array,
  key: Uint8Array,
  proof: StateProof,
): boolean;
