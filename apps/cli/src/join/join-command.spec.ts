import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portableHashing, verifySignature } from '@waymark/accel/portable';
import { parseGenesis, type Genesis } from '@waymark/ledger/chain';
import { judgeNodePass, parseNodePass } from '@waymark/ledger/membership';
import { loadConfig } from '@waymark/node/config';
import { runCommandLine } from '../command-line.js';
import { initialiseConsortium } from '../init/initialise-consortium.js';
import { inventedMembers } from '../init/members.js';

const now = new Date('2026-11-21T12:00:00Z');
const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-join-'));
const at = (...parts: string[]) => path.join(scratch, ...parts);
const account = 'company-1';
let fingerprint = '';
let genesis: Genesis;
let genesisHash: Uint8Array;

beforeAll(async () => {
  const make = (out: string) =>
    initialiseConsortium({ members: inventedMembers(2), out, chainId: 'join-spec', host: '127.0.0.1', portBase: 4300 });
  ({ fingerprint } = await make(at('consortium')));
  await make(at('other'));
  const read = parseGenesis(portableHashing, readFileSync(at('consortium', 'genesis.json')));
  if (!read.ok) throw new Error(read.refusal.code);
  ({ genesis, genesisHash } = read.value);
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const status = await runCommandLine(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
    folder: scratch,
    now: () => now,
  });
  return { status, out, err };
}
const key = (of = 'consortium') => [
  ...['--key', at(of, 'members', account, 'organisation.key.json')],
  ...['--secret', at(of, 'members', account, 'organisation.secret')],
];
const files = (of = 'consortium') => ['--genesis', at(of, 'genesis.json'), '--trust', at(of, 'trust.json')];
const join = (out: string, ...more: string[]) =>
  run('join', ...files(), ...key(), '--peers', 'a.example:4321,[2001:db8::1]:4322', '--out', at(out), ...more);
const keysOf = (account: string) =>
  genesis.organisations.find((one) => one.account === account)?.keys.map((one) => one.publicKey) ?? [];
const passOf = (folder: string, nowMs = now.getTime()) => {
  const read = parseNodePass(new Uint8Array(readFileSync(at(folder, 'node.pass.json'))));
  if (!read.ok) throw new Error(read.refusal.code);
  const judged = judgeNodePass(read.value, { keysOf, genesisHash, p2pKey: read.value.p2pKey, nowMs });
  return {
    pass: read.value,
    holds: judged.ok && verifySignature(judged.value),
    refusal: judged.ok ? '' : judged.refusal.code,
  };
};

describe('waymark join', () => {
  it('makes a node that loads, with a pass that holds, private files private, and tells the fingerprint', async () => {
    const told = await join('node', '--fingerprint', fingerprint.toLowerCase().replaceAll('-', ' '));
    expect([told.status, told.err]).toEqual([0, '']);
    expect(told.out).toContain(fingerprint);
    const loaded = await loadConfig(at('node', 'node.json'));
    expect(loaded.config).toMatchObject({
      name: 'company-1-full',
      account,
      role: 'full',
      peers: [
        { host: 'a.example', port: 4321 },
        { host: '2001:db8::1', port: 4322 },
      ],
      rpc: { host: '127.0.0.1', port: 4310 },
    });
    expect(passOf('node').holds).toBe(true);
    expect(passOf('node', now.getTime() + 366 * 86_400_000).refusal).toBe('NODE_PASS_EXPIRED');
    for (const name of ['node.json', 'node.pass.json', 'tls.key.pem'])
      expect(statSync(at('node', name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(at('node'))).not.toContain('organisation.key.json');
  });

  it('asks for a token where the RPC is not on loopback, unless told that it is open', async () => {
    await join('with-token', '--rpc', '0.0.0.0:4310');
    expect((await loadConfig(at('with-token', 'node.json'))).rpcToken).toMatch(/^[0-9a-f]{64}$/);
    await join('open', '--rpc', '0.0.0.0:4310', '--rpc-open');
    expect(await loadConfig(at('open', 'node.json'))).toMatchObject({
      rpcToken: null,
      config: { rpc: { open: true } },
    });
  });

  it('makes a new pass for the same node key, and leaves the rest as it is', async () => {
    const before = passOf('node').pass;
    const settings = readFileSync(at('node', 'node.json'), 'utf8');
    const told = await run('join', '--renew', ...key(), '--out', at('node'), '--days', '30');
    expect([told.status, told.err]).toEqual([0, '']);
    expect(told.out).toContain('good until 2026-12-21');
    expect(passOf('node')).toMatchObject({ holds: true, pass: { p2pKey: before.p2pKey, node: before.node } });
    expect(readFileSync(at('node', 'node.json'), 'utf8')).toBe(settings);
  });

  it.each([
    ['another fingerprint than was told', () => join('a', '--fingerprint', '0000-0000-0000-0000'), 'GENESIS_FOREIGN'],
    [
      'a trust root of another consortium',
      () =>
        run(
          ...['join', '--genesis', at('consortium', 'genesis.json'), '--trust', at('other', 'trust.json')],
          ...[...key(), '--peers', 'a.example:1', '--out', at('b')],
        ),
      'GENESIS_FOREIGN',
    ],
    [
      'a key that this consortium does not know',
      () => run('join', ...files(), ...key('other'), '--peers', 'a.example:1', '--out', at('c')),
      'is not the one that this consortium knows',
    ],
    ['a folder that is taken', () => join('consortium'), 'is not empty'],
  ])('stops at %s, in one sentence, and writes nothing', async (_what, act, sentence) => {
    const before = readdirSync(scratch).sort();
    const told = await act();
    expect(told.status).toBe(1);
    expect(told.err).toContain(sentence);
    expect(told.err.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(scratch).sort()).toEqual(before);
  });

  it('stops when the secret does not open the key', async () => {
    writeFileSync(at('wrong.secret'), 'f'.repeat(64));
    const told = await run(
      ...[
        'join',
        ...files(),
        ...key().slice(0, 2),
        '--secret',
        at('wrong.secret'),
        '--peers',
        'a.example:1',
        '--out',
        at('d'),
      ],
    );
    expect([told.status, told.err]).toEqual([1, expect.stringContaining('does not open the key of company-1')]);
  });

  it.each([
    [['--peers', 'a.example'], 'host:port'],
    [['--days', '500'], '1 to 400'],
    [['--node', 'A B'], '--node'],
  ])('says what is wrong with %j', async (more, sentence) => {
    const told = await run('join', ...files(), ...key(), '--peers', 'a.example:1', '--out', at('e'), ...more);
    expect(told.status).toBe(2);
    expect(told.err).toContain(sentence);
  });
});
