import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { nativeHashing, nativeSign } from '@waymark/accel/node';
import { openKey } from '@waymark/api/sealed-key';
import { assembleTransaction, buildTransaction, Visibility, type BodyInput } from '@waymark/ledger/chain';
import { fromHex, utf8 } from '@waymark/ledger/primitives';
import { TestCluster, eventually, root } from '../support/cluster.js';
import { measureScanPage } from '../support/scan-timing.js';
import { machine, percentile } from '../support/machine.js';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
let counter = 0;
/** An event of some 580 bytes, as companies send them. */
const event = () => ({
  type: 'ObjectEvent',
  eventTime: '2026-01-02T03:04:05.000Z',
  eventTimeZoneOffset: '+00:00',
  eventID: `urn:uuid:00000000-0000-4000-8000-${String(++counter).padStart(12, '0')}`,
  quantityList: [{ epcClass: `urn:epc:class:lgtin:9529999.012345.LOT-${counter}`, quantity: 125.5, uom: 'KGM' }],
  action: 'OBSERVE',
  bizStep: 'receiving',
  disposition: 'in_progress',
  readPoint: { id: 'urn:epc:id:sgln:9529999.00001.0' },
  bizLocation: { id: 'urn:epc:id:sgln:9529999.00001.0' },
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:9529999.00002' }],
  destinationList: [{ type: 'owning_party', destination: 'urn:epc:id:pgln:9529999.00003' }],
});
const documentOf = (events: number) => ({
  '@context': context,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-02T03:04:05.000Z',
  epcisBody: { eventList: Array.from({ length: events }, event) },
});

describe('figures of the main job', () => {
  let cluster: TestCluster;
  const figures: Record<string, number> = {};
  const note = (name: string, value: number) => {
    figures[name] = Math.round(value * 10) / 10;
    process.stdout.write(`${name.padEnd(48)} ${figures[name]}\n`);
  };

  beforeAll(async () => {
    const begun = performance.now();
    cluster = await TestCluster.start();
    note('start_first_s', (performance.now() - begun) / 1000);
    await cluster.captureSample();
  }, 300_000);
  afterAll(async () => {
    const { deployment } = cluster;
    await deployment.stop();
    const begun = performance.now();
    await deployment.start();
    note('start_again_s', (performance.now() - begun) / 1000);
    await cluster.close();
    mkdirSync(path.join(root, 'docs/perf'), { recursive: true });
    appendFileSync(
      path.join(root, 'docs/perf/history.jsonl'),
      `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), figures })}\n`,
    );
  }, 120_000);

  it('capture to final at one document a second', async () => {
    const client = await cluster.client('processor');
    const samples: number[] = [];
    for (let i = 0; i < 30; i++) {
      const begun = performance.now();
      await client.finished(await client.send(documentOf(1), 'public'));
      const took = performance.now() - begun;
      samples.push(took);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 - took)));
    }
    note('capture_to_final_p50_ms', percentile(samples, 0.5));
    note('capture_to_final_p99_ms', percentile(samples, 0.99));
  }, 120_000);

  it('the scan page: weight, time to story, time to proof', async () => {
    const timing = await measureScanPage(`${cluster.deployment.scanUrl}${cluster.sample.canPath}`);
    if (timing) for (const [name, value] of Object.entries(timing)) note(`scan_${name}`, value);
  }, 120_000);

  it.each([
    [1, 1500],
    [100, 12_000],
    [500, 25_000],
  ])(
    'events final a second on four validators, documents of %i',
    async (size, total) => {
      const own = path.join(cluster.home, 'consortium/members/processor');
      const { seed, publicKey } = await openKey(
        JSON.parse(readFileSync(path.join(own, 'organisation.key.json'), 'utf8')),
        readFileSync(path.join(own, 'organisation.secret'), 'utf8').trim(),
      );
      const { genesisHash, finalHeight } = await cluster.rpc<{ genesisHash: string; finalHeight: number }>(0, 'status');
      const transactions = Array.from({ length: total / size }, () => {
        const bodies: BodyInput[] = [
          { kind: 'epcis.context', content: utf8(JSON.stringify(context)), visibility: Visibility.PUBLIC },
        ];
        for (let i = 0; i < size; i++)
          bodies.push({
            kind: 'epcis.event',
            content: utf8(JSON.stringify(event())),
            visibility: Visibility.PUBLIC,
            context: 1,
          });
        const unsigned = buildTransaction(nativeHashing, {
          genesisHash: fromHex(genesisHash),
          sender: 'processor',
          expiryHeight: finalHeight + 5_000,
          proceed: false,
          bodies,
        });
        const bytes = assembleTransaction(unsigned, [{ publicKey, signature: nativeSign(seed, unsigned.signedBytes) }]);
        return { txId: Buffer.from(unsigned.txId).toString('hex'), transaction: Buffer.from(bytes).toString('base64') };
      });
      const begun = performance.now();
      const lanes = 8;
      await Promise.all(
        Array.from({ length: lanes }, async (_, lane) => {
          for (let i = lane; i < transactions.length; i += lanes)
            await cluster.rpc(i % 4, 'submitTransaction', { transaction: transactions[i]!.transaction });
        }),
      );
      await eventually(
        'all are final',
        async () => {
          for (const { txId } of transactions.slice(-lanes * 4))
            if ((await cluster.rpc<{ state: string }>(1, 'transaction', { txId })).state !== 'final') return false;
          return true;
        },
        300_000,
      );
      note(`nodes_events_per_s_documents_of_${size}`, total / ((performance.now() - begun) / 1000));
    },
    400_000,
  );

  it.each([
    [1, 400],
    [100, 4_000],
    [500, 10_000],
  ])(
    'the same through HTTP into Postgres, documents of %i',
    async (size, total) => {
      const accounts = ['processor', 'importer', 'fish-farm', 'hatchery'];
      const clients = await Promise.all(accounts.map((account) => cluster.client(account)));
      const documents = Array.from({ length: total / size }, () => JSON.stringify(documentOf(size)));
      const begun = performance.now();
      const jobs: [number, string][] = [];
      await Promise.all(
        Array.from({ length: 8 }, async (_, lane) => {
          for (let i = lane; i < documents.length; i += 8)
            jobs.push([lane % clients.length, await clients[lane % clients.length]!.send(documents[i], 'public')]);
        }),
      );
      for (const [client, job] of jobs) await clients[client]!.finished(job, 300_000);
      note(`http_events_per_s_documents_of_${size}`, total / ((performance.now() - begun) / 1000));
    },
    400_000,
  );
});
