// @waymark/accel/node: the one place under libs/ where node:* and native packages are allowed; only apps import it.
export {
  nativeEngine,
  nativeHashing,
  type NativeSigner,
  nativeSign,
  openNativeSigner,
  openNativeVerifier,
  verifySignatureNative,
} from './native/index.js';
export { openPoolVerifier, poolEngine, type PoolOptions } from './pool/index.js';
export { type NodeEngineName, type NodeVerifierOptions, openNodeVerifier } from './select.js';
