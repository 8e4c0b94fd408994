import {
  answerProblem,
  type Accelerator,
  type Hashing,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
} from '../contract/index.js';
import { answersDiffer, differsFromReference, sameBytes } from './answers-differ.js';
import {
  KNOWN_DIGESTS,
  KNOWN_LEAVES,
  KNOWN_PACKED,
  KNOWN_ROOTS,
  KNOWN_SEAL,
  KNOWN_SIGNATURES,
} from './known-answers.js';

interface KnownAnswer<O extends Operation> {
  readonly title: string;
  readonly request: OperationRequests[O];
  readonly answer: OperationAnswers[O];
}

type KnownAnswers = { readonly [O in Operation]: readonly KnownAnswer<O>[] };

const flipped = (bytes: Uint8Array, index: number): Uint8Array => {
  const copy = bytes.slice();
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
};
const { request: sealed, box } = KNOWN_SEAL;
const { content, packed } = KNOWN_PACKED;
const trailing = new Uint8Array([...packed, 0]);
/** More than one piece of every engine's: lengths, levels and last odd nodes are worked out, not known by heart. */
const MANY_LEAVES = Array.from({ length: 300 }, (_, index) => new Uint8Array(index % 70).fill(index));

/** What an engine must answer before it is asked anything that matters. */
export const KNOWN_ANSWERS: KnownAnswers = {
  verify: [
    {
      title: 'known signatures',
      request: KNOWN_SIGNATURES.map(({ check }) => check),
      answer: KNOWN_SIGNATURES.map(({ valid }) => valid),
    },
  ],
  hash: [
    {
      title: 'digests of FIPS 180-4',
      request: KNOWN_DIGESTS.map(({ bytes }) => bytes),
      answer: KNOWN_DIGESTS.map(({ digest }) => digest),
    },
  ],
  'merkle-root': KNOWN_ROOTS.map((root, leaves) => ({
    title: `the head over ${leaves} leaves`,
    request: KNOWN_LEAVES.slice(0, leaves),
    answer: root,
  })),
  'merkle-paths': [
    {
      title: 'no paths of eight leaves',
      request: { leaves: KNOWN_LEAVES, indexes: [] },
      answer: { root: KNOWN_ROOTS[8] as Uint8Array, paths: [] },
    },
    {
      title: 'the path of the second of two leaves',
      request: { leaves: KNOWN_LEAVES.slice(0, 2), indexes: [1] },
      answer: { root: KNOWN_ROOTS[2] as Uint8Array, paths: [[KNOWN_ROOTS[1] as Uint8Array]] },
    },
    {
      title: 'the path of the last of three leaves',
      request: { leaves: KNOWN_LEAVES.slice(0, 3), indexes: [2] },
      answer: { root: KNOWN_ROOTS[3] as Uint8Array, paths: [[KNOWN_ROOTS[2] as Uint8Array]] },
    },
    {
      title: 'the path of the last of five leaves',
      request: { leaves: KNOWN_LEAVES.slice(0, 5), indexes: [4] },
      answer: { root: KNOWN_ROOTS[5] as Uint8Array, paths: [[KNOWN_ROOTS[4] as Uint8Array]] },
    },
  ],
  seal: [{ title: 'the box of draft-irtf-cfrg-xchacha A.3.1', request: [sealed], answer: [box] }],
  open: [
    {
      title: 'a box and three that were changed',
      request: [
        { ...sealed, box },
        { ...sealed, box: flipped(box, 0) },
        { ...sealed, box, associated: flipped(sealed.associated, 0) },
        { ...sealed, box, key: flipped(sealed.key, 31) },
        { ...sealed, box: box.subarray(0, 15) },
      ],
      answer: [sealed.content, null, null, null, null],
    },
  ],
  // Whatever bytes an engine makes of the content, they must give it back.
  compress: [{ title: 'content that repeats itself', request: [content], answer: [packed] }],
  decompress: [
    {
      title: 'a stream, and five that are refused',
      request: [
        { packed, sizeBytesMax: content.length },
        { packed, sizeBytesMax: content.length - 1 },
        { packed: packed.subarray(0, packed.length - 1), sizeBytesMax: content.length },
        { packed: flipped(packed, packed.length - 1), sizeBytesMax: content.length },
        { packed: trailing, sizeBytesMax: content.length },
        { packed: new Uint8Array(0), sizeBytesMax: content.length },
      ],
      answer: [content, null, null, null, null, null],
    },
  ],
};

/** Puts the known answers before an engine. Gives the first wrong one in words, or undefined when all are right. */
export async function selfTest(accelerator: Accelerator, operation: Operation): Promise<string | undefined> {
  for (const { title, request, answer } of KNOWN_ANSWERS[operation]) {
    const got = await accelerator.run(operation, request);
    const wrong = answerProblem(operation, request, got) ?? answersDiffer(operation, request, got, answer);
    if (wrong !== undefined) return `${title}: ${wrong}`;
  }
  if (operation !== 'merkle-root' && operation !== 'merkle-paths') return undefined;
  const request = operation === 'merkle-root' ? MANY_LEAVES : { leaves: MANY_LEAVES, indexes: [0, 150, 255, 256, 299] };
  const got = await accelerator.run(operation, request);
  return answerProblem(operation, request, got) ?? differsFromReference(operation, request, got);
}

/** The same for a hash function that answers at once. */
export function selfTestHashing(hashing: Hashing): string | undefined {
  for (const { title, bytes, digest } of KNOWN_DIGESTS)
    if (!sameBytes(hashing.sha256(bytes), digest)) return `known digest of ${title} is wrong`;
  for (const [leaves, root] of KNOWN_ROOTS.entries())
    if (hashing.merkleRoot !== undefined && !sameBytes(hashing.merkleRoot(KNOWN_LEAVES.slice(0, leaves)), root))
      return `the head over ${leaves} leaves is wrong`;
  return undefined;
}
