import { describe, expect, it } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { KNOWN_KEY_PAIRS, KNOWN_SIGNATURES } from '../select/index.js';
import { isPrimeOrderKey, publicKeyOf, signMessage, verifySignature } from './index.js';

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const scalar = (bytes: Uint8Array) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const littleEndian = (value: bigint) =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
const TORSION_8 = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');

describe('the predicate of consensus.md 2.4', () => {
  const [pair] = KNOWN_KEY_PAIRS;
  const good = pair!;

  it.each(
    [
      '0100000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000080',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0000000000000000000000000000000000000000000000000000000000000080',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
      // not canonical: y = p, p + 1, 2^255 - 1
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    ].map((hex) => [hex]),
  )('refuses %s as A and as R where the bare cofactored equation may say yes', (hex) => {
    const point = fromHex(hex);
    const zeroS = new Uint8Array(64);
    zeroS.set(point);
    expect(verifySignature({ publicKey: point, message: new Uint8Array(), signature: zeroS })).toBe(false);
    expect(verifySignature({ ...good, publicKey: point })).toBe(false);
    const spoiled = good.signature.slice();
    spoiled.set(point);
    expect(verifySignature({ ...good, signature: spoiled })).toBe(false);
    expect(isPrimeOrderKey(point)).toBe(false);
  });

  it('accepts a signature whose R carries torsion, as the cofactored equation does', () => {
    const a = scalar(sha512(new TextEncoder().encode('waymark/known-answer/a'))) % ORDER;
    const r = scalar(sha512(new TextEncoder().encode('waymark/known-answer/r'))) % ORDER;
    const message = new TextEncoder().encode('waymark');
    const publicKey = Point.BASE.multiply(a).toBytes();
    const R = Point.BASE.multiply(r).add(TORSION_8).toBytes();
    const k = scalar(sha512(Uint8Array.of(...R, ...publicKey, ...message))) % ORDER;
    const signature = Uint8Array.of(...R, ...littleEndian((r + k * a) % ORDER));
    expect(verifySignature({ publicKey, message, signature })).toBe(true);
    const known = KNOWN_SIGNATURES.find(({ title }) => title.startsWith('torsion'));
    expect(known?.check).toEqual({ publicKey, message, signature });
  });

  it('refuses bytes that are no point at all', () => {
    const notOnCurve = Array.from({ length: 256 }, (_, byte) => new Uint8Array(32).fill(byte).with(31, 0x12)).filter(
      (bytes) => {
        try {
          Point.fromBytes(bytes);
          return false;
        } catch {
          return true;
        }
      },
    );
    expect(notOnCurve.length).toBeGreaterThan(50);
    for (const publicKey of notOnCurve.slice(0, 20)) {
      expect(verifySignature({ ...good, publicKey })).toBe(false);
      expect(isPrimeOrderKey(publicKey)).toBe(false);
    }
  });
});

describe('keys', () => {
  it('signs and derives the public key as RFC 8032 test vectors say', () => {
    for (const { seed, publicKey, message, signature } of KNOWN_KEY_PAIRS) {
      expect(publicKeyOf(seed)).toEqual(publicKey);
      expect(signMessage(seed, message)).toEqual(signature);
      expect(isPrimeOrderKey(publicKey)).toBe(true);
    }
  });

  it('refuses to register a key that carries torsion, or has another length', () => {
    const withTorsion = Point.BASE.multiply(12345n).add(TORSION_8).toBytes();
    expect(isPrimeOrderKey(withTorsion)).toBe(false);
    expect(isPrimeOrderKey(KNOWN_KEY_PAIRS[0]!.publicKey.slice(1))).toBe(false);
  });

  it('says so when a seed has the wrong length', () => {
    expect(() => publicKeyOf(new Uint8Array(31))).toThrow();
    expect(() => signMessage(new Uint8Array(33), new Uint8Array())).toThrow();
  });
});
