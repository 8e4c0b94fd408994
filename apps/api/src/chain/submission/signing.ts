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
import type { WorkQueue } from '../../platform/queue/queues.js';
import { KeyMissing } from './keyring.js';
import type { SubmitJob } from './queue-names.js';
import { unpackBodies } from './stored-bodies.js';
import { contentsOf, EXPIRY_HEIGHTS, type TransactionWriter } from './transaction-writer.js';

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

/** Commands judged together in one dry run. */
const BATCH_MAX = 20;

/**
 * Signs an organisation's commands in the order of their arrival, one signer at a time: asks the judge on the last executed
 * state and the organisation's own pending transactions, then signs, and stores the bytes. Several worker processes share
 * the work by a Postgres advisory lock for each organisation.
 */
export class Signing {
  constructor(
    private readonly database: DataSource,
    private readonly nodes: NodeClient,
    private readonly writer: TransactionWriter,
    private readonly submissions: WorkQueue<SubmitJob>,
    private readonly refuse: RefuseCommand,
    private readonly logger: Logger,
  ) {}

  /** Signs all that waits. Throws NodeUnavailable when no node can be asked: the job is tried again. */
  async signFor(organisation: string): Promise<void> {
    for (;;) {
      const { signed, taken } = await this.underLock(organisation, (manager) => this.signBatch(manager, organisation));
      await this.announce(signed);
      if (taken < BATCH_MAX) return;
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
      for (const row of rows)
        if (Number(row.expiry_height) < passedHeight || (row.after !== null && dead.has(row.after.toString('hex'))))
          dead.add(row.tx_id.toString('hex'));
      let last: Uint8Array | undefined = rows.filter((row) => !dead.has(row.tx_id.toString('hex'))).at(-1)?.tx_id;
      const executedHeight = await this.nodes.executedHeight();
      const fresh: Uint8Array[] = [];
      for (const row of rows) {
        if (!dead.has(row.tx_id.toString('hex'))) continue;
        await manager.query(`UPDATE outbox SET state = 'replaced' WHERE tx_id = $1`, [row.tx_id]);
        const contents = contentsOf(row.transaction);
        // Later than before in any case: the same events under the same expiry would be the same transaction.
        const expiryHeight = Math.max(executedHeight + EXPIRY_HEIGHTS, contents.expiryHeight + 1);
        last = await this.writer.write(manager, {
          ...contents,
          jobId: row.job_id,
          organisation,
          expiryHeight,
          after: last,
        });
        fresh.push(last);
        this.logger.info(
          { organisation, old: row.tx_id.toString('hex'), txId: Buffer.from(last).toString('hex') },
          'an expired transaction was signed anew',
        );
      }
      return fresh;
    });
    await this.announce(signed);
  }

  private async signBatch(
    manager: EntityManager,
    organisation: string,
  ): Promise<{ signed: Uint8Array[]; taken: number }> {
    const rows = await manager.query<{ id: string; proceed: boolean; bodies: Buffer }[]>(
      `SELECT id, proceed, bodies FROM capture_job WHERE organisation = $1 AND state = 'queued' ORDER BY seq LIMIT ${BATCH_MAX}`,
      [organisation],
    );
    const commands: QueuedCommand[] = rows.map((row) => ({ ...row, bodies: unpackBodies(row.bodies) }));
    if (commands.length === 0) return { signed: [], taken: 0 };
    const pending = await manager.query<{ tx_id: Buffer; transaction: Buffer }[]>(
      `SELECT tx_id, transaction FROM outbox WHERE organisation = $1 AND state = 'pending' ORDER BY seq`,
      [organisation],
    );
    const judged = await this.judge(
      organisation,
      pending.map(({ transaction }) => transaction),
      commands,
    );
    let after: Uint8Array | undefined = pending.at(-1)?.tx_id;
    const signed: Uint8Array[] = [];
    for (const [i, command] of commands.slice(0, judged.count).entries()) {
      const failures = judged.failures[i] ?? [];
      if (refusesAll(command, failures)) {
        await this.refuse(manager, command.id, failures);
        continue;
      }
      try {
        after = await this.writer.write(manager, {
          jobId: command.id,
          organisation,
          bodies: command.bodies,
          proceed: command.proceed,
          expiryHeight: judged.height + EXPIRY_HEIGHTS,
          after,
        });
        signed.push(after);
      } catch (error) {
        if (!(error instanceof KeyMissing)) throw error;
        await this.refuse(manager, command.id, [{ body: 0, code: error.code, pointer: '', facts: { organisation } }]);
      }
    }
    return { signed, taken: judged.count < commands.length ? BATCH_MAX : commands.length };
  }

  /**
   * The judge's early opinion on as many of the commands as fit into one dry run. With so much of the organisation's own still
   * pending that not even one fits, nobody is asked: the receipt decides.
   */
  private async judge(
    organisation: string,
    pending: readonly Uint8Array[],
    commands: readonly QueuedCommand[],
  ): Promise<{ height: number; count: number; failures: readonly (readonly Remark[])[] }> {
    let sizeBytes = pending.reduce((sum, bytes) => sum + bytes.length, 0);
    let count = 0;
    while (count < commands.length && pending.length + count < DRY_RUN_TRANSACTIONS_MAX) {
      sizeBytes += (commands[count]?.bodies ?? []).reduce((sum, body) => sum + body.length, 0);
      if (sizeBytes > DRY_RUN_BYTES_MAX) break;
      count++;
    }
    if (count === 0) {
      const executedHeight = await this.nodes.executedHeight();
      return { height: executedHeight, count: commands.length, failures: [] };
    }
    try {
      const transactions = [
        ...pending.map(contentsOf),
        ...commands.slice(0, count).map(({ bodies, proceed }) => ({ bodies, proceed })),
      ];
      const { height, results } = await this.nodes.dryRun(organisation, transactions);
      return {
        height,
        count,
        failures: results.slice(pending.length).map((outcome: DryRunOutcome) => outcome.failures),
      };
    } catch (error) {
      if (!(error instanceof NodeRefusal)) throw error;
      const failure: Remark = { body: 0, code: error.code, pointer: error.pointer, facts: error.facts };
      return { height: 0, count, failures: commands.slice(0, count).map(() => [failure]) };
    }
  }

  private async underLock<T>(organisation: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SIGNING_LOCK_CLASS, organisation]);
      return work(manager);
    });
  }

  private async announce(signed: readonly Uint8Array[]): Promise<void> {
    for (const id of signed) {
      const txId = Buffer.from(id).toString('hex');
      try {
        await this.submissions.add(txId, { txId });
      } catch (error) {
        this.logger.warn({ txId, err: error }, 'signed and stored, but not queued; the sweeper will find it');
      }
    }
  }
}

/** Rollback: one refused body refuses all. Proceed: only when nothing would be left, or the transaction itself is refused. */
function refusesAll(command: QueuedCommand, failures: readonly Remark[]): boolean {
  if (failures.length === 0) return false;
  if (!command.proceed || failures.some(({ body }) => body === 0)) return true;
  return new Set(failures.map(({ body }) => body)).size >= command.bodies.length - 1;
}
