import type { Operation, OperationAnswers, OperationRequests } from '../contract/index.js';
import { answerPortably, decompressPortable } from '../portable/service/index.js';

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

const same = (a: unknown, b: unknown): boolean => {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return sameBytes(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return a === b;
};

/**
 * Compares an answer of the right form with what it must be. Gives the difference in words; undefined: right.
 * What `compress` gave must give the content back, whatever its bytes.
 */
export function answersDiffer<O extends Operation>(
  operation: O,
  request: OperationRequests[O],
  answer: OperationAnswers[O],
  expected: OperationAnswers[O],
): string | undefined {
  if (operation === 'merkle-paths') {
    const [got, right] = [answer, expected] as OperationAnswers['merkle-paths'][];
    return got !== undefined && right !== undefined && same(got.root, right.root) && same(got.paths, right.paths)
      ? undefined
      : 'another root or path than the reference';
  }
  if (operation === 'merkle-root') return same(answer, expected) ? undefined : 'another root than the reference';
  if (operation === 'compress') return unpackedDiffer(request as OperationRequests['compress'], answer as Uint8Array[]);
  const [got, right] = [answer, expected] as unknown[][];
  const wrong = right?.findIndex((item, index) => !same(got?.[index], item)) ?? 0;
  if (wrong < 0) return undefined;
  return operation === 'verify'
    ? `answered ${String(got?.[wrong])} where the reference answers ${String(right?.[wrong])}`
    : `item ${wrong} differs from the reference`;
}

function unpackedDiffer(contents: readonly Uint8Array[], packed: readonly Uint8Array[]): string | undefined {
  const wrong = contents.findIndex((content, index) => {
    const stream = packed[index];
    const back = stream && decompressPortable({ packed: stream, sizeBytesMax: content.length });
    return back == null || !sameBytes(back, content);
  });
  return wrong < 0 ? undefined : `what it made of content ${wrong} does not give it back`;
}

/** Compares an answer with the reference's own, which is worked out for it. */
export function differsFromReference<O extends Operation>(
  operation: O,
  request: OperationRequests[O],
  answer: OperationAnswers[O],
): string | undefined {
  const expected = operation === 'compress' ? answer : answerPortably(operation, request);
  return answersDiffer(operation, request, answer, expected);
}
