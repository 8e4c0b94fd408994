export {
  KNOWN_DIGESTS,
  KNOWN_KEY_PAIRS,
  KNOWN_LEAVES,
  KNOWN_PACKED,
  KNOWN_ROOTS,
  KNOWN_SEAL,
  KNOWN_SIGNATURES,
  type KnownDigest,
  type KnownSignature,
} from './known-answers.js';
export { selectAccelerator } from './select-accelerator.js';
export { selectHashing } from './select-hashing.js';
export { KNOWN_ANSWERS, selfTest, selfTestHashing } from './self-test.js';
