/**
 * Requests and answers as bytes (docs/accelerators.md, "Bodies"): for worker threads and for the socket, the same. Requests
 * must be well-formed; lists of signatures hold only keys of 32 and signatures of 64 bytes.
 */
import {
  DIGEST_BYTES,
  OPERATIONS,
  SEAL_KEY_BYTES,
  SEAL_NONCE_BYTES,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
} from '../contract/index.js';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../portable/index.js';
import { Reader, WireError, Writer } from './bytes.js';

interface Codec<O extends Operation> {
  request(to: Writer, request: OperationRequests[O]): void;
  readRequest(from: Reader): OperationRequests[O];
  answer(to: Writer, answer: OperationAnswers[O]): void;
  readAnswer(from: Reader): OperationAnswers[O];
}

type Bytes = Uint8Array;

const writeList = (to: Writer, items: readonly Bytes[]): void => {
  to.u32(items.length);
  for (const item of items) to.bytes(item);
};
const readList = (from: Reader): Bytes[] => from.list(4, () => from.bytes());

const writeDigests = (to: Writer, digests: readonly Bytes[]): void => {
  to.u32(digests.length);
  for (const digest of digests) to.raw(digest);
};
const readDigests = (from: Reader): Bytes[] => from.list(DIGEST_BYTES, () => from.raw(DIGEST_BYTES));

/** Present 1, length, bytes; absent 0. */
const writeMaybe = (to: Writer, items: readonly (Bytes | null)[]): void => {
  to.u32(items.length);
  for (const item of items) {
    if (item === null) to.u8(0);
    else to.u8(1).bytes(item);
  }
};
const readMaybe = (from: Reader): (Bytes | null)[] =>
  from.list(1, () => {
    const mark = from.u8();
    if (mark > 1) throw new WireError('neither 0 nor 1');
    return mark === 1 ? from.bytes() : null;
  });

const CODECS: { readonly [O in Operation]: Codec<O> } = {
  verify: {
    request(to, checks) {
      to.u32(checks.length);
      for (const { publicKey, signature, message } of checks) to.raw(publicKey).raw(signature).bytes(message);
    },
    readRequest: (from) =>
      from.list(PUBLIC_KEY_BYTES + SIGNATURE_BYTES + 4, () => ({
        publicKey: from.raw(PUBLIC_KEY_BYTES),
        signature: from.raw(SIGNATURE_BYTES),
        message: from.bytes(),
      })),
    answer(to, answers) {
      to.u32(answers.length).raw(Uint8Array.from(answers, Number));
    },
    readAnswer: (from) =>
      from.list(1, () => {
        const answer = from.u8();
        if (answer > 1) throw new WireError('neither yes nor no');
        return answer === 1;
      }),
  },
  hash: { request: writeList, readRequest: readList, answer: writeDigests, readAnswer: readDigests },
  'merkle-root': {
    request: writeList,
    readRequest: readList,
    answer: (to, root) => void to.raw(root),
    readAnswer: (from) => from.raw(DIGEST_BYTES),
  },
  'merkle-paths': {
    request(to, { leaves, indexes }) {
      writeList(to, leaves);
      to.u32(indexes.length);
      for (const index of indexes) to.u32(index);
    },
    readRequest: (from) => ({ leaves: readList(from), indexes: from.list(4, () => from.u32()) }),
    answer(to, { root, paths }) {
      to.raw(root).u32(paths.length);
      for (const path of paths) writeDigests(to, path);
    },
    readAnswer: (from) => ({ root: from.raw(DIGEST_BYTES), paths: from.list(4, () => readDigests(from)) }),
  },
  seal: {
    request(to, boxes) {
      to.u32(boxes.length);
      for (const { key, nonce, associated, content } of boxes) to.raw(key).raw(nonce).bytes(associated).bytes(content);
    },
    readRequest: (from) =>
      from.list(SEAL_KEY_BYTES + SEAL_NONCE_BYTES + 8, () => ({
        key: from.raw(SEAL_KEY_BYTES),
        nonce: from.raw(SEAL_NONCE_BYTES),
        associated: from.bytes(),
        content: from.bytes(),
      })),
    answer: writeList,
    readAnswer: readList,
  },
  open: {
    request(to, boxes) {
      to.u32(boxes.length);
      for (const { key, nonce, associated, box } of boxes) to.raw(key).raw(nonce).bytes(associated).bytes(box);
    },
    readRequest: (from) =>
      from.list(SEAL_KEY_BYTES + SEAL_NONCE_BYTES + 8, () => ({
        key: from.raw(SEAL_KEY_BYTES),
        nonce: from.raw(SEAL_NONCE_BYTES),
        associated: from.bytes(),
        box: from.bytes(),
      })),
    answer: writeMaybe,
    readAnswer: readMaybe,
  },
  compress: { request: writeList, readRequest: readList, answer: writeList, readAnswer: readList },
  decompress: {
    request(to, requests) {
      to.u32(requests.length);
      for (const { packed, sizeBytesMax } of requests) to.u32(sizeBytesMax).bytes(packed);
    },
    readRequest: (from) => from.list(8, () => ({ sizeBytesMax: from.u32(), packed: from.bytes() })),
    answer: writeMaybe,
    readAnswer: readMaybe,
  },
};

/** The operation's number on the wire: its place in the list of the contract, from 1. */
export function operationNumber(operation: Operation): number {
  return OPERATIONS.indexOf(operation) + 1;
}

/** Undefined: a number of no operation that this version knows. */
export function operationOf(number: number): Operation | undefined {
  return OPERATIONS[number - 1];
}

export function encodeRequest<O extends Operation>(
  operation: O,
  request: OperationRequests[O],
): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  (CODECS[operation] as Codec<O>).request(writer, request);
  return writer.done();
}

/** @throws WireError when the bytes are no request of this operation. The request's bytes are views of these. */
export function decodeRequest<O extends Operation>(operation: O, bytes: Uint8Array): OperationRequests[O] {
  const reader = new Reader(bytes);
  const request = (CODECS[operation] as Codec<O>).readRequest(reader);
  reader.end();
  return request;
}

export function encodeAnswer<O extends Operation>(operation: O, answer: OperationAnswers[O]): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  (CODECS[operation] as Codec<O>).answer(writer, answer);
  return writer.done();
}

/** @throws WireError when the bytes are no answer of this operation. The answer's bytes are views of these. */
export function decodeAnswer<O extends Operation>(operation: O, bytes: Uint8Array): OperationAnswers[O] {
  const reader = new Reader(bytes);
  const answer = (CODECS[operation] as Codec<O>).readAnswer(reader);
  reader.end();
  return answer;
}
