import type { InlineEngine } from '../contract/index.js';
import { portableHashing } from './hashing.js';
import { verifySignature } from './signatures.js';

export { passesByteChecks, PUBLIC_KEY_BYTES, SEED_BYTES, SIGNATURE_BYTES } from './byte-checks.js';
export { portableHashing } from './hashing.js';
export { isPrimeOrderKey, publicKeyOf, signMessage, verifySignature } from './signatures.js';

/** The reference, noble: loads anywhere, small enough for a page, slow, right by construction. */
export const portableEngine: InlineEngine = { name: 'portable', hashing: portableHashing, verifySignature };
