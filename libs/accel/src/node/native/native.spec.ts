import { describe, expect, it } from '@jest/globals';
import { signMessage, publicKeyOf } from '../../portable/index.js';
import { nativeSign, openNativeSigner, openNodeVerifier } from '../index.js';

describe('native signing', () => {
  it('gives the bytes of the reference, which are deterministic', () => {
    for (let i = 0; i < 8; i++) {
      const seed = new Uint8Array(32).fill(i * 17);
      const message = new Uint8Array(i * 50).fill(i);
      const signer = openNativeSigner(seed);
      expect(signer.publicKey).toEqual(publicKeyOf(seed));
      expect(signer.sign(message)).toEqual(signMessage(seed, message));
      expect(nativeSign(seed, message)).toEqual(signMessage(seed, message));
    }
  });

  it('refuses a seed of another length', () => {
    expect(() => nativeSign(new Uint8Array(31), new Uint8Array())).toThrow('32 bytes');
  });
});

describe('the verifier of a node, run from TypeScript sources', () => {
  it('says that worker threads need the built package, and answers by libsodium on this thread', async () => {
    const verifier = await openNodeVerifier();
    expect(verifier.name).toBe('native');
    expect(verifier.demotions).toMatchObject([{ engine: 'native-pool', code: 'ACCEL_ENGINE_UNAVAILABLE' }]);
    await verifier.close();
  });
});
