export type * from './contract/index.js';
export { OPERATIONS, requestProblem } from './contract/index.js';
export {
  isPrimeOrderKey,
  portableEngine,
  portableHashing,
  publicKeyOf,
  signMessage,
  verifySignature,
} from './portable/index.js';
export { portableServiceEngine } from './portable/service/index.js';
export { selectAccelerator, selectHashing } from './select/index.js';
