import { describe, expect, it } from '@jest/globals';
import { ed25519 } from '@noble/curves/ed25519.js';
import { openKey, parseSealedKey, sealKey, SealedKeyError, type SealedKeyFile } from './sealed-key.js';

const seed = new Uint8Array(32).fill(7);
const publicKey = ed25519.getPublicKey(seed);
const secret = 'correct horse battery staple';
const account = 'acme-fish';

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof SealedKeyError ? error.code : error),
  );
const flip = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = bytes[0]! ^ 1;
  return bytes.toString('base64');
};

describe('a sealed key', () => {
  const sealing = sealKey(seed, { account, publicKey, secret });

  it('opens under its secret, after a way through a file', async () => {
    const file: unknown = JSON.parse(JSON.stringify(await sealing));
    expect(await openKey(file, secret)).toEqual({ account, publicKey, seed });
    expect(await openKey(file, Buffer.from(secret, 'utf8'))).toEqual({ account, publicKey, seed });
  });

  it('names its account and public key without the secret, and shows nothing of the seed', async () => {
    const file = await sealing;
    expect(parseSealedKey(file)).toMatchObject({ account, publicKey: Buffer.from(publicKey).toString('hex') });
    expect(JSON.stringify(file)).not.toContain(Buffer.from(seed).toString('base64').slice(0, 12));
    expect(JSON.stringify(file)).not.toContain(Buffer.from(seed).toString('hex').slice(0, 12));
  });

  it('is another file each time', async () => {
    const [a, b] = [await sealing, await sealKey(seed, { account, publicKey, secret })];
    expect([a.sealed === b.sealed, a.nonce === b.nonce, a.kdf.salt === b.kdf.salt]).toEqual([false, false, false]);
  });

  it('says that the secret is wrong, naming the account but neither secret', async () => {
    const error: unknown = await openKey(await sealing, 'another secret, as long').catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'SealedKeyError', code: 'SEALED_KEY_WRONG_SECRET' });
    expect((error as Error).message).toContain(account);
    expect((error as Error).message).not.toContain('another secret');
  });

  it.each<[string, (file: SealedKeyFile) => SealedKeyFile]>([
    ['another account', (file) => ({ ...file, account: 'other-fish' })],
    ['another public key', (file) => ({ ...file, publicKey: '00'.repeat(32) })],
    ['another nonce', (file) => ({ ...file, nonce: flip(file.nonce) })],
    ['another salt', (file) => ({ ...file, kdf: { ...file.kdf, salt: flip(file.kdf.salt) } })],
    ['another cost', (file) => ({ ...file, kdf: { ...file.kdf, passes: 1 } })],
    ['other content', (file) => ({ ...file, sealed: flip(file.sealed) })],
  ])('does not open with %s written into it', async (_, change) => {
    expect(await codeOf(openKey(change(await sealing), secret))).toBe('SEALED_KEY_WRONG_SECRET');
  });

  it.each<[string, (file: SealedKeyFile) => unknown]>([
    ['nothing', () => undefined],
    ['another format', (file) => ({ ...file, format: 'waymark-sealed-key/2' })],
    ['a field too many', (file) => ({ ...file, seed: 'x' })],
    ['a short nonce', (file) => ({ ...file, nonce: 'AAAA' })],
    ['a cost beyond the ceiling', (file) => ({ ...file, kdf: { ...file.kdf, memoryKiB: 2 ** 31 } })],
    ['another hash', (file) => ({ ...file, kdf: { ...file.kdf, name: 'pbkdf2' } })],
  ])('refuses a file with %s before any work', async (_, change) => {
    expect(await codeOf(openKey(change(await sealing), secret))).toBe('SEALED_KEY_MALFORMED');
  });

  it('is not made under a secret that is too short, nor for a key that is not the seed’s', async () => {
    expect(await codeOf(sealKey(seed, { account, publicKey, secret: 'fifteen bytes..' }))).toBe(
      'SEALED_KEY_SECRET_TOO_SHORT',
    );
    await expect(sealKey(seed, { account, publicKey: new Uint8Array(32), secret })).rejects.toThrow(RangeError);
  });
});
