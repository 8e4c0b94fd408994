import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { portableHashing } from '@waymark/accel/portable';
import { parseTrustRoot, trustFingerprint } from '@waymark/ledger/chain';
import { CommandStopped } from '../command-stopped.js';
import { entrustKeys } from '../init/gateway-keys.js';
import { initialiseConsortium, type NetworkEntry } from '../init/initialise-consortium.js';
import type { Members } from '../init/members.js';
import { Place } from './places.js';

/** Places of validators in the compose file of a whole consortium. */
const NODES = 4;
/** Ports inside the deployment's networks; node n is reached by the others as `node-n`, by API and workers as `node-n-rpc`. */
const RPC_PORT = 4310;
const PEERS_PORT = 4320;

export interface DeploymentSetup {
  readonly members: Members;
  /** The folder under which the volumes are mounted. */
  readonly root: string;
  readonly chainId: string;
  /** Accounts that entrust their keys to the gateway of this deployment; the others sign elsewhere. */
  readonly entrust: readonly string[];
}

export interface SetUp {
  /** False: everything was there already and nothing was written. */
  readonly made: boolean;
  readonly chainId: string;
  readonly genesisHash: string;
  readonly fingerprint: string;
  /** Places that do not hold what the set-up put there: somebody took it away, or a volume was lost. */
  readonly missing: readonly string[];
}

/**
 * The first run of a deployment with containers: keys, node certificates, genesis, trust root and the passwords of database and queue,
 * each in the volume of whoever may read it. Done once: what a finished set-up made is never written over. One that was interrupted is done
 * anew from the beginning, which loses nothing: nothing is started before the set-up has ended.
 * @throws CommandStopped when a volume holds something else, or keys without the public files that belong to them
 */
