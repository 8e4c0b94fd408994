/**
 * The suite that every engine passes, as data: a test runner turns each case into a test, an operator's self-check or a
 * maker's own test bench may run it too. A case throws when the engine is wrong.
 */
import {
  answerProblem,
  OPERATIONS,
  requestProblem,
  type Accelerator,
  type Engine,
  type InlineEngine,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
  type SignatureCheck,
} from '../contract/index.js';
import { portableHashing } from '../portable/index.js';
import { answerPortably } from '../portable/service/index.js';
import { answersDiffer } from '../select/answers-differ.js';
import { KNOWN_ANSWERS, KNOWN_DIGESTS, KNOWN_SEAL, KNOWN_SIGNATURES } from '../select/index.js';
import { framed, isEven, mixedChecks, patterned, patternedLeaves, shared, spoiled } from './samples.js';

export { mixedChecks } from './samples.js';

export interface ConformanceCase {
  /** A sentence about behaviour. */
  readonly title: string;
  /** The case is for engines that offer this; null: for all. */
  readonly operation: Operation | null;
  /** @param running the engine, started; a case that closes one starts its own. */
  run(engine: Engine, running: Accelerator): Promise<void>;
}

/** A request whose answer must be the reference's. */
function asReference<O extends Operation>(
  title: string,
  operation: O,
  makeRequest: () => OperationRequests[O],
): ConformanceCase {
  return {
    title,
    operation,
    async run(_, running) {
      const request = makeRequest();
      await answers(running, operation, request, answerPortably(operation, request));
    },
  };
}

async function answers<O extends Operation>(
  running: Accelerator,
  operation: O,
  request: OperationRequests[O],
  expected: OperationAnswers[O],
): Promise<void> {
  const problem = requestProblem(operation, request);
  if (problem !== undefined) throw new Error(`the suite asks what may not be asked: ${problem}`);
  const got = await running.run(operation, request);
  const wrong = answerProblem(operation, request, got) ?? answersDiffer(operation, request, got, expected);
  if (wrong !== undefined) throw new Error(`${operation}: ${wrong}`);
}

const box = (content: Uint8Array, associated: Uint8Array, key = patterned(32)) => ({
  ...KNOWN_SEAL.request,
  key,
  content,
  associated,
});
const sealed = (content: Uint8Array, associated: Uint8Array) => {
  const request = box(content, associated);
  const { content: _, ...rest } = request;
  return { ...rest, box: answerPortably('seal', [request])[0] as Uint8Array };
};
const LENGTHS = [0, 1, 31, 32, 54, 55, 56, 63, 64, 65, 118, 119, 120, 128, 1000, 70_000];
const TREES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 255, 257, 1_000, 3_001];
const text = (length: number): Uint8Array => patterned(length).map((byte) => 97 + (byte % 5));

const knownAnswers: ConformanceCase[] = OPERATIONS.flatMap((operation) =>
  KNOWN_ANSWERS[operation].map(({ title, request, answer }) => ({
    title: `${operation}: gives ${title} as known`,
    operation,
    run: (_: Engine, running: Accelerator) => answers(running, operation, request, answer),
  })),
);

const signatures: ConformanceCase[] = [
  ...KNOWN_SIGNATURES.map(({ title, check, valid }) => ({
    title: `verify: ${valid ? 'accepts' : 'refuses'}: ${title}`,
    operation: 'verify' as const,
    run: (_: Engine, running: Accelerator) => answers(running, 'verify', [check], [valid]),
  })),
  {
    title: 'verify: answers a long mixed list in its order, wrong lengths among it',
    operation: 'verify',
    async run(_, running) {
      const checks = mixedChecks(600);
      const odd: SignatureCheck = { ...(checks[0] as SignatureCheck), signature: new Uint8Array(63) };
      await answers(running, 'verify', [odd, ...checks, odd], [false, ...checks.map(isEven), false]);
    },
  },
  {
    title: 'verify: answers lists asked at the same time apart from one another',
    operation: 'verify',
    async run(_, running) {
      const lists = [mixedChecks(40), mixedChecks(3), [], mixedChecks(97)];
      await Promise.all(lists.map((list) => answers(running, 'verify', list, list.map(isEven))));
    },
  },
];

