/**
 * The checks on bytes that stand before every engine (consensus.md 2.4): lengths, S < L, and for A and R a canonical
 * encoding that is none of the ten small-order ones. They are what lets an engine with a cofactorless equation be
 * believed when it says yes.
 */
import type { SignatureCheck } from '../contract/index.js';

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const SEED_BYTES = 32;

/** L = 2^252 + 27742317777372353535851937790883648493, little endian (RFC 8032, 5.1). */
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** The canonical y of the points of order 1, 2, 4 and 8; with either sign bit they make the ten encodings of the rule. */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map(fromHex);

/** True when the bytes may be put before an engine at all. */
export function passesByteChecks(check: SignatureCheck): boolean {
  const { publicKey, signature } = check;
  return (
    publicKey.length === PUBLIC_KEY_BYTES &&
    signature.length === SIGNATURE_BYTES &&
    isAdmissiblePoint(publicKey, 0) &&
    isAdmissiblePoint(signature, 0) &&
    isBelowOrder(signature, 32)
  );
}

/** y < 2^255 - 19 and not one of the ten small-order encodings (each y with either sign bit). */
export function isAdmissiblePoint(bytes: Uint8Array, offset: number): boolean {
  return isCanonicalY(bytes, offset) && !SMALL_ORDER.some((encoding) => sameButSign(bytes, offset, encoding));
}

function isCanonicalY(bytes: Uint8Array, offset: number): boolean {
  if (((bytes[offset + 31] ?? 0) & 0x7f) !== 0x7f) return true;
  for (let i = 30; i > 0; i--) if (bytes[offset + i] !== 0xff) return true;
  return (bytes[offset] ?? 0) < 0xed;
}

function sameButSign(bytes: Uint8Array, offset: number, encoding: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (bytes[offset + i] !== encoding[i]) return false;
  return ((bytes[offset + 31] ?? 0) & 0x7f) === ((encoding[31] ?? 0) & 0x7f);
}

function isBelowOrder(bytes: Uint8Array, offset: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (bytes[offset + i] ?? 0) - (ORDER[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
