import type { Engine } from '../../contract/index.js';
import { nativeHashing, verifySignatureNative } from '../native/index.js';
import { openPoolVerifier, type PoolOptions } from './pool-verifier.js';

export { openPoolVerifier, type PoolOptions } from './pool-verifier.js';

/** The native engine with its verification in worker threads. */
export function poolEngine(options: PoolOptions = {}): Engine {
  return {
    name: 'native-pool',
    hashing: nativeHashing,
    openVerifier: () => openPoolVerifier(options),
    verifySignature: verifySignatureNative,
  };
}
