/**
 * The state as views: the base is what lies in the store, an overlay is one block's changes on top. Unfinal blocks
 * are a stack (or a tree) of overlays in memory; when a block is final its overlay's `writes` go into the store as
 * one atomic batch, then `flushed()` is said. Nothing else is kept: a restart opens the store and has the state.
 *
 * Keys in the store: 0x00 || state key: the value; 0x01 || number u48: a page of the map; 0x02 || height u64: the leaves of
 * that block's changes; 0x03 || height u64: the values it replaced.
 */
import type { Hashing } from '@waymark/accel/contract';
import { u64Bytes } from '../primitives/index.js';
import {
  changesRootKey,
  changesRootValue,
  decodeKeyChange,
  encodeKeyChange,
  packLeaves,
  packReplaced,
  unpackLeaves,
  unpackReplaced,
  type KeyChange,
} from './changes.js';
import { beginsWith } from './key-bits.js';
import { EMPTY_ROOT, MapHashing } from './map-hashing.js';
import { packEntry, packPage, unpackEntry, type MapNode } from './node.js';
import { Pages } from './pages.js';
import type {
  BlockChanges,
  NodeStore,
  OtherLeaf,
  StateChanges,
  StateEntry,
  StateOverlay,
  StateProof,
  StateRangeProof,
  StateView,
  StoreWrite,
} from './state-types.js';
import {
  byKey,
  findLeaf,
  isKeyOf,
  leavesBelow,
  leavesFrom,
  pathOf,
  subtreeOf,
  updateTree,
  type ChangedPages,
  type LeafChange,
  type Tree,
} from './tree.js';

/** First byte of every record of the state in the store. Numbers are never used for anything else. */
export const StateRecord = { VALUE: 0, PAGE: 1, CHANGES: 2, REPLACED: 3 } as const;

/** Number of the page that says which node is topmost. */
const ENTRY = 0;
const EMPTY_TREE: Tree = { top: undefined, nextPage: 1 };

/** A state key as the key of a Map: one character a byte. */
export function keyText(key: Uint8Array): string {
  return String.fromCharCode.apply(undefined, key as unknown as number[]);
}

function recordKey(record: number, rest: Uint8Array): Uint8Array {
  const raw = new Uint8Array(rest.length + 1);
  raw[0] = record;
  raw.set(rest, 1);
  return raw;
}
const pageKey = (page: number): Uint8Array => recordKey(StateRecord.PAGE, u64Bytes(page).subarray(2));

/** Key in the store of what a height changed, or of the values it replaced. */
export const blockRecordKey = (record: 2 | 3, height: number): Uint8Array => recordKey(record, u64Bytes(height));

/** The changes of one block as its overlay holds them. */
interface OwnChanges {
  readonly height: number;
  readonly leaves: readonly Uint8Array[];
  /** The keys that had a value before, undefined for the others. */
  readonly keys: readonly (Uint8Array | undefined)[];
}

/** What overlays and the base have in common. */
abstract class Layer implements StateView {
  constructor(
    protected readonly hashing: Hashing,
    readonly pages: Pages,
  ) {}
  abstract readonly tree: Tree;
  abstract value(text: string, key: Uint8Array): Uint8Array | undefined;
  abstract changesAt(height: number): BlockChanges | undefined;
  /** The base, when nothing unwritten lies between. */
  abstract written(): Base | undefined;

  get root(): Uint8Array {
    return this.tree.top?.hash ?? EMPTY_ROOT.slice();
  }

  get size(): number {
    return this.tree.top?.count ?? 0;
  }

  get(key: Uint8Array, text = keyText(key)): Uint8Array | undefined {
    return this.value(text, key);
  }

  private valueOf(leaf: MapNode): Uint8Array {
    const value = this.get(leaf.key);
    if (value === undefined) throw new RangeError('the state tree has a leaf without a value');
    return value;
  }

  private otherLeaf(leaf: MapNode): OtherLeaf {
    return { key: leaf.key, changedAt: leaf.changedAt, valueHash: this.hashing.sha256(this.valueOf(leaf)) };
  }

  prove(key: Uint8Array): StateProof {
    const { steps, leaf } = pathOf(this.pages, this.tree, key);
    if (leaf === undefined) return { steps };
    if (!isKeyOf(leaf, key)) return { steps, otherLeaf: this.otherLeaf(leaf) };
    return { steps, present: { value: this.valueOf(leaf), changedAt: leaf.changedAt } };
  }

