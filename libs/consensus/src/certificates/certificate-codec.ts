import { concatBytes, fromHex, readU32, readU64, toHex, u32Bytes, u64Bytes } from '@waymark/ledger/primitives';
import { COMMITTEE_SIZE_MAX, signersOf } from './quorum.js';
import type { Certificate } from './certificate.js';

const kinds = { P: 0x05, C: 0x06, I: 0x07 } as const;
const SIGNATURE_BYTES = 64;

/**
 * kind u8 (5 P, 6 C, 7 I: the message numbers) | epoch u32 | view u64 | blockHash 32 (none for I) | bitmap u32 | 64 bytes a set bit. The length follows from the
 * bitmap, so certificates stand one after another without a length.
 */
export function encodeCertificate(certificate: Certificate): Uint8Array {
  if (signersOf(certificate.bitmap).length !== certificate.signatures.length)
    throw new RangeError('a certificate has one signature for each bit');
  return concatBytes(
    Uint8Array.of(kinds[certificate.kind]),
    u32Bytes(certificate.epoch),
    u64Bytes(certificate.view),
    certificate.kind === 'I' ? new Uint8Array(0) : fromHex(certificate.blockHash),
    u32Bytes(certificate.bitmap),
    ...certificate.signatures,
  );
}

/** Reads one certificate at `offset`; null when the bytes are not a canonical one. `next` is the offset behind it. */
export function decodeCertificateAt(
  bytes: Uint8Array,
  offset: number,
): { readonly certificate: Certificate; readonly next: number } | null {
  if (offset + 17 > bytes.length) return null;
  const code = bytes[offset];
  const kind = code === kinds.P ? 'P' : code === kinds.C ? 'C' : code === kinds.I ? 'I' : null;
  if (kind === null) return null;
  const hashBytes = kind === 'I' ? 0 : 32;
  const bitmapAt = offset + 13 + hashBytes;
  if (bitmapAt + 4 > bytes.length || !isSafeU64(bytes, offset + 5)) return null;
  const bitmap = readU32(bytes, bitmapAt);
  const signers = signersOf(bitmap);
  if (signers.length === 0 || (signers.at(-1) ?? 0) >= COMMITTEE_SIZE_MAX) return null;
  const next = bitmapAt + 4 + signers.length * SIGNATURE_BYTES;
  if (next > bytes.length) return null;
  const fields = {
    epoch: readU32(bytes, offset + 1),
    view: readU64(bytes, offset + 5),
    bitmap,
    signatures: signers.map((_, index) =>
      bytes.slice(bitmapAt + 4 + index * SIGNATURE_BYTES, bitmapAt + 4 + (index + 1) * SIGNATURE_BYTES),
    ),
  };
  if (kind === 'I') return { certificate: { kind, ...fields }, next };
  return { certificate: { kind, ...fields, blockHash: toHex(bytes.subarray(offset + 13, offset + 45)) }, next };
}

/** The certificate that these bytes are, whole; null otherwise. */
export function decodeCertificate(bytes: Uint8Array): Certificate | null {
  const read = decodeCertificateAt(bytes, 0);
  return read !== null && read.next === bytes.length ? read.certificate : null;
}

/** Whether the eight bytes at `offset` are at most 2^53-1, the largest view and height. */
export function isSafeU64(bytes: Uint8Array, offset: number): boolean {
  return offset + 8 <= bytes.length && bytes[offset] === 0 && (bytes[offset + 1] ?? 255) < 32;
}
