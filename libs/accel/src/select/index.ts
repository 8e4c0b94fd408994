export {
  KNOWN_DIGESTS,
  KNOWN_KEY_PAIRS,
  KNOWN_SIGNATURES,
  type KnownDigest,
  type KnownSignature,
} from './known-answers.js';
export { selectHashing } from './select-hashing.js';
export { selectVerifier } from './select-verifier.js';
export { selfTestHashing, selfTestVerifier } from './self-test.js';