  private rangeOf(prefix: Uint8Array): ReturnType<typeof subtreeOf> & { readonly isEmpty: boolean } {
    const found = subtreeOf(this.pages, this.tree, prefix);
    const [any] = found.top === undefined ? [] : leavesBelow(this.pages, found.top);
    return { ...found, isEmpty: any === undefined || !beginsWith(any.key, prefix) };
  }

  countOf(prefix: Uint8Array): number {
    const { top, isEmpty } = this.rangeOf(prefix);
    return isEmpty ? 0 : (top as MapNode).count;
  }

  proveRange(prefix: Uint8Array): StateRangeProof {
    const { top, steps, isEmpty } = this.rangeOf(prefix);
    if (!isEmpty) return { steps, entries: [...leavesBelow(this.pages, top)].map((leaf) => this.entry(leaf)) };
    const absent = this.prove(prefix);
    return { ...absent, entries: [] };
  }

  private entry(leaf: MapNode): StateEntry {
    return { key: leaf.key, changedAt: leaf.changedAt, value: this.valueOf(leaf) };
  }

  *entries(from: Uint8Array): Iterable<StateEntry> {
    for (const leaf of leavesFrom(this.pages, this.tree, from)) yield this.entry(leaf);
  }
}

class Base extends Layer {
  private current: Tree | undefined;

  constructor(
    hashing: Hashing,
    private readonly store: NodeStore,
    pagesMax?: number,
  ) {
    super(hashing, new Pages((page) => store.get(pageKey(page)), pagesMax));
  }

  get tree(): Tree {
    if (this.current === undefined) {
      const entry = this.store.get(pageKey(ENTRY));
      this.current = entry === undefined ? EMPTY_TREE : unpackEntry(entry);
    }
    return this.current;
  }

  value(_text: string, key: Uint8Array): Uint8Array | undefined {
    return this.store.get(recordKey(StateRecord.VALUE, key));
  }

  changesAt(height: number): BlockChanges | undefined {
    const leaves = this.store.get(blockRecordKey(StateRecord.CHANGES, height));
    if (leaves === undefined) return undefined;
    const replaced = this.store.get(blockRecordKey(StateRecord.REPLACED, height));
    return {
      leaves: unpackLeaves(leaves),
      replaced: replaced === undefined ? undefined : unpackReplaced(replaced),
    };
  }

  written(): Base {
    return this;
  }

  /** The tree that was just written. */
  replace(tree: Tree): void {
    this.current = tree;
    this.pages.letGo(tree.top);
  }
}

class Overlay extends Layer implements StateOverlay {
  private list: readonly StoreWrite[] | undefined;
  private isFlushed = false;

  constructor(
    hashing: Hashing,
    private parent: Layer,
    readonly tree: Tree,
    private changes: StateChanges,
    private changedPages: ChangedPages,
    private own: OwnChanges | undefined,
  ) {
    super(hashing, parent.pages);
  }

  value(text: string, key: Uint8Array): Uint8Array | undefined {
    const change = this.changes.get(text);
    return change === undefined ? this.parent.value(text, key) : (change.value ?? undefined);
  }

  changesAt(height: number): BlockChanges | undefined {
    if (height !== this.own?.height) return this.parent.changesAt(height);
    return { leaves: this.own.leaves, replaced: this.replaced(this.own) };
  }

  private replaced({ keys }: OwnChanges): (Uint8Array | undefined)[] {
    return keys.map((key) => (key === undefined ? undefined : this.parent.value(keyText(key), key)));
  }

