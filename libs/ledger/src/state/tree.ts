/**
 * The crit-bit Merkle map of formats.md 4, changed in batches. A state of it is one topmost node; a batch makes new nodes along
 * the paths of the changed keys and shares all others, so that several states lie side by side in memory at little cost.
 */
import { compareBytes, equalBytes } from '../primitives/index.js';
import { bitAt, BITS_OF_BYTE, firstDifference } from './key-bits.js';
import type { MapHashing } from './map-hashing.js';
import { INNER, LEAF, leafNode, LINK, MapNode, moved, sizeClass, UNSETTLED } from './node.js';
import type { Pages } from './pages.js';

/** One state of the map. */
export interface Tree {
  readonly top: MapNode | undefined;
  /** The next number that no page ever had. */
  readonly nextPage: number;
}

/** A leaf to be, or null: the key goes. */
export interface LeafChange {
  readonly key: Uint8Array;
  readonly leaf: { readonly changedAt: number; readonly valueHash: Uint8Array } | null;
}

/** Pages that differ from the state below, by number; null: no more. */
export type ChangedPages = ReadonlyMap<number, MapNode | null>;

interface Placed extends LeafChange {
  /** The first bit in which the key differs from the leaf where its walk ends; -1: it is that leaf. */
  readonly differs: number;
}

const topOf = (pages: Pages, tree: Tree): MapNode | undefined => {
  const { top } = tree;
  if (top === undefined || top.kind !== LINK) return top;
  const loaded = pages.load(top);
  (tree as { top: MapNode }).top = loaded;
  return loaded;
};

/** The leaf in which the walk of a key ends; undefined in the empty map. */
export function findLeaf(pages: Pages, tree: Tree, key: Uint8Array): MapNode | undefined {
  let node = topOf(pages, tree);
  while (node !== undefined && node.kind === INNER) node = pages.child(node, bitAt(key, node.bit) === 1);
  return node;
}

/** One step of a path: the bit of the inner node, and the hash of the side where the walk does not go. */
export interface Step {
  readonly bit: number;
  readonly sibling: Uint8Array;
}

/** The path of a key from its leaf up. */
export function pathOf(
  pages: Pages,
  tree: Tree,
  key: Uint8Array,
): { readonly steps: readonly Step[]; readonly leaf: MapNode | undefined } {
  const steps: Step[] = [];
  let node = topOf(pages, tree);
  while (node !== undefined && node.kind === INNER) {
    const right = bitAt(key, node.bit) === 1;
    steps.push({ bit: node.bit, sibling: ((right ? node.left : node.right) as MapNode).hash });
    node = pages.child(node, right);
  }
  return { steps: steps.reverse(), leaf: node };
}

/** The subtree that holds all keys beginning with `prefix`, if there are any (any of its leaves tells), and its path from there up. */
export function subtreeOf(
  pages: Pages,
  tree: Tree,
  prefix: Uint8Array,
): { readonly steps: readonly Step[]; readonly top: MapNode | undefined } {
  const end = prefix.length * BITS_OF_BYTE;
  const steps: Step[] = [];
  let node = topOf(pages, tree);
  while (node !== undefined && node.kind === INNER && node.bit < end) {
    const right = bitAt(prefix, node.bit) === 1;
    steps.push({ bit: node.bit, sibling: ((right ? node.left : node.right) as MapNode).hash });
    node = pages.child(node, right);
  }
  return { steps: steps.reverse(), top: node };
}

/** All leaves below a node, in the order of their keys. */
export function* leavesBelow(pages: Pages, node: MapNode | undefined): Generator<MapNode> {
  // A stack of its own: generators within generators cost at every level.
  const waiting: MapNode[] = node === undefined ? [] : [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === LEAF) {
      yield next;
      continue;
    }
    const inner = next.kind === LINK ? pages.load(next) : next;
    waiting.push(inner.right as MapNode, inner.left as MapNode);
  }
}

/** Leaves whose key is `from` or behind it, in order; walks past what lies before without reading it. */
export function* leavesFrom(pages: Pages, tree: Tree, from: Uint8Array): Generator<MapNode> {
  const top = topOf(pages, tree);
  if (top === undefined) return;
  const nearest = findLeaf(pages, tree, from) as MapNode;
  const differs = firstDifference(from, nearest.key);
  const above: MapNode[] = [];
  let node = top;
  while (node.kind === INNER && (differs === undefined || node.bit < differs)) {
    const right = bitAt(from, node.bit) === 1;
    if (!right) above.push(node);
    node = pages.child(node, right);
  }
  // All keys below `node` share the bits before `differs`; they lie behind `from` when that has a 0 there.
  if (differs === undefined || bitAt(from, differs) === 0) yield* leavesBelow(pages, node);
  for (let next = above.pop(); next !== undefined; next = above.pop()) yield* leavesBelow(pages, next.right);
}

class Batch {
  readonly pagesChanged = new Map<number, MapNode | null>();
  private readonly released = new Set<number>();
  private list: readonly Placed[] = [];
  private nextPage: number;

  constructor(
    private readonly hashes: MapHashing,
    private readonly pages: Pages,
    private readonly tree: Tree,
  ) {
    this.nextPage = tree.nextPage;
  }

