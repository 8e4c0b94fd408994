export type * from './contract/index.js';
export {
  isPrimeOrderKey,
  openPortableVerifier,
  portableEngine,
  portableHashing,
  publicKeyOf,
  signMessage,
  verifySignature,
} from './portable/index.js';
export { selectHashing, selectVerifier } from './select/index.js';
