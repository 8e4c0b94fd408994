import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, TestCluster, waymark } from '../support/cluster.js';
import { MemberSite } from '../support/member-site.js';

interface Status {
  readonly finalHeight: number;
  readonly finalHash: string;
  readonly genesisHash: string;
}
interface Story {
  readonly records: readonly { readonly txId: string; readonly content: string }[];
}

describe('a company that has no node joins a running consortium', () => {
  let cluster: TestCluster;
  let site: MemberSite;
  let capturing: Promise<void>;
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'waymark-elsewhere-'));
  beforeAll(async () => {
    cluster = await TestCluster.start();
    capturing = cluster.captureSample();
  }, 180_000);
  afterAll(async () => {
    await site?.close();
    await cluster?.close();
    rmSync(elsewhere, { recursive: true, force: true });
  }, 60_000);

  const validator = () => cluster.rpc<Status>(0, 'status');
  const can = () => encodeURIComponent(`https://id.gs1.org${cluster.sample.canPath}`);
  const storyAt = async (api: string) => (await (await fetch(`${api}/story?id=${can()}`)).json()) as Story;

  it('follows from height 0 while the others capture, with nothing changed at theirs', async () => {
    const configs = () => cluster.deployment.nodes.map(({ plan }) => readFileSync(plan.args?.[1] as string, 'utf8'));
    const before = configs();
    site = await MemberSite.join(cluster, 'hatchery');
    await site.node.start();
    await capturing;
    await eventually('the full node has what is final', async () => {
      const [theirs, own] = [await validator(), await site.rpc<Status>('status')];
      return own.finalHeight >= 5 && theirs.finalHeight - own.finalHeight <= 2;
    });
    expect(configs()).toEqual(before);
  }, 120_000);

  let api: string;
  it('shows and proves the same by its own database', async () => {
    api = await site.serve(path.join(cluster.home, 'gateway'));
    const theirs = await storyAt(cluster.deployment.apiUrl);
    expect(theirs.records.length).toBeGreaterThan(20);
    await eventually(
      'its API tells the same story',
      async () => {
        const own = await storyAt(api);
        return JSON.stringify(own.records) === JSON.stringify(theirs.records);
      },
      60_000,
    );
    const evidence = await (await fetch(`${api}/evidence?id=${can()}`)).text();
    const file = path.join(cluster.home, 'evidence.json');
    writeFileSync(file, evidence);
    const verdict = await waymark('verify', file, '--trust', cluster.trustFile);
    expect(verdict.stderr).toBe('');
    expect(verdict.status).toBe(0);
  }, 120_000);

  it('comes back after kill -9, with what was final meanwhile', async () => {
    await site.node.kill();
    const { finalHeight } = await validator();
    await eventually('the others go on', async () => (await validator()).finalHeight >= finalHeight + 2);
    await site.node.start();
    await eventually('it caught up', async () => {
      const [theirs, own] = [await validator(), await site.rpc<Status>('status')];
      return own.finalHeight >= finalHeight + 2 && theirs.finalHeight - own.finalHeight <= 2;
    });
    const own = await site.rpc<Status>('status');
    const header = await cluster.rpc<{ headers: string[] }>(1, 'headers', { from: own.finalHeight, limit: 1 });
    const same = await site.rpc<{ headers: string[] }>('headers', { from: own.finalHeight, limit: 1 });
    expect(same.headers).toEqual(header.headers);
  }, 120_000);

  it('tells with a wrong genesis what is wrong, follows nothing, and does not knock without end', async () => {
    const members = path.join(cluster.home, 'members.json');
    writeFileSync(members, JSON.stringify(cluster.sample.members));
    const other = path.join(elsewhere, 'consortium');
    expect((await waymark('init', '--members', members, '--out', other)).status).toBe(0);
    const refused = await waymark(
      ...['join', '--genesis', path.join(other, 'genesis.json'), '--trust', cluster.trustFile],
      ...['--key', path.join(other, 'members', 'hatchery', 'organisation.key.json')],
      ...['--secret', path.join(other, 'members', 'hatchery', 'organisation.secret')],
      ...['--peers', '127.0.0.1:1', '--out', path.join(elsewhere, 'node')],
    );
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('GENESIS_FOREIGN')]);
    const stranger = await MemberSite.join(cluster, 'hatchery', { files: other, name: 'stranger' });
    try {
      await stranger.node.start();
      await eventually('its health says so', async () => {
        const health = await fetch(`${stranger.rpcUrl}/health`);
        return health.status === 503 && (await health.text()).includes('GENESIS_FOREIGN');
      });
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect((await stranger.rpc<Status>('status')).finalHeight).toBe(0);
      const lines = stranger.log.split('\n').filter((line) => line.includes('GENESIS_FOREIGN'));
      expect(lines).toHaveLength(cluster.deployment.network.length);
    } finally {
      await stranger.close();
    }
  }, 120_000);

  it('is not let in with a pass that was forged', async () => {
    const forged = await MemberSite.join(cluster, 'hatchery', { name: 'forged' });
    const passFile = path.join(path.dirname(forged.config), 'node.pass.json');
    const pass = JSON.parse(readFileSync(passFile, 'utf8')) as { expiresMs: number };
    writeFileSync(passFile, readFileSync(passFile, 'utf8').replace(String(pass.expiresMs), String(pass.expiresMs + 1)));
    try {
      await forged.node.start();
      await eventually('its health says so', async () =>
        (await (await fetch(`${forged.rpcUrl}/health`)).text()).includes('NODE_PASS_SIGNATURE_INVALID'),
      );
      expect((await forged.rpc<Status>('status')).finalHeight).toBe(0);
    } finally {
      await forged.close();
    }
  }, 60_000);
});
