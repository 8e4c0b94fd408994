/**
 * Nodes of the map in memory, and the records ("pages") in which they lie in the store.
 *
 * Nodes are shared between the states of successive blocks and say the same for ever. What may change is how they lie in memory: a `LINK`
 * is put in the place of a page that is let go, the page's nodes in the place of a `LINK` that is followed; a packed node reads its
 * hash from the page.
 *
 * A page holds connected inner nodes of about the same size: with L = floor(log16(keys below)), a child of the same L as its
 * parent lies in the parent's page, any other inner child is the top of a page of its own. So a page of a balanced tree has about
 * ten inner nodes, a walk among a million keys reads five pages, and a changed key rewrites as many. Pages have numbers, used anew
 * only for the same place; number 0 is the entry: next free number u48, then the topmost node (a leaf or a link) or nothing.
 *
 * Page: u16 length of the bytes that all its leaves begin with, those bytes, then its nodes, parents before children and left
 * before right: 0 || u16 length || rest of the key || u48 changedAt || leaf hash 32; 1 || u16 bit || hash 32;
 * 2 || u16 bit || hash 32 || u48 page || u48 keys below.
 */
import { readU16, readU32, writeU16, writeU32 } from '../primitives/index.js';
import { BITS_OF_BYTE } from './key-bits.js';

export const LEAF = 0;
export const INNER = 1;
export const LINK = 2;

const NO_KEY = new Uint8Array(0);
const TWO_32 = 0x1_0000_0000;
/** Marks an inner node that is not settled in a page yet. */
export const UNSETTLED = -1;

/** One class for the three kinds: walks see objects of one shape. */
export class MapNode {
  left: MapNode | undefined = undefined;
  right: MapNode | undefined = undefined;
  /** INNER: number of the page whose top this is, 0 inside a page, UNSETTLED; LINK: number of the page. */
  page = 0;
  /** INNER, top of a page: round of the last walk through it. */
  used = 0;
  /** INNER whose `bytes` are a page: where what lies below it in that page ends; 0: they are none. */
  end = 0;

  constructor(
    readonly kind: typeof LEAF | typeof INNER | typeof LINK,
    /** The bit in which the two sides differ; 65,535 for a leaf, which no walk goes beyond. */
    readonly bit: number,
    /** Keys below. */
    readonly count: number,
    /** The hash is the 32 bytes at `offset`: of a page that holds the node, or alone. */
    public bytes: Uint8Array,
    public offset: number,
    /** LEAF: the key, whole. */
    readonly key: Uint8Array = NO_KEY,
    /** LEAF: height that wrote it last. */
    readonly changedAt: number = 0,
  ) {}

  get hash(): Uint8Array {
    return this.bytes.slice(this.offset, this.offset + 32);
  }
}

export const LEAF_BIT = 65_535;

export function leafNode(key: Uint8Array, changedAt: number, hash: Uint8Array): MapNode {
  return new MapNode(LEAF, LEAF_BIT, 1, hash, 0, key, changedAt);
}

/** The same inner node in another place of the pages. */
export function moved(node: MapNode, page: number): MapNode {
  const copy = new MapNode(INNER, node.bit, node.count, node.bytes, node.offset);
  copy.left = node.left;
  copy.right = node.right;
  copy.page = page;
  copy.used = node.used;
  copy.end = node.end;
  return copy;
}

/** floor(log16(count)): inner nodes of one page have the same. */
export function sizeClass(count: number): number {
  let size = 0;
  for (let rest = count; rest >= 16; rest = Math.floor(rest / 16)) size += 1;
  return size;
}

const damaged = (): RangeError => new RangeError('a damaged page of the state tree');

const writeU48 = (bytes: Uint8Array, offset: number, value: number): void => {
  writeU16(bytes, offset, Math.floor(value / TWO_32));
  writeU32(bytes, offset + 2, value % TWO_32);
};
const readU48 = (bytes: Uint8Array, offset: number): number =>
  readU16(bytes, offset) * TWO_32 + readU32(bytes, offset + 2);

const HEAD: Readonly<Record<number, number>> = { [LEAF]: 41, [INNER]: 35, [LINK]: 47 };

/** How a child appears in its parent's page: the top of another page as a link. */
const lies = (node: MapNode, isTop: boolean): typeof LEAF | typeof INNER | typeof LINK =>
  node.kind === INNER && !isTop && node.page > 0 ? LINK : node.kind;

/** Bytes of an inner node that lie in the page from which it was read as they will lie in the new one: nothing below it changed. */
const readSpan = (node: MapNode, shared: number): number =>
  node.end > 0 && node.bytes[0] === shared >> 8 && node.bytes[1] === (shared & 0xff) ? node.end - node.offset + 3 : 0;

const sizeOf = (node: MapNode, isTop: boolean, shared: number): number => {
  const kind = lies(node, isTop);
  if (kind === LEAF) return 41 + node.key.length - shared;
  if (kind === LINK) return 47;
  const span = readSpan(node, shared);
  if (span > 0) return span;
  return 35 + sizeOf(node.left as MapNode, false, shared) + sizeOf(node.right as MapNode, false, shared);
};

const writeHash = (node: MapNode, bytes: Uint8Array, offset: number): void => {
  for (let at = 0; at < 32; at += 1) bytes[offset + at] = node.bytes[node.offset + at] as number;
};

