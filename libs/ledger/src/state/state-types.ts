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

/** A key with its value and the height that wrote it last (genesis: 0). */
export interface StateEntry {
  readonly key: Uint8Array;
  readonly changedAt: number;
  readonly value: Uint8Array;
}

/** What one block did to the keys of the state (formats.md 4), as far as the node keeps it. */
export interface BlockChanges {
  /** Leaves of the block's changes root, in the order of the keys. */
  readonly leaves: readonly Uint8Array[];
  /** What each of them replaced; undefined where nothing stood before. Undefined as a whole: no longer kept. */
  readonly replaced: readonly (Uint8Array | undefined)[] | undefined;
}

/** The state after some block, or after genesis. */
export interface StateView extends StateReader {
  /** State root (formats.md 4). */
  readonly root: Uint8Array;
  /** Number of keys. */
  readonly size: number;
  /** Proof that the key has this value, or has none. */
  prove(key: Uint8Array): StateProof;
  /** Number of keys that begin with `prefix`. */
  countOf(prefix: Uint8Array): number;
  /** Proof of all keys that begin with `prefix`, however many: ask `countOf` first. */
  proveRange(prefix: Uint8Array): StateRangeProof;
  /** Keys from `from` on, in order. Do not keep it across a block: it reads what is there now. */
  entries(from: Uint8Array): Iterable<StateEntry>;
  /** What the block of this height changed; undefined: nothing, or no longer kept. */
  changesAt(height: number): BlockChanges | undefined;
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

/** One inner node on the way up: the bit in which its two sides differ, and the hash of the side that is not walked. */
export interface ProofStep {
  readonly bit: number;
  readonly sibling: Uint8Array;
}

/** A leaf that stands where the walk of an absent key ends. */
export interface OtherLeaf {
  readonly key: Uint8Array;
  readonly changedAt: number;
  readonly valueHash: Uint8Array;
}

/** From the leaf in which the walk ends up to the root. */
export interface StatePath {
  /** Bits fall strictly. */
  readonly steps: readonly ProofStep[];
}

/** Presence: `present`. Absence: the leaf in which the walk ends instead; of the empty state no leaf and no steps. */
export interface StateProof extends StatePath {
  readonly present?: { readonly value: Uint8Array; readonly changedAt: number };
  readonly otherLeaf?: OtherLeaf;
}

/** All keys of a prefix with the path of their subtree; where there are none, the proof that the prefix as a key is absent. */
export interface StateRangeProof extends StatePath {
  readonly entries: readonly StateEntry[];
  readonly otherLeaf?: OtherLeaf;
}

/** Changes by state key, null deletes. */
export type StateChanges = ReadonlyMap<string, { readonly key: Uint8Array; readonly value: Uint8Array | null }>;
