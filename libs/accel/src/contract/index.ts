export { RequestDeclined } from './declined.js';
export type { Hashing } from './hashing.js';
export type { SignatureCheck, Verifier } from './verifier.js';
export type {
  DecompressRequest,
  MerklePaths,
  MerklePathsRequest,
  OpenRequest,
  Operation,
  OperationAnswers,
  OperationRequests,
  SealRequest,
} from './operations.js';
export type {
  Accelerator,
  AcceleratorClock,
  Demotion,
  DemotionCode,
  Engine,
  EngineChoice,
  InlineEngine,
  RunOptions,
  SelectedAccelerator,
  SelectedVerifier,
  SelectionOptions,
} from './engine.js';
export {
  answerProblem,
  DIGEST_BYTES,
  OPERATIONS,
  requestProblem,
  SEAL_KEY_BYTES,
  SEAL_NONCE_BYTES,
  SEAL_TAG_BYTES,
} from './request-problem.js';
