import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { TestCluster } from '../support/cluster.js';
import { percentile } from '../support/machine.js';

const run = String(Date.now() % 1_000_000_000).padStart(9, '0');
let counter = 0;
const event = () => ({
  type: 'ObjectEvent',
  eventTime: '2026-01-02T03:04:05.000Z',
  eventTimeZoneOffset: '+00:00',
  eventID: `urn:uuid:00000000-0000-4000-8${run.slice(0, 3)}-${run.slice(3)}${String(++counter).padStart(6, '0')}`,
  quantityList: [{ epcClass: `urn:epc:class:lgtin:9529999.012345.LOT-${counter}`, quantity: 125.5, uom: 'KGM' }],
  action: 'OBSERVE',
  bizStep: 'receiving',
  disposition: 'in_progress',
  readPoint: { id: 'urn:epc:id:sgln:9529999.00001.0' },
  bizLocation: { id: 'urn:epc:id:sgln:9529999.00001.0' },
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:9529999.00002' }],
  destinationList: [{ type: 'owning_party', destination: 'urn:epc:id:pgln:9529999.00003' }],
});
const documentOf = (events: number) =>
  JSON.stringify({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-02T03:04:05.000Z',
    epcisBody: { eventList: Array.from({ length: events }, event) },
  });
const ms = (value: number) => String(Math.round(value)).padStart(7);

/** CPU milliseconds spent so far by each kind of process under this one (Linux only: elsewhere nothing is told). */
function cpuByRole(): Map<string, number> {
  const spent = new Map<string, number>();
  const processes = new Map<number, { parent: number; cpuMs: number; name: string }>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const cpuMs = (Number(fields[11]) + Number(fields[12])) * 10;
      processes.set(Number(entry), {
        parent: Number(fields[1]),
        cpuMs,
        name: readFileSync(`/proc/${entry}/cmdline`, 'utf8'),
      });
    } catch {
      continue;
    }
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (processes.has(pid) && isOurs(processes.get(pid)!.parent));
  for (const [pid, { cpuMs, name }] of processes) {
    if (!isOurs(pid)) continue;
    const role =
      pid === process.pid
        ? 'bench'
        : /apps\/node/.test(name)
          ? 'nodes'
          : /worker/.test(name)
            ? 'worker'
            : /apps\/api/.test(name)
              ? 'api'
              : /postgres/.test(name)
                ? 'postgres'
                : 'other';
    spent.set(role, (spent.get(role) ?? 0) + cpuMs);
  }
  return spent;
}

/** Where the time of a capture goes: what Postgres and the chain noted of each on its way, in milliseconds after the burst began. */
describe('stations of a capture', () => {
  let cluster: TestCluster;
  let database: pg.Client;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    database = new pg.Client(cluster.deployment.postgres.url);
    await database.connect();
  }, 300_000);
  afterAll(async () => {
    await database?.end();
    await cluster?.close();
  }, 120_000);

  const burst = async (size: number, count: number, lanes: number) => {
    const accounts = ['processor', 'importer', 'fish-farm', 'hatchery'];
    const clients = await Promise.all(accounts.map((account) => cluster.client(account)));
    const documents = Array.from({ length: count }, () => documentOf(size));
    const cpuBefore = cpuByRole();
    const begun = Date.now();
    const jobs: [number, string][] = [];
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        for (let i = lane; i < documents.length; i += lanes)
          jobs.push([lane % 4, await clients[lane % 4]!.send(documents[i], 'public')]);
      }),
    );
    const acceptedMs = Date.now() - begun;
    for (const [client, job] of jobs) await clients[client]!.finished(job, 300_000);
    const endMs = Date.now() - begun;
    const { rows } = await database.query<Record<string, string>>(
      `SELECT extract(epoch from j.created_at)*1000 - $1::float8 a, extract(epoch from o.created_at)*1000 - $1::float8 s, extract(epoch from o.submitted_at)*1000 - $1::float8 u,
        e.record_time - $1::float8 b, extract(epoch from j.finished_at)*1000 - $1::float8 f, j.height h, o.attempts
       FROM capture_job j JOIN outbox o ON o.job_id = j.id LEFT JOIN (SELECT tx_id, min(record_time) record_time FROM epcis_event GROUP BY tx_id) e ON e.tx_id = encode(o.tx_id, 'hex')
       WHERE j.created_at >= to_timestamp($1::float8 / 1000)`,
      [begun],
    );
    const lines = [
      `burst of ${count} documents of ${size}: accepted in ${acceptedMs} ms, all finished in ${endMs} ms: ${((count * size * 1000) / endMs).toFixed(1)} events/s, ${new Set(rows.map(({ h }) => h)).size} blocks, attempts up to ${Math.max(...rows.map(({ attempts }) => Number(attempts)))}`,
    ];
    for (const [key, name] of Object.entries({
      a: 'accepted',
      s: 'signed',
      u: 'submitted',
      b: 'block',
      f: 'projected',
    })) {
      const values = rows.map((row) => Number(row[key])).filter((value) => value !== 0);
      lines.push(
        `  ${name.padEnd(10)} first ${ms(Math.min(...values))} p50 ${ms(percentile(values, 0.5))} last ${ms(Math.max(...values))}`,
      );
    }
    lines.push(
      `  CPU ms: ${[...cpuByRole()].map(([role, cpuMs]) => `${role} ${cpuMs - (cpuBefore.get(role) ?? 0)}`).join(', ')}`,
    );
    process.stdout.write(`${lines.join('\n')}\n`);
  };

  it('one at a time, then bursts', async () => {
    await burst(1, 4, 1);
    for (let i = 0; i < 3; i++) await burst(1, 1, 1);
    await burst(1, Number(process.env['BURST'] ?? 200), 8);
    await burst(100, 30, 8);
    await burst(500, 12, 8);
    const client = await cluster.client('processor');
    const samples: number[] = [];
    const location = await client.send(documentOf(1), 'public');
    for (let i = 0; i < 40; i++) {
      const begun = performance.now();
      await client.job(location);
      samples.push(performance.now() - begun);
    }
    process.stdout.write(
      `GET job p50 ${percentile(samples, 0.5).toFixed(1)} ms p95 ${percentile(samples, 0.95).toFixed(1)} ms\n`,
    );
  }, 400_000);
});
