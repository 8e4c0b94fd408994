/** Requests that the suite puts before engines; the same ones every time. */
import type { SignatureCheck } from '../contract/index.js';
import { publicKeyOf, signMessage } from '../portable/index.js';

/** Signatures of which the first is right and every second one has one bit wrong: in turn in message, R, S and key. */
export function mixedChecks(count: number): SignatureCheck[] {
  const seeds = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
  const keys = seeds.map(publicKeyOf);
  // Signing is the slow part in the reference engine: a few signatures, spoiled in many ways.
  const signed = seeds.flatMap((seed, i) =>
    [0, 33].map((length) => {
      const message = patterned(length + i);
      return { publicKey: keys[i] as Uint8Array, message, signature: signMessage(seed, message) };
    }),
  );
  return Array.from({ length: count }, (_, i) => {
    const good = signed[i % signed.length] as SignatureCheck;
    if (i % 2 === 0) return { ...good, message: good.message.slice() };
    switch (((i - 1) / 2) % 4) {
      case 0:
        return { ...good, message: Uint8Array.of(...good.message, i & 255) };
      case 1:
        return { ...good, signature: spoiled(good.signature, i % 31) };
      case 2:
        return { ...good, signature: spoiled(good.signature, 32 + (i % 31)) };
      default:
        return { ...good, publicKey: spoiled(good.publicKey, i % 31) };
    }
  });
}

/** By construction of {@link mixedChecks}. */
export function isEven(_: unknown, index: number): boolean {
  return index % 2 === 0;
}

export function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 131 + 7 + (i >> 8)) & 255);
}

/** Leaves of many lengths, none among them. */
export function patternedLeaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => patterned((i * 37) % 151));
}

export function spoiled(bytes: Uint8Array, index: number): Uint8Array {
  const copy = bytes.slice();
  copy[index] = (copy[index] ?? 0) ^ 4;
  return copy;
}

/** The same bytes as a view into the middle of a larger buffer. */
export function framed(bytes: Uint8Array): Uint8Array {
  const large = new Uint8Array(bytes.length + 9).fill(0xaa);
  large.set(bytes, 5);
  return large.subarray(5, 5 + bytes.length);
}

/** The same bytes in memory that threads share. */
export function shared(bytes: Uint8Array): Uint8Array {
  const own = new Uint8Array(new SharedArrayBuffer(bytes.length));
  own.set(bytes);
  return own;
}
