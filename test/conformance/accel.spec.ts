// Every engine of the acceleration service passes the one suite (libs/accel/src/conformance).
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  OPERATIONS,
  portableEngine,
  portableServiceEngine,
  type Accelerator,
  type Engine,
  type InlineEngine,
  type OperationAnswers,
} from '@waymark/accel';
import { casesFor, conformanceSuite, inlineConformanceSuite } from '@waymark/accel/conformance';
import { nativeEngine } from '@waymark/accel/node';
import { builtPoolEngine } from '../support/accel-engines.js';

/** In a process of its own, where the threads that the pool starts can be caught and ended. */
const THREADS_DIE = `
  import { mixedChecks } from '../../libs/accel/dist/conformance/index.js';
  import { openNodeAccelerator, poolEngine } from '../../libs/accel/dist/node/index.js';
  const threads = [];
  process.on('worker', (thread) => threads.push(thread));
  const service = await openNodeAccelerator({ threads: 2, calibrationMs: 0 });
  const first = service.name;
  const checks = mixedChecks(400);
  const underWay = service.verifyMany(checks);
  for (const thread of threads.splice(0)) void thread.terminate();
  const answers = await underWay;
  const then = service.name;
  const alone = await poolEngine({ threads: 2 }).start();
  await alone.run('verify', []);
  await new Promise((resolve) => setImmediate(resolve));
  const lost = alone.run('verify', checks).then(() => 'answered', () => 'rejected');
  for (const thread of threads.splice(0)) void thread.terminate();
  console.log(JSON.stringify({
    first, then, codes: service.demotions.map(({ code }) => code),
    answersRight: answers.length === 400 && answers.every((answer, i) => answer === (i % 2 === 0)), poolAlone: await lost,
  }));
  await service.close();
`;

/** One suite, one running engine for all cases that do not start their own. */
function passesTheSuite(engine: Engine): void {
  let running: Accelerator;
  beforeAll(async () => {
    running = await engine.start();
  });
  afterAll(() => running.close());
  it.each(casesFor(engine.operations).map(({ title, run }) => [title, run] as const))('%s', async (_, run) =>
    run(engine, running),
  );
}

describe('portable engine', () => passesTheSuite(portableServiceEngine));
describe('native engine', () => passesTheSuite(nativeEngine));

describe.each<[string, InlineEngine]>([
  ['portable', portableEngine],
  ['native', nativeEngine],
])('%s engine', (_, engine) => {
  it.each(inlineConformanceSuite.map(({ title, run }) => [title, run] as const))('%s', (_title, run) => run(engine));
});

const built = await builtPoolEngine();
const describePool = built.engine ? describe : describe.skip;
describePool(built.engine ? 'native-pool engine' : `native-pool engine (skipped: ${built.skipped})`, () => {
  passesTheSuite(built.engine as Engine);

  it('is chosen first; when its threads die in the middle of the work, the next engine does that work', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', THREADS_DIE], {
      cwd: import.meta.dirname,
    });
    expect(JSON.parse(stdout)).toEqual({
      first: 'native-pool-2',
      then: 'native',
      codes: ['ACCEL_ENGINE_FAILED'],
      answersRight: true,
      poolAlone: 'rejected',
    });
  });
});

