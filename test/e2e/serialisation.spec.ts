import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../apps/cli/src/cluster/index.js';
import { TestCluster, eventually } from '../support/cluster.js';

/** A Redis of our own for the queue, where the machine has the program; the same stories run on either queue. */
function redisProgram(): string | undefined {
  try {
    return execFileSync('which', ['redis-server'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
const program = redisProgram();

(program ? describe : describe.skip)(
  `ledger serialisation, with the queue on Redis${program ? '' : ' (skipped: no redis-server here)'}`,
  () => {
    let cluster: TestCluster;
    let redis: ChildProcess;
    const folder = mkdtempSync(path.join(tmpdir(), 'waymark-redis-'));
    const prefix = () => cluster.sample.companies.find(({ account }) => account === 'processor')!.companyPrefixes[0]!;
    const unit = (serial: string) => `urn:epc:id:sgtin:${prefix()}.000701.${serial}`;
    const crate = (serial: string) => `urn:epc:id:sscc:${prefix()}.${serial.padStart(10, '0')}`;

    beforeAll(async () => {
      const port = await freePort();
      redis = spawn(
        program!,
        ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
        { stdio: 'ignore' },
      );
      cluster = await TestCluster.start({ redisUrl: `redis://127.0.0.1:${port}` });
    }, 180_000);
    afterAll(async () => {
      await cluster?.close();
      const gone = new Promise((resolve) => redis.once('exit', resolve));
      redis.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    let minute = 0;
    const capture = async (event: object, account = 'processor') => {
      const at = new Date(Date.UTC(2026, 0, 2, 3, minute++)).toISOString();
      const client = await cluster.client(account);
      const job = await client.finished(
        await client.send(
          {
            '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
            type: 'EPCISDocument',
            schemaVersion: '2.0',
            creationDate: at,
            epcisBody: {
              eventList: [
                {
                  eventTime: at,
                  eventTimeZoneOffset: '+00:00',
                  bizLocation: { id: 'urn:epc:id:sgln:9521005.00010.0' },
                  ...event,
                },
              ],
            },
          },
          'public',
        ),
      );
      return (job.errors as { code?: string }[]).map(({ code }) => code);
    };
    const commission = (serial: string, account?: string) =>
      capture({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: [unit(serial)] }, account);
    const pack = (parent: string, serial: string, action: 'ADD' | 'DELETE') =>
      capture({
        type: 'AggregationEvent',
        action,
        bizStep: action === 'ADD' ? 'packing' : 'unpacking',
        parentID: crate(parent),
        childEPCs: [unit(serial)],
      });
    const switchOn = async (account: string) => {
      const gtin = '0' + prefix() + '00701';
      const digits = [...gtin].map(Number);
      const check = (10 - (digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 3 : 1), 0) % 10)) % 10;
      return fetch(new URL(`/products/${gtin}${check}/serialisation`, cluster.deployment.apiUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${await cluster.key(account)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ enabled: true }),
      });
    };

    it('is the open world before the owner switches it on: a second commissioning is accepted', async () => {
      expect(await commission('A1')).toEqual([]);
      expect(
        await capture({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: [unit('A1')] }),
      ).toEqual([]);
    });

    it('is switched by the owner of the prefix only', async () => {
      const foreign = await switchOn('importer');
      const client = await cluster.client('importer');
      const job =
        foreign.status === 202
          ? await client.finished(new URL(foreign.headers.get('location')!, cluster.deployment.apiUrl).href)
          : undefined;
      expect(job === undefined ? foreign.status >= 400 : !job.success).toBe(true);
      const own = await switchOn('processor');
      expect(own.status).toBe(202);
      const owner = await cluster.client('processor');
      await eventually(
        'the switch is final',
        async () =>
          (await owner.finished(new URL(own.headers.get('location')!, cluster.deployment.apiUrl).href)).success,
      );
    });

    it('refuses a unit commissioned twice, packed into two parents, unpacked from where it is not, used after it ended', async () => {
      expect(await commission('B1')).toEqual([]);
      expect(await commission('B1')).toEqual(['PROVENANCE_ALREADY_COMMISSIONED']);
      expect(await pack('1', 'B1', 'ADD')).toEqual([]);
      expect(await pack('2', 'B1', 'ADD')).toEqual(['PROVENANCE_ALREADY_PACKED']);
      expect(await pack('2', 'B1', 'DELETE')).toEqual(['PROVENANCE_NOT_IN_PARENT']);
      expect(await pack('1', 'B1', 'DELETE')).toEqual([]);
      expect(
        await capture({ type: 'ObjectEvent', action: 'DELETE', bizStep: 'decommissioning', epcList: [unit('B1')] }),
      ).toEqual([]);
      expect(
        await capture({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: [unit('B1')] }),
      ).toEqual(['PROVENANCE_ENDED']);
    });
  },
);
