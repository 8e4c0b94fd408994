import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { entrustKeys } from '../init/gateway-keys.js';
import { initialiseConsortium } from '../init/initialise-consortium.js';
import type { Members } from '../init/members.js';
import { portPlan } from './ports.js';

export interface ConsortiumPlan {
  /** Where `waymark init` puts keys, certificates and genesis. */
  folder: string;
  /** The gateway's folder: `keys/` with one sealed file an organisation, and the `secret` that opens them. */
  gateway: string;
  members: Members;
  chainId: string;
  portBase: number;
  say?: (text: string) => void;
}

/**
 * Makes a consortium as `waymark init` does, unless the folder holds one, and lets every organisation entrust its key to the gateway: each
 * opens its own file with its own secret and seals the key again under the gateway's.
 */
export async function prepareConsortium(plan: ConsortiumPlan): Promise<void> {
  const say = plan.say ?? (() => undefined);
  if (!existsSync(path.join(plan.folder, 'network.json'))) {
    say('making keys, node certificates and a genesis');
    await initialiseConsortium({
      members: plan.members,
      out: plan.folder,
      chainId: plan.chainId,
      host: '127.0.0.1',
      portBase: plan.portBase,
    });
  }
  movePorts(plan.folder, plan.portBase);
  await entrustKeys(
    plan.gateway,
    plan.members.map((member) => member.account),
    (account) => path.join(plan.folder, 'members', account),
  );
}

interface Listening {
  p2p: { host: string; port: number };
  rpc: { host: string; port: number };
}

/** A consortium made for other ports listens on those of this start from now on: ports are no part of what was signed. */
function movePorts(folder: string, portBase: number): void {
  const ports = portPlan(portBase);
  const networkFile = path.join(folder, 'network.json');
  const network = JSON.parse(readFileSync(networkFile, 'utf8')) as {
    nodes: (Listening & { account: string; name: string })[];
  };
  let moved = false;
  const move = (listening: Listening, index: number) => {
    if (listening.rpc.port === ports.nodeRpc(index) && listening.p2p.port === ports.nodeP2p(index)) return false;
    listening.rpc.port = ports.nodeRpc(index);
    listening.p2p.port = ports.nodeP2p(index);
    return true;
  };
  for (const [index, entry] of network.nodes.entries()) {
    const configFile = path.join(folder, 'members', entry.account, 'nodes', entry.name, 'node.json');
    const config = JSON.parse(readFileSync(configFile, 'utf8')) as Listening;
    if (move(config, index)) writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    moved = move(entry, index) || moved;
  }
  if (moved) writeFileSync(networkFile, `${JSON.stringify(network, null, 2)}\n`);
}
