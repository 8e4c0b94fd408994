import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { epcisDocument, observation } from '../../../../../test/support/epcis-documents.js';
import { EmbeddedPostgres, freePort } from '../../../../../test/support/postgres.js';
import { redisIsHere, TestRedis } from '../../../../../test/support/redis.js';
import { createLogger } from '../logging/logger.js';
import { Queues } from './queues.js';

const logger = createLogger('test', 'fatal');
const skipped = ' (skipped: neither REDIS_URL nor a redis-server here)';
const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 400) throw new Error('did not come to hold in 20 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

function behavesAsAQueue(open: () => { databaseUrl: string; redisUrl: string | undefined }): void {
  const opened: Queues[] = [];
  const queues = () => {
    const made = new Queues(open(), logger);
    opened.push(made);
    return made;
  };
  afterAll(async () => {
    for (const made of opened.reverse()) await made.close();
  }, 30_000);

  it('brings a job from one process to the worker of another', async () => {
    const done: number[] = [];
    const producer = queues().queue<{ n: number }>('carry');
    queues().work<{ n: number }>('carry', async ({ n }) => void done.push(n), { concurrency: 1 });
    for (let n = 0; n < 5; n++) await producer.add(`job-${n}`, { n });
    await until(() => done.length === 5);
    expect([...done].sort()).toEqual([0, 1, 2, 3, 4]);
  }, 30_000);

  it('tries a failing job again until it succeeds', async () => {
    let tries = 0;
    const producer = queues().queue<object>('stubborn');
    queues().work(
      'stubborn',
      async () => {
        if (++tries < 3) throw new Error('not yet');
      },
      { concurrency: 1 },
    );
    await producer.add('job', {});
    await until(() => tries === 3);
  }, 30_000);

  it('does not add a job again that waits under the same id, and takes it again once it is done', async () => {
    let runs = 0;
    const producer = queues().queue<object>('once');
    for (let n = 0; n < 3; n++) await producer.add('same', {});
    queues().work('once', async () => void runs++, { concurrency: 1 });
    await until(() => runs === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(runs).toBe(1);
    await producer.add('same', {});
    await until(() => runs === 2);
  }, 30_000);

  it('repeats a job', async () => {
    let runs = 0;
    await queues().repeat('tick', 200, async () => void runs++);
    await until(() => runs >= 3);
  }, 30_000);
}

describe('the queue on Postgres', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'waymark-queue-'));
  let postgres: EmbeddedPostgres;
  // Before the hooks below: what was opened is closed before the server goes.
  behavesAsAQueue(() => ({ databaseUrl: postgres.url, redisUrl: undefined }));
  beforeAll(async () => {
    postgres = new EmbeddedPostgres({ home, port: await freePort() });
    await postgres.start();
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    postgres.close();
    EmbeddedPostgres.remove(home);
    rmSync(home, { recursive: true, force: true });
  }, 30_000);
});

(redisIsHere ? describe : describe.skip)(`the queue on Redis${redisIsHere ? '' : skipped}`, () => {
  let redis: TestRedis;
  behavesAsAQueue(() => ({ databaseUrl: 'postgres://unused', redisUrl: redis.url }));
  beforeAll(async () => {
    redis = await TestRedis.start();
  }, 30_000);
  afterAll(async () => redis?.stop(), 30_000);

  it('may forget everything: captures that had their 202 become final all the same', async () => {
    const house = await ApiHouse.open({ redisUrl: redis.url, worker: false });
    try {
      const location = await house.capture('farm', epcisDocument(observation(['urn:example:forgotten'])));
      const client = new Redis(redis.url);
      await client.flushall();
      await client.quit();
      await house.startWorker();
      expect(await house.finished('farm', location)).toMatchObject({ success: true, state: 'final' });
    } finally {
      await house.close();
    }
  }, 120_000);
});
