// Every engine of the acceleration service passes the one suite (libs/accel/src/conformance).
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { portableEngine, type Engine } from '@waymark/accel';
import { conformanceSuite } from '@waymark/accel/conformance';
import { nativeEngine } from '@waymark/accel/node';
import { builtPoolEngine } from '../support/accel-engines.js';

/** In a process of its own, where the threads that the pool starts can be caught and ended. */
const THREADS_DIE = `
  import { mixedChecks } from '../../libs/accel/dist/conformance/index.js';
  import { openNodeVerifier, openPoolVerifier } from '../../libs/accel/dist/node/index.js';
  const threads = [];
  process.on('worker', (thread) => threads.push(thread));
  const verifier = await openNodeVerifier({ threads: 2 });
  const first = verifier.name;
  const checks = mixedChecks(400);
  const underWay = verifier.verifyMany(checks);
  for (const thread of threads.splice(0)) void thread.terminate();
  const answers = await underWay;
  const then = verifier.name;
  const alone = openPoolVerifier({ threads: 2 });
  await alone.verifyMany([]);
  await new Promise((resolve) => setImmediate(resolve));
  const lost = alone.verifyMany(checks).then(() => 'answered', () => 'rejected');
  for (const thread of threads.splice(0)) void thread.terminate();
  console.log(JSON.stringify({
    first, then, reasons: verifier.demotions.map(({ reason }) => reason),
    answersRight: answers.length === 400 && answers.every((answer, i) => answer === (i % 2 === 0)), poolAlone: await lost,
  }));
  await verifier.close();
`;

const pool = await builtPoolEngine();

describe.each<[string, Engine]>([
  ['portable', portableEngine],
  ['native', nativeEngine],
])('%s engine', (_, engine) => {
  it.each(conformanceSuite.map(({ title, run }) => [title, run] as const))('%s', async (_title, run) => run(engine));
});

const describePool = pool.engine ? describe : describe.skip;
describePool(pool.engine ? 'native-pool engine' : `native-pool engine (skipped: ${pool.skipped})`, () => {
  const engine = pool.engine as Engine;
  it.each(conformanceSuite.map(({ title, run }) => [title, run] as const))('%s', async (_title, run) => run(engine));

  it('is chosen first; when its threads die in the middle of the work, the next engine does that work', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', THREADS_DIE], {
      cwd: import.meta.dirname,
    });
    expect(JSON.parse(stdout)).toEqual({
      first: 'native-pool-2',
      then: 'native',
      reasons: ['engine-failed'],
      answersRight: true,
      poolAlone: 'rejected',
    });
  });
});

describe('the suite itself', () => {
  it.each<[string, Partial<Engine>]>([
    ['says yes to everything', { verifySignature: () => true }],
    ['says no to everything', { verifySignature: () => false }],
    ['hashes wrongly', { hashing: { sha256: () => new Uint8Array(32) } }],
    [
      'hashes the whole buffer of a view',
      { hashing: { sha256: (bytes) => portableEngine.hashing.sha256(new Uint8Array(bytes.buffer)) } },
    ],
  ])('fails an engine that %s', async (_, wrong) => {
    const engine = { ...portableEngine, ...wrong };
    const outcomes = await Promise.allSettled(conformanceSuite.map(({ run }) => run(engine)));
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  });
});
