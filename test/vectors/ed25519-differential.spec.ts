// Engines must never disagree about a signature (consensus.md 2.4). Signatures at the edges of the encoding, made by a
// generator and broken in many ways, go before every engine; the portable reference says what is right.
import { createPublicKey, verify } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { nativeEngine, verifySignatureNative } from '@waymark/accel/node';
import {
  portableServiceEngine,
  publicKeyOf,
  signMessage,
  verifySignature,
  type Engine,
  type SignatureCheck,
} from '@waymark/accel';
import fc from 'fast-check';
import { builtPoolEngine } from '../support/accel-engines.js';

const ORDER = ed25519.Point.Fn.ORDER;
const PRIME = 2n ** 255n - 19n;
const { Point } = ed25519;
const TORSION = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
const littleEndian = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
const scalarOf = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const joined = (r: Uint8Array, s: Uint8Array): Uint8Array => Uint8Array.from([...r, ...s]);

/** Encodings on which libraries differ: small order, not canonical, not on the curve, at the border of the field. */
const EDGE_POINTS: readonly Uint8Array[] = [0n, 1n, 2n, 3n, 18n, 19n]
  .flatMap((offset) => [offset, PRIME - 1n - offset, PRIME + offset])
  .concat([1n, 2n, 4n, 7n].map((k) => scalarOf(TORSION.multiply(k).toBytes())))
  .flatMap((y) => [y, y | (1n << 255n)])
  .map((value) => littleEndian(value & (2n ** 256n - 1n)));
const EDGE_SCALARS: readonly Uint8Array[] = [
  0n,
  1n,
  ORDER - 1n,
  ORDER,
  ORDER + 1n,
  2n * ORDER - 1n,
  2n ** 252n,
  2n ** 253n - 1n,
  2n ** 255n,
  2n ** 256n - 1n,
].map(littleEndian);

const seeds = fc.integer({ min: 0, max: 5 }).map((byte) => new Uint8Array(32).fill(byte));
const messages = fc.uint8Array({ maxLength: 200 });
const good = fc.tuple(seeds, messages).map(([seed, message]): SignatureCheck => {
  return { publicKey: publicKeyOf(seed), message, signature: signMessage(seed, message) };
});
const replaced = (bytes: Uint8Array, from: number, by: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  copy.set(by, from);
  return copy;
};

/** R moved by a point of small order, and S made for it: the cofactored equation holds, the cofactorless one does not. */
const torsioned = fc
  .tuple(seeds, messages, fc.bigInt({ min: 1n, max: ORDER - 1n }), fc.integer({ min: 1, max: 7 }))
  .map(([seed, message, nonce, k]): SignatureCheck => {
    const publicKey = publicKeyOf(seed);
    const r = Point.BASE.multiply(nonce)
      .add(TORSION.multiply(BigInt(k)))
      .toBytes();
    const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
    const challenge = scalarOf(sha512(Uint8Array.from([...r, ...publicKey, ...message]))) % ORDER;
    return { publicKey, message, signature: joined(r, littleEndian((nonce + challenge * scalar) % ORDER)) };
  });

const broken = fc.oneof(
  good,
  torsioned,
  fc.tuple(good, fc.nat(511)).map(([check, bit]) => {
    const signature = check.signature.slice();
    signature[bit >> 3] = (signature[bit >> 3] as number) ^ (1 << (bit & 7));
    return { ...check, signature };
  }),
  fc.tuple(good, fc.nat(255)).map(([check, bit]) => {
    const publicKey = check.publicKey.slice();
    publicKey[bit >> 3] = (publicKey[bit >> 3] as number) ^ (1 << (bit & 7));
    return { ...check, publicKey };
  }),
  fc
    .tuple(good, fc.constantFrom(...EDGE_POINTS))
    .map(([check, point]) => ({ ...check, signature: replaced(check.signature, 0, point) })),
  fc.tuple(good, fc.constantFrom(...EDGE_POINTS)).map(([check, point]) => ({ ...check, publicKey: point })),
  fc
    .tuple(good, fc.constantFrom(...EDGE_SCALARS))
    .map(([check, scalar]) => ({ ...check, signature: replaced(check.signature, 32, scalar) })),
  // The same scalar spelled with L on top.
  good.map((check) => ({
    ...check,
    signature: replaced(check.signature, 32, littleEndian(scalarOf(check.signature.subarray(32)) + ORDER)),
  })),
  fc
    .tuple(messages, fc.constantFrom(...EDGE_POINTS), fc.constantFrom(...EDGE_POINTS), fc.constantFrom(...EDGE_SCALARS))
    .map(([message, publicKey, r, s]) => ({ publicKey, message, signature: joined(r, s) })),
  fc
    .tuple(messages, fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 70 }))
    .map(([message, publicKey, signature]) => ({ publicKey, message, signature })),
);

const pool = await builtPoolEngine();
const engines: readonly Engine[] = [portableServiceEngine, nativeEngine, ...(pool.engine ? [pool.engine] : [])];
const running = await Promise.all(engines.map(async (engine) => engine.start()));
afterAll(() => Promise.all(running.map((accelerator) => accelerator.close())));

describe('signatures at the edges of the encoding', () => {
  it('have one answer, whoever is asked', async () => {
    const seen = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(broken, { minLength: 8, maxLength: 8 }), async (checks) => {
        const expected = checks.map(verifySignature);
        for (const answer of expected) seen[answer ? 'yes' : 'no'] += 1;
        for (const accelerator of running) expect(await accelerator.run('verify', checks)).toEqual(expected);
        expect(checks.map(verifySignatureNative)).toEqual(expected);
      }),
      { numRuns: Number(process.env['WAYMARK_FUZZ_RUNS'] ?? 60) },
    );
    expect(seen.yes).toBeGreaterThan(20);
    expect(seen.no).toBeGreaterThan(100);
  }, 120_000);

  it('with torsion in R are accepted by all, which an engine alone would refuse', async () => {
    const checks = fc.sample(torsioned, { numRuns: 12, seed: 7 });
    const cofactorless = checks.map(({ publicKey, message, signature }) => {
      const x = Buffer.from(publicKey).toString('base64url');
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return verify(null, message, key, signature);
    });
    expect(cofactorless).toEqual(checks.map(() => false));
    for (const accelerator of running) expect(await accelerator.run('verify', checks)).toEqual(checks.map(() => true));
  });
});