function writeNode(node: MapNode, isTop: boolean, shared: number, bytes: Uint8Array, at: number): number {
  const kind = lies(node, isTop);
  bytes[at] = kind;
  if (kind === LEAF) {
    const { key } = node;
    writeU16(bytes, at + 1, key.length - shared);
    for (let index = shared; index < key.length; index += 1) bytes[at + 3 + index - shared] = key[index] as number;
    const rest = at + 3 + key.length - shared;
    writeU48(bytes, rest, node.changedAt);
    writeHash(node, bytes, rest + 6);
    node.bytes = bytes;
    node.offset = rest + 6;
    return rest + 38;
  }
  const span = kind === INNER ? readSpan(node, shared) : 0;
  if (span > 0) {
    bytes.set(node.bytes.subarray(node.offset - 3, node.end), at);
    return lain(node, bytes, at, at + span);
  }
  writeU16(bytes, at + 1, node.bit);
  writeHash(node, bytes, at + 3);
  if (kind === LINK) {
    writeU48(bytes, at + 35, node.page);
    writeU48(bytes, at + 41, node.count);
    return at + 47;
  }
  const next = writeNode(node.left as MapNode, false, shared, bytes, at + 35);
  return lain(node, bytes, at, writeNode(node.right as MapNode, false, shared, bytes, next));
}

/** From now on the node reads its hash, and the next page its part, from the page in which it lies. */
function lain(node: MapNode, bytes: Uint8Array, at: number, end: number): number {
  node.bytes = bytes;
  node.offset = at + 3;
  node.end = end;
  return end;
}

const anyKeyInPage = (node: MapNode, isTop: boolean): Uint8Array | undefined => {
  const kind = lies(node, isTop);
  if (kind === LEAF) return node.key;
  if (kind === LINK) return undefined;
  return anyKeyInPage(node.left as MapNode, false) ?? anyKeyInPage(node.right as MapNode, false);
};

/** Bytes of the page whose top is `top`. */
export function packPage(top: MapNode): Uint8Array {
  const key = anyKeyInPage(top, true) ?? NO_KEY;
  const shared = Math.min(key.length, Math.floor(top.bit / BITS_OF_BYTE));
  const bytes = new Uint8Array(2 + shared + sizeOf(top, true, shared));
  writeU16(bytes, 0, shared);
  bytes.set(key.subarray(0, shared), 2);
  writeNode(top, true, shared, bytes, 2 + shared);
  return bytes;
}

class Reading {
  at: number;
  private readonly shared: Uint8Array;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    shared: Uint8Array,
  ) {
    this.at = start;
    this.shared = shared;
  }

  node(): MapNode {
    const { bytes, at } = this;
    const kind = bytes[at];
    if (kind === undefined || at + (HEAD[kind] ?? Infinity) > bytes.length) throw damaged();
    if (kind === LEAF) {
      const length = readU16(bytes, at + 1);
      const rest = at + 3 + length;
      if (rest + 38 > bytes.length) throw damaged();
      const { shared } = this;
      const key = new Uint8Array(shared.length + length);
      key.set(shared);
      for (let index = 0; index < length; index += 1) key[shared.length + index] = bytes[at + 3 + index] as number;
      this.at = rest + 38;
      return new MapNode(LEAF, LEAF_BIT, 1, bytes, rest + 6, key, readU48(bytes, rest));
    }
    const bit = readU16(bytes, at + 1);
    if (kind === LINK) {
      const link = new MapNode(LINK, bit, readU48(bytes, at + 41), bytes, at + 3);
      link.page = readU48(bytes, at + 35);
      this.at = at + 47;
      return link;
    }
    this.at = at + 35;
    const left = this.node();
    const right = this.node();
    if (left.bit <= bit || right.bit <= bit) throw damaged();
    const inner = new MapNode(INNER, bit, left.count + right.count, bytes, at + 3);
    inner.left = left;
    inner.right = right;
    inner.end = this.at;
    return inner;
  }
}

/** The nodes of a page; the first is its top. @throws RangeError when the bytes are not what `packPage` writes: our own store is damaged. */
export function unpackPage(bytes: Uint8Array, page: number): MapNode {
  if (bytes.length < 2) throw damaged();
  const shared = readU16(bytes, 0);
  if (2 + shared > bytes.length) throw damaged();
  const reading = new Reading(bytes, 2 + shared, bytes.slice(2, 2 + shared));
  const top = reading.node();
  if (reading.at !== bytes.length || top.kind !== INNER) throw damaged();
  top.page = page;
  return top;
}

/** The record of page 0. */
export function packEntry(top: MapNode | undefined, nextPage: number): Uint8Array {
  const bytes = new Uint8Array(6 + (top === undefined ? 0 : sizeOf(top, false, 0)));
  writeU48(bytes, 0, nextPage);
  if (top !== undefined) writeNode(top, false, 0, bytes, 6);
  return bytes;
}

/** @throws RangeError when the bytes are not what `packEntry` writes. */
export function unpackEntry(bytes: Uint8Array): { readonly top: MapNode | undefined; readonly nextPage: number } {
  if (bytes.length < 6) throw damaged();
  const nextPage = readU48(bytes, 0);
  if (bytes.length === 6) return { top: undefined, nextPage };
  const reading = new Reading(bytes, 6, NO_KEY);
  const top = reading.node();
  if (reading.at !== bytes.length || top.kind === INNER) throw damaged();
  return { top, nextPage };
}
