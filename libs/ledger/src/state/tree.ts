/**
 * The compact binary Merkle tree of formats.md 4, changed in batches. It lies in *pages*: a page holds the nodes of
 * four levels below one place, so that a look-up reads one record for four bits of the key. A place is known by the
 * hex digits of the key hash above it; page '' is the top one and also holds the root.
 *
 * Positions inside a page are those of a heap: 1 is the page's own place (used on the top page only; elsewhere the
 * page above holds that node), 2..3, 4..7, 8..15, 16..31 the four levels. An inner node at 16 + d goes on in the page
 * one digit d further down.
 *
 * A page is bytes, in memory as in the store: u32 mask of inner nodes, u32 mask of leaves (bit p: position p), then
 * the nodes in order of position, an inner node its 32-byte hash, a leaf keyHash 32 || valueHash 32. One piece of
 * memory a page keeps the collector idle; a batch unpacks the pages of one path at a time.
 */
import type { Hashing } from '@waymark/accel/contract';
import { compareBytes, equalBytes, readU32, writeU32 } from '../primitives/index.js';
import type { StateProof } from './state-types.js';

export const EMPTY_SUBTREE = new Uint8Array(32);

/** A key that has a value. */
export interface Leaf {
  readonly keyHash: Uint8Array;
  readonly valueHash: Uint8Array;
}

export type PageReader = (path: string) => Uint8Array | undefined;

/** A change of one leaf; no valueHash: the key goes. */
export interface LeafChange {
  readonly keyHash: Uint8Array;
  readonly valueHash: Uint8Array | undefined;
}

const DIGITS = '0123456789abcdef';
/** Room of one position in an unpacked page. */
const ROOM = 64;
const bitAt = (keyHash: Uint8Array, depth: number): number =>
  ((keyHash[depth >> 3] as number) >> (7 - (depth & 7))) & 1;

const copy = (from: Uint8Array, fromOffset: number, to: Uint8Array, toOffset: number, length: number): void => {
  // Short copies: a loop is quicker than making a view for `set`.
  for (let at = 0; at < length; at += 1) to[toOffset + at] = from[fromOffset + at] as number;
};

/** Hashes of leaves and inner nodes; one scratch buffer serves a whole batch. */
export class TreeHashing {
  private readonly scratch = new Uint8Array(65);

  constructor(private readonly hashing: Hashing) {}

  /** SHA-256(0x00 || keyHash || valueHash), the two side by side in `bytes`. */
  leafAt(bytes: Uint8Array, offset: number): Uint8Array {
    this.scratch[0] = 0;
    copy(bytes, offset, this.scratch, 1, 64);
    return this.hashing.sha256(this.scratch);
  }

  leaf(leaf: Leaf): Uint8Array {
    return this.join(0, leaf.keyHash, leaf.valueHash);
  }

  inner(left: Uint8Array, right: Uint8Array): Uint8Array {
    return this.join(1, left, right);
  }

  private join(tag: number, first: Uint8Array, second: Uint8Array): Uint8Array {
    this.scratch[0] = tag;
    copy(first, 0, this.scratch, 1, 32);
    copy(second, 0, this.scratch, 33, 32);
    return this.hashing.sha256(this.scratch);
  }
}

const damaged = (): RangeError => new RangeError('a damaged page of the state tree');

/** A page unpacked: position p at p * 64. */
class Unpacked {
  inner = 0;
  leaves = 0;
  readonly bytes = new Uint8Array(32 * ROOM);

  /** @throws RangeError when the bytes are not what `pack` writes: our own store is damaged. */
  unpack(page: Uint8Array | undefined): void {
    this.inner = 0;
    this.leaves = 0;
    if (page === undefined) return;
    if (page.length < 8) throw damaged();
    const inner = readU32(page, 0);
    const leaves = readU32(page, 4);
    let offset = 8;
    for (let position = 1; position < 32; position += 1) {
      const length = (inner & (1 << position)) !== 0 ? 32 : (leaves & (1 << position)) !== 0 ? 64 : 0;
      if (offset + length > page.length) throw damaged();
      copy(page, offset, this.bytes, position * ROOM, length);
      offset += length;
    }
    if (offset !== page.length || ((inner | leaves) & 1) !== 0 || (inner & leaves) !== 0) throw damaged();
    this.inner = inner;
    this.leaves = leaves;
  }

  pack(): Uint8Array {
    let length = 8;
    for (let position = 1; position < 32; position += 1)
      length += this.isInner(position) ? 32 : this.isLeaf(position) ? 64 : 0;
    const page = new Uint8Array(length);
    writeU32(page, 0, this.inner >>> 0);
    writeU32(page, 4, this.leaves >>> 0);
    let offset = 8;
    for (let position = 1; position < 32; position += 1) {
      const size = this.isInner(position) ? 32 : this.isLeaf(position) ? 64 : 0;
      copy(this.bytes, position * ROOM, page, offset, size);
      offset += size;
    }
    return page;
  }

  isInner(position: number): boolean {
    return (this.inner & (1 << position)) !== 0;
  }

