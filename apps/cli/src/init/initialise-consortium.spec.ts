import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isPrimeOrderKey, portableHashing, publicKeyOf, verifySignature } from '@waymark/accel/portable';
import { openKey } from '@waymark/api/sealed-key';
import { decodeSignState } from '@waymark/consensus/signing';
import { parseGenesis, parseTrustRoot, type Genesis } from '@waymark/ledger/chain';
import { fromHex, toHex } from '@waymark/ledger/primitives';
import { loadConfig } from '@waymark/node/config';
import { initialiseConsortium, type MadeConsortium } from './initialise-consortium.js';
import { inventedMembers, type Members } from './members.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-init-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const request = (
  out: string,
  members: Members = inventedMembers(4),
  rest: { fresh?: boolean; portBase?: number } = {},
) => ({
  members,
  out: path.join(scratch, out),
  chainId: 'waymark-spec',
  host: '127.0.0.1',
  portBase: 4300,
  ...rest,
});
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'made',
    (error: Error) => `${error.name}: ${error.message}`,
  );
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('a consortium of four', () => {
  let made: MadeConsortium;
  let genesis: Genesis;
  const at = (...parts: string[]) => path.join(scratch, 'four', ...parts);
  const nodeFolder = (account: string, node: string) => at('members', account, 'nodes', node);

  beforeAll(async () => {
    made = await initialiseConsortium(request('four'));
    const checked = parseGenesis(portableHashing, readFileSync(at('genesis.json')));
    if (!checked.ok) throw new Error(checked.refusal.code);
    ({ genesis } = checked.value);
    expect(checked.value.checks).toHaveLength(8);
    expect(checked.value.checks.every(verifySignature)).toBe(true);
    expect(checked.value.keys.every(isPrimeOrderKey)).toBe(true);
    expect(toHex(checked.value.genesisHash)).toBe(made.genesisHash);
  });

  it('has a genesis that the ledger accepts: three companies that propose and a regulator that does not', () => {
    expect(genesis.validators.map(({ account, class: seat }) => [account, seat]).sort()).toEqual([
      ['company-1', 'nominated'],
      ['company-2', 'nominated'],
      ['company-3', 'nominated'],
      ['regulator', 'regulator'],
    ]);
    const regulator = genesis.validators.find(({ account }) => account === 'regulator');
    expect(genesis.proposers).toHaveLength(3);
    expect(genesis.proposers).not.toContain(regulator?.memberId);
  });

  it('gives each organisation its key, sealed under its own secret, and to nobody else', async () => {
    const seeds = new Set<string>();
    for (const { account, keys } of genesis.organisations) {
      const secret = readFileSync(at('members', account, 'organisation.secret'), 'utf8').trim();
      const file: unknown = JSON.parse(readFileSync(at('members', account, 'organisation.key.json'), 'utf8'));
      const opened = await openKey(file, secret);
      expect(opened.account).toBe(account);
      expect(toHex(publicKeyOf(opened.seed))).toBe(keys[0]?.publicKey);
      seeds.add(toHex(opened.seed));
    }
    expect(seeds.size).toBe(4);
  });

  it('gives each node a configuration that the node loads, with the key that genesis names', async () => {
    for (const { account, node, consensusKey, p2pKey, memberId } of genesis.validators) {
      const loaded = await loadConfig(path.join(nodeFolder(account, node), 'node.json'));
      expect(toHex(publicKeyOf(loaded.consensusSeed!))).toBe(consensusKey);
      expect(Buffer.from(loaded.genesis)).toEqual(readFileSync(at('genesis.json')));
      const entry = loaded.network?.nodes.find(({ name }) => name === node);
      expect(entry).toMatchObject({
        account,
        memberId,
        p2pKey,
        role: 'validator',
        rpc: { host: loaded.config.rpc.host, port: loaded.config.rpc.port },
        p2p: loaded.config.p2p,
      });

      const certificate = new X509Certificate(loaded.tlsCertificatePem);
      const raw = certificate.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
      expect(raw.toString('hex')).toBe(p2pKey);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(createPublicKey(createPrivateKey(loaded.tlsKeyPem)).equals(certificate.publicKey)).toBe(true);
    }
    const ports = made.nodes.flatMap(({ rpc, p2p }) => [rpc.port, p2p.port]).sort();
    expect(ports).toEqual([4310, 4311, 4312, 4313, 4320, 4321, 4322, 4323]);
  });

  it('writes the first sign-state of each consensus key, in both copies', () => {
    for (const { account, node, consensusKey } of genesis.validators) {
      for (const copy of ['sign.a', 'sign.b']) {
        const bytes = readFileSync(path.join(nodeFolder(account, node), 'data', 'signer', copy));
        const keyId = toHex(portableHashing.sha256(fromHex(consensusKey)));
        const state = decodeSignState(bytes, { keyId, genesisHash: made.genesisHash }, portableHashing.sha256);
        expect(state).toMatchObject({ epoch: 0, floor: 0, entries: [] });
      }
    }
  });

  it('has a trust root of this genesis, whose fingerprint it tells', () => {
    const trust = parseTrustRoot(readFileSync(at('trust.json')));
    expect(trust.ok && trust.value.genesisHash).toBe(made.genesisHash);
    expect(made.fingerprint).toMatch(/^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
  });

  it('lets nobody but the owner read private keys', () => {
    for (const { account, node } of genesis.validators) {
      const folder = nodeFolder(account, node);
      for (const file of ['consensus.key', 'tls.key.pem', 'node.json'])
        expect(modeOf(path.join(folder, file))).toBe('600');
      for (const file of ['organisation.key.json', 'organisation.secret'])
        expect(modeOf(at('members', account, file))).toBe('600');
      for (const dir of [at('members'), at('members', account), path.dirname(folder), folder])
        expect(modeOf(dir)).toBe('700');
    }
  });

  it('is not overwritten: the second attempt says what to do, and changes nothing', async () => {
    const before = readFileSync(at('genesis.json'));
    expect(await reasonOf(initialiseConsortium(request('four')))).toMatch(/CommandStopped: .*--fresh/);
    expect(readFileSync(at('genesis.json'))).toEqual(before);
  });
});

describe('the folder', () => {
  it('that init made is made anew with fresh, and nothing is left beside it', async () => {
    const small = inventedMembers(1);
    const first = await initialiseConsortium(request('again', small));
    const second = await initialiseConsortium(request('again', small, { fresh: true }));
    expect(second.genesisHash).not.toBe(first.genesisHash);
    expect(readdirSync(scratch).filter((name) => name.includes('again'))).toEqual(['again']);
  });

  it('of somebody else is never deleted, with fresh or without', async () => {
    const foreign = path.join(scratch, 'foreign');
    mkdirSync(foreign);
    writeFileSync(path.join(foreign, 'thesis.txt'), 'years of work');
    for (const fresh of [false, true])
      expect(await reasonOf(initialiseConsortium(request('foreign', inventedMembers(1), { fresh })))).toMatch(
        /not made by init/,
      );
    expect(readdirSync(foreign)).toEqual(['thesis.txt']);
  });

  it('may be there and empty, but no file', async () => {
    mkdirSync(path.join(scratch, 'empty'));
    expect(await reasonOf(initialiseConsortium(request('empty', inventedMembers(1))))).toBe('made');
    writeFileSync(path.join(scratch, 'file'), '');
    expect(await reasonOf(initialiseConsortium(request('file', inventedMembers(1))))).toMatch(/is a file/);
  });
});

describe('members that cannot found a consortium', () => {
  const [a, b, c, regulator] = inventedMembers(4) as [Members[0], Members[0], Members[0], Members[0]];
  const secondRegulator = {
    ...c,
    account: 'customs',
    role: 'regulator' as const,
    node: { name: 'customs', class: 'regulator' as const, proposer: false },
  };

  it.each<[string, Members, RegExp]>([
    ['too many regulators', [a, b, secondRegulator, regulator], /GENESIS_TOO_MANY_REGULATORS/],
    [
      'an account twice',
      [
        a,
        b,
        c,
        { ...regulator, account: a.account, role: 'company', node: { name: 'x', class: 'nominated', proposer: true } },
      ],
      /the same name/,
    ],
    ['a node name twice', [a, { ...b, node: { ...b.node!, name: a.node!.name } }, c, regulator], /GENESIS_NAME_TWICE/],
    [
      'too few proposers',
      [a, { ...b, node: { ...b.node!, proposer: false } }, { ...c, node: { ...c.node!, proposer: false } }, regulator],
      /GENESIS_TOO_FEW_PROPOSERS/,
    ],
    [
      'prefixes within one another',
      [a, { ...b, companyPrefixes: [`${a.companyPrefixes[0]}9`] }, c, regulator],
      /GENESIS_PREFIX_OVERLAP/,
    ],
  ])('are refused before anything is written: %s', async (_, members, reason) => {
    expect(await reasonOf(initialiseConsortium(request('refused', members)))).toMatch(reason);
    expect(existsSync(path.join(scratch, 'refused'))).toBe(false);
  });

  it('are refused when their ports do not fit', async () => {
    for (const portBase of [80, 65_530])
      expect(await reasonOf(initialiseConsortium(request('refused', inventedMembers(4), { portBase })))).toMatch(
        /--port-base/,
      );
  });
});

describe('a consortium of other sizes', () => {
  it.each([1, 3, 11])('%i invented members pass the rules of genesis, no port twice', async (nodes) => {
    const made = await initialiseConsortium(request(`size-${nodes}`, inventedMembers(nodes)));
    const ports = made.nodes.flatMap(({ rpc, p2p }) => [rpc.port, p2p.port]);
    expect(new Set(ports).size).toBe(2 * nodes);
  });
});
