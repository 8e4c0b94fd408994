import type { Operation, OperationAnswers, OperationRequests } from './operations.js';

export const SEAL_KEY_BYTES = 32;
export const SEAL_NONCE_BYTES = 24;
export const SEAL_TAG_BYTES = 16;
export const DIGEST_BYTES = 32;

/** All operations, in the order of their numbers on the wire (docs/accelerators.md); numbers are never reused. */
export const OPERATIONS = [
  'verify',
  'hash',
  'merkle-root',
  'merkle-paths',
  'seal',
  'open',
  'compress',
  'decompress',
] as const satisfies readonly Operation[];

/** What is wrong with a request, whoever would answer it: the caller's fault. Undefined: nothing. */
export function requestProblem<O extends Operation>(operation: O, request: OperationRequests[O]): string | undefined {
  // TypeScript does not narrow a generic by its key: one cast a case.
  switch (operation) {
    case 'verify':
    case 'hash':
    case 'merkle-root':
    case 'compress':
      return undefined;
    case 'merkle-paths': {
      const { leaves, indexes } = request as OperationRequests['merkle-paths'];
      const wrong = indexes.find((index) => !Number.isInteger(index) || index < 0 || index >= leaves.length);
      return wrong === undefined ? undefined : `no leaf ${wrong} among ${leaves.length}`;
    }
    case 'seal':
    case 'open': {
      const boxes = request as readonly { readonly key: Uint8Array; readonly nonce: Uint8Array }[];
      if (boxes.some(({ key }) => key.length !== SEAL_KEY_BYTES)) return `a key has ${SEAL_KEY_BYTES} bytes`;
      return boxes.some(({ nonce }) => nonce.length !== SEAL_NONCE_BYTES)
        ? `a nonce has ${SEAL_NONCE_BYTES} bytes`
        : undefined;
    }
    case 'decompress':
      return (request as OperationRequests['decompress']).some(
        ({ sizeBytesMax }) => !Number.isSafeInteger(sizeBytesMax) || sizeBytesMax < 0 || sizeBytesMax > 0xffff_ffff,
      )
        ? 'sizeBytesMax is a whole number from 0 to 4294967295'
        : undefined;
  }
}

/** What is wrong with the form of an answer: the engine's fault. Undefined: nothing. Says nothing about its truth. */
export function answerProblem<O extends Operation>(
  operation: O,
  request: OperationRequests[O],
  answer: OperationAnswers[O],
): string | undefined {
  const given: unknown = answer;
  const list = (count: number, fits: (item: unknown, index: number) => boolean): string | undefined => {
    if (!Array.isArray(given) || given.length !== count)
      return `gave ${Array.isArray(given) ? given.length : 'no list of'} answers for ${count} items`;
    const wrong = given.findIndex((item, index) => !fits(item, index));
    return wrong < 0 ? undefined : `answer ${wrong} has the wrong form`;
  };
  switch (operation) {
    case 'verify':
      return list((request as OperationRequests['verify']).length, (item) => typeof item === 'boolean');
    case 'hash':
      return list((request as OperationRequests['hash']).length, isDigest);
    case 'merkle-root':
      return isDigest(given) ? undefined : 'the root has not 32 bytes';
    case 'merkle-paths': {
      const { indexes } = request as OperationRequests['merkle-paths'];
      const { root, paths } = (given ?? {}) as Partial<OperationAnswers['merkle-paths']>;
      if (!isDigest(root)) return 'the root has not 32 bytes';
      if (!Array.isArray(paths) || paths.length !== indexes.length) return 'not one path an index';
      return paths.every((path) => Array.isArray(path) && path.every(isDigest))
        ? undefined
        : 'a path is no list of hashes';
    }
    case 'seal': {
      const boxes = request as OperationRequests['seal'];
      return list(boxes.length, (item, index) => isBytes(item, (boxes[index]?.content.length ?? 0) + SEAL_TAG_BYTES));
    }
    case 'open': {
      const boxes = request as OperationRequests['open'];
      return list(
        boxes.length,
        (item, index) => item === null || isBytes(item, (boxes[index]?.box.length ?? 0) - SEAL_TAG_BYTES),
      );
    }
    case 'compress':
      return list((request as OperationRequests['compress']).length, (item) => item instanceof Uint8Array);
    case 'decompress': {
      const asked = request as OperationRequests['decompress'];
      return list(
        asked.length,
        (item, index) =>
          item === null || (item instanceof Uint8Array && item.length <= (asked[index]?.sizeBytesMax ?? 0)),
      );
    }
  }
}

const isBytes = (item: unknown, length: number): boolean => item instanceof Uint8Array && item.length === length;
const isDigest = (item: unknown): boolean => isBytes(item, DIGEST_BYTES);
