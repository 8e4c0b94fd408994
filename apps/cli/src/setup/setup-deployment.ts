import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { CommandStopped } from '../command-stopped.js';
import { entrustKeys } from '../init/gateway-keys.js';
import { initialiseConsortium, type NetworkEntry } from '../init/initialise-consortium.js';
import type { Members } from '../init/members.js';
import { firstRun, writeJson, writePasswords, type SetUp } from './first-run.js';
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
  return firstRun(shared, others, async (work) => {
    refuseOtherCount(setup.members);
    const folder = path.join(work, 'consortium');
    const made = await initialiseConsortium({
      members: setup.members,
      out: folder,
      chainId: setup.chainId,
      host: '127.0.0.1',
      portBase: 4300,
    });
    return {
      ...made,
      handOut: async () => {
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
        writePasswords(setup.root);
      },
    };
  });
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
