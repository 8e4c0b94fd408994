import type { Engine } from '../../contract/index.js';
import { nativeHashing } from './hashing.js';
import { openNativeVerifier, verifySignatureNative } from './signatures.js';

export { nativeHashing } from './hashing.js';
export {
  type NativeSigner,
  nativeSign,
  openNativeSigner,
  openNativeVerifier,
  verifySignatureNative,
} from './signatures.js';

/** libsodium and OpenSSL on the calling thread. */
export const nativeEngine: Engine = {
  name: 'native',
  hashing: nativeHashing,
  openVerifier: openNativeVerifier,
  verifySignature: verifySignatureNative,
};
