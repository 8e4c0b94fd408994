export { nativeEngine } from './engine.js';
export { nativeHashing } from './hashing.js';
export { hashPairs, hasHashtree } from './pairs.js';
export { type NativeSigner, nativeSign, openNativeSigner, verifySignatureNative } from './signatures.js';
