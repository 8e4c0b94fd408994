import type { Hash } from '../certificates/vote.js';
import { fromHex, toHex } from '@waymark/ledger/primitives';
import { SIGN_STATE_BYTES, SIGN_STATE_ENTRIES_MAX, type SignState, type SignStateEntry } from './sign-state.js';

const MAGIC = Uint8Array.of(0x57, 0x4d, 0x53, 0x49, 0x47, 0x4e, 0x00, 0x01); // "WMSIGN", 0, version 1
const HEAD_BYTES = 93;
const ENTRY_BYTES = 105;
const SUM_OFFSET = SIGN_STATE_BYTES - 32;
type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * One copy of the sign-state as it lies in `sign.a` or `sign.b` (2.11), 4,096 bytes, big endian: magic 8 | key id 32 | genesisHash 32 | serial u64 | epoch u32 |
 * floor u64 | count u8 | count x {view u64, flags u8 (1 prop, 2 prep, 4 com, 8 imp), prop 32, prep 32, com 32} | zeros | SHA-256 of all before, 32.
 */
export function encodeSignState(state: SignState, sha256: Sha256): Uint8Array {
  if (state.entries.length > SIGN_STATE_ENTRIES_MAX) throw new RangeError('a sign-state has at most 32 entries');
  const bytes = new Uint8Array(SIGN_STATE_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC, 0);
  bytes.set(fromHex(state.keyId), 8);
  bytes.set(fromHex(state.genesisHash), 40);
  view.setBigUint64(72, BigInt(state.serial));
  view.setUint32(80, state.epoch);
  view.setBigUint64(84, BigInt(state.floor));
  view.setUint8(92, state.entries.length);
  state.entries.forEach((entry, index) => {
    const at = HEAD_BYTES + index * ENTRY_BYTES;
    view.setBigUint64(at, BigInt(entry.view));
    view.setUint8(
      at + 8,
      (entry.prop === null ? 0 : 1) |
        (entry.prep === null ? 0 : 2) |
        (entry.com === null ? 0 : 4) |
        (entry.imp ? 8 : 0),
    );
    [entry.prop, entry.prep, entry.com].forEach((hash, slot) => {
      if (hash !== null) bytes.set(fromHex(hash), at + 9 + slot * 32);
    });
  });
  bytes.set(sha256(bytes.subarray(0, SUM_OFFSET)), SUM_OFFSET);
  return bytes;
}

/** The copy read back, or null when it is damaged, of another key or of another chain. A copy is taken whole or not at all. */
export function decodeSignState(
  bytes: Uint8Array,
  expected: { readonly keyId: Hash; readonly genesisHash: Hash },
  sha256: Sha256,
): SignState | null {
  if (bytes.length !== SIGN_STATE_BYTES) return null;
  if (toHex(sha256(bytes.subarray(0, SUM_OFFSET))) !== toHex(bytes.subarray(SUM_OFFSET))) return null;
  if (toHex(bytes.subarray(0, 8)) !== toHex(MAGIC)) return null;
  const keyId = toHex(bytes.subarray(8, 40));
  const genesisHash = toHex(bytes.subarray(40, 72));
  if (keyId !== expected.keyId || genesisHash !== expected.genesisHash) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const floor = Number(view.getBigUint64(84));
  const count = view.getUint8(92);
  if (count > SIGN_STATE_ENTRIES_MAX) return null;
  const entries: SignStateEntry[] = [];
  let previous = floor;
  for (let index = 0; index < count; index++) {
    const at = HEAD_BYTES + index * ENTRY_BYTES;
    const entryView = Number(view.getBigUint64(at));
    const flags = view.getUint8(at + 8);
    if (entryView <= previous || flags === 0 || flags > 15) return null;
    previous = entryView;
    const hash = (slot: number): Hash => toHex(bytes.subarray(at + 9 + slot * 32, at + 41 + slot * 32));
    entries.push({
      view: entryView,
      prop: flags & 1 ? hash(0) : null,
      prep: flags & 2 ? hash(1) : null,
      com: flags & 4 ? hash(2) : null,
      imp: (flags & 8) !== 0,
    });
  }
  return { keyId, genesisHash, serial: Number(view.getBigUint64(72)), epoch: view.getUint32(80), floor, entries };
}