describe('the suite itself', () => {
  type Run = Accelerator['run'];
  /** An engine that lives rightly and answers as told. */
  const acting = (run: Run): Engine => ({
    ...portableServiceEngine,
    start() {
      let closed = false;
      return {
        name: 'wrong',
        async run(operation, request, options) {
          options?.signal?.throwIfAborted();
          if (closed) throw new Error('closed');
          return run(operation, request);
        },
        close: async () => void (closed = true),
      };
    },
  });
  const reference = portableServiceEngine.start() as Accelerator;
  const right: Run = (operation, request) => reference.run(operation, request);
  const failures = async (engine: Engine, of = conformanceSuite): Promise<string[]> => {
    const running = await engine.start();
    const outcomes = await Promise.allSettled(of.map(({ run }) => run(engine, running)));
    return of.filter((_, index) => outcomes[index]?.status === 'rejected').map(({ title }) => title);
  };
  /** One wrong act of an otherwise right engine. */
  const lies: readonly (readonly [string, Run])[] = [
    [
      'verify says yes to everything',
      async (op, request) => (op === 'verify' ? ([...(request as [])].map(() => true) as never) : right(op, request)),
    ],
    [
      'verify says no to everything',
      async (op, request) => (op === 'verify' ? ([...(request as [])].map(() => false) as never) : right(op, request)),
    ],
    [
      'hash hashes the whole buffer of a view',
      async (op, request) =>
        op === 'hash'
          ? (right(
              'hash',
              (request as Uint8Array[]).map(({ buffer }) => new Uint8Array(buffer)),
            ) as never)
          : right(op, request),
    ],
    [
      'merkle-root doubles a last odd leaf',
      async (op, request) => {
        const leaves = request as Uint8Array[];
        return op === 'merkle-root' && leaves.length > 1 && leaves.length % 2 === 1
          ? (right('merkle-root', [...leaves, leaves.at(-1) as Uint8Array]) as never)
          : right(op, request);
      },
    ],
    [
      'merkle-paths gives paths from the root down',
      async (op, request) => {
        const answer = await right(op, request);
        if (op !== 'merkle-paths') return answer;
        const { root, paths } = answer as OperationAnswers['merkle-paths'];
        return { root, paths: paths.map((path) => path.toReversed()) } as never;
      },
    ],
    [
      'seal leaves the associated data out',
      async (op, request) =>
        op === 'seal'
          ? (right(
              'seal',
              (request as []).map((box: object) => ({ ...box, associated: new Uint8Array(0) })) as never,
            ) as never)
          : right(op, request),
    ],
    [
      'open gives bytes where it should refuse',
      async (op, request) =>
        op === 'open'
          ? ((await right('open', request as never)).map((content) => content ?? new Uint8Array(0)) as never)
          : right(op, request),
    ],
    [
      'compress gives the content as it is',
      async (op, request) => (op === 'compress' ? (request as never) : right(op, request)),
    ],
    [
      'decompress has no limit',
      async (op, request) =>
        op === 'decompress'
          ? (right(
              'decompress',
              (request as []).map((one: object) => ({ ...one, sizeBytesMax: 1e6 })) as never,
            ) as never)
          : right(op, request),
    ],
  ];
  it.each(lies)('fails an engine whose %s, there and nowhere else', async (title, run) => {
    const failed = await failures(acting(run));
    const [operation = ''] = title.split(' ');
    expect(failed.length).toBeGreaterThan(0);
    const elsewhere = OPERATIONS.filter((other) => other !== operation);
    expect(failed.filter((name) => elsewhere.some((other) => name.startsWith(`${other}:`)))).toEqual([]);
  });

  it('fails an engine that throws, in every case that asks it', async () => {
    const throwing = acting(() => Promise.reject(new Error('no device')));
    expect(await failures(throwing)).toHaveLength(conformanceSuite.length - 1);
  });

  it('fails an engine that answers after it was closed, or a call that was given up', async () => {
    const undying: Engine = {
      ...portableServiceEngine,
      start: () => ({ name: 'undying', run: right, close: async () => undefined }),
    };
    expect(await failures(undying)).toEqual([
      'answers what is under way when it is closed, refuses what comes after, and may be closed twice',
      'does not begin a call that was given up before, and says the reason',
    ]);
  });

  it.each<[string, Partial<InlineEngine>]>([
    ['says yes to everything', { verifySignature: () => true }],
    ['says no to everything', { verifySignature: () => false }],
    ['hashes wrongly', { hashing: { sha256: () => new Uint8Array(32) } }],
    [
      'hashes the whole buffer of a view',
      { hashing: { sha256: (bytes) => portableEngine.hashing.sha256(new Uint8Array(bytes.buffer)) } },
    ],
  ])('fails what answers at once and %s', (_, wrong) => {
    const failed = inlineConformanceSuite.filter(({ run }) => {
      try {
        run({ ...portableEngine, ...wrong });
        return false;
      } catch {
        return true;
      }
    });
    expect(failed.length).toBeGreaterThan(0);
  });
});
