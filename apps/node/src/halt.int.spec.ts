import { afterEach, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHaltMark, writeHaltMark } from './host/halt-mark.js';
import { callRpc, noteTransaction, TestConsortium, until } from './testing/consortium.js';

let consortium: TestConsortium | undefined;
afterEach(async () => {
  await consortium?.close();
  consortium = undefined;
}, 30_000);

describe('a node that an alarm stopped', () => {
  it('keeps the first cause, and takes a mark that cannot be read for one', async () => {
    consortium = await TestConsortium.make({ validators: 1 });
    const dir = consortium.dataDirs[0] as string;
    expect(readHaltMark(dir)).toBeNull();
    const mark = { code: 'FINALITY_CONFLICT', timeMs: 7, facts: { height: 4 } };
    writeHaltMark(dir, mark);
    writeHaltMark(dir, { ...mark, code: 'STATE_DIVERGENCE' });
    expect(readHaltMark(dir)).toEqual(mark);
    writeFileSync(join(dir, 'halted.json'), '{');
    expect(readHaltMark(dir)?.code).toBe('UNREADABLE');
  });

  it('stays stopped over a restart: no vote, no write, no new block, but what it has; the others go on; a person lets it go', async () => {
    consortium = await TestConsortium.make();
    const own = consortium;
    await own.startAll();
    const txId = await own.finalize(['before']);
    const dir = own.dataDirs[1] as string;
    await own.stop(1);
    writeHaltMark(dir, { code: 'FINALITY_CONFLICT', timeMs: Date.now(), facts: {} });
    const halted = await own.start(1);
    const height = halted.finalHeight();
    await own.finalize(['the others go on']);
    const url = own.rpcUrls[1] as string;
    expect((await fetch(`${url}/health`)).status).toBe(503);
    expect((await callRpc(url, 'status'))['halted']).toBe(true);
    expect((await callRpc(url, 'transaction', { txId }))['state']).toBe('final');
    const { bytes } = noteTransaction(own.genesis, 'farm', ['to the halted one']);
    await expect(
      callRpc(url, 'submitTransaction', { transaction: Buffer.from(bytes).toString('base64') }),
    ).rejects.toThrow('stopped after an alarm');
    expect(halted.finalHeight()).toBe(height);
    await own.stop(1);
    rmSync(join(dir, 'halted.json'));
    const back = await own.start(1);
    await until(
      'it follows again',
      () => back.finalHeight() >= (own.nodes[0]?.finalHeight() ?? 0) && back.finalHeight() > height,
    );
    expect(own.fatals).toEqual([]);
  }, 60_000);
});
