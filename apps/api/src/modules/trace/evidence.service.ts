import { Injectable } from '@nestjs/common';
import { decodeBody, decodeReceipt, type Evidence, type ProofAnswer } from '@waymark/ledger/chain';
import type { Viewer } from '@waymark/provenance/visibility';
import { NodeClient } from '../../chain/client/node-client.js';
import { NodeRefusal, NodeUnavailable } from '../../chain/client/node-rpc.js';
import { ProblemError, unavailable } from '../../platform/errors/problem.js';
import { StoryQuery } from './story.query.js';

/** The evidence file of an item (docs/protocol/formats.md section 6): the records of its story, proven to whoever reads them. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly stories: StoryQuery,
    private readonly nodes: NodeClient,
  ) {}

  async evidence(item: string, viewer: Viewer): Promise<Evidence> {
    const story = await this.stories.story(item, viewer);
    return this.evidenceOf(story.subject, story.records);
  }

  /** The evidence file of these records; whoever asks has been shown them. */
  async evidenceOf(
    subject: string,
    records: readonly { readonly txId: string; readonly bodyIndex: number }[],
  ): Promise<Evidence> {
    const bodies = new Map<string, Set<number>>();
    for (const { txId, bodyIndex } of records) bodies.set(txId, (bodies.get(txId) ?? new Set()).add(bodyIndex));
    let proof = await this.proof(bodies);
    if (addContexts(proof, bodies)) proof = await this.proof(bodies);
    return { ...proof, createdAt: new Date().toISOString(), subject };
  }

  private async proof(bodies: ReadonlyMap<string, ReadonlySet<number>>): Promise<ProofAnswer> {
    const wanted = Object.fromEntries([...bodies].map(([txId, indices]) => [txId, [...indices].sort((a, b) => a - b)]));
    try {
      return await this.nodes.proof([...bodies.keys()], wanted);
    } catch (error) {
      if (error instanceof NodeUnavailable)
        throw unavailable('NODES_UNAVAILABLE', 'No node of the consortium gives a proof at the moment.', 3, error);
      if (error instanceof NodeRefusal)
        throw new ProblemError('unavailable', {
          code: error.code,
          detail: `The node gives no proof of these records: ${error.code}.`,
          howToFix:
            'Ask again in a few seconds; a record that was captured a moment ago is proven by the block after its own.',
          retryAfterSeconds: 3,
          facts: error.facts,
        });
      throw error;
    }
  }
}

/** A record is read under the JSON-LD context that it names: adds those bodies. True when some were missing. */
function addContexts(proof: ProofAnswer, bodies: Map<string, Set<number>>): boolean {
  let added = false;
  for (const transaction of proof.transactions) {
    const receipt = decodeReceipt(new Uint8Array(Buffer.from(transaction.receipt, 'base64')));
    const wanted = receipt.ok ? bodies.get(Buffer.from(receipt.value.txId).toString('hex')) : undefined;
    if (wanted === undefined) continue;
    for (const { body } of transaction.bodies) {
      const decoded = decodeBody(new Uint8Array(Buffer.from(body, 'base64')));
      if (!decoded.ok || decoded.value.context === 0 || wanted.has(decoded.value.context - 1)) continue;
      wanted.add(decoded.value.context - 1);
      added = true;
    }
  }
  return added;
}
