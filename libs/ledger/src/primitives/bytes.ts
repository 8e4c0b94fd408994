/**
 * Bytes and their spellings. Everything here is exact: a malformed spelling is an error, never a guess.
 * Works in a page and in Node alike; needs nothing but the language.
 */

const HEX_DIGITS = '0123456789abcdef';
const HEX_OF_BYTE: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => HEX_DIGITS.charAt(byte >> 4) + HEX_DIGITS.charAt(byte & 15),
);

const hexDigit = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  return -1;
};

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) text += HEX_OF_BYTE[bytes[index] as number] as string;
  return text;
}

/** Bytes of a hex text (either case), or undefined when it is none, or not of the expected number of bytes. */
export function parseHex(text: string, byteLength?: number): Uint8Array | undefined {
  if (text.length % 2 !== 0 || (byteLength !== undefined && text.length !== byteLength * 2)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = hexDigit(text.charCodeAt(index * 2));
    const low = hexDigit(text.charCodeAt(index * 2 + 1));
    if (high < 0 || low < 0) return undefined;
    bytes[index] = (high << 4) | low;
  }
  return bytes;
}

/** Bytes of a hex text. @throws SyntaxError for anything else; use `parseHex` for input of others. */
export function fromHex(text: string): Uint8Array {
  const bytes = parseHex(text);
  if (bytes === undefined) throw new SyntaxError('not a hex text');
  return bytes;
}

/** Part of the Encoding standard, in every browser and in Node; declared here so that no other global of theirs is. */
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { written: number };
};
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `encode` makes memory of its own outside the heap for every text; short texts, which are most, are copied out of here. */
const room = new Uint8Array(4_096);

/** UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as everywhere on the web. */
export function utf8(text: string): Uint8Array {
  if (text.length * 3 > room.length) return encoder.encode(text);
  return room.slice(0, encoder.encodeInto(text, room).written);
}

/** Text of UTF-8 bytes. @throws TypeError when they are not well-formed; a byte order mark is kept as a character. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** One array holding all parts in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** True when both hold the same bytes. Not constant-time: for public data only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** Negative, zero or positive: order by bytes, a prefix before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUE = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value += 1) BASE64_VALUE[BASE64.charCodeAt(value)] = value;

/** Base64, standard alphabet, padded (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const first = bytes[index] as number;
    const second = bytes[index + 1];
    const third = bytes[index + 2];
    text +=
      BASE64.charAt(first >> 2) +
      BASE64.charAt(((first & 3) << 4) | ((second ?? 0) >> 4)) +
      (second === undefined ? '=' : BASE64.charAt(((second & 15) << 2) | ((third ?? 0) >> 6))) +
      (third === undefined ? '=' : BASE64.charAt(third & 63));
    if (text.length > 8192) {
      pieces.push(text);
      text = '';
    }
  }
  pieces.push(text);
  return pieces.join('');
}

/**
 * Bytes of a padded base64 text, or undefined. Strict: one spelling per value, so no white space, no missing
 * padding, and no stray bits in the last character.
 */
export function parseBase64(text: string, byteLength?: number): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = (text.length / 4) * 3 - padding;
  if (byteLength !== undefined && byteLength !== length) return undefined;
  const bytes = new Uint8Array(length);
  const digits = text.length - padding;
  let bits = 0;
  let held = 0;
  let offset = 0;
  for (let index = 0; index < digits; index += 1) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? (BASE64_VALUE[code] as number) : -1;
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[offset] = (held >> bits) & 0xff;
      offset += 1;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** Bytes of a padded base64 text. @throws SyntaxError for anything else; use `parseBase64` for input of others. */
export function fromBase64(text: string): Uint8Array {
  const bytes = parseBase64(text);
  if (bytes === undefined) throw new SyntaxError('not a base64 text');
  return bytes;
}
