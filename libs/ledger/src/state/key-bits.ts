/**
 * A state key as a row of bits (formats.md 4): each byte is nine bits, a 1 and then its eight bits from the most significant;
 * after the last byte stands one 0. So no key's bits begin with all of another's, and the order of the bits is that of the bytes.
 */

/** Bits of a byte, the 1 in front included. */
export const BITS_OF_BYTE = 9;

/** The bit of a key at `index`; what lies behind its end is 0. */
export function bitAt(key: Uint8Array, index: number): 0 | 1 {
  const at = Math.floor(index / BITS_OF_BYTE);
  if (at >= key.length) return 0;
  const place = index - at * BITS_OF_BYTE;
  if (place === 0) return 1;
  return (((key[at] as number) >> (8 - place)) & 1) as 0 | 1;
}

/** The first bit in which two keys differ; undefined when they are the same. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (a[at] as number) ^ (b[at] as number);
    if (difference !== 0) return at * BITS_OF_BYTE + 1 + (Math.clz32(difference) - 24);
  }
  return a.length === b.length ? undefined : shared * BITS_OF_BYTE;
}

/** True when `key` begins with all bytes of `prefix`. */
export function beginsWith(key: Uint8Array, prefix: Uint8Array): boolean {
  if (key.length < prefix.length) return false;
  for (let at = 0; at < prefix.length; at += 1) if (key[at] !== prefix[at]) return false;
  return true;
}
