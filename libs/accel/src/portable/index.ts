import type { Engine } from '../contract/index.js';
import { portableHashing } from './hashing.js';
import { openPortableVerifier, verifySignature } from './signatures.js';

export { passesByteChecks, PUBLIC_KEY_BYTES, SEED_BYTES, SIGNATURE_BYTES } from './byte-checks.js';
export { portableHashing } from './hashing.js';
export { isPrimeOrderKey, openPortableVerifier, publicKeyOf, signMessage, verifySignature } from './signatures.js';

/** The reference engine, noble: loads anywhere, slow, right by construction. */
export const portableEngine: Engine = {
  name: 'portable',
  hashing: portableHashing,
  openVerifier: openPortableVerifier,
  verifySignature,
};
