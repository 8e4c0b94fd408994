import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  QUEUE_NAMES,
  SIGN_QUEUE,
  type SignJob,
  SUBMIT_QUEUE,
  type SubmitJob,
} from '../../chain/submission/queue-names.js';
import { EXPIRED_FOR_GOOD } from '../../chain/submission/submitting.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { SIGNING_LOCK_CLASS, unitOfWork } from '../../platform/database/database.js';
import { PROJECTED_HEIGHT } from '../../platform/database/projected.js';
import { organisationOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { FailedJobs } from '../../platform/queue/failed-jobs.js';
import { Queues, type WorkQueue } from '../../platform/queue/queues.js';
import { DATABASE, QUEUES } from '../../platform/tokens.js';
import { CaptureFinisher, TRANSACTION_DISCARDED } from '../provenance/capture-finisher.js';
import type { DeadLetter, DeadLetters } from './dto/work.js';

/** What waits longer than this needs somebody's attention. */
export const STUCK_AFTER_SECONDS = 60;
const SHOWN_MAX = 200;

interface StuckCapture {
  readonly id: string;
  readonly organisation: string;
  readonly event_count: number;
  readonly created_at: Date;
}

interface StuckTransaction {
  readonly tx_id: Buffer;
  readonly job_id: string;
  readonly organisation: string;
  readonly expiry_height: string;
  readonly created_at: Date;
  readonly submitted_at: Date | null;
  readonly attempts: number;
  readonly last_refusal: string | null;
  readonly event_count: number;
  readonly expired: boolean;
}

type Outcome = { readonly id: string; readonly outcome: 'done' | 'gone' };

const STUCK = `now() - interval '${STUCK_AFTER_SECONDS} seconds'`;
const CAPTURES = `FROM capture_job WHERE state = 'queued' AND created_at < ${STUCK}`;
const TRANSACTIONS = `FROM outbox o JOIN capture_job j ON j.id = o.job_id
  WHERE o.state = 'pending' AND (o.created_at < ${STUCK} OR o.last_refusal IS NOT NULL)`;

/** Work that does not get on by itself: shown, put back to work as it is, or given up with a reason its owner reads. */
@Injectable()
export class DeadLettersService {
  private readonly failed: FailedJobs;
  private readonly queuesByName = new Map<string, WorkQueue<object>>();
  private readonly finisher = new CaptureFinisher();

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    private readonly audit: AuditLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.failed = new FailedJobs(database, logger);
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: number }[]>(
      `SELECT ((SELECT count(*) ${CAPTURES}) + (SELECT count(*) ${TRANSACTIONS})
        + (SELECT count(*) FROM failed_job WHERE state = 'failed'))::int AS count`,
    );
    return row?.count ?? 0;
  }

  /** The oldest first. */
  async list(): Promise<DeadLetters> {
    const limit = SHOWN_MAX + 1;
    const [captures, transactions, jobs] = await Promise.all([
      this.database.query<StuckCapture[]>(
        `SELECT id, organisation, event_count, created_at ${CAPTURES} ORDER BY created_at, seq LIMIT $1`,
        [limit],
      ),
      this.database.query<StuckTransaction[]>(
        `SELECT o.tx_id, o.job_id, o.organisation, o.expiry_height, o.created_at, o.submitted_at, o.attempts, o.last_refusal,
           j.event_count, o.expiry_height < ${PROJECTED_HEIGHT} AS expired
         ${TRANSACTIONS} ORDER BY o.created_at, o.seq LIMIT $1`,
        [limit],
      ),
      this.failed.list(limit),
    ]);
    const letters = [
      ...captures.map(captureLetter),
      ...transactions.map(transactionLetter),
      ...jobs.map((job): DeadLetter => {
        const { organisation } = job.data;
        return {
          ...NOTHING,
          id: `job.${job.id}`,
          kind: 'job',
          organisation: typeof organisation === 'string' ? organisation : null,
          state: 'FAILED',
          said: job.error,
          queue: job.queue,
          attempts: job.attempts * job.times,
          since: job.firstFailedAt.toISOString(),
          lastTriedAt: job.lastFailedAt.toISOString(),
        };
      }),
    ].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
    return {
      letters: letters.slice(0, SHOWN_MAX),
      more: letters.length > SHOWN_MAX,
      stuckAfterSeconds: STUCK_AFTER_SECONDS,
    };
  }

  /** Puts them back to work at once: the same command, the same bytes, the same job. */
  async retry(ids: readonly string[], context: RequestContext): Promise<Outcome[]> {
    return this.each(ids, (kind, key) => {
      switch (kind) {
        case 'capture':
          return this.retryCapture(key, context);
        case 'transaction':
          return this.retryTransaction(key, context);
        default:
          return this.retryJob(key, context);
      }
    });
  }

  /** Gives them up. The owner's job ends with the reason; what was to follow a transaction is signed anew. */
  async discard(ids: readonly string[], reason: string, context: RequestContext): Promise<Outcome[]> {
    return this.each(ids, (kind, key) => {
      switch (kind) {
        case 'capture':
          return this.discardCapture(key, reason, context);
        case 'transaction':
          return this.discardTransaction(key, reason, context);
        default:
          return this.discardJob(key, reason, context);
      }
    });
  }

  private async each(ids: readonly string[], act: (kind: string, key: string) => Promise<boolean>): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const id of new Set(ids)) {
      const at = id.indexOf('.');
      outcomes.push({ id, outcome: (await act(id.slice(0, at), id.slice(at + 1))) ? 'done' : 'gone' });
    }
    return outcomes;
  }

  private async retryCapture(id: string, context: RequestContext): Promise<boolean> {
    const [job] = await this.database.query<{ organisation: string }[]>(
      `SELECT organisation FROM capture_job WHERE id = $1 AND state = 'queued'`,
      [id],
    );
    if (job === undefined) return false;
    await this.queue<SignJob>(SIGN_QUEUE).add(`retry-${job.organisation}`, { organisation: job.organisation });
    await this.note(context, 'operations.letter.retried', id, { kind: 'capture', organisation: job.organisation });
    return true;
  }

  private async retryTransaction(txId: string, context: RequestContext): Promise<boolean> {
    const [row] = await this.database.query<{ organisation: string }[]>(
      `SELECT organisation FROM outbox WHERE tx_id = $1 AND state = 'pending'`,
      [Buffer.from(txId, 'hex')],
    );
    if (row === undefined) return false;
    await this.queue<SubmitJob>(SUBMIT_QUEUE).add(`retry-${txId}`, { txIds: [txId] });
    await this.note(context, 'operations.letter.retried', txId, {
      kind: 'transaction',
      organisation: row.organisation,
    });
    return true;
  }

  private async retryJob(id: string, context: RequestContext): Promise<boolean> {
    const job = await this.failed.open(id);
    if (job === undefined) return false;
    await unitOfWork(this.database, async (manager) => {
      await this.failed.settle(manager, id, 'retried');
      await this.note(context, 'operations.letter.retried', id, { kind: 'job', queue: job.queue }, manager);
    });
    // What the deployment repeats by itself comes again without us.
    if (job.queue === SIGN_QUEUE || job.queue === SUBMIT_QUEUE)
      await this.queue(job.queue).add(`retry-${id}`, job.data);
    return true;
  }

  private async discardCapture(id: string, reason: string, context: RequestContext): Promise<boolean> {
    return unitOfWork(this.database, async (manager) => {
      const [found] = await manager.query<{ organisation: string }[]>(
        `SELECT organisation FROM capture_job WHERE id = $1 AND state = 'queued'`,
        [id],
      );
      if (found === undefined) return false;
      await this.lockSigning(manager, found.organisation);
      const still = await manager.query<unknown[]>(
        `SELECT 1 FROM capture_job WHERE id = $1 AND state = 'queued' FOR UPDATE`,
        [id],
      );
      if (still.length === 0) return false; // signed while we waited
      await this.finisher.refuse(manager, id, [{ body: 0, code: 'CAPTURE_DISCARDED', pointer: '', facts: { reason } }]);
      const facts = { kind: 'capture', organisation: found.organisation, reason };
      await this.note(context, 'operations.letter.discarded', id, facts, manager);
      return true;
    });
  }

  private async discardTransaction(txId: string, reason: string, context: RequestContext): Promise<boolean> {
    const bytes = Buffer.from(txId, 'hex');
    return unitOfWork(this.database, async (manager) => {
      const [found] = await manager.query<{ organisation: string; job_id: string }[]>(
        `SELECT organisation, job_id FROM outbox WHERE tx_id = $1 AND state = 'pending'`,
        [bytes],
      );
      if (found === undefined) return false;
      await this.lockSigning(manager, found.organisation);
      // The job first, as the projector does that finishes jobs: neither waits for the other then.
      await manager.query(`SELECT 1 FROM capture_job WHERE id = $1 FOR UPDATE`, [found.job_id]);
      const [, changed] = await manager.query<[unknown[], number]>(
        `UPDATE outbox SET state = 'discarded' WHERE tx_id = $1 AND state = 'pending'`,
        [bytes],
      );
      if (changed === 0) return false; // final, or signed anew, while we waited
      await manager.query(`UPDATE outbox SET expiry_height = $2 WHERE after = $1 AND state = 'pending'`, [
        bytes,
        EXPIRED_FOR_GOOD,
      ]);
      await this.finisher.refuse(manager, found.job_id, [
        { body: 0, code: TRANSACTION_DISCARDED, pointer: '', facts: { reason } },
      ]);
      const facts = { kind: 'transaction', organisation: found.organisation, captureId: found.job_id, reason };
      await this.note(context, 'operations.letter.discarded', txId, facts, manager);
      return true;
    });
  }

  private async discardJob(id: string, reason: string, context: RequestContext): Promise<boolean> {
    const job = await this.failed.open(id);
    if (job === undefined) return false;
    await unitOfWork(this.database, async (manager) => {
      await this.failed.settle(manager, id, 'discarded', reason);
      const { organisation } = job.data;
      const facts = {
        kind: 'job',
        queue: job.queue,
        reason,
        ...(typeof organisation === 'string' && { organisation }),
      };
      await this.note(context, 'operations.letter.discarded', id, facts, manager);
    });
    return true;
  }

  /** Nobody signs for the organisation meanwhile. */
  private async lockSigning(manager: EntityManager, organisation: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SIGNING_LOCK_CLASS, organisation]);
  }

  private async note(
    context: RequestContext,
    action: string,
    target: string,
    facts: Readonly<Record<string, string>>,
    manager?: EntityManager,
  ): Promise<void> {
    this.logger.info({ action, target, ...facts }, 'the operator acted');
    await this.audit.record({ context, action, target, facts }, manager);
    // Whose work it is reads it in their own log, without the address of the operator.
    const { organisation: owner } = facts;
    if (action === 'operations.letter.discarded' && owner !== undefined && owner !== organisationOf(context))
      await this.audit.record(
        {
          context: undefined,
          action,
          target,
          facts,
          organisation: owner,
          actor: { kind: 'system', id: '', label: 'operator of the gateway' },
        },
        manager,
      );
  }

  private queue<Data extends object>(name: string): WorkQueue<Data> {
    if (!(QUEUE_NAMES as readonly string[]).includes(name)) throw new Error(`there is no queue ${name}`);
    let queue = this.queuesByName.get(name);
    if (queue === undefined) {
      queue = this.queues.queue<object>(name);
      this.queuesByName.set(name, queue);
    }
    return queue;
  }
}

