import type { DataSource, EntityManager } from 'typeorm';
import {
  type DryRunOutcome,
  DRY_RUN_BYTES_MAX,
  DRY_RUN_TRANSACTIONS_MAX,
  type NodeClient,
} from '../client/node-client.js';
import { NodeRefusal } from '../client/node-rpc.js';
import { SIGNING_LOCK_CLASS } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logging/logger.js';
import { KeyMissing } from './keyring.js';
import { unpackBodies } from './stored-bodies.js';
import { STANDS_REFUSED, type Submitting } from './submitting.js';
import { contentsOf, EXPIRY_HEIGHTS, type SignedTransaction, type TransactionWriter } from './transaction-writer.js';

/** A command waiting to be signed. */
export interface QueuedCommand {
  readonly id: string;
  readonly proceed: boolean;
  readonly bodies: readonly Uint8Array[];
}

export interface Remark {
  readonly body: number;
  readonly code: string;
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** How a business module hears that the ledger would refuse its command: nothing was signed. */
export type RefuseCommand = (manager: EntityManager, commandId: string, failures: readonly Remark[]) => Promise<void>;

/** Commands and bytes signed in one unit of work; the first command is always taken. */
const BATCH_MAX = 100;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/**
 * As long as no more than this of the organisation's own is still pending, the judge is asked: a dry run repeats all of it before
 * the new. With more, the new is signed unasked, and its receipt decides: repeating ever more would cost the square of what waits.
 */
const ASKED_PENDING_MAX = 8;
const ASKED_PENDING_BYTES_MAX = 512 * 1024;

interface Batch {
  readonly signed: readonly SignedTransaction[];
  /** True: there may be more to sign. */
  readonly more: boolean;
}

/**
 * Signs an organisation's commands in the order of their arrival, one signer at a time: asks the judge on the last executed
 * state and the organisation's own pending transactions, then signs, and stores the bytes. Several worker processes share
 * the work by a Postgres advisory lock for each organisation.
 */
export class Signing {
  /** Organisations that are being signed for in this process; `again`: more arrived meanwhile. */
  private readonly busy = new Map<string, { again: boolean }>();

  constructor(
    private readonly database: DataSource,
    private readonly nodes: NodeClient,
    private readonly writer: TransactionWriter,
    private readonly submitting: Submitting,
    private readonly refuse: RefuseCommand,
    private readonly logger: Logger,
  ) {}

  /**
   * Signs all that waits. A second call for the same organisation leaves the work to the one that runs. Throws NodeUnavailable
   * when no node can be asked: the job is tried again.
   */
  async signFor(organisation: string): Promise<void> {
    const running = this.busy.get(organisation);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const mine = { again: false };
    this.busy.set(organisation, mine);
    try {
      let more: boolean;
      do {
        mine.again = false;
        const batch = await this.underLock(organisation, (manager) => this.signBatch(manager, organisation));
        this.announce(organisation, batch.signed);
        more = batch.more;
      } while (more || mine.again);
    } finally {
      this.busy.delete(organisation);
    }
  }

