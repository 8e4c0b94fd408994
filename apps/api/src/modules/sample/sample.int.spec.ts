import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import type { SampleState } from './dto/sample-answers.js';

describe('sample data', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open();
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const ask = async (method: string, as = 'farm') => {
    const response = await house.fetch('/sample', { method, as });
    return { status: response.status, body: (await response.json()) as SampleState & { code?: string } };
  };
  const settled = async (wanted: SampleState['state'], as = 'farm') => {
    for (const until = Date.now() + 30_000; ;) {
      const { body } = await ask('GET', as);
      if (body.state === wanted) return body;
      if (Date.now() > until || body.state === 'failed') {
        const job = await (await house.fetch(`/epcis/capture/${body.captureID}`, { as })).text();
        throw new Error(`the sample is ${body.state}, not ${wanted}: ${job}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const listed = async (as = 'farm', query = '') =>
    (
      (await (await house.fetch(`/items?perPage=100${query}`, { as })).json()) as {
        items: { id: string; sample: boolean }[];
      }
    ).items;

  it('begins with none, and says whether it can be loaded', async () => {
    expect((await ask('GET')).body).toMatchObject({ state: 'none', canLoad: true, items: null });
  });

  it('is captured as the organisation, without a warning, and only the organisation sees it', async () => {
    // A double click: one is taken, and nothing is captured that no row knows.
    const both = await Promise.all([ask('POST'), ask('POST'), ask('POST')]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([202, 409, 409]);
    const captured = await house.withDatabase((database) =>
      database.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM capture_job WHERE label = 'Sample data'`),
    );
    expect(captured[0]?.n).toBe(1);
    const { items, captureID, events } = await settled('loaded');
    expect(items).not.toBeNull();
    const job = (await (await house.fetch(`/epcis/capture/${captureID}`, { as: 'farm' })).json()) as {
      success: boolean;
      warnings: unknown[];
      events: { state: string }[];
    };
    expect([job.success, job.warnings, job.events.filter(({ state }) => state === 'final').length]).toEqual([
      true,
      [],
      events,
    ]);
    const own = await listed();
    for (const id of [items!.product, items!.material, items!.unit]) {
      expect(own.map((row) => row.id)).toContain(id);
      expect(own.find((row) => row.id === id)?.sample).toBe(true);
    }
    const trace = await house.fetch(`/trace/graph?id=${encodeURIComponent(items!.product)}`, { as: 'farm' });
    expect(await trace.text()).toContain('SAMPLE-APPLES');
    expect(await listed('factory')).toEqual([]);
    expect(await listed('farm', '&sample=without')).toEqual([]);
  });

  it('is loaded once', async () => {
    const again = await ask('POST');
    expect([again.status, again.body.code]).toEqual([409, 'SAMPLE_ALREADY_LOADED']);
  });

  it('is not loaded a second time while it is removed; a removal that failed is tried again', async () => {
    await house.stopWorker();
    expect((await ask('DELETE')).body.state).toBe('removing');
    expect((await ask('POST')).body.code).toBe('SAMPLE_ALREADY_LOADED');
    expect((await ask('DELETE')).body.code).toBe('SAMPLE_NOT_LOADED');
    // What giving up the job by hand leaves behind (operations, dead letters).
    await house.withDatabase((database) =>
      database.query(
        `UPDATE capture_job SET state = 'done', success = false, finished_at = now() WHERE label = 'Sample data withdrawn'`,
      ),
    );
    const failed = (await ask('GET')).body;
    expect(failed).toMatchObject({ state: 'failed', canLoad: false });
    expect([failed.items, failed.removedAt]).not.toContain(null);
    expect((await ask('POST')).body.code).toBe('SAMPLE_ALREADY_LOADED');
    expect((await ask('DELETE')).status).toBe(202);
    await house.startWorker();
    await settled('removed');
    expect(await listed()).toEqual([]);
    expect((await ask('POST')).status).toBe(202);
    await settled('loaded');
  }, 60_000);

  it('leaves the lists when it is removed, and can be loaded anew', async () => {
    expect((await ask('DELETE')).status).toBe(202);
    const removed = await settled('removed');
    expect(removed).toMatchObject({ canLoad: true, items: null });
    expect(await listed()).toEqual([]);
    expect((await ask('DELETE')).body.code).toBe('SAMPLE_NOT_LOADED');
    expect((await ask('POST')).status).toBe(202);
    const { items } = await settled('loaded');
    expect((await listed()).map(({ id }) => id)).toContain(items!.product);
  });

  it('asks for the permission, and keeps an account of who did it', async () => {
    const { key } = await house.newKey('farm', ['read']);
    const refused = await house.fetch('/sample', { method: 'POST', headers: { authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(403);
    const noted = await house.withDatabase((database) =>
      database.query<{ action: string }[]>(`SELECT action FROM audit_entry WHERE action LIKE 'sample.%' ORDER BY id`),
    );
    expect(noted.map(({ action }) => action)).toEqual([
      ...['sample.loaded', 'sample.removed', 'sample.removed', 'sample.loaded', 'sample.removed', 'sample.loaded'],
    ]);
  });

  it('captures nothing that is not in the audit log', async () => {
    const captures = () =>
      house.withDatabase((database) =>
        database.query<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM capture_job WHERE label = 'Sample data withdrawn'`,
        ),
      );
    const before = await captures();
    await house.withDatabase((database) =>
      database.query(`ALTER TABLE audit_entry ADD CONSTRAINT full_disk CHECK (action <> 'sample.removed') NOT VALID`),
    );
    try {
      expect((await ask('DELETE')).status).toBe(500);
    } finally {
      await house.withDatabase((database) => database.query(`ALTER TABLE audit_entry DROP CONSTRAINT full_disk`));
    }
    expect(await captures()).toEqual(before);
  });

  it('is not offered to an organisation without a company prefix', async () => {
    const { key } = await house.newKey('authority', ['read', 'capture']);
    const headers = { authorization: `Bearer ${key}` };
    const state = (await (await house.fetch('/sample', { headers })).json()) as SampleState;
    expect(state).toMatchObject({ canLoad: false, hasPrefix: false });
    expect((await house.fetch('/sample', { method: 'POST', headers })).status).toBe(422);
  });
});