const inMemoryOf = (place: string, of: (bytes: Uint8Array) => Uint8Array): ConformanceCase[] => [
  {
    title: `verify: takes bytes ${place}, and can still say no`,
    operation: 'verify',
    async run(_, running) {
      const checks = mixedChecks(8).map(({ publicKey, message, signature }) => ({
        publicKey: of(publicKey),
        message: of(message),
        signature: of(signature),
      }));
      await answers(running, 'verify', checks, checks.map(isEven));
    },
  },
  asReference(`hash: takes bytes ${place}`, 'hash', () => [of(patterned(100)), of(patterned(64)), of(patterned(0))]),
  asReference(`merkle-root: takes bytes ${place}`, 'merkle-root', () => patternedLeaves(9).map(of)),
  asReference(`seal: takes bytes ${place}`, 'seal', () => [
    {
      key: of(patterned(32)),
      nonce: of(patterned(24)),
      content: of(patterned(90)),
      associated: of(patterned(5)),
    },
  ]),
  asReference(`open: takes bytes ${place}`, 'open', () => {
    const one = sealed(patterned(90), patterned(5));
    return [
      { key: of(one.key), nonce: of(one.nonce), box: of(one.box), associated: of(one.associated) },
      { key: of(one.key), nonce: of(one.nonce), box: of(spoiled(one.box, 3)), associated: of(one.associated) },
    ];
  }),
  asReference(`compress: takes bytes ${place}`, 'compress', () => [of(text(5_000))]),
  asReference(`decompress: takes bytes ${place}`, 'decompress', () => [
    { packed: of(answerPortably('compress', [text(5_000)])[0] as Uint8Array), sizeBytesMax: 5_000 },
  ]),
];

const others: ConformanceCase[] = [
  asReference('hash: hashes every length around a block border', 'hash', () => LENGTHS.map(patterned)),
  asReference('hash: hashes many messages of 64 bytes, which engines take together', 'hash', () =>
    Array.from({ length: 777 }, (_, i) => patterned(64).fill(i & 255, 0, 9)),
  ),
  asReference('hash: answers an empty list', 'hash', () => []),
  ...TREES.map((count) =>
    asReference(`merkle-root: over ${count} leaves`, 'merkle-root', () => patternedLeaves(count)),
  ),
  ...[1, 2, 5, 8, 300, 1_025].map((count) =>
    asReference(`merkle-paths: in a tree of ${count} leaves`, 'merkle-paths', () => ({
      leaves: patternedLeaves(count),
      indexes: [...new Set([0, count >> 1, count - 1]), 0],
    })),
  ),
  asReference('merkle-paths: no paths of no leaves', 'merkle-paths', () => ({ leaves: [], indexes: [] })),
  asReference('seal: boxes of many lengths', 'seal', () =>
    LENGTHS.map((length, i) => box(patterned(length), patterned(i))),
  ),
  asReference('open: boxes of many lengths, and each with one bit flipped', 'open', () =>
    LENGTHS.flatMap((length, i) => {
      const good = sealed(patterned(length), patterned(i));
      return [good, { ...good, box: spoiled(good.box, i % good.box.length) }];
    }),
  ),
  asReference('open: a box shorter than its tag is refused', 'open', () => [
    { ...sealed(patterned(3), patterned(0)), box: new Uint8Array(15) },
    { ...sealed(patterned(3), patterned(0)), box: new Uint8Array(0) },
  ]),
  asReference('compress: content of many lengths, text and noise', 'compress', () =>
    LENGTHS.flatMap((length) => [patterned(length), text(length)]),
  ),
  {
    title: 'compress: text becomes smaller',
    operation: 'compress',
    async run(_, running) {
      const [packed] = await running.run('compress', [text(50_000)]);
      if (packed === undefined || packed.length > 25_000) throw new Error(`50,000 bytes became ${packed?.length}`);
    },
  },
  asReference('decompress: what grows beyond the limit is refused, at every limit', 'decompress', () => {
    const packed = answerPortably('compress', [new Uint8Array(200_000)])[0] as Uint8Array;
    return [0, 1, 65_536, 199_999, 200_000, 0xffff_ffff].map((sizeBytesMax) => ({ packed, sizeBytesMax }));
  }),
  asReference('decompress: nothing at all, packed, may have no bytes', 'decompress', () => [
    { packed: answerPortably('compress', [new Uint8Array(0)])[0] as Uint8Array, sizeBytesMax: 0 },
  ]),
  asReference(
    'decompress: every stream cut short, and every one with a bit flipped in head or tail, is refused',
    'decompress',
    () => {
      const packed = answerPortably('compress', [text(400)])[0] as Uint8Array;
      const cut = Array.from({ length: packed.length }, (_, length) => packed.subarray(0, length));
      const edges = [0, 1, ...[1, 2, 3, 4].map((back) => packed.length - back)];
      return [...cut, ...edges.map((at) => spoiled(packed, at))].map((stream) => ({
        packed: stream,
        sizeBytesMax: 400,
      }));
    },
  ),
];

