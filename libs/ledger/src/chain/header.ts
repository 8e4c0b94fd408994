import type { Hashing } from '@waymark/accel/contract';
import { readU16, readU32, readU64, writeU16, writeU32, writeU64 } from '../primitives/index.js';
import { BlockKind, HEADER_BYTES, type Header } from './header-types.js';
import { done, refused, type Outcome } from './refusal.js';

type Width = 1 | 2 | 4 | 8 | 32;

/** consensus.md 2.4, in order. This table is the encoding. */
const FIELDS: readonly (readonly [field: keyof Header, width: Width])[] = [
  ['version', 2],
  ['suite', 1],
  ['kind', 1],
  ['genesisHash', 32],
  ['epoch', 4],
  ['view', 8],
  ['height', 8],
  ['parentHash', 32],
  ['parentView', 8],
  ['time', 8],
  ['leaderIdx', 1],
  ['txCount', 4],
  ['bodyBytes', 4],
  ['txRoot', 32],
  ['parentStateRoot', 32],
  ['parentReceiptRoot', 32],
  ['sideRoot', 32],
  ['historyRoot', 32],
  ['committeeHash', 32],
  ['generation', 4],
  ['nextCommitteeHash', 32],
  ['nextProposersHash', 32],
  ['nextSeed', 32],
  ['edgeHash', 32],
  ['reveal', 32],
  ['signal', 8],
  ['extraRoot', 32],
];

/** 509 bytes. @throws RangeError when a field does not fit: the caller built a wrong header. */
export function encodeHeader(header: Header): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  let offset = 0;
  for (const [field, width] of FIELDS) {
    const value = header[field];
    if (width === 32) {
      if (typeof value === 'number' || value.length !== 32) throw new RangeError(`header.${field} is not 32 bytes`);
      bytes.set(value, offset);
    } else {
      if (typeof value !== 'number') throw new RangeError(`header.${field} is not a number`);
      if (width === 8) writeU64(bytes, offset, value);
      else if (width === 4) writeU32(bytes, offset, value);
      else if (width === 2) writeU16(bytes, offset, value);
      else {
        if (!Number.isInteger(value) || value < 0 || value > 255) throw new RangeError(`header.${field} is not a byte`);
        bytes[offset] = value;
      }
    }
    offset += width;
  }
  return bytes;
}

/**
 * Takes a header apart. Every value that fits is returned: which of them are right is for the rules (V2, V4 ...).
 * Refused: `HEADER_MALFORMED` (wrong length, a number above 2^53-1, an unknown kind).
 */
export function decodeHeader(bytes: Uint8Array): Outcome<Header> {
  if (bytes.length !== HEADER_BYTES)
    return refused('HEADER_MALFORMED', '', { bytes: bytes.length, expected: HEADER_BYTES });
  const fields: Record<string, number | Uint8Array> = {};
  let offset = 0;
  for (const [field, width] of FIELDS) {
    if (width === 32) fields[field] = bytes.slice(offset, offset + 32);
    else if (width === 8) {
      // 2^53 - 1 is the largest: the upper 11 bits are zero.
      if (readU16(bytes, offset) > 0x1f) return refused('HEADER_MALFORMED', `/${field}`);
      fields[field] = readU64(bytes, offset);
    } else if (width === 4) fields[field] = readU32(bytes, offset);
    else if (width === 2) fields[field] = readU16(bytes, offset);
    else fields[field] = bytes[offset] as number;
    offset += width;
  }
  const header = fields as unknown as Header;
  if (header.kind > BlockKind.SEAL) return refused('HEADER_MALFORMED', '/kind');
  return done(header);
}

/** Block hash: SHA-256 of the encoded header. */
export function headerHash(hashing: Hashing, headerBytes: Uint8Array): Uint8Array {
  return hashing.sha256(headerBytes);
}