  get writes(): readonly StoreWrite[] {
    if (this.list === undefined) {
      const list: StoreWrite[] = [];
      for (const { key, value } of this.changes.values()) list.push([recordKey(StateRecord.VALUE, key), value]);
      for (const [page, top] of this.changedPages) list.push([pageKey(page), top === null ? null : packPage(top)]);
      if (this.tree !== this.parent.tree) list.push([pageKey(ENTRY), packEntry(this.tree.top, this.tree.nextPage)]);
      const { own } = this;
      if (own !== undefined) {
        list.push([blockRecordKey(StateRecord.CHANGES, own.height), packLeaves(own.leaves)]);
        list.push([blockRecordKey(StateRecord.REPLACED, own.height), packReplaced(this.replaced(own))]);
      }
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
    base.replace(this.tree);
    this.parent = base;
    this.isFlushed = true;
    this.changes = new Map();
    this.changedPages = new Map();
    this.own = undefined;
    this.list = [];
  }
}

/**
 * The state that lies in the store; of an empty store the empty state, whose root is 32 zero bytes. `pagesMax`: pages of the
 * map kept in memory, about.
 */
export function openState(hashing: Hashing, store: NodeStore, pagesMax?: number): StateView {
  return new Base(hashing, store, pagesMax);
}

const layerOf = (view: StateView): Layer => {
  if (!(view instanceof Layer)) throw new TypeError('a view of another kind');
  return view;
};

/**
 * The state after the block of `height` made these changes on top of `parent`, which stays as it is; `height` 0 is genesis.
 * Adds the entry of the changes root when anything changed. `parent` must come from this room.
 */
export function applyChanges(hashing: Hashing, parent: StateView, changes: StateChanges, height: number): StateOverlay {
  const below = layerOf(parent);
  const { pages, tree } = below;
  const leaves: LeafChange[] = [];
  const list: Uint8Array[] = [];
  const keys: (Uint8Array | undefined)[] = [];
  for (const { key, value } of [...changes.values()].sort(byKey)) {
    const leaf = findLeaf(pages, tree, key);
    const before = isKeyOf(leaf, key) ? leaf.changedAt : undefined;
    if (before === undefined && value === null) continue;
    const valueHash = value === null ? undefined : hashing.sha256(value);
    leaves.push({ key, leaf: valueHash === undefined ? null : { changedAt: height, valueHash } });
    list.push(encodeKeyChange({ key, height, before, valueHash }));
    keys.push(before === undefined ? undefined : key);
  }
  if (leaves.length === 0) return new Overlay(hashing, below, tree, new Map(), new Map(), undefined);
  const key = changesRootKey(height);
  const value = changesRootValue(hashing, list);
  const all = new Map(changes).set(keyText(key), { key, value });
  leaves.push({ key, leaf: { changedAt: height, valueHash: hashing.sha256(value) } });
  leaves.sort(byKey);
  const updated = updateTree(new MapHashing(hashing), pages, tree, leaves);
  return new Overlay(hashing, below, updated.tree, all, updated.pages, { height, leaves: list, keys });
}

/** The same state with entries put in as they are, heights included: how a snapshot is read. */
export function putEntries(hashing: Hashing, parent: StateView, entries: readonly StateEntry[]): StateOverlay {
  return overlayOf(
    hashing,
    parent,
    entries.map(({ key, changedAt, value }) => ({ key, changedAt, value })),
  );
}

/**
 * The state before the block of `height`, which must be the last that changed it.
 * @throws RangeError when what the block changed is no longer kept.
 */
export function undoChanges(hashing: Hashing, view: StateView, height: number): StateOverlay {
  const changes = view.changesAt(height);
  if (changes === undefined) return overlayOf(hashing, view, []);
  const { leaves, replaced } = changes;
  if (replaced === undefined) throw new RangeError(`the values that block ${height} replaced are no longer kept`);
  return overlayOf(hashing, view, [
    { key: changesRootKey(height), changedAt: 0, value: null },
    ...leaves.map((leaf, at) => {
      const { key, before } = decodeKeyChange(leaf) as KeyChange;
      return { key, changedAt: before ?? 0, value: replaced[at] ?? null };
    }),
  ]);
}

function overlayOf(
  hashing: Hashing,
  parent: StateView,
  entries: readonly { readonly key: Uint8Array; readonly changedAt: number; readonly value: Uint8Array | null }[],
): StateOverlay {
  const below = layerOf(parent);
  if (entries.length === 0) return new Overlay(hashing, below, below.tree, new Map(), new Map(), undefined);
  const leaves = entries
    .map(({ key, changedAt, value }): LeafChange => ({
      key,
      leaf: value === null ? null : { changedAt, valueHash: hashing.sha256(value) },
    }))
    .sort(byKey);
  const updated = updateTree(new MapHashing(hashing), below.pages, below.tree, leaves);
  const changes: StateChanges = new Map(entries.map(({ key, value }) => [keyText(key), { key, value }]));
  return new Overlay(hashing, below, updated.tree, changes, updated.pages, undefined);
}
