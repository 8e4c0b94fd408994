/**
 * The state as views: the base is what lies in the store, an overlay is one block's changes on top. Unfinal blocks
 * are a stack (or a tree) of overlays in memory; when a block is final its overlay's `writes` go into the store as
 * one atomic batch, then `flushed()` is said. Nothing else is kept: a restart opens the store and has the state.
 *
 * Keys in the store: 0x00 || state key: the value; 0x01 || digits u8 || digits packed: a page of the tree.
 */
import type { Hashing } from '@waymark/accel/contract';
import { compareBytes, parseHex } from '../primitives/index.js';
import type { NodeStore, StateChanges, StateOverlay, StateProof, StateView, StoreWrite } from './state-types.js';
import {
  proveInTree,
  rootOfTop,
  TreeHashing,
  updateTree,
  verifyInTree,
  type ChangedPages,
  type LeafChange,
} from './tree.js';

const VALUE = 0;
const PAGE = 1;
/** Pages of the base kept at hand, in two generations of at most so many; a page is at most 2 kB. */
const GENERATION_PAGES = 16_384;

/** A state key as the key of a Map: one character a byte. */
export function keyText(key: Uint8Array): string {
  return String.fromCharCode.apply(undefined, key as unknown as number[]);
}

function valueKey(key: Uint8Array): Uint8Array {
  const raw = new Uint8Array(key.length + 1);
  raw[0] = VALUE;
  raw.set(key, 1);
  return raw;
}

function pageKey(path: string): Uint8Array {
  const digits = parseHex(path.length % 2 === 0 ? path : `${path}0`) as Uint8Array;
  const raw = new Uint8Array(digits.length + 2);
  raw[0] = PAGE;
  raw[1] = path.length;
  raw.set(digits, 2);
  return raw;
}

/** What overlays and the base have in common. */
abstract class Layer implements StateView {
  abstract readonly root: Uint8Array;
  constructor(protected readonly hashing: Hashing) {}
  abstract value(text: string, key: Uint8Array): Uint8Array | undefined;
  abstract page(path: string): Uint8Array | undefined;
  /** The base, when nothing unwritten lies between. */
  abstract written(): Base | undefined;

  get(key: Uint8Array, text = keyText(key)): Uint8Array | undefined {
    return this.value(text, key);
  }

  prove(key: Uint8Array): StateProof {
    const keyHash = this.hashing.sha256(key);
    const { siblings, leaf } = proveInTree(new TreeHashing(this.hashing), (path) => this.page(path), keyHash);
    if (leaf === undefined) return { siblings };
    if (compareBytes(leaf.keyHash, keyHash) !== 0)
      return { siblings, otherLeaf: { keyHash: leaf.keyHash, valueHash: leaf.valueHash } };
    const value = this.get(key);
    if (value === undefined) throw new RangeError('the state tree has a leaf without a value');
    return { value, siblings };
  }
}

class Base extends Layer {
  private young = new Map<string, Uint8Array>();
  private old = new Map<string, Uint8Array>();

  constructor(
    hashing: Hashing,
    private readonly store: NodeStore,
  ) {
    super(hashing);
  }

  get root(): Uint8Array {
    return rootOfTop(new TreeHashing(this.hashing), this.page(''));
  }

  value(_text: string, key: Uint8Array): Uint8Array | undefined {
    return this.store.get(valueKey(key));
  }

  page(path: string): Uint8Array | undefined {
    const young = this.young.get(path);
    if (young !== undefined) return young;
    const old = this.old.get(path);
    if (old !== undefined) {
      this.keep(path, old);
      return old;
    }
    const page = this.store.get(pageKey(path));
    if (page !== undefined) this.keep(path, page);
    return page;
  }

  written(): Base {
    return this;
  }

  /** Pages just written: the newest are the likeliest to be asked for. */
  replace(pages: ChangedPages): void {
    for (const [path, page] of pages) {
      if (page !== null) this.keep(path, page);
      else {
        this.young.delete(path);
        this.old.delete(path);
      }
    }
  }

  private keep(path: string, page: Uint8Array): void {
    if (this.young.size >= GENERATION_PAGES) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(path, page);
  }
}

class Overlay extends Layer implements StateOverlay {
  private list: readonly StoreWrite[] | undefined;
  private isFlushed = false;

  constructor(
    hashing: Hashing,
    private parent: Layer,
    readonly root: Uint8Array,
    private changes: StateChanges,
    private pages: ChangedPages,
  ) {
    super(hashing);
  }

  value(text: string, key: Uint8Array): Uint8Array | undefined {
    const change = this.changes.get(text);
    return change === undefined ? this.parent.value(text, key) : (change.value ?? undefined);
  }

  page(path: string): Uint8Array | undefined {
    const page = this.pages.get(path);
    return page === undefined ? this.parent.page(path) : (page ?? undefined);
  }

  get writes(): readonly StoreWrite[] {
    if (this.list === undefined) {
      const list: StoreWrite[] = [];
      for (const { key, value } of this.changes.values()) list.push([valueKey(key), value]);
      for (const [path, page] of this.pages) list.push([pageKey(path), page]);
      this.list = list;
    }
    return this.list;
  }

  written(): Base | undefined {
    return this.isFlushed ? this.parent.written() : undefined;
  }

  flushed(): void {
    if (this.isFlushed) return;
    const base = this.parent.written();
    if (base === undefined) throw new Error('an overlay was flushed before the one below it');
    base.replace(this.pages);
    this.parent = base;
    this.isFlushed = true;
    this.changes = new Map();
    this.pages = new Map();
    this.list = [];
  }
}

/** The state that lies in the store; of an empty store the empty state, whose root is 32 zero bytes. */
export function openState(hashing: Hashing, store: NodeStore): StateView {
  return new Base(hashing, store);
}

/** The state after these changes on top of `parent`, which stays as it is. `parent` must come from this room. */
export function applyChanges(hashing: Hashing, parent: StateView, changes: StateChanges): StateOverlay {
  if (!(parent instanceof Layer)) throw new TypeError('a view of another kind');
  if (changes.size === 0) return new Overlay(hashing, parent, parent.root, changes, new Map());
  const leaves: LeafChange[] = [];
  for (const { key, value } of changes.values())
    leaves.push({
      keyHash: hashing.sha256(key),
      valueHash: value === null ? undefined : hashing.sha256(value),
    });
  leaves.sort((a, b) => compareBytes(a.keyHash, b.keyHash));
  const { root, pages } = updateTree(new TreeHashing(hashing), (path) => parent.page(path), leaves);
  return new Overlay(hashing, parent, root, changes, pages);
}

/**
 * True when the proof shows that under `root` the state key has the value `proof.value`, or has none when the proof
 * carries no value. Pure arithmetic: a page runs it too.
 */
export function verifyStateProof(hashing: Hashing, root: Uint8Array, key: Uint8Array, proof: StateProof): boolean {
  const valueHash = proof.value === undefined ? undefined : hashing.sha256(proof.value);
  return verifyInTree(new TreeHashing(hashing), root, hashing.sha256(key), valueHash, proof);
}