  isLeaf(position: number): boolean {
    return (this.leaves & (1 << position)) !== 0;
  }

  clear(position: number): void {
    this.inner &= ~(1 << position);
    this.leaves &= ~(1 << position);
  }

  setInner(position: number, hash: Uint8Array): void {
    this.clear(position);
    this.inner |= 1 << position;
    copy(hash, 0, this.bytes, position * ROOM, 32);
  }

  setLeaf(position: number, leaf: Leaf): void {
    this.clear(position);
    this.leaves |= 1 << position;
    copy(leaf.keyHash, 0, this.bytes, position * ROOM, 32);
    copy(leaf.valueHash, 0, this.bytes, position * ROOM + 32, 32);
  }

  leafAt(position: number): Leaf {
    const offset = position * ROOM;
    return { keyHash: this.bytes.slice(offset, offset + 32), valueHash: this.bytes.slice(offset + 32, offset + 64) };
  }

  /** Takes over whatever stands at a position of another page. */
  take(position: number, from: Unpacked, fromPosition: number): void {
    this.clear(position);
    if (from.isInner(fromPosition)) this.inner |= 1 << position;
    else if (from.isLeaf(fromPosition)) this.leaves |= 1 << position;
    copy(from.bytes, fromPosition * ROOM, this.bytes, position * ROOM, ROOM);
  }

  hashOf(hashes: TreeHashing, position: number): Uint8Array {
    const offset = position * ROOM;
    if (this.isInner(position)) return this.bytes.subarray(offset, offset + 32);
    return this.isLeaf(position) ? hashes.leafAt(this.bytes, offset) : EMPTY_SUBTREE;
  }
}

/** The pages that a batch leaves changed; null: the page is gone. */
export type ChangedPages = ReadonlyMap<string, Uint8Array | null>;

/** One batch of changes. Each place above several changes is hashed once. */
class Batch {
  readonly changed = new Map<string, Uint8Array | null>();
  /** The unpacked pages of the path under work, the top one first. */
  private readonly open: Unpacked[] = [];

  constructor(
    private readonly hashes: TreeHashing,
    private readonly read: PageReader,
    private readonly changes: readonly LeafChange[],
  ) {}

  run(): Uint8Array {
    const top = this.level(0);
    top.unpack(this.read(''));
    this.visit(0, 1, 0, '', 0, this.changes.length);
    this.changed.set('', top.isInner(1) || top.isLeaf(1) ? top.pack() : null);
    return top.hashOf(this.hashes, 1).slice();
  }

  private level(level: number): Unpacked {
    return (this.open[level] ??= new Unpacked());
  }

  /** Applies changes [from, to) below a position. */
  private visit(level: number, position: number, depth: number, path: string, from: number, to: number): void {
    if (from === to) return;
    const page = this.level(level);
    if (!page.isInner(position)) {
      const before = page.isLeaf(position) ? page.leafAt(position) : undefined;
      this.build(level, position, depth, path, this.leavesWith(before, from, to));
    } else if (position < 16) {
      this.descend(level, position, depth, path, from, to);
    } else {
      const below = path + DIGITS.charAt(position - 16);
      const stored = this.read(below);
      if (stored === undefined) throw new RangeError(`page ${below} of the state tree is missing`);
      this.level(level + 1).unpack(stored);
      this.descend(level + 1, 1, depth, below, from, to);
      this.close(level, position, below);
    }
  }

  /** The page below is done: what came out at its top stands at `position` of the page above. */
  private close(level: number, position: number, below: string): void {
    const done = this.level(level + 1);
    this.level(level).take(position, done, 1);
    if (!done.isInner(1)) {
      this.changed.set(below, null);
      return;
    }
    done.clear(1);
    this.changed.set(below, done.pack());
  }

  /** The two halves below an inner node. */
  private descend(level: number, position: number, depth: number, path: string, from: number, to: number): void {
    let middle = from;
    let end = to;
    while (middle < end) {
      const probe = (middle + end) >> 1;
      if (bitAt((this.changes[probe] as LeafChange).keyHash, depth) === 0) middle = probe + 1;
      else end = probe;
    }
    this.visit(level, position * 2, depth + 1, path, from, middle);
    this.visit(level, position * 2 + 1, depth + 1, path, middle, to);
    this.combine(level, position);
  }

  /** What stands above two places: nothing, the one leaf there is, or the hash of both. */
  private combine(level: number, position: number): void {
    const page = this.level(level);
    const left = position * 2;
    const right = left + 1;
    const children = (1 << left) | (1 << right);
    if ((page.inner & children) === 0 && (page.leaves & children) !== children) {
      page.clear(position);
      if ((page.leaves & children) === 0) return;
      const leaf = page.isLeaf(left) ? left : right;
      page.take(position, page, leaf);
      page.clear(leaf);
      return;
    }
    page.setInner(position, this.hashes.inner(page.hashOf(this.hashes, left), page.hashOf(this.hashes, right)));
  }

