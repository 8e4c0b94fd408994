import { Inject, Injectable } from '@nestjs/common';
import {
  bodyAccepted,
  committeeOf,
  decodeHeader,
  type Header,
  type Receipt,
  ReceiptStatus,
  type TransactionView,
  Visibility,
} from '@waymark/ledger/chain';
import { parseBase64, toHex } from '@waymark/ledger/primitives';
import { type FeedBlock, type VerifiedFeed, verifyFeed } from '@waymark/light-client';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { NodeClient } from '../../chain/client/node-client.js';
import { NodeUnavailable } from '../../chain/client/node-rpc.js';
import { CHAIN_FACTS, type ChainFacts, hashing } from '../../chain/genesis.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError, unavailable } from '../../platform/errors/problem.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { DATABASE } from '../../platform/tokens.js';
import { sayRefusal } from '../provenance/commands/refusal-words.js';
import type { ChainBlock, ChainBlockRow, ChainBlocks, ChainTransaction } from './dto/blocks.js';
import { ReadableBodiesQuery } from './readable-bodies.query.js';

const headersAnswer = z.object({
  headers: z.array(z.string()).max(2_000),
  certificates: z.array(z.object({ bitmap: z.int().min(0) }).nullable()).max(2_000),
});
const statusAnswer = z.looseObject({ finalHeight: z.int().min(0) });
const placeAnswer = z.object({
  state: z.enum(['unknown', 'pending', 'final']),
  height: z.int().optional(),
  txIndex: z.int().optional(),
});

const SHOWN_TRANSACTIONS = 500;
const SHOWN_BODIES = 200;
/** A block is shown with its receipts once the next one has certified them. */
const WAIT_MS = 1_500;

const STATUS_NAMES = {
  [ReceiptStatus.ACCEPTED]: 'ACCEPTED',
  [ReceiptStatus.PARTIAL]: 'PARTIAL',
  [ReceiptStatus.REFUSED]: 'REFUSED',
} as const;
const VISIBILITY_NAMES = {
  [Visibility.PUBLIC]: 'public',
  [Visibility.PARTNERS]: 'partners',
  [Visibility.OWN]: 'own',
} as const;

/** The chain for people: lists as a node tells them, single blocks and transactions checked against the signatures of the consortium. */
@Injectable()
export class BlocksService {
  /** `account/node` by memberId. */
  private readonly names: ReadonlyMap<string, string>;
  private readonly committee: readonly string[];
  private readonly proposers: readonly string[];

  constructor(
    private readonly nodes: NodeClient,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly readable: ReadableBodiesQuery,
  ) {
    const { genesis } = chain;
    this.names = new Map(genesis.validators.map(({ memberId, account, node }) => [memberId, `${account}/${node}`]));
    this.committee = committeeOf(genesis).members.map(({ memberId }) => this.names.get(toHex(memberId)) ?? '');
    this.proposers = [...genesis.proposers].sort().map((memberId) => this.names.get(memberId) ?? '');
  }

  async list(perPage: number, before: number | undefined): Promise<ChainBlocks> {
    const { finalHeight } = statusAnswer.parse(await this.ask('status', {}));
    const top = Math.min(finalHeight, (before ?? finalHeight + 1) - 1);
    const from = Math.max(1, top - perPage + 1);
    const rows = top < 1 ? [] : await this.rows(from, top - from + 1);
    return {
      finalHeight,
      blocks: rows.reverse(),
      before: from > 1 && rows.length > 0 ? from : null,
      committee: [...this.committee],
      quorum: this.committee.length - Math.floor((this.committee.length - 1) / 3),
    };
  }

  async block(height: number, context: RequestContext): Promise<ChainBlock> {
    const [row] = height < 1 ? [] : await this.rows(height, 1);
    if (row === undefined)
      throw notFound('CHAIN_BLOCK_UNKNOWN', `There is no final block ${height}.`, 'Look for it in the list of blocks.');
    const { block, verified } = await this.verified(height);
    return {
      ...row,
      checkedBy: verified.signedBy.map(({ memberId }) => this.names.get(memberId) ?? memberId),
      content: block.transactions.slice(0, SHOWN_TRANSACTIONS).map(({ transaction, receipt }) => ({
        txId: toHex(transaction.txId),
        sender: this.maySeeSender(transaction, context) ? transaction.header.sender : null,
        status: STATUS_NAMES[receipt.status],
        bodies: transaction.bodies.length,
        kinds: kindsOf(transaction),
      })),
      more: block.transactions.length > SHOWN_TRANSACTIONS,
    };
  }

