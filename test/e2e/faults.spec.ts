import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { TestCluster, eventually } from '../support/cluster.js';
import { votesOf } from '../support/votes.js';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const documentAbout = (crate: string) => ({
  '@context': context,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-02T03:04:05.000Z',
  epcisBody: {
    eventList: [
      {
        type: 'ObjectEvent',
        eventTime: '2026-01-02T03:04:05.000Z',
        eventTimeZoneOffset: '+00:00',
        epcList: [crate],
        action: 'OBSERVE',
        bizStep: 'storing',
        bizLocation: { id: 'urn:example:place:1' },
      },
    ],
  },
});

describe('faults: what was acknowledged is neither lost nor doubled', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start();
  }, 180_000);
  afterAll(async () => cluster?.close(), 60_000);

  let counter = 0;
  /** What had its 202, and so must appear exactly once. */
  const acknowledged: string[] = [];
  const send = async () => {
    const crate = `urn:example:crate:${++counter}`;
    const location = await (await cluster.client('processor')).send(documentAbout(crate), 'public');
    acknowledged.push(crate);
    return location;
  };
  const allFinal = async (jobs: string[]) => {
    const client = await cluster.client('processor');
    for (const job of jobs) expect(await client.finished(job, 90_000)).toMatchObject({ success: true, errors: [] });
  };
  const crates = async () => {
    const found: string[] = [];
    let next: string | undefined = '/epcis/events?EQ_bizStep=storing&perPage=100';
    while (next !== undefined) {
      const response: Response = await cluster.get(next);
      const body = (await response.json()) as {
        epcisBody: { queryResults: { resultsBody: { eventList: { epcList: string[] }[] } } };
      };
      for (const { epcList } of body.epcisBody.queryResults.resultsBody.eventList) found.push(...epcList);
      next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    return found.sort();
  };
  const expectAllOnce = async () => {
    expect(await crates()).toEqual([...acknowledged].sort());
  };
  const nobodySignedTwice = () => {
    const said = new Map<string, string>();
    for (const node of cluster.deployment.network)
      for (const vote of votesOf(path.join(cluster.home, 'consortium', 'members', node.account, 'nodes', node.name))) {
        const slot = `${node.name} ${vote.type} ${vote.epoch}/${vote.view}`;
        expect(said.get(slot) ?? vote.payload).toBe(vote.payload);
        said.set(slot, vote.payload);
        if (vote.type === 'COMMIT') expect(said.has(`${node.name} IMPEACH ${vote.epoch}/${vote.view}`)).toBe(false);
        if (vote.type === 'IMPEACH') expect(said.has(`${node.name} COMMIT ${vote.epoch}/${vote.view}`)).toBe(false);
      }
    expect(said.size).toBeGreaterThan(0);
  };

  it('goes on when one validator is killed in the middle of captures, and that one catches up', async () => {
    const victim = cluster.deployment.nodes[0]!;
    const jobs = [await send(), await send()];
    await victim.kill();
    for (let i = 0; i < 5; i++) jobs.push(await send());
    await allFinal(jobs);
    await victim.start();
    await eventually('the killed node is at the height of the others', async () => {
      const [own, other] = await Promise.all(
        [0, 1].map((node) => cluster.rpc<{ finalHeight: number }>(node, 'status')),
      );
      return own!.finalHeight >= other!.finalHeight && other!.finalHeight > 0;
    });
    await expectAllOnce();
  }, 180_000);

  it('has everything once after all four validators were killed together, and nobody signed twice', async () => {
    const jobs = [await send(), await send(), await send()];
    await Promise.all(cluster.deployment.nodes.map((node) => node.kill()));
    jobs.push(await send());
    await Promise.all(cluster.deployment.nodes.map((node) => node.start()));
    await allFinal(jobs);
    await expectAllOnce();
    nobodySignedTwice();
  }, 180_000);

  it('sends out what was acknowledged after API and worker were killed', async () => {
    const jobs = [await send(), await send()];
    await Promise.all([cluster.deployment.worker.kill(), cluster.deployment.api.kill()]);
    await Promise.all([cluster.deployment.api.start(), cluster.deployment.worker.start()]);
    await allFinal(jobs);
    await expectAllOnce();
  }, 180_000);

  it('sends the same bytes once it is back when it was killed between signing and submission', async () => {
    const { deployment } = cluster;
    // One node answers the dry run and takes the bytes; alone it makes nothing final, and killed it forgets them.
    await Promise.all(deployment.nodes.slice(0, 3).map((node) => node.kill()));
    const jobs = [await send(), await send()];
    const database = new Client({ connectionString: deployment.postgres.url });
    await database.connect();
    const pending = async () =>
      (
        await database.query<{ tx_id: Buffer; transaction: Buffer }>(
          "SELECT tx_id, transaction FROM outbox WHERE state = 'pending' ORDER BY seq",
        )
      ).rows;
    await eventually('both are signed', async () => (await pending()).length === 2);
    await Promise.all([deployment.worker.kill(), deployment.api.kill(), deployment.nodes[3]!.kill()]);
    const signed = await pending();
    await database.end();
    await Promise.all(deployment.nodes.map((node) => node.start()));
    await Promise.all([deployment.api.start(), deployment.worker.start()]);
    await allFinal(jobs);
    for (const { tx_id: txId, transaction } of signed) {
      const { height, txIndex } = await cluster.rpc<{ height: number; txIndex: number }>(0, 'transaction', {
        txId: txId.toString('hex'),
      });
      const { blocks } = await cluster.rpc<{ blocks: { transactions: string[] }[] }>(0, 'blocks', {
        from: height,
        limit: 1,
      });
      expect(blocks[0]!.transactions[txIndex]).toBe(transaction.toString('base64'));
    }
    await expectAllOnce();
  }, 180_000);

  it('repairs a torn last record of log and block store', async () => {
    const index = 2;
    const node = cluster.deployment.network[index]!;
    await cluster.deployment.nodes[index]!.kill();
    const data = path.join(cluster.home, 'consortium', 'members', node.account, 'nodes', node.name, 'data');
    for (const folder of [path.join(data, 'wal'), path.join(data, 'chain', 'blocks')]) {
      const last = readdirSync(folder).sort().at(-1)!;
      const file = path.join(folder, last);
      truncateSync(file, statSync(file).size - 7);
    }
    await cluster.deployment.nodes[index]!.start();
    await allFinal([await send()]);
    await eventually('the node is where the others are, with the same blocks', async () => {
      const [own, other] = await Promise.all(
        [index, 0].map((which) =>
          cluster.rpc<{ blocks: unknown[]; finalHeight: number }>(which, 'blocks', { from: 1, limit: 200 }),
        ),
      );
      return (
        own!.blocks.length > 5 &&
        JSON.stringify(own!.blocks.slice(0, 30)) === JSON.stringify(other!.blocks.slice(0, 30)) &&
        own!.finalHeight >= other!.finalHeight
      );
    });
    nobodySignedTwice();
    await expectAllOnce();
  }, 120_000);

  it('answers 503 with Retry-After while Postgres is away, and goes on by itself afterwards', async () => {
    const jobs = [await send()];
    await cluster.deployment.postgres.kill();
    const refused = await fetch(new URL('/epcis/capture', cluster.deployment.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${await cluster.key('processor')}`, 'content-type': 'application/json' },
      body: JSON.stringify(documentAbout('urn:example:crate:refused')),
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    await cluster.deployment.postgres.start();
    await eventually('captures are taken again', async () => (jobs.push(await send()), true), 60_000);
    await allFinal(jobs);
    await expectAllOnce();
  }, 180_000);

  it('finds a flipped byte in the middle of a block store and fetches the block anew', async () => {
    const node = cluster.deployment.network[1]!;
    await cluster.deployment.nodes[1]!.stop();
    const folder = path.join(
      cluster.home,
      'consortium',
      'members',
      node.account,
      'nodes',
      node.name,
      'data',
      'chain',
      'blocks',
    );
    const segment = readdirSync(folder)
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file).size > 4_096)
      .sort()[0]!;
    const bytes = readFileSync(segment);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = bytes[at]! ^ 0x40;
    writeFileSync(segment, bytes);
    await cluster.deployment.nodes[1]!.start();
    await eventually('the node serves every block again, the same as another node', async () => {
      const { finalHeight } = await cluster.rpc<{ finalHeight: number }>(0, 'status');
      const [sound, mended] = await Promise.all(
        [0, 1].map((index) => cluster.rpc<{ blocks: unknown[] }>(index, 'blocks', { from: 1, limit: finalHeight })),
      );
      return sound!.blocks.length > 5 && JSON.stringify(mended!.blocks) === JSON.stringify(sound!.blocks);
    });
    expect(readFileSync(path.join(cluster.home, 'logs', `node-${node.name}.log`), 'utf8')).toMatch(/damaged/i);
    await expectAllOnce();
  }, 120_000);
});