export async function setUpDeployment(setup: DeploymentSetup): Promise<SetUp> {
  const at = (...parts: string[]) => path.join(setup.root, ...parts);
  const shared = new Place('public', at('public'));
  const others = [
    ...['gateway', 'database', 'queue', 'accounts', 'ledger', 'organisations'].map((name) => new Place(name, at(name))),
    ...Array.from({ length: NODES }, (_, index) =>
      ['keys', 'data', 'organisation'].map(
        (part) => new Place(`member-${index + 1}-${part}`, at(`member-${index + 1}`, part)),
      ),
    ).flat(),
  ];
  const state = shared.state();
  if (state.kind === 'DONE') return alreadyDone(shared, others, state.genesisHash);
  refuseForeign([shared, ...others], state.kind);
  refuseOtherCount(setup.members);

  for (const place of [shared, ...others]) place.clear();
  for (const place of [shared, ...others]) place.begin();
  const work = mkdtempSync(path.join(tmpdir(), 'waymark-setup-'));
  try {
    const folder = path.join(work, 'consortium');
    const made = await initialiseConsortium({
      members: setup.members,
      out: folder,
      chainId: setup.chainId,
      host: '127.0.0.1',
      portBase: 4300,
    });
    const nodes = made.nodes.map(inContainers);
    writeJson(path.join(folder, 'network.json'), { nodes }, 0o644);
    for (const name of ['genesis.json', 'trust.json', 'network.json'])
      copyFileSync(path.join(folder, name), at('public', name));
    for (const [index, node] of nodes.entries())
      handOver(node, path.join(folder, 'members', node.account), at(`member-${index + 1}`));
    const owners = new Map(nodes.map(({ account }, index) => [account, at(`member-${index + 1}`, 'organisation')]));
    const folderOf = (account: string) => owners.get(account) ?? at('organisations', account);
    for (const { account } of setup.members) {
      mkdirSync(folderOf(account), { recursive: true, mode: 0o700 });
      for (const file of ['organisation.key.json', 'organisation.secret'])
        copyFileSync(path.join(folder, 'members', account, file), path.join(folderOf(account), file));
    }
    await entrustKeys(at('gateway'), setup.entrust, folderOf);
    writePassword(at('database'), (password) => `postgresql://waymark:${password}@postgres:5432/waymark`);
    writePassword(at('queue'), (password) => `redis://:${password}@redis:6379`);
    // What the nodes of this deployment ask of whoever calls their RPC.
    writeFileSync(at('ledger', 'token'), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    // What seals people's one-time code secrets in the database; not beside the database's own password.
    writeFileSync(at('accounts', 'secret'), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    // The public files say last that all is whole: their mark decides whether anything may start.
    for (const place of [...others, shared]) place.finish(made.genesisHash);
    return {
      made: true,
      chainId: made.chainId,
      genesisHash: made.genesisHash,
      fingerprint: made.fingerprint,
      missing: [],
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function alreadyDone(shared: Place, others: readonly Place[], genesisHash: string): SetUp {
  const trustBytes = readFileSync(path.join(shared.folder, 'trust.json'));
  const trust = parseTrustRoot(trustBytes);
  if (!trust.ok || trust.value.genesisHash !== genesisHash)
    throw new CommandStopped(
      'The public files do not belong to the consortium that was set up here: trust.json was changed. Nothing was written. Restore the volume "public" from its backup.',
    );
  const missing = others.filter((place) => {
    const state = place.state();
    if (state.kind === 'DONE' && state.genesisHash !== genesisHash)
      throw new CommandStopped(
        `The volume "${place.name}" belongs to another consortium. Nothing was written. Restore the volume that belongs to this one, or give this deployment volumes of its own.`,
      );
    return state.kind === 'EMPTY';
  });
  return {
    made: false,
    chainId: trust.value.chainId,
    genesisHash,
    fingerprint: trustFingerprint(portableHashing, trustBytes),
    missing: missing.map(({ name }) => name),
  };
}

function refuseForeign(places: readonly Place[], publicState: 'EMPTY' | 'UNFINISHED' | 'FOREIGN'): void {
  for (const place of places) {
    const state = place.state();
    if (state.kind === 'FOREIGN')
      throw new CommandStopped(
        `The volume "${place.name}" is not empty and the set-up did not make what is in it. Nothing was written. Give this deployment empty volumes.`,
      );
    if (state.kind === 'DONE' && publicState === 'EMPTY')
      throw new CommandStopped(
        `The volume "${place.name}" holds what belongs to a consortium, but the volume "public" is empty. Nothing was written. Restore "public" from its backup; to begin anew, remove all volumes.`,
      );
  }
}

function refuseOtherCount(members: Members): void {
  const nodes = members.filter(({ node }) => node !== undefined).length;
  if (nodes !== NODES)
    throw new CommandStopped(
      `This deployment has places for ${NODES} validator nodes; the members file names ${nodes}. Nothing was written.`,
    );
}

/** Where a node listens and is reached inside the networks of the deployment. */
function inContainers(entry: NetworkEntry, index: number): NetworkEntry {
  const name = `node-${index + 1}`;
  return { ...entry, p2p: { host: name, port: PEERS_PORT }, rpc: { host: `${name}-rpc`, port: RPC_PORT } };
}

/** A member's node gets its keys and its first sign-state, and a node.json with the places as the container sees them. */
function handOver(node: NetworkEntry, member: string, target: string): void {
  const from = path.join(member, 'nodes', node.name);
  const to = path.join(target, 'keys');
  for (const file of ['consensus.key', 'tls.key.pem', 'tls.cert.pem'])
    copyFileSync(path.join(from, file), path.join(to, file));
  writeJson(
    path.join(to, 'node.json'),
    {
      name: node.name,
      account: node.account,
      role: node.role,
      genesis: '/waymark/public/genesis.json',
      network: '/waymark/public/network.json',
      consensusKey: 'consensus.key',
      tlsKey: 'tls.key.pem',
      tlsCertificate: 'tls.cert.pem',
      dataDir: '/waymark/data',
      p2p: { host: '0.0.0.0', port: node.p2p.port },
      // On the internal network that API and workers share with the nodes (the name is known there alone), and behind a token.
      rpc: { ...node.rpc, tokenFile: '/waymark/ledger/token' },
      log: { level: 'info' },
    },
    0o600,
  );
  cpSync(path.join(from, 'data'), path.join(target, 'data'), { recursive: true });
}

function writePassword(folder: string, addressOf: (password: string) => string): void {
  const password = randomBytes(24).toString('hex');
  writeFileSync(path.join(folder, 'password'), password, { mode: 0o600 });
  writeFileSync(path.join(folder, 'url'), addressOf(password), { mode: 0o600 });
}

function writeJson(file: string, value: unknown, mode: number): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode });
}
