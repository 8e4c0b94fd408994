import {
  OPERATIONS,
  type Engine,
  type InlineEngine,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
} from '../../contract/index.js';
import { acceleratorOf } from '../../portable/service/index.js';
import { compressNative, decompressNative } from './compression.js';
import { nativeHashing } from './hashing.js';
import { digestsOf, merklePathsNative, merkleRootNative } from './merkle.js';
import { hashPairs, hasHashtree, PAIR_BYTES } from './pairs.js';
import { openNative, sealNative } from './sealing.js';
import { verifyWith, verifySignatureNative } from './signatures.js';
import { sodiumState, type SodiumNative } from './sodium.js';

type Answerers = {
  readonly [O in Operation]: (request: OperationRequests[O]) => OperationAnswers[O] | Promise<OperationAnswers[O]>;
};

/** Fewer pairs than this are not worth the way into one piece of memory. */
const PAIRS_MIN = 4;

function hashMany(messages: readonly Uint8Array[]): Uint8Array[] {
  if (hasHashtree && messages.length >= PAIRS_MIN && messages.every(({ length }) => length === PAIR_BYTES)) {
    const pairs = new Uint8Array(messages.length * PAIR_BYTES);
    messages.forEach((message, index) => pairs.set(message, index * PAIR_BYTES));
    const digests = hashPairs(pairs);
    if (digests !== undefined) return digestsOf(digests);
  }
  return messages.map((message) => nativeHashing.sha256(message));
}

const answerersWith = (sodium: SodiumNative): Answerers => ({
  verify: (checks) => checks.map((check) => verifyWith(sodium, check)),
  hash: hashMany,
  'merkle-root': merkleRootNative,
  'merkle-paths': ({ leaves, indexes }) => merklePathsNative(leaves, indexes),
  seal: (boxes) => boxes.map((box) => sealNative(sodium, box)),
  open: (boxes) => boxes.map((box) => openNative(sodium, box)),
  compress: (contents) => Promise.all(contents.map(compressNative)),
  decompress: (requests) => Promise.all(requests.map(decompressNative)),
});

/** libsodium, OpenSSL and hashtree on the calling thread; zlib in Node's own threads. */
export const nativeEngine: Engine & InlineEngine = {
  name: 'native',
  operations: OPERATIONS,
  onCallingThread: true,
  hashing: nativeHashing,
  verifySignature: verifySignatureNative,
  start() {
    if (!('sodium' in sodiumState)) throw new Error(sodiumState.unavailable);
    const answerers = answerersWith(sodiumState.sodium);
    return acceleratorOf('native', (operation, request) =>
      (
        answerers[operation] as (
          asked: typeof request,
        ) => OperationAnswers[typeof operation] | Promise<OperationAnswers[typeof operation]>
      )(request),
    );
  },
};
