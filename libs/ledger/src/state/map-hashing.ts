/** Hashes of the authenticated map (formats.md 4). One scratch buffer serves all inner nodes of a batch. */
import type { Hashing } from '@waymark/accel/contract';
import { writeU16, writeU64 } from '../primitives/index.js';

/** Root of the map without keys: 32 zero bytes. */
export const EMPTY_ROOT = new Uint8Array(32);

const copy32 = (from: Uint8Array, fromOffset: number, to: Uint8Array, toOffset: number): void => {
  // A loop is quicker than making a view for `set`.
  for (let at = 0; at < 32; at += 1) to[toOffset + at] = from[fromOffset + at] as number;
};

export class MapHashing {
  private readonly scratch = new Uint8Array(67);

  constructor(readonly hashing: Hashing) {
    this.scratch[0] = 1;
  }

  /** SHA-256(0x00 || u16 key length || key || u64 changedAt || valueHash). */
  leaf(key: Uint8Array, changedAt: number, valueHash: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(43 + key.length);
    writeU16(bytes, 1, key.length);
    bytes.set(key, 3);
    writeU64(bytes, 3 + key.length, changedAt);
    bytes.set(valueHash, 11 + key.length);
    return this.hashing.sha256(bytes);
  }

  /** SHA-256(0x01 || u16 bit index || left || right); the two hashes at their offsets. */
  inner(bit: number, left: Uint8Array, leftOffset: number, right: Uint8Array, rightOffset: number): Uint8Array {
    const { scratch } = this;
    scratch[1] = bit >> 8;
    scratch[2] = bit & 0xff;
    copy32(left, leftOffset, scratch, 3);
    copy32(right, rightOffset, scratch, 35);
    return this.hashing.sha256(scratch);
  }
}
