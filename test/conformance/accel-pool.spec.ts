// Worker threads over any engine: what hangs is ended, what dies is told, what is given up is not begun.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { portableServiceEngine, selectAccelerator, type Accelerator, type Engine } from '@waymark/accel';
import { casesFor } from '@waymark/accel/conformance';
import { processClock, type PooledEngine, type PoolOptions } from '@waymark/accel/node';

const built = path.resolve(import.meta.dirname, '../../libs/accel/dist/node/index.js');
const whenBuilt = existsSync(built) ? describe : describe.skip;

whenBuilt(`a pool of threads${existsSync(built) ? '' : ' (skipped: libs/accel is not built)'}`, () => {
  let poolEngine: (options: PoolOptions) => Engine;
  let portable: PooledEngine;
  beforeAll(async () => {
    const module = (await import(built)) as { poolEngine: typeof poolEngine; POOLED_PORTABLE: PooledEngine };
    ({ poolEngine, POOLED_PORTABLE: portable } = module);
  });
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const odd = (exported: string, options: PoolOptions = {}): Engine =>
    poolEngine({
      threads: 2,
      ...options,
      engine: { name: exported, module: new URL('../support/odd-engines.mjs', import.meta.url), exported },
    });
  const started = async (engine: Engine): Promise<Accelerator> => {
    const pool = await engine.start();
    closers.push(() => pool.close());
    return pool;
  };
  const of = (...lengths: number[]) => lengths.map((length) => new Uint8Array(length));
  const first = (digests: Uint8Array[]) => digests.map(([byte]) => byte);

  describe('over the portable engine', () => {
    let pool: Accelerator;
    beforeAll(async () => {
      pool = await poolEngine({ threads: 2, engine: portable }).start();
    });
    afterAll(() => pool.close());
    const engine = (): Engine => poolEngine({ threads: 2, engine: portable });
    it.each(casesFor(portableServiceEngine.operations).map(({ title, run }) => [title, run] as const))(
      '%s',
      async (_, run) => run(engine(), pool),
    );
  });

  it('ends a thread that hangs, and everything with it', async () => {
    const pool = await started(odd('hanging', { timeoutMs: 150 }));
    expect(first(await pool.run('hash', of(1, 2)))).toEqual([1, 2]);
    const alone = pool.run('hash', of(3));
    await expect(Promise.all([pool.run('hash', of(13)), alone])).rejects.toThrow('no answer for 150 ms');
    await expect(pool.run('hash', of(1))).rejects.toThrow('no answer for 150 ms');
  });

  it.each([
    ['by the pool', 200, 10_000, 'ACCEL_ENGINE_FAILED'],
    ['by the selection', 1_000, 400, 'ACCEL_ENGINE_TIMEOUT'],
  ] as const)(
    'that hangs is given up %s, and the batch is done by the next engine',
    async (_, pool, selection, code) => {
      const service = await selectAccelerator([odd('rightThenHanging', { timeoutMs: pool })], {
        clock: processClock,
        calibrationMs: 0,
        timeoutMs: selection,
        operations: ['hash'],
      });
      closers.push(() => service.close());
      expect(service.choices()[0]?.engines).toEqual(['rightThenHanging-pool-2', 'portable']);
      const messages = of(1, 13, 5);
      expect(await service.run('hash', messages)).toEqual(
        await (portableServiceEngine.start() as Accelerator).run('hash', messages),
      );
      expect(service.demotions).toMatchObject([{ code, engine: 'rightThenHanging-pool', operation: 'hash' }]);
    },
  );

  it('passes on what its engine cannot do, and goes on', async () => {
    const pool = await started(odd('throwing'));
    await expect(pool.run('hash', of(13))).rejects.toThrow('thirteen is too much');
    expect(first(await pool.run('hash', of(12)))).toEqual([12]);
  });

  it('tells of a thread that died', async () => {
    const pool = await started(odd('dying'));
    await expect(pool.run('hash', of(13))).rejects.toThrow('ended with code 9');
    await expect(pool.run('hash', of(1))).rejects.toThrow('ended with code 9');
  });

  it('does not start where its engine does not, or is none', async () => {
    await expect(Promise.resolve(odd('absent').start())).rejects.toThrow('no card in the slot');
    await expect(Promise.resolve(odd('nothing').start())).rejects.toThrow('exports no nothing');
  });

  it('rejects a call that is given up at once, begins nothing more of it, and answers the next', async () => {
    const pool = await started(odd('slow', { threads: 1 }));
    const stop = new AbortController();
    // 100 parts of 128 messages: 2 s of work for one thread.
    const long = pool.run(
      'hash',
      Array.from({ length: 409_600 }, () => new Uint8Array(1)),
      { signal: stop.signal },
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    const from = performance.now();
    stop.abort(new Error('no longer wanted'));
    await expect(long).rejects.toThrow('no longer wanted');
    expect(first(await pool.run('hash', of(7)))).toEqual([7]);
    // Two parts were in hand; the other 98 would have taken 2 s.
    expect(performance.now() - from).toBeLessThan(1_500);
  });

  it('answers what is under way when it is closed', async () => {
    const pool = await odd('slow').start();
    const answers = pool.run('hash', of(1, 2, 3));
    await pool.close();
    expect(first(await answers)).toEqual([1, 2, 3]);
    await expect(pool.run('hash', of(1))).rejects.toThrow('closed');
  });
});
