/** Where the final state lies: one synchronous look-up by raw key. A node backs it by LevelDB's `getSync`, a test by a Map. */
export interface NodeStore {
  get(key: Uint8Array): Uint8Array | undefined;
}

/** One change of the store; null deletes. */
export type StoreWrite = readonly [key: Uint8Array, value: Uint8Array | null];

/** Reads of the authenticated state. */
export interface StateReader {
  /** `key` is a state key: module number, then the module's own bytes. `text` is `keyText(key)`, where the caller has it. */
  get(key: Uint8Array, text?: string): Uint8Array | undefined;
}

/** The state after some block, or after genesis. */
export interface StateView extends StateReader {
  /** State root (formats.md 4). */
  readonly root: Uint8Array;
  /** Proof that the key has this value, or has none. */
  prove(key: Uint8Array): StateProof;
}

/** The state after one block that may not be final yet: it lies over its parent, in memory, until it is flushed. */
export interface StateOverlay extends StateView {
  /** What must be written, as one atomic batch, when the block is final and everything below it is written. */
  readonly writes: readonly StoreWrite[];
  /**
   * Says that `writes` are in the store now: the overlay lets go of its memory and reads the store instead. Overlays
   * on top of it stay valid; overlays on another branch must not be read any more.
   */
  flushed(): void;
}

/** Membership: `value` is there. Non-membership: the place is empty, or another leaf stands there. */
export interface StateProof {
  readonly value?: Uint8Array;
  /** Hashes from the leaf up; 32 zero bytes stand for an empty subtree. */
  readonly siblings: readonly Uint8Array[];
  readonly otherLeaf?: { readonly keyHash: Uint8Array; readonly valueHash: Uint8Array };
}

/** Changes by state key, null deletes. */
export type StateChanges = ReadonlyMap<string, { readonly key: Uint8Array; readonly value: Uint8Array | null }>;
