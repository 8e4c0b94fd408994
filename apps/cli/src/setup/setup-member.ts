import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CommandStopped } from '../command-stopped.js';
import { entrustKeys } from '../init/gateway-keys.js';
import { joinConsortium, type Endpoint } from '../join/join-consortium.js';
import { firstRun, writeJson, writePasswords, type SetUp } from './first-run.js';
import { Place } from './places.js';

export interface MemberSetup {
  /** What the consortium and the organisation brought: genesis.json, trust.json, organisation.key.json, organisation.secret. */
  readonly files: string;
  /** The folder under which the volumes are mounted. */
  readonly root: string;
  readonly peers: readonly Endpoint[];
  readonly fingerprint?: string;
  readonly node: string | undefined;
  readonly days: number;
  readonly now: Date;
}

/**
 * The first run of a member's own deployment: a full node that shows the organisation's pass, and the organisation's key entrusted to the
 * workers of this deployment. Done once; see {@link firstRun}.
 */
export async function setUpMember(setup: MemberSetup): Promise<SetUp> {
  const at = (...parts: string[]) => path.join(setup.root, ...parts);
  const shared = new Place('public', at('public'));
  const others = ['keys', 'data', 'gateway', 'database', 'queue', 'accounts', 'ledger'].map(
    (name) => new Place(name, at(name)),
  );
  const given = (name: string) => path.join(setup.files, name);
  return firstRun(shared, others, async (work) => {
    const folder = path.join(work, 'node');
    const joined = await joinConsortium({
      genesisFile: given('genesis.json'),
      trustFile: given('trust.json'),
      keyFile: given('organisation.key.json'),
      secretFile: given('organisation.secret'),
      ...(setup.fingerprint === undefined ? {} : { fingerprint: setup.fingerprint }),
      node: setup.node,
      peers: setup.peers,
      rpc: { host: 'node-rpc', port: 4310 },
      rpcOpen: true,
      data: '/waymark/data',
      days: setup.days,
      out: folder,
      now: setup.now,
    });
    return {
      ...joined,
      handOut: async () => {
        for (const name of ['genesis.json', 'trust.json']) copyFileSync(path.join(folder, name), at('public', name));
        // Genesis and trust root once more beside the pass: `join --renew` finds there what it signs for.
        for (const name of ['node.pass.json', 'tls.key.pem', 'tls.cert.pem', 'genesis.json', 'trust.json'])
          copyFileSync(path.join(folder, name), at('keys', name));
        const config = JSON.parse(readFileSync(path.join(folder, 'node.json'), 'utf8')) as Record<string, unknown>;
        writeJson(
          at('keys', 'node.json'),
          {
            ...config,
            genesis: '/waymark/public/genesis.json',
            // On the internal network of this deployment, and behind a token.
            rpc: { host: 'node-rpc', port: 4310, tokenFile: '/waymark/ledger/token' },
          },
          0o600,
        );
        await entrustKeys(at('gateway'), [joined.account], () => setup.files);
        writePasswords(setup.root);
      },
    };
  });
}

/** `host:port` with commas between. @throws CommandStopped */
export function peersFrom(text: string): Endpoint[] {
  return text.split(',').map((each) => {
    const parts = /^\s*(?:\[([0-9a-fA-F:]+)\]|([^\s:[\]]{1,255})):(\d{1,5})\s*$/.exec(each);
    const host = parts?.[1] ?? parts?.[2];
    const port = Number(parts?.[3]);
    if (host === undefined || port < 1 || port > 65_535)
      throw new CommandStopped(
        `"${each.trim()}" is no address of a node: give host:port, for example node.example.com:4321, with commas between. Nothing was written.`,
      );
    return { host, port };
  });
}