  async transaction(txId: string, context: RequestContext): Promise<ChainTransaction> {
    const place = placeAnswer.parse(await this.ask('transaction', { txId }));
    if (place.state === 'final' && place.height !== undefined && place.txIndex !== undefined)
      return this.finalTransaction(txId, place.height, place.txIndex, context);
    const [own] = await this.database.query<{ organisation: string; expiry_height: string; size: number }[]>(
      `SELECT organisation, expiry_height, octet_length(transaction) AS size FROM outbox WHERE tx_id = $1 AND state IN ('pending', 'discarded')`,
      [Buffer.from(txId, 'hex')],
    );
    const known = own !== undefined && this.isOfCaller(own.organisation, context) ? own : undefined;
    // That somebody else's transaction waits is nobody's business but theirs and the operator's.
    if (known === undefined && !(place.state === 'pending' && this.operates(context)))
      throw notFound(
        'CHAIN_TRANSACTION_UNKNOWN',
        'There is no final transaction of this name.',
        'Compare the name; one that waits is shown once a block carries it.',
      );
    return {
      ...NOT_FINAL,
      txId,
      sender: known?.organisation ?? null,
      expiryHeight: known === undefined || Number(known.expiry_height) < 0 ? null : Number(known.expiry_height),
      sizeBytes: known?.size ?? null,
    };
  }

  private async finalTransaction(
    txId: string,
    height: number,
    txIndex: number,
    context: RequestContext,
  ): Promise<ChainTransaction> {
    const { block } = await this.verified(height);
    const entry = block.transactions[txIndex];
    if (entry === undefined || toHex(entry.transaction.txId) !== txId)
      throw unavailable('CHAIN_ANSWER_WRONG', 'The node that was asked names a wrong place for this transaction.');
    const { transaction, receipt } = entry;
    const viewer = viewerOf(context);
    const all = viewer.kind === 'regulator' || this.isOwn(transaction.header.sender, context);
    const readable = await this.readable.at(height, txIndex, viewer);
    const byIndex = new Map(readable.map((body) => [body.bodyIndex, body]));
    const anything = all || readable.length > 0;
    return {
      txId,
      state: 'final',
      height,
      txIndex,
      at: new Date(block.header.time).toISOString(),
      sender: anything || this.maySeeSender(transaction, context) ? transaction.header.sender : null,
      status: STATUS_NAMES[receipt.status],
      failures: failuresOf(receipt, all),
      expiryHeight: transaction.header.expiryHeight,
      after: all && transaction.header.after.length > 0 ? toHex(transaction.header.after) : null,
      signatures: transaction.signatures.length,
      sizeBytes: transaction.bytes.length,
      bodyCount: transaction.bodies.length,
      bodies: transaction.bodies.slice(0, SHOWN_BODIES).map((body, index) => {
        const row = byIndex.get(index);
        const mayRead = all || row !== undefined || isPublicDescription(body);
        return {
          index,
          kind: body.kind,
          visibility: mayRead ? VISIBILITY_NAMES[body.visibility] : null,
          sizeBytes: body.content.length,
          accepted: bodyAccepted(receipt, index),
          readable: mayRead,
          content: mayRead ? Buffer.from(body.content).toString('utf8') : null,
          eventID: row === undefined ? null : `ni:///sha-256;${row.eventHash}?ver=CBV2.0`,
          items: row === undefined ? [] : [...row.items],
        };
      }),
      more: transaction.bodies.length > SHOWN_BODIES,
      checked: true,
    };
  }

  private async rows(from: number, limit: number): Promise<ChainBlockRow[]> {
    const { headers, certificates } = headersAnswer.parse(await this.ask('headers', { from, limit }));
    return headers.flatMap((text, i) => {
      const bytes = parseBase64(text);
      const header = bytes === undefined ? undefined : decodeHeader(bytes);
      if (bytes === undefined || header?.ok !== true) return [];
      return [this.rowOf(header.value, hashing.sha256(bytes), certificates[i]?.bitmap ?? null)];
    });
  }