  /**
   * Signs anew what can never stand any more: transactions that expired unseen, and those that name one of them as the one
   * before. The events are the same, the transactions are others.
   */
  async reissue(organisation: string, passedHeight: number): Promise<void> {
    const signed = await this.underLock(organisation, async (manager) => {
      const rows = await manager.query<
        { tx_id: Buffer; job_id: string; transaction: Buffer; expiry_height: string; after: Buffer | null }[]
      >(
        `SELECT tx_id, job_id, transaction, expiry_height, after FROM outbox WHERE organisation = $1 AND state = 'pending' ORDER BY seq`,
        [organisation],
      );
      const dead = new Set<string>();
      /** Those of the dead that are not on the chain: nothing that names one of them as the one before can ever stand. */
      const absent = new Set<string>();
      for (const row of rows) {
        const expiryHeight = Number(row.expiry_height);
        if (expiryHeight >= passedHeight && !(row.after !== null && absent.has(row.after.toString('hex')))) continue;
        dead.add(row.tx_id.toString('hex'));
        if (expiryHeight !== STANDS_REFUSED) absent.add(row.tx_id.toString('hex'));
      }
      let last: Uint8Array | undefined = rows.filter((row) => !dead.has(row.tx_id.toString('hex'))).at(-1)?.tx_id;
      const executedHeight = await this.nodes.executedHeight();
      const fresh: SignedTransaction[] = [];
      for (const row of rows) {
        if (!dead.has(row.tx_id.toString('hex'))) continue;
        const contents = contentsOf(row.transaction);
        // Later than before in any case: the same events under the same expiry would be the same transaction.
        const expiryHeight = Math.max(executedHeight + EXPIRY_HEIGHTS, contents.expiryHeight + 1);
        const jobId = row.job_id;
        const anew = await this.writer.sign({ ...contents, jobId, organisation, expiryHeight, after: last });
        last = anew.txId;
        fresh.push(anew);
        this.logger.info(
          { organisation, old: row.tx_id.toString('hex'), txId: Buffer.from(last).toString('hex') },
          'an expired transaction was signed anew',
        );
      }
      await manager.query(`UPDATE outbox SET state = 'replaced' WHERE tx_id = ANY($1)`, [
        [...dead].map((txId) => Buffer.from(txId, 'hex')),
      ]);
      await this.writer.store(manager, fresh);
      return fresh;
    });
    this.announce(organisation, signed);
  }

  private async signBatch(manager: EntityManager, organisation: string): Promise<Batch> {
    const commands = await this.waiting(manager, organisation);
    if (commands.length === 0) return { signed: [], more: false };
    const judged = await this.judge(manager, organisation, commands);
    let after: Uint8Array | undefined = judged.last;
    const signed: SignedTransaction[] = [];
    for (const [i, command] of commands.slice(0, judged.count).entries()) {
      const failures = judged.failures[i] ?? [];
      if (refusesAll(command, failures)) {
        await this.refuse(manager, command.id, failures);
        continue;
      }
      try {
        const transaction = await this.writer.sign({
          jobId: command.id,
          organisation,
          bodies: command.bodies,
          proceed: command.proceed,
          expiryHeight: judged.height + EXPIRY_HEIGHTS,
          after,
        });
        after = transaction.txId;
        signed.push(transaction);
      } catch (error) {
        if (!(error instanceof KeyMissing)) throw error;
        await this.refuse(manager, command.id, [{ body: 0, code: error.code, pointer: '', facts: { organisation } }]);
      }
    }
    await this.writer.store(manager, signed);
    const sizeBytes = commands.reduce((sum, command) => sum + sizeOf(command), 0);
    if (judged.wait === true) return { signed, more: false };
    const more = judged.count < commands.length || commands.length === BATCH_MAX || sizeBytes >= BATCH_BYTES_MAX;
    return { signed, more };
  }

  private async waiting(manager: EntityManager, organisation: string): Promise<QueuedCommand[]> {
    const rows = await manager.query<{ id: string; proceed: boolean; bodies: Buffer }[]>(
      `SELECT id, proceed, bodies FROM (
         SELECT id, proceed, bodies, seq, sum(octet_length(bodies)) OVER (ORDER BY seq) - octet_length(bodies) AS before
         FROM capture_job WHERE organisation = $1 AND state = 'queued' ORDER BY seq LIMIT ${BATCH_MAX}
       ) AS queued WHERE before < ${BATCH_BYTES_MAX} ORDER BY seq`,
      [organisation],
    );
    return rows.map((row) => ({ id: row.id, proceed: row.proceed, bodies: unpackBodies(row.bodies) }));
  }

