import { Injectable } from '@nestjs/common';
import { NodeClient } from '../../chain/client/node-client.js';
import { NodeRefusal, NodeUnavailable } from '../../chain/client/node-rpc.js';
import type { Found } from './search.query.js';
import { readTyped } from './typed-query.js';

/** Finds blocks and transactions by what people type. Asks nodes, so it is no query class. */
@Injectable()
export class ChainSearchService {
  constructor(private readonly nodes: NodeClient) {}

  async search(query: string): Promise<Found> {
    const { number, hash } = readTyped(query);
    try {
      if (number !== undefined) {
        const height = await this.nodes.executedHeight();
        return number >= 1 && number <= height ? { blocks: [{ id: String(number), title: String(number) }] } : {};
      }
      if (hash === undefined) return {};
      const answer = (await this.nodes.ask('transaction', { txId: hash })) as { state?: string };
      return answer.state === 'unknown' ? {} : { transactions: [{ id: hash, title: hash }] };
    } catch (error) {
      // The rest is found without a node.
      if (error instanceof NodeUnavailable || error instanceof NodeRefusal) return {};
      throw error;
    }
  }
}
