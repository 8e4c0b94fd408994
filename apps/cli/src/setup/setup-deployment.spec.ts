import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portableHashing, publicKeyOf } from '@waymark/accel/portable';
import { openKey } from '@waymark/api/sealed-key';
import { parseGenesis } from '@waymark/ledger/chain';
import { fromHex, toHex } from '@waymark/ledger/primitives';
import { nodeConfigSchema } from '@waymark/node/config';
import { inventedMembers, type Members } from '../init/members.js';
import type { SetUp } from './first-run.js';
import { setUpDeployment } from './setup-deployment.js';
import { peersFrom, setUpMember } from './setup-member.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-setup-spec-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const trader: Members[number] = {
  account: 'trader',
  name: { en: 'Trader', 'zh-CN': '贸易商' },
  role: 'company',
  companyPrefixes: ['9529999'],
};
const members: Members = [...inventedMembers(4), trader];
const setUp = (root: string, who: Members = members) =>
  setUpDeployment({ members: who, root: path.join(scratch, root), chainId: 'waymark-spec', entrust: ['company-1'] });
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'made',
    (error: Error) => `${error.name}: ${error.message}`,
  );
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
const bytesOf = (folder: string) =>
  Object.fromEntries(filesOf(folder).map((file) => [file, readFileSync(path.join(folder, file)).toString('base64')]));

describe('the first run of a deployment', () => {
  let first: SetUp;
  const at = (...parts: string[]) => path.join(scratch, 'whole', ...parts);
  beforeAll(async () => {
    first = await setUp('whole');
  });

  it('puts what belongs to one owner into one volume, and no key anywhere else', async () => {
    expect(readdirSync(scratch)).toContain('whole');
    expect(filesOf(at('public'))).toEqual(['.waymark-place.json', 'genesis.json', 'network.json', 'trust.json']);
    expect(filesOf(at('database'))).toEqual(['.waymark-place.json', 'password', 'url']);
    expect(filesOf(at('ledger'))).toEqual(['.waymark-place.json', 'token']);
    expect(filesOf(at('accounts'))).toEqual(['.waymark-place.json', 'secret']);
    expect(filesOf(at('gateway'))).toEqual(['.waymark-place.json', 'keys/company-1.key.json', 'secret']);
    expect(filesOf(at('organisations'))).toEqual([
      '.waymark-place.json',
      'trader/organisation.key.json',
      'trader/organisation.secret',
    ]);
    for (const n of [1, 2, 3, 4]) {
      expect(filesOf(at(`member-${n}`, 'keys'))).toEqual([
        '.waymark-place.json',
        'consensus.key',
        'node.json',
        'tls.cert.pem',
        'tls.key.pem',
      ]);
      expect(filesOf(at(`member-${n}`, 'organisation'))).toEqual([
        '.waymark-place.json',
        'organisation.key.json',
        'organisation.secret',
      ]);
      expect(filesOf(at(`member-${n}`, 'data'))).toEqual(['.waymark-place.json', 'signer/sign.a', 'signer/sign.b']);
    }
    const secret = readFileSync(at('gateway', 'secret'), 'utf8');
    const sealed: unknown = JSON.parse(readFileSync(at('gateway', 'keys', 'company-1.key.json'), 'utf8'));
    expect((await openKey(sealed, secret)).account).toBe('company-1');
  });

  it('gives every node the key that genesis names for it, and an RPC that asks for a token on a name of the internal network', () => {
    const parsed = parseGenesis(portableHashing, readFileSync(at('public', 'genesis.json')));
    if (!parsed.ok) throw new Error(parsed.refusal.code);
    for (const n of [1, 2, 3, 4]) {
      const config = nodeConfigSchema.parse(JSON.parse(readFileSync(at(`member-${n}`, 'keys', 'node.json'), 'utf8')));
      const seed = fromHex(readFileSync(at(`member-${n}`, 'keys', 'consensus.key'), 'utf8').trim());
      const seat = parsed.value.genesis.validators.find(({ account }) => account === config.account);
      expect(toHex(publicKeyOf(seed))).toBe(seat?.consensusKey);
      expect(config.rpc).toMatchObject({ host: `node-${n}-rpc`, tokenFile: '/waymark/ledger/token', open: false });
    }
  });

  it('lets nobody but the owner read keys and passwords', () => {
    for (const file of ['database/password', 'queue/url', 'gateway/secret', 'member-1/keys/consensus.key'])
      expect(statSync(at(file)).mode & 0o077).toBe(0);
  });

  it('is not repeated: the second run writes nothing and tells the same consortium', async () => {
    const before = bytesOf(at());
    expect(await setUp('whole')).toEqual({ ...first, made: false });
    expect(bytesOf(at())).toEqual(before);
  });

  it('says which volume is empty, so that a lost one is seen and a handed-over one may be', async () => {
    rmSync(at('member-2', 'organisation'), { recursive: true });
    expect((await setUp('whole')).missing).toEqual(['member-2-organisation']);
  });
});

