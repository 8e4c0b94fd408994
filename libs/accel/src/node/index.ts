// @waymark/accel/node: the one place under libs/ where node:* and native packages are allowed; only apps import it.
export { processClock } from './clock.js';
export {
  hashPairs,
  hasHashtree,
  nativeEngine,
  nativeHashing,
  type NativeSigner,
  nativeSign,
  openNativeSigner,
  verifySignatureNative,
} from './native/index.js';
export { POOLED_PORTABLE, type PooledEngine, poolEngine, type PoolOptions } from './pool/index.js';
export {
  NODE_ENGINES,
  type NodeAcceleratorOptions,
  type NodeEngineName,
  openNodeAccelerator,
  openNodeVerifier,
} from './select.js';
export { gpuEngine } from './gpu/index.js';
export {
  OPERATIONS_WITHOUT_KEYS,
  type RunningService,
  serveAccelerator,
  type ServeOptions,
  type SocketAddress,
  socketEngine,
  type SocketEngineOptions,
} from './socket/index.js';
