/**
 * What a block changed, in a form that can be proven (formats.md 4): one RFC 6962 leaf a changed key, in the order of the keys,
 * and the state entry 1 || 'c' || height that holds the head of that tree. Each leaf names the height that had written the key
 * before, so that a key's history is a chain that nobody can shorten.
 *
 *     leaf: u16 key length || key || u64 height || u8 marks || u64 height before || hash of the value 32
 *     marks: 1 the key had a value before; 2 it has one now. What is not there is zero.
 *     entry: u32 number of leaves || head 32
 */
import type { Hashing } from '@waymark/accel/contract';
import {
  concatBytes,
  readU16,
  readU32,
  readU64,
  treeHead,
  u32Bytes,
  u64Bytes,
  writeU16,
  writeU64,
} from '../primitives/index.js';

/** One key in one block. */
export interface KeyChange {
  readonly key: Uint8Array;
  readonly height: number;
  /** Height that wrote the key before; undefined: it had no value. */
  readonly before: number | undefined;
  /** Hash of the value it has since; undefined: it was deleted. */
  readonly valueHash: Uint8Array | undefined;
}

const HAD = 1;
const HAS = 2;
const FIXED = 51;

export function encodeKeyChange({ key, height, before, valueHash }: KeyChange): Uint8Array {
  const bytes = new Uint8Array(FIXED + key.length);
  writeU16(bytes, 0, key.length);
  bytes.set(key, 2);
  const at = 2 + key.length;
  writeU64(bytes, at, height);
  bytes[at + 8] = (before === undefined ? 0 : HAD) | (valueHash === undefined ? 0 : HAS);
  writeU64(bytes, at + 9, before ?? 0);
  if (valueHash !== undefined) bytes.set(valueHash, at + 17);
  return bytes;
}

/** Undefined when the bytes are not what `encodeKeyChange` writes. */
export function decodeKeyChange(bytes: Uint8Array): KeyChange | undefined {
  if (bytes.length < FIXED) return undefined;
  const at = 2 + readU16(bytes, 0);
  if (bytes.length !== at + FIXED - 2) return undefined;
  const marks = bytes[at + 8] as number;
  const valueHash = bytes.slice(at + 17);
  if (marks > (HAD | HAS) || marks === 0) return undefined;
  if (bytes[at] !== 0 || (bytes[at + 1] as number) > 31 || bytes[at + 9] !== 0 || (bytes[at + 10] as number) > 31)
    return undefined; // above 2^53 - 1
  const before = readU64(bytes, at + 9);
  if ((marks & HAD) === 0 && before !== 0) return undefined;
  if ((marks & HAS) === 0 && valueHash.some((byte) => byte !== 0)) return undefined;
  return {
    key: bytes.slice(2, at),
    height: readU64(bytes, at),
    before: (marks & HAD) === 0 ? undefined : before,
    valueHash: (marks & HAS) === 0 ? undefined : valueHash,
  };
}

/** The runtime's corner of the state. */
const RUNTIME = 1;
const CHANGES = 'c'.charCodeAt(0);

/** State key of the changes root of a height: 1 || 'c' || height u64. */
export function changesRootKey(height: number): Uint8Array {
  return concatBytes(Uint8Array.of(RUNTIME, CHANGES), u64Bytes(height));
}

/** Value of that key. */
export function changesRootValue(hashing: Hashing, leaves: readonly Uint8Array[]): Uint8Array {
  return concatBytes(u32Bytes(leaves.length), treeHead(hashing, leaves));
}

/** Undefined for anything but 36 bytes. */
export function readChangesRoot(value: Uint8Array): { readonly count: number; readonly head: Uint8Array } | undefined {
  return value.length === 36 ? { count: readU32(value, 0), head: value.slice(4) } : undefined;
}

/** Leaves of a block as one record of the store. They delimit themselves. */
export const packLeaves = (leaves: readonly Uint8Array[]): Uint8Array => concatBytes(...leaves);

/** @throws RangeError when the record is damaged. */
export function unpackLeaves(record: Uint8Array): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < record.length;) {
    const end = at + FIXED + readU16(record, at);
    if (end > record.length) throw new RangeError('a damaged record of changes');
    leaves.push(record.slice(at, end));
    at = end;
  }
  return leaves;
}

/** Values that a block replaced: u32 of 0 for none, else length + 1 and the bytes. */
export function packReplaced(values: readonly (Uint8Array | undefined)[]): Uint8Array {
  return concatBytes(
    ...values.flatMap((value) => (value === undefined ? [u32Bytes(0)] : [u32Bytes(value.length + 1), value])),
  );
}

/** @throws RangeError when the record is damaged. */
export function unpackReplaced(record: Uint8Array): (Uint8Array | undefined)[] {
  const values: (Uint8Array | undefined)[] = [];
  for (let at = 0; at < record.length;) {
    const length = readU32(record, at) - 1;
    at += 4;
    if (at + length > record.length) throw new RangeError('a damaged record of replaced values');
    values.push(length < 0 ? undefined : record.slice(at, at + length));
    at += Math.max(0, length);
  }
  return values;
}
