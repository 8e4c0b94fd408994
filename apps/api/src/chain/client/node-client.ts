import type { ProofAnswer } from '@waymark/ledger/chain';
import { z } from 'zod';
import type { Logger } from '../../platform/logging/logger.js';
import { callNode, NodeRefusal, NodeUnavailable } from './node-rpc.js';

const failure = z.object({
  body: z.number().int(),
  code: z.string(),
  pointer: z.string(),
  facts: z.record(z.string(), z.string()).default({}),
});
const dryRunAnswer = z.object({
  height: z.number().int(),
  results: z.array(
    z.object({ status: z.union([z.string(), z.number()]), failures: z.array(failure), warnings: z.array(failure) }),
  ),
});
const statusAnswer = z.looseObject({
  chainId: z.string(),
  genesisHash: z.string(),
  name: z.string(),
  finalHeight: z.number().int(),
  finalTimeMs: z.number(),
  executedHeight: z.number().int(),
});
const weight = z.number().int();
const permission = z.object({
  threshold: z.number().int(),
  keys: z.array(z.object({ key: z.string(), weight })),
  accounts: z.array(z.object({ account: z.string(), permission: z.string(), weight })),
  parent: z.string(),
});
/** An account as the ledger keeps it (docs/protocol/ledger.md 2). */
const accountAnswer = z.object({
  height: z.number().int(),
  balance: z.number().int(),
  record: z
    .object({
      account: z.string(),
      name: z.object({ en: z.string(), 'zh-CN': z.string() }),
      role: z.enum(['company', 'regulator']),
      class: z.string(),
      permissions: z.record(z.string(), permission),
      links: z.record(z.string(), z.string()),
      delegations: z.array(
        z.object({ to: z.string(), permission: z.string(), kinds: z.array(z.string()), untilMs: z.number() }),
      ),
      companyPrefixes: z.array(z.string()),
      deposit: z.object({ amount: z.number().int(), from: z.string() }),
      createdAt: z.number().int(),
      closedAt: z.number().int(),
    })
    .nullable(),
});
const submitAnswer = z.object({ txId: z.string(), result: z.enum(['accepted', 'known', 'final']) });
const proofAnswer = z.looseObject({ format: z.literal('waymark-evidence/1'), transactions: z.array(z.unknown()) });

const certificate = z.object({ bitmap: z.number().int(), signatures: z.array(z.string()) });
const blocksAnswer = z.object({
  blocks: z.array(
    z.object({
      header: z.string(),
      transactions: z.array(z.string()),
      receipts: z.array(z.string()),
      events: z.array(z.array(z.string())),
    }),
  ),
  anchor: z.object({ headers: z.array(z.string()), certificate }).nullable(),
});
const historyAnswer = z.object({
  anchor: z.object({ header: z.string(), certificate }),
  headers: z.array(
    z.object({ height: z.number().int(), header: z.string(), historyPath: z.array(z.string()).optional() }),
  ),
});

export type NodeStatus = z.infer<typeof statusAnswer>;
export type LedgerAccount = z.infer<typeof accountAnswer>;
export type DryRunFailure = z.infer<typeof failure>;
export interface DryRunOutcome {
  /** True: no body, or (with `proceed`) not every body, is refused. */
  readonly failures: readonly DryRunFailure[];
  readonly warnings: readonly DryRunFailure[];
}
export interface DryRunRequest {
  readonly bodies: readonly Uint8Array[];
  readonly proceed: boolean;
}

/** The bounds of the node's `dryRun` (docs/protocol/formats.md section 7). */
export const DRY_RUN_TRANSACTIONS_MAX = 50;
export const DRY_RUN_BYTES_MAX = 4 * 1024 * 1024;

/** How long a node may take in the second round. */
const PATIENT_MS = 10_000;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/**
 * All nodes of the consortium as one party to talk to: asks the one it follows and moves on when that one fails. What the
 * answers claim is verified elsewhere (feed, evidence); who answers does not matter.
 */
export class NodeClient {
  private followed = 0;

  constructor(
    readonly urls: readonly string[],
    private readonly logger: Logger,
    private readonly timeoutMs = 2_000,
  ) {}

  /** Address of the node asked first. */
  get current(): string {
    return this.urls[this.followed % this.urls.length] as string;
  }

  /** Follows the next node from now on, if `from` is still the one followed. */
  moveOn(from: string, why: string): void {
    if (this.current !== from || this.urls.length < 2) return;
    this.followed = (this.followed + 1) % this.urls.length;
    this.logger.warn({ from, to: this.current, why }, 'following another node');
  }

