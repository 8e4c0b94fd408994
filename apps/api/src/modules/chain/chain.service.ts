import { Inject, Injectable } from '@nestjs/common';
import { trustFingerprint } from '@waymark/light-client';
import { DataSource } from 'typeorm';
import { NodeClient } from '../../chain/client/node-client.js';
import { CHAIN_FACTS, type ChainFacts, hashing } from '../../chain/genesis.js';
import { projected } from '../../platform/database/projected.js';
import { DATABASE } from '../../platform/tokens.js';

export interface ChainStatus {
  readonly chainId: string;
  readonly genesisHash: string;
  /** Short form of the trust root, for comparing by eye. */
  readonly trustFingerprint: string;
  /** Height up to which this API has verified the chain and shows it. */
  readonly projectedHeight: number;
  readonly nodes: readonly {
    readonly name?: string;
    readonly finalHeight?: number;
    readonly finalTimeMs?: number;
    readonly answers: boolean;
  }[];
}

/** Where the chain is: what the nodes say, and how far we have verified. Asks nodes, so it is no query class. */
@Injectable()
export class ChainService {
  constructor(
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly nodes: NodeClient,
  ) {}

  async status(): Promise<ChainStatus> {
    const { height } = await projected(this.database);
    const nodes = await this.nodes.statuses();
    return {
      chainId: this.chain.genesis.chainId,
      genesisHash: this.chain.trust.genesisHash,
      trustFingerprint: trustFingerprint(hashing, this.chain.trustBytes),
      projectedHeight: height,
      nodes: nodes.map(({ status }) =>
        status === undefined
          ? { answers: false }
          : { name: status.name, finalHeight: status.finalHeight, finalTimeMs: status.finalTimeMs, answers: true },
      ),
    };
  }
}
