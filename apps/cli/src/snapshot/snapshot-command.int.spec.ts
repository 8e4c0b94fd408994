import { access, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nativeHashing } from '@waymark/accel/node';
import { encodeTrustRoot, trustRootOf, type TrustRoot } from '@waymark/ledger/chain';
import { fromUtf8, toBase64, utf8 } from '@waymark/ledger/primitives';
import { verifyEvidence, verifyHistoryState, verifyKeyState } from '@waymark/light-client';
import { callRpc, TestConsortium, until } from '../../../node/src/testing/consortium.js';
import { runCommandLine } from '../command-line.js';

/** One validator that makes blocks, and a full node that begins with its snapshot. */
describe('waymark snapshot', () => {
  let consortium: TestConsortium;
  let trust: TrustRoot;
  let evidence: unknown;
  let first: string;
  beforeAll(async () => {
    consortium = await TestConsortium.make({
      validators: 1,
      observers: 1,
      parameters: { slotMs: 60, minBlockMs: 10 },
      limits: { segmentBytesMax: 65_536 },
    });
    trust = trustRootOf(nativeHashing, consortium.genesis.genesis);
    await writeFile(path.join(consortium.dir, 'trust.json'), encodeTrustRoot(trust));
    await consortium.start(0);
    first = await consortium.finalize(['an early note']);
    await grow(2);
    evidence = await call('proof', { txIds: [first] });
    await consortium.finalize(['a later note']);
    await grow(20);
  }, 60_000);
  afterAll(() => consortium.close());

  const call = <T>(method: string, params: object = {}, at = 0): Promise<T> =>
    callRpc<T>(consortium.rpcUrls[at] as string, method, params);
  const heightOf = async (at = 0): Promise<number> =>
    (await call<{ finalHeight: number }>('status', {}, at)).finalHeight;
  async function grow(blocks: number): Promise<void> {
    const goal = (await heightOf()) + blocks;
    await until(`height ${goal}`, async () => (await heightOf()) >= goal, 60_000);
  }
  async function waymark(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const code = await runCommandLine([...args, '--lang', 'en'], {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      env: {},
      folder: consortium.dir,
      now: () => new Date(),
    });
    return { code, ...said };
  }
  const node = (at: number): string => consortium.configs[at] as string;
  const trusted = ['--trust', 'trust.json'];
  const within = (...parts: string[]): string => path.join(consortium.dir, ...parts);
  const noteAt = async (at: number, text: string): Promise<ReturnType<typeof verifyKeyState>> =>
    verifyKeyState(await call('stateProof', { module: 9, key: toBase64(utf8(text)) }, at), utf8(`\x09${text}`), trust, {
      nowMs: Date.now(),
    });

  it('writes the state of a stopped node, and of no other', async () => {
    const running = await waymark('snapshot', 'export', '--node', node(0), '--out', 'early');
    expect([running.code, running.err]).toEqual([1, expect.stringContaining('Stop it first')]);
    await consortium.stop(0);
    const done = await waymark('snapshot', 'export', '--node', node(0), '--out', 'snapshot');
    expect([done.code, done.err, done.out]).toEqual([
      0,
      '',
      expect.stringMatching(/^The state after block \d+ is written/),
    ]);
    const again = await waymark('snapshot', 'export', '--node', node(0), '--out', 'snapshot');
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('nothing is overwritten')]);
    const never = await waymark('snapshot', 'export', '--node', node(1), '--out', 'other');
    expect([never.code, never.err]).toEqual([1, expect.stringContaining('never ran')]);
    const verified = await waymark('snapshot', 'verify', 'snapshot', ...trusted);
    expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^VERIFIED\n[^]*entries: the state of/)]);
  });

  it('refuses one flipped byte, wherever it is, with a code, and begins no node with it', async () => {
    const files = await readdir(within('snapshot'));
    const chunk = files.find((name) => name.endsWith('.chunk')) as string;
    const bent = async (file: string, change: (content: Buffer) => Buffer | null): Promise<void> => {
      await rm(within('bent'), { recursive: true, force: true });
      await cp(within('snapshot'), within('bent'), { recursive: true });
      const content = change(await readFile(within('bent', file)));
      if (content === null) await rm(within('bent', file));
      else await writeFile(within('bent', file), content);
    };
    const flip = (at: number) => (content: Buffer) => {
      const place = at < 0 ? content.length + at : at;
      content[place] = (content[place] as number) ^ 1;
      return content;
    };
    const manifest = (change: (value: Record<string, unknown>) => void) => (content: Buffer) => {
      const value = JSON.parse(content.toString()) as Record<string, unknown>;
      change(value);
      return Buffer.from(JSON.stringify(value));
    };
    const flipped = (text: unknown, at: number): string =>
      flip(at)(Buffer.from(text as string, 'base64')).toString('base64');
    const cases: [string, string, (content: Buffer) => Buffer | null][] = [
      ['SNAPSHOT_CHUNK_DAMAGED', chunk, flip(0)],
      ['SNAPSHOT_CHUNK_DAMAGED', chunk, flip(700)],
      ['SNAPSHOT_CHUNK_DAMAGED', chunk, flip(-1)],
      ['SNAPSHOT_CHUNK_DAMAGED', chunk, (content) => content.subarray(0, -1)],
      ['SNAPSHOT_CHUNK_MISSING', chunk, () => null],
      ['SNAPSHOT_MALFORMED', 'manifest.json', flip(0)],
      ['SNAPSHOT_MALFORMED', 'manifest.json', manifest((value) => (value['more'] = 1))],
      ['TRUST_ROOT_FOREIGN', 'manifest.json', manifest((value) => (value['chainId'] = 'another'))],
      [
        'SNAPSHOT_HEADER_FOREIGN',
        'manifest.json',
        manifest((value) => (value['height'] = (value['height'] as number) + 1)),
      ],
      [
        'SNAPSHOT_HEADER_FOREIGN',
        'manifest.json',
        manifest((value) => (value['header'] = flipped(value['header'], 300))),
      ],
      [
        'SNAPSHOT_HISTORY_INVALID',
        'manifest.json',
        manifest((value) => (value['history'] = flipped(value['history'], 20))),
      ],
      ['SNAPSHOT_RECEIPTS_INVALID', 'manifest.json', manifest((value) => (value['receipts'] = ['AAAA']))],
      [
        'CERTIFICATE_INVALID',
        'manifest.json',
        manifest((value) => {
          const anchor = value['anchor'] as { header: string };
          anchor.header = flipped(anchor.header, 400);
        }),
      ],
    ];
    for (const [code, file, change] of cases) {
      await bent(file, change);
      const refused = expect.stringMatching(new RegExp(`^REFUSED: ${code}\\n\\S`));
      const verified = await waymark('snapshot', 'verify', 'bent', ...trusted);
      expect([verified.code, verified.out]).toEqual([1, refused]);
      const imported = await waymark('snapshot', 'import', 'bent', '--node', node(1), ...trusted);
      expect([imported.code, imported.out]).toEqual([1, refused]);
    }
    // A chunk that its manifest names rightly, with one entry changed: only the root tells.
    await bent(chunk, (content) => flip(-1)(content));
    const content = await readFile(within('bent', chunk));
    const path_ = within('bent', 'manifest.json');
    const value = JSON.parse(await readFile(path_, 'utf8')) as { chunks: { sha256: string }[] };
    (value.chunks[0] as { sha256: string }).sha256 = Buffer.from(nativeHashing.sha256(content)).toString('hex');
    await writeFile(path_, JSON.stringify(value));
    const forged = await waymark('snapshot', 'import', 'bent', '--node', node(1), ...trusted);
    expect([forged.code, forged.out]).toEqual([1, expect.stringMatching(/^REFUSED: SNAPSHOT_STATE_INVALID\n/)]);
    await expect(access(path.join(consortium.dataDirs[1] as string, 'chain'))).rejects.toThrow('ENOENT');
    await expect(access(path.join(consortium.dataDirs[1] as string, 'chain.importing'))).rejects.toThrow('ENOENT');
  }, 60_000);

  it('is what a new node begins with: it follows the chain and proves the state', async () => {
    const done = await waymark('snapshot', 'import', 'snapshot', '--node', node(1), ...trusted);
    expect([done.code, done.err, done.out]).toEqual([0, '', expect.stringContaining('The node begins with block')]);
    const again = await waymark('snapshot', 'import', 'snapshot', '--node', node(1), ...trusted);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('holds a chain already')]);
    await consortium.startAll();
    await consortium.finalize(['after the snapshot'], 'processor', 0, 1);
    const goal = await heightOf();
    await until('the full node follows', async () => (await heightOf(1)) >= goal + 2, 30_000);
    for (const text of ['an early note', 'a later note', 'after the snapshot']) {
      const verdict = await noteAt(1, text);
      expect(verdict.ok && fromUtf8(verdict.present?.value as Uint8Array)).toBe('processor');
    }
    const height = await heightOf(1);
    const [ours, theirs] = await Promise.all(
      [0, 1].map((at) => call<{ headers: string[] }>('headers', { from: height - 1, limit: 1 }, at)),
    );
    expect(ours).toEqual(theirs);
    const pruned = { rpc: { code: -32000, data: { code: 'BLOCK_PRUNED' } } };
    await expect(call('blocks', { from: 1 }, 1)).rejects.toMatchObject(pruned);
    await expect(call('headers', { from: 1, limit: 1 }, 1)).rejects.toMatchObject(pruned);
    await consortium.stop(1);
    await consortium.start(1);
    await consortium.finalize(['after a restart'], 'processor', 0, 1);
    expect(consortium.fatals).toEqual([]);
  }, 60_000);

  it('lets blocks behind it go, while proof files made before still verify', async () => {
    const early = await waymark('snapshot', 'prune', 'snapshot', '--node', node(0), ...trusted);
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('Stop it first')]);
    await grow(110);
    await consortium.stop(0);
    const blocks = path.join(consortium.dataDirs[0] as string, 'chain', 'blocks');
    const before = (await readdir(blocks)).length;
    const done = await waymark('snapshot', 'prune', 'snapshot', '--node', node(0), '--values', ...trusted);
    expect([done.code, done.err, done.out]).toEqual([0, '', expect.stringContaining('still verify')]);
    // The file that is written to stays, also where all fits into one.
    expect((await readdir(blocks)).length).toBeLessThanOrEqual(before);
    await consortium.start(0);
    const pruned = { rpc: { code: -32000, data: { code: 'BLOCK_PRUNED' } } };
    await expect(call('proof', { txIds: [first] })).rejects.toMatchObject(pruned);
    await expect(call('transaction', { txId: first })).rejects.toMatchObject(pruned);
    await expect(call('blocks', { from: 1 })).rejects.toMatchObject(pruned);
    const verdict = verifyEvidence(evidence, trust, { nowMs: Date.now() });
    expect(verdict.ok && verdict.records.map(({ bytes }) => fromUtf8(bytes))).toEqual(['an early note']);
    // Its block is still part of the history that the newest header names.
    expect(await call('historyProof', { heights: [1] })).toMatchObject({ headers: [{ height: 1 }] });
    const note = await noteAt(0, 'an early note');
    expect(note.ok && note.present?.value).toBeTruthy();
    const key = utf8('\x09an early note');
    const history = verifyHistoryState(
      await call('stateHistory', { module: 9, key: toBase64(key.subarray(1)) }),
      { key },
      trust,
      { nowMs: Date.now() },
    );
    expect(history.ok && history.versions).toHaveLength(1);
    await consortium.finalize(['and it goes on']);
    expect(consortium.fatals).toEqual([]);
  }, 90_000);
});
