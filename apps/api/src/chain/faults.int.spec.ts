import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EXPIRED_FOR_GOOD } from './submission/submitting.js';
import { ApiHouse } from '../../../../test/support/api-house.js';
import { commissioning, epcisDocument, observation, unit } from '../../../../test/support/epcis-documents.js';

const isPublic = { 'waymark-visibility': 'public' };

async function eventually<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 20_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`did not come to hold: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('faults between capture and finality', () => {
  let house: ApiHouse;
  beforeEach(async () => {
    house = await ApiHouse.open();
  }, 120_000);
  afterEach(async () => house?.close(), 60_000);

  const outbox = () =>
    house.withDatabase((database) =>
      database.query<{ transaction: Buffer; state: string; tx_id: Buffer }[]>(
        'SELECT transaction, state, tx_id FROM outbox ORDER BY seq',
      ),
    );
  const events = async () =>
    (
      (await (await house.fetch('/epcis/events?perPage=500')).json()) as {
        epcisBody: { queryResults: { resultsBody: { eventList: unknown[] } } };
      }
    ).epcisBody.queryResults.resultsBody.eventList;

  it('sends the same bytes after the worker went away between signing and submission', async () => {
    for (const proxy of house.rpc) proxy.treatments.set('submitTransaction', 'break');
    const location = await house.capture('farm', epcisDocument(commissioning([unit('9521001', 'B1')])), isPublic);
    const [signed] = await eventually('the transaction is signed and stored', async () => {
      const rows = await outbox();
      return rows.length > 0 ? rows : undefined;
    });
    await house.stopWorker();
    expect(house.rpc.flatMap(({ submitted }) => submitted)).toEqual([]);
    for (const proxy of house.rpc) proxy.treatments.clear();
    await house.startWorker();
    expect(await house.finished('farm', location)).toMatchObject({
      success: true,
      state: 'final',
      txId: signed!.tx_id.toString('hex'),
    });
    const sent = new Set(house.rpc.flatMap(({ submitted }) => submitted));
    expect([...sent]).toEqual([signed!.transaction.toString('base64')]);
    expect(await outbox()).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  }, 120_000);

  it('signs an expired transaction anew, and what was to follow it, in the same order', async () => {
    for (const proxy of house.rpc) proxy.treatments.set('submitTransaction', 'break');
    const locations = [
      await house.capture('farm', epcisDocument(commissioning([unit('9521001', 'E1')])), isPublic),
      await house.capture('farm', epcisDocument(observation([unit('9521001', 'E1')])), isPublic),
    ];
    await eventually('both are signed', async () => ((await outbox()).length === 2 ? true : undefined));
    // The first of them is made to have expired; nobody has sent it.
    await house.withDatabase((database) =>
      database.query(`UPDATE outbox SET expiry_height = ${EXPIRED_FOR_GOOD} WHERE seq = (SELECT min(seq) FROM outbox)`),
    );
    await eventually('both are signed anew', async () => ((await outbox()).length === 4 ? true : undefined));
    expect((await outbox()).map(({ state }) => state)).toEqual(['replaced', 'replaced', 'pending', 'pending']);
    for (const proxy of house.rpc) proxy.treatments.clear();
    const jobs = [];
    for (const location of locations) jobs.push(await house.finished('farm', location));
    expect(jobs.map(({ success }) => success)).toEqual([true, true]);
    expect(jobs[0]!.height!).toBeLessThanOrEqual(jobs[1]!.height!);
    expect(await events()).toHaveLength(2);
  }, 120_000);

  it('ends a capture with the reason when the nodes refuse its bytes for good, and signs anew what was to follow', async () => {
    for (const proxy of house.rpc) proxy.treatments.set('submitTransaction', 'break');
    const locations = [
      await house.capture('farm', epcisDocument(commissioning([unit('9521001', 'R1')])), isPublic),
      await house.capture('farm', epcisDocument(observation(['urn:example:follows'])), isPublic),
    ];
    await eventually('both are signed', async () => ((await outbox()).length === 2 ? true : undefined));
    // One bit of the first signature is lost in the book.
    await house.withDatabase(async (database) => {
      const [first] = await outbox();
      const bytes = first!.transaction;
      const at = bytes.indexOf(Buffer.from([0x12, 0x40])) + 7;
      bytes[at] = bytes[at]! ^ 1;
      await database.query(`UPDATE outbox SET transaction = $2 WHERE tx_id = $1`, [first!.tx_id, bytes]);
    });
    for (const proxy of house.rpc) proxy.treatments.clear();
    const refused = await house.finished('farm', locations[0]!, 60_000);
    expect(refused).toMatchObject({ success: false, state: 'refused', errors: [{ code: 'TX_SIGNATURE_INVALID' }] });
    expect(await house.finished('farm', locations[1]!, 60_000)).toMatchObject({ success: true, state: 'final' });
    expect(await events()).toHaveLength(1);
  }, 120_000);

  it('goes on with another node within two seconds when the one it follows hangs', async () => {
    await house.captured('farm', epcisDocument(observation(['urn:example:before'])), isPublic);
    const followed = house.rpc.findIndex(({ calls }) => calls.includes('blocks'));
    house.rpc[followed === 1 ? 1 : 0].treatments.set('*', 'hang');
    const started = Date.now();
    const job = await house.captured('farm', epcisDocument(observation(['urn:example:after'])), isPublic);
    expect(job.success).toBe(true);
    // Two seconds to leave the silent node, once for reading and once for writing.
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(await events()).toHaveLength(2);
  }, 120_000);

  it('answers 503 with Retry-After while Postgres is away, keeps what had its 202, and goes on by itself', async () => {
    const before = await house.capture('farm', epcisDocument(observation(['urn:example:acknowledged'])), isPublic);
    await house.postgres.kill();
    const refused = await house.fetch('/epcis/capture', {
      as: 'farm',
      body: JSON.stringify(epcisDocument(observation(['urn:example:refused']))),
      headers: isPublic,
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await refused.json()) as { code: string }).code).toBe('DATABASE_UNAVAILABLE');
    expect((await house.fetch('/health')).status).toBe(503);
    expect((await house.fetch('/health/live')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await house.postgres.start();
    const after = await eventually('captures are taken again', async () => {
      const response = await house.fetch('/epcis/capture', {
        as: 'farm',
        body: JSON.stringify(epcisDocument(observation(['urn:example:later']))),
        headers: isPublic,
      });
      return response.status === 202 ? (response.headers.get('location') ?? '') : undefined;
    });
    for (const location of [before, after])
      expect(await house.finished('farm', location, 60_000)).toMatchObject({ success: true });
    const text = JSON.stringify(await events());
    expect(text).toContain('urn:example:acknowledged');
    expect(text).toContain('urn:example:later');
    expect(text).not.toContain('urn:example:refused');
  }, 180_000);

  it('waits for a ledger that is away, and finishes the capture once it is back', async () => {
    await house.key('farm');
    await house.ledger.stop();
    const location = await house.capture('farm', epcisDocument(observation(['urn:example:patient'])), isPublic);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(((await (await house.fetch(location, { as: 'farm' })).json()) as { running: boolean }).running).toBe(true);
    await house.ledger.restart();
    expect(await house.finished('farm', location, 60_000)).toMatchObject({ success: true });
  }, 120_000);
});