  private rowOf(header: Header, hash: Uint8Array, bitmap: number | null): ChainBlockRow {
    return {
      height: header.height,
      hash: toHex(hash),
      parentHash: toHex(header.parentHash),
      view: header.view,
      viewsGivenUp: Math.max(0, header.view - header.parentView - 1),
      at: new Date(header.time).toISOString(),
      proposer: this.proposers[header.leaderIdx] ?? '',
      transactions: header.txCount,
      bytes: header.bodyBytes,
      signers: bitmap === null ? null : this.committee.filter((_, index) => (bitmap & (1 << index)) !== 0),
    };
  }

  /** The block with its receipts, checked against the trust root. */
  private async verified(height: number): Promise<{ block: FeedBlock; verified: VerifiedFeed }> {
    const parent = height === 1 ? this.chain.genesisHash : await this.hashAt(height - 1);
    const answer = await this.ask('blocks', { from: height, limit: 1, waitMs: WAIT_MS });
    const verified = verifyFeed(answer, this.chain.trust, { height: height - 1, hash: parent });
    if (!verified.ok)
      throw unavailable(
        'CHAIN_ANSWER_WRONG',
        `What the node says of block ${height} does not verify: ${verified.code}.`,
      );
    const [block] = verified.blocks;
    if (block === undefined)
      throw unavailable(
        'CHAIN_BLOCK_TOO_NEW',
        'The block is final; what became of its transactions is certified by the next one, which is on its way.',
        2,
      );
    return { block, verified };
  }

  private async hashAt(height: number): Promise<Uint8Array> {
    const { headers } = headersAnswer.parse(await this.ask('headers', { from: height, limit: 1 }));
    const bytes = parseBase64(headers[0] ?? '');
    if (bytes === undefined || bytes.length === 0)
      throw unavailable('CHAIN_ANSWER_WRONG', `The node that was asked has no header ${height}.`);
    return hashing.sha256(bytes);
  }

  private async ask(method: string, params: object): Promise<unknown> {
    try {
      return await this.nodes.ask(method, params);
    } catch (error) {
      if (!(error instanceof NodeUnavailable)) throw error;
      throw new ProblemError(
        'unavailable',
        {
          code: 'NODES_UNAVAILABLE',
          detail: 'No node of the consortium answers at the moment.',
          howToFix: 'Try again in some seconds; the page of the nodes says what is wrong.',
          retryAfterSeconds: 5,
        },
        { cause: error },
      );
    }
  }

  private isOwn(account: string, { caller }: RequestContext): boolean {
    return caller.kind === 'organisation' && caller.organisation === account;
  }

  private isOfCaller(account: string, context: RequestContext): boolean {
    return this.isOwn(account, context) || viewerOf(context).kind === 'regulator' || this.operates(context);
  }

  private operates({ caller }: RequestContext): boolean {
    return caller.kind === 'organisation' && caller.permissions.includes('operate');
  }

  /** How much another company sends is its own business; the operator and a regulator see it. */
  private maySeeSender({ header }: TransactionView, context: RequestContext): boolean {
    return this.isOfCaller(header.sender, context);
  }
}

const NOT_FINAL = {
  state: 'pending',
  height: null,
  txIndex: null,
  at: null,
  status: null,
  failures: [],
  after: null,
  signatures: null,
  bodyCount: null,
  bodies: [],
  more: false,
  checked: false,
} satisfies Partial<ChainTransaction>;

/** Master data and contexts have no rows of events: what their sender made public is public. */
function isPublicDescription({ kind, visibility }: TransactionView['bodies'][number]): boolean {
  return visibility === Visibility.PUBLIC && (kind === 'epcis.masterdata' || kind === 'epcis.context');
}

function kindsOf({ bodies }: TransactionView): { kind: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { kind } of bodies) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** Facts and pointers speak of contents: only for who may read all of it. */
function failuresOf({ failures }: Receipt, all: boolean): ChainTransaction['failures'] {
  return failures.slice(0, SHOWN_BODIES).map(({ body, code, pointer, facts }) => ({
    body,
    code,
    ...sayRefusal(code, all ? facts : {}),
    pointer: all ? pointer : null,
    facts: all ? { ...facts } : null,
  }));
}