describe('a set-up that was interrupted', () => {
  it('is done anew: nothing had been started with what it left', async () => {
    const first = await setUp('torn');
    const root = path.join(scratch, 'torn');
    // As after a kill between the volumes and the public files: their mark still says "unfinished".
    const mark = path.join(root, 'public', '.waymark-place.json');
    writeFileSync(mark, readFileSync(mark, 'utf8').replace('"done"', '"unfinished"'));
    unlinkSync(path.join(root, 'member-3', 'keys', 'consensus.key'));
    const second = await setUp('torn');
    expect(second.made).toBe(true);
    expect(second.genesisHash).not.toBe(first.genesisHash);
    expect(existsSync(path.join(root, 'member-3', 'keys', 'consensus.key'))).toBe(true);
  });
});

describe('a set-up writes nothing', () => {
  it('when a volume holds something of somebody else', async () => {
    const thesis = path.join(scratch, 'foreign', 'member-2', 'data');
    mkdirSync(thesis, { recursive: true });
    writeFileSync(path.join(thesis, 'thesis.txt'), 'years of work');
    expect(await reasonOf(setUp('foreign'))).toMatch(/CommandStopped: .*"member-2-data" is not empty/);
    expect(filesOf(path.join(scratch, 'foreign'))).toEqual(['member-2/data/thesis.txt']);
  });

  it('when there are keys of members but the public files are lost', async () => {
    await setUp('lost');
    const root = path.join(scratch, 'lost');
    rmSync(path.join(root, 'public'), { recursive: true });
    const before = bytesOf(root);
    expect(await reasonOf(setUp('lost'))).toMatch(/Restore "public" from its backup/);
    expect(bytesOf(root)).toEqual(before);
  });

  it('when a volume is that of another consortium', async () => {
    await setUp('one');
    await setUp('two');
    rmSync(path.join(scratch, 'one', 'member-1', 'keys'), { recursive: true });
    mkdirSync(path.join(scratch, 'one', 'member-1', 'keys'));
    for (const file of filesOf(path.join(scratch, 'two', 'member-1', 'keys')))
      writeFileSync(
        path.join(scratch, 'one', 'member-1', 'keys', file),
        readFileSync(path.join(scratch, 'two', 'member-1', 'keys', file)),
      );
    expect(await reasonOf(setUp('one'))).toMatch(/"member-1-keys" belongs to another consortium/);
  });

  it('when the members file does not name four nodes', async () => {
    expect(await reasonOf(setUp('three', inventedMembers(3)))).toMatch(/places for 4 validator nodes.*names 3/);
    expect(filesOf(path.join(scratch, 'three'))).toEqual([]);
  });
});

describe("the first run of a member's own deployment", () => {
  const root = path.join(scratch, 'member');
  const files = path.join(scratch, 'member-files');
  const join = (more: Partial<Parameters<typeof setUpMember>[0]> = {}) =>
    setUpMember({
      files,
      root,
      peers: [{ host: 'node-1', port: 4320 }],
      node: undefined,
      days: 30,
      now: new Date(),
      ...more,
    });
  let whole: SetUp;
  beforeAll(async () => {
    whole = await setUp('founders');
    mkdirSync(files);
    const from = path.join(scratch, 'founders');
    for (const file of [
      'public/genesis.json',
      'public/trust.json',
      'organisations/trader/organisation.key.json',
      'organisations/trader/organisation.secret',
    ])
      writeFileSync(path.join(files, path.basename(file)), readFileSync(path.join(from, file)));
  });

  it('stops at another fingerprint, and writes nothing', async () => {
    expect(await reasonOf(join({ fingerprint: '0000-0000-0000-0000' }))).toMatch(/GENESIS_FOREIGN/);
    expect(filesOf(root)).toEqual([]);
  });

  it('makes a full node with a pass, and entrusts the key of this one organisation to its own workers', async () => {
    const made = await join({ fingerprint: whole.fingerprint });
    expect(made).toMatchObject({ made: true, genesisHash: whole.genesisHash });
    expect(filesOf(path.join(root, 'keys'))).toEqual([
      '.waymark-place.json',
      'genesis.json',
      'node.json',
      'node.pass.json',
      'tls.cert.pem',
      'tls.key.pem',
      'trust.json',
    ]);
    expect(filesOf(path.join(root, 'gateway'))).toEqual(['.waymark-place.json', 'keys/trader.key.json', 'secret']);
    const config = nodeConfigSchema.parse(JSON.parse(readFileSync(path.join(root, 'keys', 'node.json'), 'utf8')));
    expect(config).toMatchObject({ role: 'full', account: 'trader', peers: [{ host: 'node-1', port: 4320 }] });
    expect(config.rpc).toMatchObject({ host: 'node-rpc', tokenFile: '/waymark/ledger/token', open: false });
  });

  it('is done once', async () => {
    const before = bytesOf(root);
    expect((await join()).made).toBe(false);
    expect(bytesOf(root)).toEqual(before);
  });

  it.each(['node-1', ':4320', 'a b:1', 'node-1:0', 'node-1:70000'])('refuses %j as an address of a node', (text) => {
    expect(() => peersFrom(text)).toThrow(/is no address of a node/);
  });

  it('takes several addresses, also of version 6', () => {
    expect(peersFrom('node-1:4320, [::1]:4321')).toEqual([
      { host: 'node-1', port: 4320 },
      { host: '::1', port: 4321 },
    ]);
  });
});
