import {
  OPERATIONS,
  type Accelerator,
  type Engine,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
} from '../../contract/index.js';
import { portableHashing } from '../hashing.js';
import { verifySignature } from '../signatures.js';
import { compressPortable, decompressPortable } from './compression.js';
import { merklePaths, merkleRoot } from './merkle.js';
import { openPortable, sealPortable } from './sealing.js';

type Answerers = { readonly [O in Operation]: (request: OperationRequests[O]) => OperationAnswers[O] };

const answerers: Answerers = {
  verify: (checks) => checks.map(verifySignature),
  hash: (messages) => messages.map((message) => portableHashing.sha256(message)),
  'merkle-root': (leaves) => merkleRoot(portableHashing, leaves),
  'merkle-paths': ({ leaves, indexes }) => merklePaths(portableHashing, leaves, indexes),
  seal: (boxes) => boxes.map(sealPortable),
  open: (boxes) => boxes.map(openPortable),
  compress: (contents) => contents.map(compressPortable),
  decompress: (requests) => requests.map(decompressPortable),
};

/** The reference: what every other engine's answers are compared with. At once, on this thread; never wrong by construction. */
export function answerPortably<O extends Operation>(operation: O, request: OperationRequests[O]): OperationAnswers[O] {
  return (answerers[operation] as (request: OperationRequests[O]) => OperationAnswers[O])(request);
}

/** Runs functions that answer at once, or later, as an {@link Accelerator}: closed, it answers what is under way. */
export function acceleratorOf(
  name: string,
  answer: <O extends Operation>(
    operation: O,
    request: OperationRequests[O],
  ) => OperationAnswers[O] | Promise<OperationAnswers[O]>,
): Accelerator {
  let closed = false;
  const underWay = new Set<Promise<unknown>>();
  return {
    name,
    async run(operation, request, options) {
      if (closed) throw new Error(`The engine ${name} is closed.`);
      options?.signal?.throwIfAborted();
      const answering = Promise.resolve(answer(operation, request));
      const settled = answering.then(
        () => undefined,
        () => undefined,
      );
      underWay.add(settled);
      try {
        return await answering;
      } finally {
        underWay.delete(settled);
      }
    },
    async close() {
      closed = true;
      await Promise.all(underWay);
    },
  };
}

/** noble and pako: any JavaScript engine, the last resort of every node. */
export const portableServiceEngine: Engine = {
  name: 'portable',
  operations: OPERATIONS,
  onCallingThread: true,
  start: () => acceleratorOf('portable', answerPortably),
};