  /** The judge's early opinion on as many of the commands as fit into one dry run. Without it the receipt decides. */
  private async judge(
    manager: EntityManager,
    organisation: string,
    commands: readonly QueuedCommand[],
  ): Promise<{
    height: number;
    count: number;
    failures: readonly (readonly Remark[])[];
    last: Uint8Array | undefined;
    /** A key is being rotated: the rest waits until the ledger says so. */
    wait?: boolean;
  }> {
    const [before] = await manager.query<{ count: number; bytes: number; last: Buffer | null }[]>(
      `SELECT count(*)::int AS count, coalesce(sum(octet_length(transaction)), 0)::float8 AS bytes, (array_agg(tx_id ORDER BY seq DESC))[1] AS last
       FROM outbox WHERE organisation = $1 AND state = 'pending'`,
      [organisation],
    );
    if (before === undefined) throw new Error('Postgres counted nothing');
    const last = before.last ?? undefined;
    const count = this.askedOf(commands, before);
    if (count === 0) return { height: await this.nodes.executedHeight(), count: commands.length, failures: [], last };
    const pending =
      before.count === 0
        ? []
        : await manager.query<{ transaction: Buffer }[]>(
            `SELECT transaction FROM outbox WHERE organisation = $1 AND state = 'pending' ORDER BY seq`,
            [organisation],
          );
    try {
      const transactions = [
        ...pending.map(({ transaction }) => contentsOf(transaction)),
        ...commands.slice(0, count).map(({ bodies, proceed }) => ({ bodies, proceed })),
      ];
      const signers = await this.writer.signersOf(organisation);
      const { height, results } = await this.nodes.dryRun(organisation, transactions, signers);
      const failures = results.slice(pending.length).map((outcome: DryRunOutcome) => outcome.failures);
      const rotated = failures.findIndex((list) => list.some(({ code }) => code === 'TX_SIGNER_UNKNOWN'));
      if (rotated >= 0 && signers !== undefined) {
        if (await this.writer.signsOtherwise(organisation, signers)) return this.judge(manager, organisation, commands);
        if (pending.length > 0 || rotated > 0) return { height, count: rotated, failures, last, wait: true };
      }
      return { height, count, failures, last };
    } catch (error) {
      if (!(error instanceof NodeRefusal)) throw error;
      // The judge would not hear all of them together: whose fault that is shows when the first is asked for alone.
      if (count > 1) return this.judge(manager, organisation, commands.slice(0, 1));
      const failure: Remark = { body: 0, code: error.code, pointer: error.pointer, facts: error.facts };
      return { height: 0, count, failures: commands.slice(0, count).map(() => [failure]), last };
    }
  }

  /** Of how many of these commands the judge is asked; 0: of none. */
  private askedOf(commands: readonly QueuedCommand[], pending: { count: number; bytes: number }): number {
    if (pending.count > ASKED_PENDING_MAX || pending.bytes > ASKED_PENDING_BYTES_MAX) return 0;
    let sizeBytes = pending.bytes;
    let count = 0;
    for (const command of commands) {
      sizeBytes += sizeOf(command);
      if (sizeBytes > DRY_RUN_BYTES_MAX || pending.count + count >= DRY_RUN_TRANSACTIONS_MAX) break;
      count++;
    }
    return count;
  }

  private async underLock<T>(organisation: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SIGNING_LOCK_CLASS, organisation]);
      return work(manager);
    });
  }

  private announce(organisation: string, signed: readonly SignedTransaction[]): void {
    this.submitting.soon(
      organisation,
      signed.map(({ txId }) => Buffer.from(txId).toString('hex')),
    );
  }
}

const sizeOf = ({ bodies }: QueuedCommand) => bodies.reduce((sum, body) => sum + body.length, 0);

/** Rollback: one refused body refuses all. Proceed: only when nothing would be left, or the transaction itself is refused. */
function refusesAll(command: QueuedCommand, failures: readonly Remark[]): boolean {
  if (failures.length === 0) return false;
  if (!command.proceed || failures.some(({ body }) => body === 0)) return true;
  return new Set(failures.map(({ body }) => body)).size >= command.bodies.length - 1;
}
