import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { callNode } from '../../chain/client/node-rpc.js';
import { FailedJobs } from '../../platform/queue/failed-jobs.js';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { commissioning, epcisDocument, observation, unit } from '../../../../../test/support/epcis-documents.js';
import type { ChainBlock, ChainBlocks, ChainTransaction } from '../chain/dto/blocks.js';
import type { OperatorNodes } from './dto/nodes.js';
import type { DeadLetters, Projections, RebuildFacts, Versions, Work } from './dto/work.js';

const JOB_MS = 120_000;

async function eventually<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 30_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`did not come to hold: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('what an operator sees and does', () => {
  let house: ApiHouse;
  let operator: string;
  beforeAll(async () => {
    house = await ApiHouse.open();
    operator = (await house.newKey('farm', ['operate'])).key;
  }, JOB_MS);
  afterAll(async () => house?.close(), 60_000);

  const ask = async <T>(path: string, body?: object, key = operator): Promise<T> => {
    const response = await house.fetch(path, {
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const letters = async () => (await ask<DeadLetters>('/operations/dead-letters')).letters;
  const rows = <T>(sql: string, values: unknown[] = []) =>
    house.withDatabase((database) => database.query<T[]>(sql, values));
  const breakSubmission = () => house.rpc.forEach(({ treatments }) => treatments.set('submitTransaction', 'break'));
  const mend = () => house.rpc.forEach(({ treatments }) => treatments.clear());
  const makeOld = () =>
    rows(`UPDATE outbox SET created_at = created_at - interval '5 minutes' WHERE state = 'pending'`);
  const signed = (location: string) =>
    eventually('it is signed', async () => {
      const [row] = await rows<{ tx_id: Buffer; transaction: Buffer }>(
        `SELECT o.tx_id, o.transaction FROM outbox o JOIN capture_job j ON j.id = o.job_id WHERE j.id = $1 AND o.state = 'pending'`,
        [location.split('/').at(-1)],
      );
      return row;
    });

  it('lets in nobody without the permission, on any of its addresses', async () => {
    for (const path of ['nodes', 'queues', 'dead-letters', 'projections', 'versions'].map((p) => `/operations/${p}`)) {
      expect((await house.fetch(path)).status).toBe(401);
      expect((await house.fetch(path, { as: 'farm' })).status).toBe(403);
    }
    for (const path of ['dead-letters/retry', 'dead-letters/discard', 'purge', 'projections/provenance/rebuild'])
      expect((await house.fetch(`/operations/${path}`, { as: 'farm', body: '{}' })).status).toBe(403);
    // A key with the scope, of an organisation that does not operate this deployment, is none.
    const foreign = (await house.newKey('shop', ['operate'])).key;
    expect((await house.fetch('/operations/nodes', { headers: { authorization: `Bearer ${foreign}` } })).status).toBe(
      403,
    );
  });

  it(
    'tells of every node, and names one that has fallen silent',
    async () => {
      await house.captured('farm', epcisDocument(observation(['urn:example:nodes'])));
      const before = await ask<OperatorNodes>('/operations/nodes');
      expect(before).toMatchObject({ state: 'keeping-up', validators: 1, quorum: 1, committee: ['farm/node'] });
      expect(before.nodes).toHaveLength(2);
      expect(before.nodes[0]).toMatchObject({
        account: 'farm',
        name: 'node',
        answers: true,
        behind: 0,
        validator: true,
      });
      expect(before.nodes[0]!.told!.finality.length).toBeGreaterThan(0);
      expect(before.signatures.at(-1)!.signers).toEqual(['farm/node']);
      house.rpc[1].treatments.set('*', 'break');
      try {
        const after = await ask<OperatorNodes>('/operations/nodes');
        expect(after.nodes[1]).toMatchObject({
          account: 'farm',
          name: 'node',
          answers: false,
          told: null,
          alarms: [{ code: 'NODE_SILENT', level: 'problem' }],
        });
        expect(after.nodes[1]!.lastSeen).not.toBeNull();
        expect(after.nodes[1]!.finalHeight).toBeGreaterThan(0);
      } finally {
        mend();
      }
    },
    JOB_MS,
  );

  it(
    'shows blocks newest first, one checked, and of a transaction only what the caller may read',
    async () => {
      const shown = await house.captured('farm', epcisDocument(commissioning([unit('9521001', 'X1')])), {
        'waymark-visibility': 'public',
      });
      const hidden = await house.captured('farm', epcisDocument(commissioning([unit('9521001', 'X2')])), {
        'waymark-visibility': 'own',
      });
      const list = await ask<ChainBlocks>('/chain/blocks?perPage=2');
      expect(list.blocks).toHaveLength(2);
      expect(list.blocks[0]!.height).toBe(list.finalHeight);
      expect(list.blocks[0]!.parentHash).toBe(list.blocks[1]!.hash);
      expect(list.blocks[0]!.signers).toEqual(['farm/node']);
      const older = await ask<ChainBlocks>(`/chain/blocks?perPage=100&before=${list.before}`);
      expect(older.blocks[0]!.height).toBe(list.before! - 1);
      expect(older.blocks.at(-1)!.height).toBe(1);
      expect(older.before).toBeNull();

      const farm = await house.key('farm');
      const stranger = await house.key('stranger');
      const regulator = await house.key('authority');
      const block = await ask<ChainBlock>(`/chain/blocks/${hidden.height}`, undefined, stranger);
      expect(block.checkedBy).toEqual(['farm/node']);
      expect(block.content.find(({ txId }) => txId === hidden.txId)).toMatchObject({
        sender: null,
        status: 'ACCEPTED',
      });
      expect(JSON.stringify(block)).not.toContain('9521001');

      const own = await ask<ChainTransaction>(`/chain/transactions/${hidden.txId}`, undefined, farm);
      expect(own).toMatchObject({ state: 'final', sender: 'farm', status: 'ACCEPTED', checked: true });
      const event = own.bodies.find(({ kind }) => kind === 'epcis.event');
      expect(event).toMatchObject({ readable: true, visibility: 'own' });
      expect(event!.content).toContain('X2');
      expect(event!.items.length).toBeGreaterThan(0);
      expect((await ask<ChainTransaction>(`/chain/transactions/${hidden.txId}`, undefined, regulator)).sender).toBe(
        'farm',
      );

      const foreign = await ask<ChainTransaction>(`/chain/transactions/${hidden.txId}`, undefined, stranger);
      expect(foreign).toMatchObject({ state: 'final', sender: null, height: hidden.height });
      expect(
        foreign.bodies.every(
          ({ readable, content, visibility }) => !readable && content === null && visibility === null,
        ),
      ).toBe(true);
      expect(JSON.stringify(foreign)).not.toMatch(/X2|9521001|"farm"/);
      const open = await ask<ChainTransaction>(`/chain/transactions/${shown.txId}`, undefined, stranger);
      expect(open.sender).toBe('farm');
      expect(open.bodies.find(({ kind }) => kind === 'epcis.event')!.content).toContain('X1');

      expect((await house.fetch(`/chain/transactions/${'0'.repeat(64)}`, { as: 'farm' })).status).toBe(404);
      expect((await house.fetch('/chain/transactions/nonsense', { as: 'farm' })).status).toBe(400);
      expect((await house.fetch('/chain/blocks/999999999', { as: 'farm' })).status).toBe(404);
      expect((await house.fetch('/chain/blocks/-1', { as: 'farm' })).status).toBe(400);
      expect((await house.fetch('/chain/blocks?perPage=1000', { as: 'farm' })).status).toBe(400);
      expect((await house.fetch('/chain/blocks')).status).toBe(401);
    },
    JOB_MS,
  );

  it(
    'says a receipt’s refusal in words, and its facts to the owner only',
    async () => {
      breakSubmission();
      // Behind so much that waits already, the judge is not asked before: the receipt decides.
      for (let n = 0; n < 9; n++) {
        const one = await house.capture('shop', epcisDocument(observation([`urn:example:queue-${n}`])));
        await signed(one);
      }
      const location = await house.capture('shop', epcisDocument(commissioning([unit('9521001', 'F2')])));
      await signed(location);
      mend();
      const job = await house.finished('shop', location);
      expect(job).toMatchObject({ success: false, errors: [{ code: 'PROVENANCE_PREFIX_NOT_YOURS' }] });
      const own = await ask<ChainTransaction>(`/chain/transactions/${job.txId}`, undefined, await house.key('shop'));
      expect(own).toMatchObject({ status: 'REFUSED', sender: 'shop' });
      expect(own.failures[0]).toMatchObject({ code: 'PROVENANCE_PREFIX_NOT_YOURS' });
      expect(own.failures[0]!.detail).toContain('company prefix');
      expect(Object.keys(own.failures[0]!.facts ?? {}).length).toBeGreaterThan(0);
      const foreign = await ask<ChainTransaction>(
        `/chain/transactions/${job.txId}`,
        undefined,
        await house.key('stranger'),
      );
      expect(foreign.failures[0]).toMatchObject({ code: 'PROVENANCE_PREFIX_NOT_YOURS', facts: null, pointer: null });
      expect(JSON.stringify(foreign)).not.toMatch(/F2|9521001|"shop"/);
    },
    JOB_MS,
  );

  it(
    'puts a transaction that nobody took back to work with the same bytes, and gives another up with a reason',
    async () => {
      breakSubmission();
      const first = await house.capture('farm', epcisDocument(observation(['urn:example:retried'])));
      const bytes = (await signed(first)).transaction.toString('base64');
      const second = await house.capture('shop', epcisDocument(observation(['urn:example:given-up'])));
      const given = await signed(second);
      expect(await letters()).toEqual([]);
      await makeOld();
      const stuck = await letters();
      expect(stuck.map(({ kind, state, organisation }) => [kind, state, organisation])).toEqual([
        ['transaction', 'NOT_SENT', 'farm'],
        ['transaction', 'NOT_SENT', 'shop'],
      ]);
      expect((await ask<Work>('/operations/queues')).deadLetters).toBe(2);

      const reason = 'Asked for by the shop on the telephone.';
      const outcome = await ask('/operations/dead-letters/discard', { ids: [stuck[1]!.id], reason });
      expect(outcome).toEqual({ outcomes: [{ id: stuck[1]!.id, outcome: 'done' }] });
      const job = await house.finished('shop', second);
      expect(job).toMatchObject({ success: false, state: 'refused', errors: [{ code: 'TRANSACTION_DISCARDED' }] });
      expect(job.errors[0]!.detail).toContain(reason);
      expect(await ask('/operations/dead-letters/discard', { ids: [stuck[1]!.id], reason })).toEqual({
        outcomes: [{ id: stuck[1]!.id, outcome: 'gone' }],
      });

      mend();
      await ask('/operations/dead-letters/retry', { ids: [stuck[0]!.id] });
      expect(await house.finished('farm', first)).toMatchObject({ success: true, state: 'final' });
      expect(house.rpc.flatMap(({ submitted }) => submitted)).toContain(bytes);
      expect(house.rpc.flatMap(({ submitted }) => submitted)).not.toContain(given.transaction.toString('base64'));
      await eventually('the list is empty', async () => ((await letters()).length === 0 ? true : undefined));

      // What was given up becomes final all the same: somebody had its bytes. The job tells what is true.
      await callNode(
        house.ledger.rpcUrl,
        'submitTransaction',
        { transaction: given.transaction.toString('base64') },
        5_000,
      );
      await eventually('the owner’s job says so', async () => {
        const now = (await (await house.fetch(second, { as: 'shop' })).json()) as typeof job;
        return now.success ? now : undefined;
      });
      const audit = await rows<{ action: string; target: string; facts: object }>(
        `SELECT action, target, facts FROM audit_entry WHERE organisation = 'farm' AND action LIKE 'operations.%' ORDER BY at`,
      );
      expect(audit).toEqual([
        expect.objectContaining({ action: 'operations.letter.discarded', facts: expect.objectContaining({ reason }) }),
        expect.objectContaining({ action: 'operations.letter.retried' }),
      ]);
      const owners = await rows<{ actor_kind: string; target: string; address: string }>(
        `SELECT actor_kind, target, address FROM audit_entry WHERE organisation = 'shop' AND action = 'operations.letter.discarded'`,
      );
      expect(owners).toEqual([expect.objectContaining({ actor_kind: 'system', address: '' })]);
    },
    JOB_MS,
  );

  it(
    'signs anew what was to follow a transaction that was given up',
    async () => {
      breakSubmission();
      const first = await house.capture('farm', epcisDocument(observation(['urn:example:before'])));
      const given = await signed(first);
      const second = await house.capture('farm', epcisDocument(observation(['urn:example:behind'])));
      await signed(second);
      await makeOld();
      await ask('/operations/dead-letters/discard', {
        ids: [`transaction.${given.tx_id.toString('hex')}`],
        reason: 'a test of what follows',
      });
      mend();
      expect(await house.finished('farm', second, 60_000)).toMatchObject({ success: true, state: 'final' });
    },
    JOB_MS,
  );

  it(
    'shows a capture that nobody could sign, and tells its owner that it was given up',
    async () => {
      house.rpc.forEach(({ treatments }) => treatments.set('dryRun', 'break').set('status', 'break'));
      const location = await house.capture('farm', epcisDocument(observation(['urn:example:unsigned'])));
      const id = location.split('/').at(-1);
      await rows(`UPDATE capture_job SET created_at = now() - interval '5 minutes' WHERE id = $1`, [id]);
      expect(await letters()).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: `capture.${id}`, kind: 'capture', state: 'NOT_SIGNED' }),
        ]),
      );
      await ask('/operations/dead-letters/discard', { ids: [`capture.${id}`], reason: 'no node for <b>hours</b>' });
      const job = await house.finished('farm', location);
      expect(job).toMatchObject({ success: false, state: 'refused', errors: [{ code: 'CAPTURE_DISCARDED' }] });
      expect(job.errors[0]!.facts).toEqual({ reason: 'no node for <b>hours</b>' });
      mend();
      const refused = await house.fetch('/operations/dead-letters/discard', {
        headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ids: [`capture.${id}`], reason: ' ' }),
      });
      expect(refused.status).toBe(400);
    },
    JOB_MS,
  );

  it(
    'keeps a job that failed for good until it is retried, given up, or done by another',
    async () => {
      await house.withDatabase(async (database) => {
        const failed = new FailedJobs(database, house.logger);
        const txIds = [(await signedNow()).toString('hex')];
        for (let n = 0; n < 2; n++) failed.note({ queue: 'submit', data: { txIds }, error: 'no node', attempts: 8 });
        const [letter] = await eventually('it is noted', async () => {
          const found = (await letters()).filter(({ kind }) => kind === 'job');
          return found[0]?.attempts === 16 ? found : undefined;
        });
        expect(letter).toMatchObject({ queue: 'submit', state: 'FAILED', said: 'no node' });
        await ask('/operations/dead-letters/discard', { ids: [letter!.id], reason: 'seen and understood' });
        expect((await letters()).filter(({ kind }) => kind === 'job')).toEqual([]);
        failed.note({ queue: 'sign', data: { organisation: 'farm' }, error: 'no node', attempts: 8 });
        mend();
        await eventually('it heals by itself: nothing waits to be signed', async () => {
          const [row] = await rows<{ state: string }>(`SELECT state FROM failed_job WHERE queue = 'sign'`);
          return row?.state === 'healed' ? true : undefined;
        });
      });
      async function signedNow(): Promise<Buffer> {
        breakSubmission();
        return (await signed(await house.capture('farm', epcisDocument(observation([`urn:example:${randomUUID()}`])))))
          .tx_id;
      }
    },
    JOB_MS,
  );

  it(
    'deletes what was settled long ago and nothing else',
    async () => {
      const job = await house.captured('farm', epcisDocument(observation(['urn:example:old'])));
      await rows(`UPDATE outbox SET created_at = now() - interval '40 days' WHERE tx_id = $1`, [
        Buffer.from(job.txId!, 'hex'),
      ]);
      await rows(`UPDATE capture_job SET finished_at = now() - interval '40 days' WHERE id = $1`, [job.captureID]);
      expect(await ask('/operations/purge', { what: 'transactions', olderThanDays: 60 })).toEqual({ deleted: 0 });
      expect(await ask('/operations/purge', { what: 'transactions', olderThanDays: 30 })).toEqual({ deleted: 1 });
      expect((await house.fetch(`/epcis/capture/${job.captureID}`, { as: 'farm' })).status).toBe(200);
      expect(await ask('/operations/purge', { what: 'captures', olderThanDays: 30 })).toEqual({ deleted: 1 });
      expect((await house.fetch(`/epcis/capture/${job.captureID}`, { as: 'farm' })).status).toBe(404);
      expect((await ask<ChainTransaction>(`/chain/transactions/${job.txId}`)).state).toBe('final');
      await expect(ask('/operations/purge', { what: 'transactions', olderThanDays: 0 })).rejects.toThrow('400');
    },
    JOB_MS,
  );

  it(
    'says what runs here',
    async () => {
      const { parts, product } = await ask<Versions>('/operations/versions');
      expect(new Set(parts.map(({ part }) => part))).toEqual(new Set(['api', 'worker', 'node', 'postgres', 'queue']));
      for (const part of parts.filter(({ part }) => part !== 'queue')) expect(part.version).toMatch(/^\d+\./);
      expect(parts.find(({ part }) => part === 'api')!.version).toBe(product);
    },
    JOB_MS,
  );

  describe('filling the views anew', () => {
    const rebuildState = async () =>
      (await ask<Projections>('/operations/projections')).projections[0]!.rebuild as RebuildFacts;
    const ended = (state: string) =>
      eventually(`the rebuild is ${state}`, async () => {
        const now = await rebuildState();
        return now.state === state ? now : undefined;
      });
    const steps = () =>
      rows<{ biz_step: string | null }>(`SELECT event_key, biz_step FROM epcis_event ORDER BY event_key`);
    const holdBlocks = () => house.rpc.forEach(({ treatments }) => treatments.set('blocks', 'break'));

    it(
      'happens beside the rows that are read, survives a restart of the worker, and takes their place whole',
      async () => {
        const before = await steps();
        expect(before.length).toBeGreaterThan(0);
        await rows(`UPDATE epcis_event SET biz_step = 'nonsense'`);
        holdBlocks();
        const ordered = await ask<RebuildFacts>('/operations/projections/provenance/rebuild', {});
        expect(ordered.state).toBe('waiting');
        await expect(ask('/operations/projections/provenance/rebuild', {})).rejects.toThrow('409');
        await ended('running');
        await house.stopWorker();
        expect((await rebuildState()).state).toBe('running');
        expect((await steps()).every(({ biz_step }) => biz_step === 'nonsense')).toBe(true);
        mend();
        await house.startWorker();
        const done = await ended('done');
        expect(done).toMatchObject({ id: ordered.id, error: null });
        expect(done.height).toBe(done.targetHeight);
        expect(await steps()).toEqual(before);
        // What is read goes on from there: the projector follows with the new rows.
        expect(await house.captured('farm', epcisDocument(observation(['urn:example:after-rebuild'])))).toMatchObject({
          success: true,
        });
        expect(await steps()).toHaveLength(before.length + 1);
        const [left] = await rows<{ count: number }>(
          `SELECT count(*)::int AS count FROM pg_namespace WHERE nspname = 'waymark_anew'`,
        );
        expect(left!.count).toBe(0);
      },
      JOB_MS,
    );

    it(
      'waits for whoever reads, and breaks off nobody',
      async () => {
        await house.withDatabase(async (database) => {
          const reader = database.createQueryRunner();
          await reader.connect();
          await reader.startTransaction();
          try {
            // Views are dropped in the order in which they were made; this reader goes the other way.
            await reader.query(`SELECT count(*) FROM event_item`);
            await ask('/operations/projections/provenance/rebuild', {});
            await ended('running');
            await new Promise((resolve) => setTimeout(resolve, 2_500));
            await reader.query(`SELECT count(*) FROM epcis_event`);
            expect((await rebuildState()).state).toBe('running');
          } finally {
            await reader.rollbackTransaction();
            await reader.release();
          }
        });
        expect(await ended('done')).toMatchObject({ error: null });
      },
      JOB_MS,
    );

    it(
      'can be cancelled under way and before it began; the old rows stay',
      async () => {
        const before = await steps();
        holdBlocks();
        await ask('/operations/projections/provenance/rebuild', {});
        await ended('running');
        await ask('/operations/projections/provenance/rebuild/cancel', {});
        mend();
        await ended('cancelled');
        await expect(ask('/operations/projections/provenance/rebuild/cancel', {})).rejects.toThrow('409');
        await house.stopWorker();
        await ask('/operations/projections/provenance/rebuild', {});
        expect(await ask('/operations/projections/provenance/rebuild/cancel', {})).toMatchObject({
          state: 'cancelled',
        });
        await house.startWorker();
        expect(await steps()).toEqual(before);
        await expect(ask('/operations/projections/other/rebuild', {})).rejects.toThrow('404');
      },
      JOB_MS,
    );
  });

  it(
    'stops the worker in time though Postgres is gone',
    async () => {
      await house.postgres.kill();
      const started = Date.now();
      await house.stopWorker();
      // The process gives it ten seconds; BullMQ, the feed and the pool each wait for the server in their own way.
      expect(Date.now() - started).toBeLessThan(9_000);
      await house.postgres.start();
      // What was left behind closes by itself now that its server answers.
      await new Promise((resolve) => setTimeout(resolve, 6_000));
    },
    JOB_MS,
  );
});