/** Something to ask whatever the engine offers. */
const anything = (running: Accelerator, engine: Engine) => {
  const [operation = 'hash'] = running.operations ?? engine.operations;
  const { request, answer } = KNOWN_ANSWERS[operation].at(-1) as (typeof KNOWN_ANSWERS)[Operation][number];
  return { operation, request, answer };
};

const life: ConformanceCase[] = [
  {
    title: 'leaves the bytes of its caller as they were',
    operation: null,
    async run(engine, running) {
      for (const operation of running.operations ?? engine.operations) {
        const request = KNOWN_ANSWERS[operation][0]?.request as OperationRequests[typeof operation];
        const before = plain(request);
        await running.run(operation, request);
        if (plain(request) !== before) throw new Error(`${operation} changed its request`);
      }
    },
  },
  {
    title: 'answers what is under way when it is closed, refuses what comes after, and may be closed twice',
    operation: null,
    async run(engine) {
      const running = await engine.start();
      const { operation, request, answer } = anything(running, engine);
      const underWay = answers(running, operation, request, answer);
      await Promise.all([running.close(), running.close()]);
      await underWay;
      const late = await running.run(operation, request).then(
        () => 'answered',
        () => 'rejected',
      );
      if (late !== 'rejected') throw new Error('a call after close was answered');
    },
  },
  {
    title: 'does not begin a call that was given up before, and says the reason',
    operation: null,
    async run(engine, running) {
      const { operation, request } = anything(running, engine);
      const reason = new Error('given up');
      const told: unknown = await running.run(operation, request, { signal: AbortSignal.abort(reason) }).then(
        () => 'answered',
        (error: unknown) => error,
      );
      if (told !== reason) throw new Error(`expected the reason, got ${String(told)}`);
    },
  },
];

export const conformanceSuite: readonly ConformanceCase[] = [
  ...knownAnswers,
  ...signatures,
  ...inMemoryOf('that are views into larger buffers', framed),
  ...inMemoryOf('that are shared between threads', shared),
  ...others,
  ...life,
];

/** The cases for an engine that offers these operations. */
export function casesFor(operations: readonly Operation[]): readonly ConformanceCase[] {
  return conformanceSuite.filter(({ operation }) => operation === null || operations.includes(operation));
}

export interface InlineConformanceCase {
  readonly title: string;
  run(engine: InlineEngine): void;
}

/** The same for what answers at once. */
export const inlineConformanceSuite: readonly InlineConformanceCase[] = [
  ...KNOWN_SIGNATURES.map(({ title, check, valid }) => ({
    title: `at once ${valid ? 'accepts' : 'refuses'}: ${title}`,
    run: (engine: InlineEngine) => same('answer', engine.verifySignature(check), valid),
  })),
  ...KNOWN_DIGESTS.map(({ title, bytes, digest }) => ({
    title: `at once hashes ${title} as FIPS 180-4 says`,
    run: (engine: InlineEngine) => same('digest', engine.hashing.sha256(bytes), digest),
  })),
  {
    title: 'at once hashes every length around a block border, and views, and shared memory',
    run(engine) {
      for (const bytes of [...LENGTHS.map(patterned), framed(patterned(40)), shared(patterned(40))])
        same(`digest of ${bytes.length} bytes`, engine.hashing.sha256(bytes), portableHashing.sha256(bytes));
    },
  },
  {
    title: 'at once gives the heads of trees, where it has a way of its own',
    run({ hashing }) {
      for (const leaves of [...TREES.map(patternedLeaves), patternedLeaves(9).map(shared), [patterned(5_000)]])
        if (hashing.merkleRoot !== undefined)
          same(`head over ${leaves.length}`, hashing.merkleRoot(leaves), answerPortably('merkle-root', leaves));
    },
  },
  {
    title: 'at once takes signatures that are views or shared, and can still say no',
    run(engine) {
      for (const inMemory of [framed, shared])
        mixedChecks(8).forEach(({ publicKey, message, signature }, index) => {
          const check = {
            publicKey: inMemory(publicKey),
            message: inMemory(message),
            signature: inMemory(signature),
          };
          same('answer', engine.verifySignature(check), isEven(check, index));
        });
    },
  },
];

function same(what: string, got: unknown, expected: unknown): void {
  const [a, b] = [plain(got), plain(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

function plain(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) => (ArrayBuffer.isView(item) ? Array.from(item as Uint8Array) : item)) ??
    'undefined'
  );
}
