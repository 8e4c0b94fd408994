import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeTransaction, ReceiptStatus } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import type { FeedBlock } from '@waymark/light-client';
import { CaptureFinisher } from '../modules/provenance/capture-finisher.js';
import { hashing } from './genesis.js';
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

  it('signs a transaction that stands refused anew, behind its follower, whose bytes stay as they are', async () => {
    for (const proxy of house.rpc) proxy.treatments.set('submitTransaction', 'break');
    await house.capture('farm', epcisDocument(commissioning([unit('9521001', 'S1')])), isPublic);
    await eventually('the first is signed', async () => ((await outbox()).length === 1 ? true : undefined));
    await house.capture('farm', epcisDocument(observation(['urn:example:follower'])), isPublic);
    const [first, follower] = await eventually('both are signed', async () => {
      const rows = await outbox();
      return rows.length === 2 ? rows : undefined;
    });
    // A block carries the first with a receipt that speaks of its moment only: the one before it was not there.
    const decoded = decodeTransaction(hashing, first!.transaction);
    if (!decoded.ok) throw new Error(decoded.refusal.code);
    const receipt = {
      txId: decoded.value.txId,
      sender: 'farm',
      signerKeys: decoded.value.signatures.map(({ publicKey }) => publicKey),
      status: ReceiptStatus.REFUSED,
      failures: [{ body: 0, code: 'TX_AFTER_MISSING', pointer: '', facts: {} }],
      eventsRoot: new Uint8Array(32),
      height: 1,
      txIndex: 0,
    };
    const block = {
      height: 1,
      transactions: [{ transaction: decoded.value, receipt, receiptBytes: new Uint8Array(0), events: [] }],
    } as unknown as FeedBlock;
    await house.withDatabase((database) =>
      database.transaction((manager) => new CaptureFinisher().onBlocks(manager, [block])),
    );
    const rows = await eventually('the first is signed anew', async () => {
      const now = await outbox();
      return now.length === 3 ? now : undefined;
    });
    expect(rows.map(({ state }) => state)).toEqual(['replaced', 'pending', 'pending']);
    expect(rows[1]!.transaction).toEqual(follower!.transaction);
    const anew = decodeTransaction(hashing, rows[2]!.transaction);
    if (!anew.ok) throw new Error(anew.refusal.code);
    expect(Buffer.from(anew.value.header.after)).toEqual(follower!.tx_id);
    expect(anew.value.bodyBytes.map(toHex)).toEqual(decoded.value.bodyBytes.map(toHex));
    // It goes no further: the follower is not taken for one whose turn never came.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await outbox()).toHaveLength(3);
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
