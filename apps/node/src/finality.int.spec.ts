import { afterEach, describe, expect, it } from '@jest/globals';
import { cp, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { callRpc, noteTransaction, TestConsortium, testParameters, until } from './testing/consortium.js';

type State = { readonly state: string; readonly height?: number };

let consortium: TestConsortium;
afterEach(async () => {
  await consortium.close();
});

const url = (index: number): string => consortium.rpcUrls[index] as string;
const stateOf = (index: number, txId: string): Promise<State> => callRpc<State>(url(index), 'transaction', { txId });
const finalAt = (index: number, txId: string): Promise<void> =>
  until(
    `transaction ${txId.slice(0, 8)} is final at node ${index}`,
    async () => (await stateOf(index, txId)).state === 'final',
  );
const statusOf = (index: number): Promise<{ finalHeight: number; finalHash: string; quarantined: boolean }> =>
  callRpc(url(index), 'status');

/** Every height's block hash is the same on all nodes that have it, and no node ended in a fault. */
async function agree(): Promise<void> {
  expect(consortium.fatals).toEqual([]);
  const chains = await Promise.all(
    consortium.nodes.flatMap((node, index) =>
      node === null ? [] : [callRpc<{ headers: string[] }>(url(index), 'headers', { from: 1, limit: 2_000 })],
    ),
  );
  const longest = chains.map(({ headers }) => headers).sort((a, b) => b.length - a.length)[0] ?? [];
  for (const { headers } of chains) expect(headers).toEqual(longest.slice(0, headers.length));
}

describe('four validators over TLS with their own files', () => {
  it('make final on all of them what one of them was given', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    const txId = await consortium.finalize(['hello']);
    for (let index = 0; index < 4; index += 1) await finalAt(index, txId);
    const receipts = await Promise.all(consortium.rpcUrls.map((each) => callRpc(each, 'transaction', { txId })));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    await agree();
  }, 40_000);

  it('go on when one is killed, and take it back in', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    await consortium.finalize(['one']);
    await consortium.stop(2);
    const while2Away = await consortium.finalize(['two'], 'importer', 1);
    await consortium.finalize(['three'], 'farm', 0);
    await consortium.start(2);
    await finalAt(2, while2Away);
    const after = await consortium.finalize(['four'], 'processor', 2);
    for (let index = 0; index < 4; index += 1) await finalAt(index, after);
    expect((await statusOf(2)).quarantined).toBe(false);
    await agree();
  }, 60_000);

  it('keep everything when all of them are stopped and started', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    const txIds = [await consortium.finalize(['a']), await consortium.finalize(['b'], 'farm', 1)];
    const before = await statusOf(0);
    await consortium.stopAll();
    await consortium.startAll();
    for (const txId of txIds) for (let index = 0; index < 4; index += 1) await finalAt(index, txId);
    expect((await statusOf(0)).finalHeight).toBeGreaterThanOrEqual(before.finalHeight);
    await consortium.finalize(['c'], 'importer', 3);
    await agree();
  }, 60_000);

  it('let one that was away for long catch up by ranges', async () => {
    consortium = await TestConsortium.make({ parameters: { minBlockMs: 1, slotMs: 10 } });
    await consortium.start(0);
    await consortium.start(1);
    await consortium.start(2);
    await until('two hundred blocks', () => (consortium.nodes[0]?.finalHeight() ?? 0) > 200, 60_000);
    const txId = await consortium.finalize(['far ahead']);
    await consortium.start(3);
    await finalAt(3, txId);
    const after = await consortium.finalize(['together again'], 'importer', 3);
    await finalAt(0, after);
    await agree();
  }, 120_000);

  it('bring a full node along, which signs nothing and hands transactions on', async () => {
    consortium = await TestConsortium.make({ observers: 1 });
    await consortium.startAll();
    const txId = await consortium.finalize(['by way of a full node'], 'processor', 4, 0);
    await finalAt(4, txId);
    await agree();
  }, 60_000);

  it('fetch anew a stored block in which a byte has flipped', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    const { bytes, txId } = noteTransaction(consortium.genesis, 'processor', ['x'.repeat(400)]);
    await callRpc(url(0), 'submitTransaction', { transaction: Buffer.from(bytes).toString('base64') });
    await finalAt(1, txId);
    await consortium.finalize(['later']);
    await consortium.stop(1);
    const blocks = join(consortium.dataDirs[1] as string, 'chain', 'blocks');
    const [segment] = await readdir(blocks);
    const handle = await open(join(blocks, segment as string), 'r+');
    const content = await handle.readFile();
    const at = content.indexOf('xxxxxxxx');
    expect(at).toBeGreaterThan(0);
    await handle.write(Buffer.from('y'), 0, 1, at + 100);
    await handle.close();
    await consortium.start(1);
    const { height } = await stateOf(1, txId);
    await until('the block is whole again', async () => {
      try {
        const feed = await callRpc<{ blocks: { transactions: string[] }[] }>(url(1), 'blocks', {
          from: height,
          limit: 1,
        });
        return feed.blocks[0]?.transactions[0] === Buffer.from(bytes).toString('base64');
      } catch (error) {
        expect(error).toMatchObject({ rpc: { code: -32001 } });
        return false;
      }
    });
    expect(consortium.fatals).toEqual([]);
  }, 60_000);

  it('silence a key whose sign-state was lost, until its peers have shown where they stand', async () => {
    consortium = await TestConsortium.make();
    await consortium.startAll();
    await consortium.finalize(['before']);
    await consortium.stop(3);
    await rm(join(consortium.dataDirs[3] as string, 'signer'), { recursive: true });
    const node = await consortium.start(3);
    expect(node.summary().quarantined).toBe(true);
    await until('quarantine ends', () => node.summary().quarantined === false, 30_000);
    // It signs again above the views in which its peers were; the chain has to get there first.
    const { floor } = node.summary();
    for (let more = 1; node.summary().view <= floor + 1; more += 1) await consortium.finalize([`more ${more}`]);
    await consortium.stop(0);
    // Three are left: without the vote of the one that came back nothing would become final.
    await consortium.finalize(['after'], 'farm', 1);
    await agree();
  }, 90_000);

  it('silence a key whose node was put back from a copy, and release it over sessions opened since', async () => {
    consortium = await TestConsortium.make();
    const own = consortium.dataDirs[3] as string;
    const copy = join(consortium.dir, 'copy');
    await consortium.startAll();
    await consortium.finalize(['before']);
    await consortium.stop(3);
    await cp(own, copy, { recursive: true });
    await consortium.start(3);
    await consortium.finalize(['later'], 'farm', 3);
    // Two of four get nowhere: both give up the view, and each keeps what the other signed.
    await consortium.stop(1);
    await consortium.stop(2);
    const { slotMs, deltaMs } = testParameters;
    await new Promise((resolve) => setTimeout(resolve, 2 * (slotMs + 12 * deltaMs)));
    await consortium.stop(3);
    await rm(own, { recursive: true });
    await cp(copy, own, { recursive: true });
    const node = await consortium.start(3);
    // Its records agree with one another: only a peer knows of later signatures, and shows them.
    await until('it is silenced', () => node.summary().quarantined);
    await consortium.start(1);
    await consortium.start(2);
    await until('it is released', () => !node.summary().quarantined);
    const { floor } = node.summary();
    for (let more = 1; node.summary().view <= floor + 1; more += 1) await consortium.finalize([`more ${more}`]);
    await consortium.stop(0);
    await consortium.finalize(['after'], 'farm', 1);
    await agree();
  }, 90_000);
});
