// Every engine of the acceleration service passes the one suite (libs/accel/src/conformance).
import { describe, expect, it } from '@jest/globals';
import { portableEngine, selectVerifier, type Engine } from '@waymark/accel';
import { conformanceSuite } from '@waymark/accel/conformance';
import { nativeEngine } from '@waymark/accel/node';
import { builtPoolEngine } from '../support/accel-engines.js';

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

  it('is chosen first, and on its death the work is done by the next engine', async () => {
    const verifier = await selectVerifier([engine, nativeEngine]);
    expect(verifier.name).toMatch(/^native-pool-/);
    await verifier.close();
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
