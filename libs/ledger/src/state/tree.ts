/**
 * The compact binary Merkle tree of formats.md 4, changed in batches. It lies in *pages*: a page holds the nodes of
 * four levels below one place, so that a look-up reads one record for four bits of the key. A place is known by the
 * hex digits of the key hash above it; page '' is the top one and also holds the root.
 *
 * Positions inside a page are those of a heap: 1 is the page's own place (used on the top page only; elsewhere the
 * page above holds that node), 2..3, 4..7, 8..15, 16..31 the four levels. An inner node at 16 + d goes on in the page
 * one digit d further down.
 */
import type { Hashing } from '@waymark/accel/contract';
import { compareBytes, equalBytes, readU32, writeU32 } from '../primitives/index.js';
import type { StateProof } from './state-types.js';

export const EMPTY_SUBTREE = new Uint8Array(32);

/** A key that has a value. */
export interface Leaf {
  readonly keyHash: Uint8Array;
  readonly valueHash: Uint8Array;
  /** SHA-256(0x00 || keyHash || valueHash), once somebody needed it. */
  hash?: Uint8Array;
}

/** An inner node is its hash; an absent node is an empty subtree. */
export type TreeNode = Uint8Array | Leaf;

/** 32 positions, 0 unused. A page that a view holds is never changed; batches change copies. */
export type Page = (TreeNode | undefined)[];

export type PageReader = (path: string) => Page | undefined;

/** A change of one leaf; no valueHash: the key goes. */
export interface LeafChange {
  readonly keyHash: Uint8Array;
  readonly valueHash: Uint8Array | undefined;
}

const DIGITS = '0123456789abcdef';
const isInner = (node: TreeNode | undefined): node is Uint8Array => node instanceof Uint8Array;
const bitAt = (keyHash: Uint8Array, depth: number): number =>
  ((keyHash[depth >> 3] as number) >> (7 - (depth & 7))) & 1;

/** Hashes of leaves and inner nodes; one scratch buffer serves a whole batch. */
export class TreeHashing {
  private readonly scratch = new Uint8Array(65);

  constructor(private readonly hashing: Hashing) {}

  leaf(leaf: Leaf): Uint8Array {
    if (leaf.hash === undefined) leaf.hash = this.join(0, leaf.keyHash, leaf.valueHash);
    return leaf.hash;
  }

  inner(left: Uint8Array, right: Uint8Array): Uint8Array {
    return this.join(1, left, right);
  }

  node(node: TreeNode | undefined): Uint8Array {
    if (node === undefined) return EMPTY_SUBTREE;
    return isInner(node) ? node : this.leaf(node);
  }

  private join(tag: number, first: Uint8Array, second: Uint8Array): Uint8Array {
    this.scratch[0] = tag;
    this.scratch.set(first, 1);
    this.scratch.set(second, 33);
    return this.hashing.sha256(this.scratch);
  }
}

/** Bytes of a page: u32 mask of inner positions, u32 mask of leaves, then the nodes in order of position. */
export function encodePage(page: Page): Uint8Array {
  return encodePages([page])[0] as Uint8Array;
}

/** Bytes of many pages, in one piece of memory; null stays null. */
export function encodePages(pages: readonly (Page | null)[]): (Uint8Array | null)[] {
  let length = 0;
  for (const page of pages) if (page !== null) length += encodedLength(page);
  const memory = new Uint8Array(length);
  let offset = 0;
  return pages.map((page) => {
    if (page === null) return null;
    const start = offset;
    offset = writePage(page, memory, start);
    return memory.subarray(start, offset);
  });
}

function encodedLength(page: Page): number {
  let length = 8;
  for (let position = 1; position < 32; position += 1) {
    const node = page[position];
    if (node !== undefined) length += isInner(node) ? 32 : 64;
  }
  return length;
}

/** Writes a page and gives the offset behind it. */
function writePage(page: Page, memory: Uint8Array, start: number): number {
  let inner = 0;
  let leaves = 0;
  let offset = start + 8;
  for (let position = 1; position < 32; position += 1) {
    const node = page[position];
    if (node === undefined) continue;
    if (isInner(node)) {
      inner |= 1 << position;
      memory.set(node, offset);
      offset += 32;
    } else {
      leaves |= 1 << position;
      memory.set(node.keyHash, offset);
      memory.set(node.valueHash, offset + 32);
      offset += 64;
    }
  }
  writeU32(memory, start, inner >>> 0);
  writeU32(memory, start + 4, leaves >>> 0);
  return offset;
}

/** @throws RangeError when the bytes are not what `encodePage` writes: our own store is damaged. */
export function decodePage(bytes: Uint8Array): Page {
  const inner = readU32(bytes, 0);
  const leaves = readU32(bytes, 4);
  const page: Page = new Array<TreeNode | undefined>(32).fill(undefined);
  let offset = 8;
  for (let position = 1; position < 32; position += 1) {
    const bit = 1 << position;
    if ((inner & bit) !== 0) {
      page[position] = bytes.subarray(offset, offset + 32);
      offset += 32;
    } else if ((leaves & bit) !== 0) {
      page[position] = {
        keyHash: bytes.subarray(offset, offset + 32),
        valueHash: bytes.subarray(offset + 32, offset + 64),
      };
      offset += 64;
    }
  }
  if (offset !== bytes.length || ((inner | leaves) & 1) !== 0 || (inner & leaves) !== 0)
    throw new RangeError('a damaged page of the state tree');
  return page;
}

