import { Inject, Injectable } from '@nestjs/common';
import { NodeClient } from '../../chain/client/node-client.js';
import { NodeRefusal, NodeUnavailable } from '../../chain/client/node-rpc.js';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { notFound } from '../../platform/errors/not-found.js';
import { unavailable } from '../../platform/errors/problem.js';
import type { RangePiece } from './dto/regulator-schemas.js';

/** Blocks of a piece at most; the node bounds its bytes. */
const BLOCKS_MAX = 200;

/** Pieces of a range of blocks with everything by which they are verified (docs/protocol/formats.md section 6a), as a node gives them. */
@Injectable()
export class RangeEvidence {
  private readonly genesis: string;

  constructor(
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    private readonly nodes: NodeClient,
  ) {
    this.genesis = Buffer.from(chain.genesisBytes).toString('base64');
  }

  /** The piece that begins with `from`: as many blocks as fit, never beyond `to`. */
  async piece(from: number, to: number): Promise<RangePiece> {
    try {
      const { blocks, anchor } = await this.nodes.blocks(from, Math.min(BLOCKS_MAX, to - from + 1));
      if (anchor === null || blocks.length === 0)
        throw notFound(
          'RANGE_NOT_FINAL',
          `There is no final block ${from} with a certified receipt yet.`,
          'Ask for a range that ends at the height of the overview, or wait a few seconds.',
        );
      const last = from + blocks.length - 1;
      const history = await this.nodes.historyProof([last + anchor.headers.length]);
      const path = history.headers[0]?.historyPath;
      return {
        format: 'waymark-range/1',
        chainId: this.chain.genesis.chainId,
        genesisHash: this.chain.trust.genesisHash,
        createdAt: new Date().toISOString(),
        genesis: this.genesis,
        from,
        to: last,
        head: { ...history.anchor, ...(path !== undefined && { historyPath: path }) },
        blocks,
        anchor,
      };
    } catch (error) {
      if (error instanceof NodeUnavailable || error instanceof NodeRefusal)
        throw unavailable('NODES_UNAVAILABLE', 'No node of the consortium gives these blocks at the moment.', 3, error);
      throw error;
    }
  }

  /** One piece a line. The first is made before anything is sent, so that a range which is not there is answered as such. */
  async *lines(from: number, to: number): AsyncGenerator<string> {
    for (let next = from; next <= to;) {
      const piece = await this.piece(next, to);
      yield `${JSON.stringify(piece)}\n`;
      next = piece.to + 1;
    }
  }
}
