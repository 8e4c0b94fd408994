import { Inject, Injectable } from '@nestjs/common';
import { trustFingerprint } from '@waymark/light-client';
import { z } from 'zod';
import { NodeClient } from '../../chain/client/node-client.js';
import { callNode } from '../../chain/client/node-rpc.js';
import { CHAIN_FACTS, type ChainFacts, hashing } from '../../chain/genesis.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import type { Joining } from './dto/joining.js';

const ASK_MS = 2_000;
/** Loopback, or a name without a dot: known inside one deployment only. */
const LOCAL = /^(127\.|localhost:|\[?::1\b|[^.:[\]]+:\d+$)/;

/** What a node answers to `network` and `status` (docs/protocol/formats.md section 7). */
const network = z.object({
  nodes: z.array(
    z.object({
      account: z.string(),
      name: z.string(),
      role: z.string(),
      p2p: z.object({ host: z.string(), port: z.number() }),
    }),
  ),
  fullNodes: z.array(
    z.object({
      account: z.string(),
      node: z.string(),
      p2pKey: z.string(),
      connectedSinceMs: z.number(),
      height: z.number().int().nullable(),
      passExpiresMs: z.number(),
    }),
  ),
  visits: z.array(z.object({ address: z.string(), name: z.string().nullable() })),
});
const status = z.object({ account: z.string(), name: z.string(), finalHeight: z.number().int() });
interface Seen {
  readonly name: string;
  readonly finalHeight: number;
  readonly network: z.infer<typeof network>;
}

const hostPort = (host: string, port: number) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
const iso = (ms: number) => new Date(ms).toISOString();

/** What a company needs to join with a node of its own, and how far its node is. */
@Injectable()
export class JoiningService {
  constructor(
    private readonly nodes: NodeClient,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async joining(account: string): Promise<Joining> {
    const seen = (await Promise.all(this.nodes.urls.map((url) => this.ask(url)))).flatMap((one) => one ?? []);
    const peers = this.peers(seen);
    return {
      chainId: this.chain.genesis.chainId,
      genesisHash: this.chain.trust.genesisHash,
      trustFingerprint: trustFingerprint(hashing, this.chain.trustBytes),
      account,
      height: seen.length === 0 ? null : Math.max(...seen.map(({ finalHeight }) => finalHeight)),
      peers,
      local: peers.some(({ address }) => LOCAL.test(address)),
      fullNodes: fullNodesOf(account, seen),
    };
  }

  private peers(seen: readonly Seen[]): Joining['peers'] {
    if (this.config.publicPeers !== undefined && this.config.publicPeers.length > 0)
      return this.config.publicPeers.map((address) => ({ name: '', address }));
    const found = new Map<string, string>();
    for (const { network: told } of seen) {
      for (const { account, name, role, p2p } of told.nodes)
        if (role === 'validator') found.set(hostPort(p2p.host, p2p.port), `${account}/${name}`);
      for (const { address, name } of told.visits) if (name !== null) found.set(address, name);
    }
    return [...found].map(([address, name]) => ({ name, address }));
  }

  private async ask(url: string): Promise<Seen | undefined> {
    try {
      const [who, around] = await Promise.all([
        callNode(url, 'status', {}, ASK_MS),
        callNode(url, 'network', {}, ASK_MS),
      ]);
      const { account, name, finalHeight } = status.parse(who);
      return { name: `${account}/${name}`, finalHeight, network: network.parse(around) };
    } catch (error) {
      this.logger.debug({ url, err: error }, 'a node does not say who is around it');
      return undefined;
    }
  }
}

/** Each full node of an organisation once, with whoever sees it. */
function fullNodesOf(account: string, seen: readonly Seen[]): Joining['fullNodes'] {
  const byKey = new Map<string, Joining['fullNodes'][number]>();
  for (const { name, network: told } of seen) {
    for (const guest of told.fullNodes) {
      if (guest.account !== account) continue;
      const before = byKey.get(guest.p2pKey);
      const connectedAt = iso(guest.connectedSinceMs);
      const heights = [before?.height, guest.height].filter((height) => typeof height === 'number');
      byKey.set(guest.p2pKey, {
        node: guest.node,
        height: heights.length === 0 ? null : Math.max(...heights),
        connectedAt: before !== undefined && before.connectedAt < connectedAt ? before.connectedAt : connectedAt,
        passExpiresAt: iso(guest.passExpiresMs),
        seenBy: [...(before?.seenBy ?? []), name],
      });
    }
  }
  return [...byKey.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
}