/** The pages that a batch leaves changed; null: the page is gone. */
export type ChangedPages = ReadonlyMap<string, Page | null>;

/** One batch of changes. Each place above several changes is hashed once. */
class Batch {
  readonly changed = new Map<string, Page | null>();

  constructor(
    private readonly hashes: TreeHashing,
    private readonly read: PageReader,
    private readonly changes: readonly LeafChange[],
  ) {}

  run(): Uint8Array {
    const top = this.open(this.read(''), '');
    const root = this.visit(top, 1, 0, '', 0, this.changes.length);
    if (root === undefined) this.changed.set('', null);
    return this.hashes.node(root);
  }

  /** A copy of a page, ours to change. */
  private open(page: Page | undefined, path: string): Page {
    const copy = page?.slice() ?? new Array<TreeNode | undefined>(32).fill(undefined);
    this.changed.set(path, copy);
    return copy;
  }

  /** The page below an inner node: it must be there. */
  private openBelow(path: string): Page {
    const page = this.read(path);
    if (page === undefined) throw new RangeError(`page ${path} of the state tree is missing`);
    return this.open(page, path);
  }

  /** Applies changes [from, to) below a position and gives the node that stands there afterwards. */
  private visit(
    page: Page,
    position: number,
    depth: number,
    path: string,
    from: number,
    to: number,
  ): TreeNode | undefined {
    const node = page[position];
    if (from === to) return node;
    let after: TreeNode | undefined;
    if (!isInner(node)) {
      after = this.build(page, position, depth, path, this.leavesWith(node, from, to));
    } else if (position >= 16) {
      const below = path + DIGITS.charAt(position - 16);
      after = this.descend(this.openBelow(below), 1, depth, below, from, to);
      if (!isInner(after)) this.changed.set(below, null);
    } else {
      after = this.descend(page, position, depth, path, from, to);
    }
    page[position] = after;
    return after;
  }

  /** The two halves below an inner node. */
  private descend(
    page: Page,
    position: number,
    depth: number,
    path: string,
    from: number,
    to: number,
  ): TreeNode | undefined {
    let middle = from;
    let end = to;
    while (middle < end) {
      const probe = (middle + end) >> 1;
      if (bitAt((this.changes[probe] as LeafChange).keyHash, depth) === 0) middle = probe + 1;
      else end = probe;
    }
    const left = this.visit(page, position * 2, depth + 1, path, from, middle);
    const right = this.visit(page, position * 2 + 1, depth + 1, path, middle, to);
    if (left === undefined && (right === undefined || !isInner(right))) {
      page[position * 2 + 1] = undefined;
      return right;
    }
    if (right === undefined && !isInner(left)) {
      page[position * 2] = undefined;
      return left;
    }
    return this.hashes.inner(this.hashes.node(left), this.hashes.node(right));
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
  private build(
    page: Page,
    position: number,
    depth: number,
    path: string,
    leaves: readonly Leaf[],
  ): TreeNode | undefined {
    if (leaves.length < 2) return leaves[0];
    let target = page;
    let place = position;
    let below = path;
    if (position >= 16) {
      below = path + DIGITS.charAt(position - 16);
      target = new Array<TreeNode | undefined>(32).fill(undefined);
      this.changed.set(below, target);
      place = 1;
    }
    let middle = 0;
    while (middle < leaves.length && bitAt((leaves[middle] as Leaf).keyHash, depth) === 0) middle += 1;
    const left = this.build(target, place * 2, depth + 1, below, leaves.slice(0, middle));
    const right = this.build(target, place * 2 + 1, depth + 1, below, leaves.slice(middle));
    target[place * 2] = left;
    target[place * 2 + 1] = right;
    return this.hashes.inner(this.hashes.node(left), this.hashes.node(right));
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
export function rootOfTop(hashes: TreeHashing, top: Page | undefined): Uint8Array {
  return hashes.node(top?.[1]);
}

/** Siblings of the place of this key, from the leaf up, and the leaf that stands there. */
export function proveInTree(
  hashes: TreeHashing,
  read: PageReader,
  keyHash: Uint8Array,
): { readonly siblings: readonly Uint8Array[]; readonly leaf: Leaf | undefined } {
  const siblings: Uint8Array[] = [];
  let path = '';
  let page = read(path);
  let position = 1;
  let node = page?.[1];
  for (let depth = 0; isInner(node); depth += 1) {
    if (position >= 16) {
      path += DIGITS.charAt(position - 16);
      page = read(path);
      position = 1;
    }
    if (page === undefined) throw new RangeError(`page ${path} of the state tree is missing`);
    const child = position * 2 + bitAt(keyHash, depth);
    siblings.push(hashes.node(page[child ^ 1]));
    node = page[child];
    position = child;
  }
  return { siblings: siblings.reverse(), leaf: node };
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