  /**
   * Asks the followed node, then the others, until one answers; a second round has more patience, for answers that take
   * long everywhere. A refusal is an answer.
   */
  async ask(method: string, params: object): Promise<unknown> {
    let last: unknown;
    for (const timeoutMs of [this.timeoutMs, PATIENT_MS])
      for (let tries = 0; tries < this.urls.length; tries++) {
        const url = this.current;
        try {
          return await callNode(url, method, params, timeoutMs);
        } catch (error) {
          if (!(error instanceof NodeUnavailable)) throw error;
          last = error;
          this.moveOn(url, error.message);
        }
      }
    throw last;
  }

  async status(url = this.current): Promise<NodeStatus> {
    return statusAnswer.parse(await callNode(url, 'status', {}, this.timeoutMs));
  }

  /** Status of every node; those that do not answer are undefined. */
  async statuses(): Promise<{ url: string; status: NodeStatus | undefined }[]> {
    return Promise.all(
      this.urls.map(async (url) => {
        try {
          return { url, status: await this.status(url) };
        } catch (error) {
          this.logger.debug({ url, err: error }, 'no status from a node');
          return { url, status: undefined };
        }
      }),
    );
  }

  /** The judge's early opinion; see docs/protocol/formats.md section 7, `dryRun`. */
  async dryRun(
    sender: string,
    transactions: readonly DryRunRequest[],
    /** Keys that will sign, hex; left out: whether they suffice is not asked. */
    signers?: readonly string[],
  ): Promise<{ height: number; results: DryRunOutcome[] }> {
    const answer = await this.ask('dryRun', {
      sender,
      ...(signers !== undefined && { signers }),
      transactions: transactions.map(({ bodies, proceed }) => ({ bodies: bodies.map(base64), proceed })),
    });
    return dryRunAnswer.parse(answer);
  }

  /**
   * Hands the same bytes to two nodes. One that takes them is enough; both refusing is a {@link NodeRefusal}, nobody
   * answering a {@link NodeUnavailable}.
   */
  async submit(transaction: Uint8Array): Promise<'accepted' | 'known' | 'final'> {
    const params = { transaction: base64(transaction) };
    let refusal: NodeRefusal | undefined;
    let last: unknown = new NodeUnavailable('no node is known');
    for (let at = 0; at < this.urls.length; at += 2) {
      const pair = [0, 1]
        .filter((i) => at + i < this.urls.length)
        .map((i) => this.urls[(this.followed + at + i) % this.urls.length] as string);
      try {
        // The first to take it is enough; the other goes on by itself.
        return await Promise.any(pair.map((url) => this.submitTo(url, params)));
      } catch (error) {
        for (const reason of error instanceof AggregateError ? (error.errors as unknown[]) : [error]) {
          if (reason instanceof NodeRefusal) refusal = reason;
          else last = reason;
        }
      }
    }
    throw refusal ?? last;
  }

  private async submitTo(url: string, params: object): Promise<'accepted' | 'known' | 'final'> {
    return submitAnswer.parse(await callNode(url, 'submitTransaction', params, this.timeoutMs)).result;
  }

  /** Height up to which the chain is executed, by the first node that answers. */
  async executedHeight(): Promise<number> {
    return statusAnswer.parse(await this.ask('status', {})).executedHeight;
  }

  /** What the ledger says of an account; one node's word. */
  async account(account: string): Promise<LedgerAccount> {
    return accountAnswer.parse(await this.ask('account', { account }));
  }

  async proof(txIds: readonly string[], bodies: Readonly<Record<string, readonly number[]>>): Promise<ProofAnswer> {
    const answer = await this.ask('proof', { txIds, bodies });
    proofAnswer.parse(answer);
    return answer as ProofAnswer;
  }

  /** Consecutive final blocks with their way to a certified header; `anchor` is null where there are none yet. */
  async blocks(from: number, limit: number): Promise<z.infer<typeof blocksAnswer>> {
    return blocksAnswer.parse(await this.ask('blocks', { from, limit, waitMs: 0 }));
  }

  /** The newest certified header, and how these headers lie in its history. */
  async historyProof(heights: readonly number[]): Promise<z.infer<typeof historyAnswer>> {
    return historyAnswer.parse(await this.ask('historyProof', { heights }));
  }
}
