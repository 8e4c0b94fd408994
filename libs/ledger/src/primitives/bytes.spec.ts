import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  parseBase64,
  parseHex,
  readU16,
  readU32,
  readU64,
  toBase64,
  toHex,
  u16Bytes,
  u32Bytes,
  u64Bytes,
  utf8,
  writeU64,
} from './index.js';

describe('spellings of bytes', () => {
  it('agree with those of Node, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(toHex(bytes)).toBe(buffer.toString('hex'));
        expect(toBase64(bytes)).toBe(buffer.toString('base64'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
    const large = new Uint8Array(100_000).map((_, at) => at % 251);
    expect(toBase64(large)).toBe(Buffer.from(large).toString('base64'));
  });

  it('refuse what has another spelling or none', () => {
    for (const text of ['abc', '0g', ' 00', '0x00']) expect(parseHex(text)).toBeUndefined();
    expect(parseHex('00', 2)).toBeUndefined();
    expect(parseHex('AbCd')).toEqual(Uint8Array.of(0xab, 0xcd));
    for (const text of ['AA', 'AA=', 'AB==', 'AAB=', 'A===', '====', 'AA==AA==', 'AA\n==', 'A-__', 'äAAA'])
      expect([text, parseBase64(text)]).toEqual([text, undefined]);
    expect(parseBase64('AAAA', 2)).toBeUndefined();
    expect(() => fromHex('x')).toThrow(SyntaxError);
    expect(() => fromBase64('x')).toThrow(SyntaxError);
    expect(() => fromUtf8(Uint8Array.of(0xff))).toThrow();
  });

  it('keep text, byte order marks included', () => {
    expect(fromUtf8(utf8('\uFEFF鱼 fish'))).toBe('\uFEFF鱼 fish');
  });
});

describe('order and joining', () => {
  it('orders by bytes, a prefix first', () => {
    expect(compareBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBeLessThan(0);
    expect(compareBytes(Uint8Array.of(2), Uint8Array.of(1, 0))).toBeGreaterThan(0);
    expect(compareBytes(Uint8Array.of(1, 0), Uint8Array.of(1, 0))).toBe(0);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
  });
});

describe('fixed-width integers', () => {
  it('go both ways, big endian', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(readU64(u64Bytes(value), 0)).toBe(value);
        expect(readU32(u32Bytes(value % 2 ** 32), 0)).toBe(value % 2 ** 32);
        expect(readU16(u16Bytes(value % 2 ** 16), 0)).toBe(value % 2 ** 16);
        expect(new DataView(u64Bytes(value).buffer).getBigUint64(0)).toBe(BigInt(value));
      }),
    );
  });

  it('refuse what does not fit', () => {
    expect(() => u16Bytes(0x10000)).toThrow(RangeError);
    expect(() => u32Bytes(-1)).toThrow(RangeError);
    expect(() => u64Bytes(2 ** 53)).toThrow(RangeError);
    expect(() => u64Bytes(1.5)).toThrow(RangeError);
    expect(() => readU64(fromHex('0020000000000000'), 0)).toThrow(RangeError);
    expect(() => readU32(new Uint8Array(3), 0)).toThrow(RangeError);
    expect(() => writeU64(new Uint8Array(8), 1, 0)).toThrow(RangeError);
  });
});