  /** Leaves that stand below a place after the changes [from, to), where one leaf or none stood before; sorted. */
  private leavesWith(before: Leaf | undefined, from: number, to: number): Leaf[] {
    const leaves: Leaf[] = [];
    let waiting = before;
    for (let index = from; index < to; index += 1) {
      const { keyHash, valueHash } = this.changes[index] as LeafChange;
      if (waiting !== undefined) {
        const order = compareBytes(waiting.keyHash, keyHash);
        if (order < 0) leaves.push(waiting);
        if (order <= 0) waiting = undefined;
      }
      if (valueHash !== undefined) leaves.push({ keyHash, valueHash });
    }
    if (waiting !== undefined) leaves.push(waiting);
    return leaves;
  }

  /** Builds a subtree where nothing but these leaves stands. */
  private build(level: number, position: number, depth: number, path: string, leaves: readonly Leaf[]): void {
    const page = this.level(level);
    const [only] = leaves;
    if (only === undefined) page.clear(position);
    else if (leaves.length === 1) page.setLeaf(position, only);
    else if (position < 16) this.split(level, position, depth, path, leaves);
    else {
      const below = path + DIGITS.charAt(position - 16);
      this.level(level + 1).unpack(undefined);
      this.split(level + 1, 1, depth, below, leaves);
      this.close(level, position, below);
    }
  }

  private split(level: number, position: number, depth: number, path: string, leaves: readonly Leaf[]): void {
    let middle = 0;
    while (middle < leaves.length && bitAt((leaves[middle] as Leaf).keyHash, depth) === 0) middle += 1;
    this.build(level, position * 2, depth + 1, path, leaves.slice(0, middle));
    this.build(level, position * 2 + 1, depth + 1, path, leaves.slice(middle));
    const page = this.level(level);
    const [left, right] = [page.hashOf(this.hashes, position * 2), page.hashOf(this.hashes, position * 2 + 1)];
    page.setInner(position, this.hashes.inner(left, right));
  }
}

/** Applies changes sorted by key hash, each key once. Gives the new root and the pages that differ. */
export function updateTree(
  hashes: TreeHashing,
  read: PageReader,
  changes: readonly LeafChange[],
): { readonly root: Uint8Array; readonly pages: ChangedPages } {
  const batch = new Batch(hashes, read, changes);
  const root = batch.run();
  return { root, pages: batch.changed };
}

/** Root of the tree whose top page this is. */
export function rootOfTop(hashes: TreeHashing, page: Uint8Array | undefined): Uint8Array {
  const top = new Unpacked();
  top.unpack(page);
  return top.hashOf(hashes, 1).slice();
}

/** Siblings of the place of this key, from the leaf up, and the leaf that stands there. */
export function proveInTree(
  hashes: TreeHashing,
  read: PageReader,
  keyHash: Uint8Array,
): { readonly siblings: readonly Uint8Array[]; readonly leaf: Leaf | undefined } {
  const siblings: Uint8Array[] = [];
  const page = new Unpacked();
  page.unpack(read(''));
  let path = '';
  let position = 1;
  for (let depth = 0; page.isInner(position); depth += 1) {
    if (position >= 16) {
      path += DIGITS.charAt(position - 16);
      const stored = read(path);
      if (stored === undefined) throw new RangeError(`page ${path} of the state tree is missing`);
      page.unpack(stored);
      position = 1;
    }
    const child = position * 2 + bitAt(keyHash, depth);
    siblings.push(page.hashOf(hashes, child ^ 1).slice());
    position = child;
  }
  return { siblings: siblings.reverse(), leaf: page.isLeaf(position) ? page.leafAt(position) : undefined };
}

/** formats.md 4, the verifier's side. See `verifyStateProof`. */
export function verifyInTree(
  hashes: TreeHashing,
  root: Uint8Array,
  keyHash: Uint8Array,
  valueHash: Uint8Array | undefined,
  proof: Pick<StateProof, 'siblings' | 'otherLeaf'>,
): boolean {
  const { siblings, otherLeaf } = proof;
  const depth = siblings.length;
  if (depth > 256 || siblings.some((sibling) => sibling.length !== 32)) return false;
  let hash: Uint8Array;
  if (valueHash !== undefined) {
    if (otherLeaf !== undefined) return false;
    hash = hashes.leaf({ keyHash, valueHash });
  } else if (otherLeaf !== undefined) {
    if (otherLeaf.keyHash.length !== 32 || otherLeaf.valueHash.length !== 32) return false;
    if (equalBytes(otherLeaf.keyHash, keyHash)) return false;
    for (let at = 0; at < depth; at += 1) if (bitAt(otherLeaf.keyHash, at) !== bitAt(keyHash, at)) return false;
    hash = hashes.leaf({ keyHash: otherLeaf.keyHash, valueHash: otherLeaf.valueHash });
  } else {
    hash = EMPTY_SUBTREE;
  }
  for (const [at, sibling] of siblings.entries())
    hash = bitAt(keyHash, depth - 1 - at) === 0 ? hashes.inner(hash, sibling) : hashes.inner(sibling, hash);
  return equalBytes(hash, root);
}