const NOTHING = {
  organisation: null,
  said: null,
  queue: null,
  attempts: 0,
  events: null,
  captureId: null,
  txId: null,
  expiryHeight: null,
  lastTriedAt: null,
} as const;

function captureLetter(row: StuckCapture): DeadLetter {
  return {
    ...NOTHING,
    id: `capture.${row.id}`,
    kind: 'capture',
    organisation: row.organisation,
    state: 'NOT_SIGNED',
    events: row.event_count,
    captureId: row.id,
    since: row.created_at.toISOString(),
  };
}

function transactionLetter(row: StuckTransaction): DeadLetter {
  const txId = row.tx_id.toString('hex');
  return {
    ...NOTHING,
    id: `transaction.${txId}`,
    kind: 'transaction',
    organisation: row.organisation,
    state: row.expired
      ? 'TO_BE_SIGNED_ANEW'
      : row.last_refusal !== null
        ? 'REFUSED_BY_NODES'
        : row.submitted_at === null
          ? 'NOT_SENT'
          : 'NOT_CONFIRMED',
    said: row.last_refusal,
    attempts: row.attempts,
    events: row.event_count,
    captureId: row.job_id,
    txId,
    expiryHeight: Number(row.expiry_height) < 0 ? null : Number(row.expiry_height),
    since: row.created_at.toISOString(),
    lastTriedAt: row.submitted_at?.toISOString() ?? null,
  };
}
