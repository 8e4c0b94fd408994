// The same chain of four validators, its nodes once with the native engine and once with the portable one alone.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { nativeHashing, nativeSign } from '@waymark/accel/node';
import { openKey } from '@waymark/api/sealed-key';
import { assembleTransaction, buildTransaction, Visibility } from '@waymark/ledger/chain';
import { fromHex, toHex, utf8 } from '@waymark/ledger/primitives';
import { eventually, root, TestCluster } from '../support/cluster.js';
import { machine } from '../support/machine.js';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const LANES = 8;
let counter = 0;

describe('the chain by engine', () => {
  let cluster: TestCluster;
  const figures: Record<string, number> = {};
  const note = (name: string, value: number) => {
    figures[name] = Number(value.toPrecision(3));
    process.stdout.write(`${name.padEnd(56)} ${figures[name]}\n`);
  };

  beforeAll(async () => {
    cluster = await TestCluster.start();
    await cluster.captureSample();
  }, 300_000);
  afterAll(async () => {
    await cluster?.close();
    mkdirSync(path.join(root, 'docs/perf'), { recursive: true });
    appendFileSync(
      path.join(root, 'docs/perf/history.jsonl'),
      `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), figures })}\n`,
    );
  }, 120_000);

  /** Single-event transactions, as many signatures as events, until all are final. */
  const perSecond = async (total: number): Promise<number> => {
    const own = path.join(cluster.home, 'consortium/members/processor');
    const { seed, publicKey } = await openKey(
      JSON.parse(readFileSync(path.join(own, 'organisation.key.json'), 'utf8')),
      readFileSync(path.join(own, 'organisation.secret'), 'utf8').trim(),
    );
    const { genesisHash, finalHeight } = await cluster.rpc<{ genesisHash: string; finalHeight: number }>(0, 'status');
    const transactions = Array.from({ length: total }, () => {
      const event = {
        type: 'ObjectEvent',
        eventTime: '2026-01-02T03:04:05.000Z',
        eventTimeZoneOffset: '+00:00',
        eventID: `urn:uuid:00000000-0000-4000-8001-${String(++counter).padStart(12, '0')}`,
        quantityList: [{ epcClass: `urn:epc:class:lgtin:9529999.012345.BENCH-${counter}`, quantity: 1, uom: 'KGM' }],
        action: 'OBSERVE',
        bizStep: 'receiving',
        bizLocation: { id: 'urn:epc:id:sgln:9529999.00001.0' },
      };
      const unsigned = buildTransaction(nativeHashing, {
        genesisHash: fromHex(genesisHash),
        sender: 'processor',
        expiryHeight: finalHeight + 5_000,
        proceed: false,
        bodies: [
          { kind: 'epcis.context', content: utf8(JSON.stringify(context)), visibility: Visibility.PUBLIC },
          { kind: 'epcis.event', content: utf8(JSON.stringify(event)), visibility: Visibility.PUBLIC, context: 1 },
        ],
      });
      const signature = nativeSign(seed, unsigned.signedBytes);
      return { txId: toHex(unsigned.txId), bytes: assembleTransaction(unsigned, [{ publicKey, signature }]) };
    });
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        for (let i = lane; i < transactions.length; i += LANES)
          await cluster.rpc(i % 4, 'submitTransaction', {
            transaction: Buffer.from(transactions[i]!.bytes).toString('base64'),
          });
      }),
    );
    await eventually(
      'all are final',
      async () => {
        for (const { txId } of transactions.slice(-LANES * 4))
          if ((await cluster.rpc<{ state: string }>(1, 'transaction', { txId })).state !== 'final') return false;
        return true;
      },
      300_000,
    );
    return total / ((performance.now() - begun) / 1000);
  };

  const configure = (accelerator: object): void => {
    const folder = path.join(cluster.home, 'consortium');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => path.basename(name) === 'node.json',
    );
    if (files.length !== 4) throw new Error(`${files.length} nodes`);
    for (const file of files.map((name) => path.join(folder, name))) {
      const config = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...config, accelerator }));
    }
  };

  it('single-event transactions a second', async () => {
    const best = { native: 0, portable: 0 };
    for (let round = 0; round < 2; round += 1)
      for (const [engine, accelerator, total] of [
        ['native', {}, 800],
        ['portable', { engines: ['portable'] }, 200],
      ] as const) {
        await cluster.deployment.stop();
        configure(accelerator);
        await cluster.deployment.start();
        await perSecond(40);
        best[engine] = Math.max(best[engine], await perSecond(total));
      }
    note('chain_native_transactions_per_s', best.native);
    note('chain_portable_transactions_per_s', best.portable);
    note('chain_native_over_portable', best.native / best.portable);
  }, 600_000);
});