  run(changes: readonly LeafChange[]): Tree {
    const { pages, tree } = this;
    this.list = changes.flatMap((change): Placed[] => {
      const leaf = findLeaf(pages, tree, change.key);
      const differs = leaf === undefined ? 0 : (firstDifference(change.key, leaf.key) ?? -1);
      return differs >= 0 && change.leaf === null ? [] : [{ ...change, differs }];
    });
    const top = topOf(pages, tree);
    const changed = top === undefined ? this.build(0, this.list.length) : this.change(top, 0, this.list.length);
    const settled = changed === undefined ? undefined : this.settle(changed, -1);
    // A number that was let go and not taken again by the same place is free for ever.
    for (const page of this.released) if (!this.pagesChanged.has(page)) this.pagesChanged.set(page, null);
    return { top: settled, nextPage: this.nextPage };
  }

  /** First of [from, to) whose key has a 1 at `bit`; all share the bits before it. */
  private splitAt(bit: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bitAt((this.list[middle] as Placed).key, bit) === 1) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private newLeaf({ key, leaf }: Placed): MapNode | undefined {
    if (leaf === null) return undefined;
    return leafNode(key, leaf.changedAt, this.hashes.leaf(key, leaf.changedAt, leaf.valueHash));
  }

  /** A subtree of new keys only. */
  private build(from: number, to: number): MapNode | undefined {
    if (from >= to) return undefined;
    const first = this.list[from] as Placed;
    if (to - from === 1) return this.newLeaf(first);
    const bit = firstDifference(first.key, (this.list[to - 1] as Placed).key) as number;
    const middle = this.splitAt(bit, from, to);
    return this.join(bit, this.build(from, middle), this.build(middle, to), 0);
  }

  private join(bit: number, left: MapNode | undefined, right: MapNode | undefined, page: number): MapNode | undefined {
    if (left === undefined) return right;
    if (right === undefined) return left;
    const hash = this.hashes.inner(bit, left.bytes, left.offset, right.bytes, right.offset);
    const node = new MapNode(INNER, bit, left.count + right.count, hash, 0);
    node.left = left;
    node.right = right;
    node.page = UNSETTLED;
    // Until it is settled: the page whose top stood here, so that a place keeps its number.
    node.used = page;
    return node;
  }

  /** `node` with the changes [from, to) made, all of which share with it the bits above it. */
  private change(given: MapNode, from: number, to: number): MapNode | undefined {
    if (from >= to) return given;
    let branch = given.bit;
    for (let at = from; at < to; at += 1) {
      const { differs } = this.list[at] as Placed;
      if (differs >= 0 && differs < branch) branch = differs;
    }
    if (branch < given.bit) {
      // Some keys leave above this node: on one side they, on the other the node with the rest.
      const middle = this.splitAt(branch, from, to);
      const newOnRight = middle < to && (this.list[middle] as Placed).differs === branch;
      return newOnRight
        ? this.join(branch, this.change(given, from, middle), this.build(middle, to), 0)
        : this.join(branch, this.build(from, middle), this.change(given, middle, to), 0);
    }
    if (given.kind === LEAF) return this.newLeaf(this.list[from] as Placed);
    const node = given.kind === LINK ? this.pages.load(given) : given;
    const middle = this.splitAt(node.bit, from, to);
    const left = this.change(node.left as MapNode, from, middle);
    const right = this.change(node.right as MapNode, middle, to);
    if (node.page > 0) this.released.add(node.page);
    return this.join(node.bit, left, right, node.page);
  }

  /** Gives every changed inner node its page; `above` is the size class of its parent. */
  private settle(given: MapNode, above: number): MapNode {
    if (given.kind === LEAF) return given;
    const size = sizeClass(given.count);
    if (size === above) {
      if (given.page === UNSETTLED) {
        this.settleSides(given, size);
        given.page = 0;
        given.used = 0;
        return given;
      }
      if (given.page === 0) return given;
      // A page of its own until now: its nodes go into the page above.
      this.released.add(given.page);
      return moved(given.kind === LINK ? this.pages.load(given) : given, 0);
    }
    if (given.page > 0) return given;
    let top = given;
    let page = 0;
    if (given.page === UNSETTLED) {
      this.settleSides(given, size);
      page = given.used;
    } else {
      top = moved(given, 0);
    }
    if (page === 0) {
      page = this.nextPage;
      this.nextPage += 1;
    }
    top.page = page;
    this.pages.made(top);
    this.pagesChanged.set(page, top);
    return top;
  }

  private settleSides(node: MapNode, size: number): void {
    node.left = this.settle(node.left as MapNode, size);
    node.right = this.settle(node.right as MapNode, size);
  }
}

/** Makes changes sorted by key, each key once; those that delete what is not there are nothing. */
export function updateTree(
  hashes: MapHashing,
  pages: Pages,
  tree: Tree,
  changes: readonly LeafChange[],
): { readonly tree: Tree; readonly pages: ChangedPages } {
  const batch = new Batch(hashes, pages, tree);
  const after = batch.run(changes);
  return { tree: after, pages: batch.pagesChanged };
}

/** Order of the map. */
export const byKey = (a: { readonly key: Uint8Array }, b: { readonly key: Uint8Array }): number =>
  compareBytes(a.key, b.key);

export const isKeyOf = (leaf: MapNode | undefined, key: Uint8Array): leaf is MapNode =>
  leaf !== undefined && equalBytes(leaf.key, key);
