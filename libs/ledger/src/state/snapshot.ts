/**
 * The state as a row of entries (formats.md 4a): how they are written in chunks, and how their root is computed from the row alone,
 * with no more memory than a path.
 *
 *     entry: u16 key length || key || u64 changedAt || u32 value length || value
 */
import type { Hashing } from '@waymark/accel/contract';
import { compareBytes, readU16, readU32, readU64, writeU16, writeU32, writeU64 } from '../primitives/index.js';
import { firstDifference } from './key-bits.js';
import { EMPTY_ROOT, MapHashing } from './map-hashing.js';
import { STATE_KEY_BYTES_MAX } from './proof.js';
import type { StateEntry } from './state-types.js';

export function encodeStateEntry({ key, changedAt, value }: StateEntry): Uint8Array {
  const bytes = new Uint8Array(14 + key.length + value.length);
  writeU16(bytes, 0, key.length);
  bytes.set(key, 2);
  writeU64(bytes, 2 + key.length, changedAt);
  writeU32(bytes, 10 + key.length, value.length);
  bytes.set(value, 14 + key.length);
  return bytes;
}

/** The entries of a chunk; undefined when the bytes are no row of entries. Keys and values are views into `chunk`. */
export function decodeStateEntries(chunk: Uint8Array): StateEntry[] | undefined {
  const entries: StateEntry[] = [];
  for (let at = 0; at < chunk.length;) {
    if (at + 14 > chunk.length) return undefined;
    const keyLength = readU16(chunk, at);
    const rest = at + 2 + keyLength;
    if (keyLength > STATE_KEY_BYTES_MAX || rest + 12 > chunk.length) return undefined;
    if (chunk[rest] !== 0 || (chunk[rest + 1] as number) > 31) return undefined; // above 2^53 - 1
    const end = rest + 12 + readU32(chunk, rest + 8);
    if (end > chunk.length) return undefined;
    entries.push({
      key: chunk.subarray(at + 2, rest),
      changedAt: readU64(chunk, rest),
      value: chunk.subarray(rest + 12, end),
    });
    at = end;
  }
  return entries;
}

/** Computes the state root of entries that come in the order of their keys. */
export class StateRootReader {
  private readonly hashes: MapHashing;
  /** Left sides that wait for their right ones; bits rise. */
  private readonly waiting: { readonly bit: number; readonly hash: Uint8Array }[] = [];
  private last: { readonly key: Uint8Array; hash: Uint8Array } | undefined;

  constructor(private readonly hashing: Hashing) {
    this.hashes = new MapHashing(hashing);
  }

  /** False, and nothing is taken, when the key does not come after the one before it. */
  add({ key, changedAt, value }: StateEntry): boolean {
    const { last } = this;
    if (last !== undefined) {
      if (compareBytes(last.key, key) >= 0) return false;
      const bit = firstDifference(last.key, key) as number;
      this.waiting.push({ bit, hash: this.closed(bit) });
    }
    this.last = { key: key.slice(), hash: this.hashes.leaf(key, changedAt, this.hashing.sha256(value)) };
    return true;
  }

  /** The subtree that ends with the last entry, with all inner nodes whose bit lies behind `bit`. */
  private closed(bit: number): Uint8Array {
    let { hash } = this.last as { hash: Uint8Array };
    for (let top = this.waiting.at(-1); top !== undefined && top.bit > bit; top = this.waiting.at(-1)) {
      hash = this.hashes.inner(top.bit, top.hash, 0, hash, 0);
      this.waiting.pop();
    }
    return hash;
  }

  /** Root of all that was added; nothing can be added after it. */
  root(): Uint8Array {
    return this.last === undefined ? EMPTY_ROOT.slice() : this.closed(-1);
  }
}
