import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Logger } from '../logging/logger.js';
import type { DeadJob } from './queues.js';

export interface FailedJob {
  readonly id: string;
  readonly queue: string;
  readonly data: Record<string, unknown>;
  readonly error: string;
  /** How often all attempts were used up. */
  readonly times: number;
  /** Tries of the last time. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

const ERROR_MAX = 1_000;
const COLUMNS = `id, queue, data, error, times, attempts, first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt"`;

/**
 * Jobs that failed as often as they are tried, kept for the operator: the queue itself forgets them, so that the same work may be
 * announced again. One row for the same work, however often it fails.
 */
export class FailedJobs {
  constructor(
    private readonly database: DataSource,
    private readonly logger: Logger,
  ) {}

  /** For {@link Queues}: never throws. A job that cannot be noted is in the log, and its work still in the tables. */
  readonly note = (job: DeadJob): void => {
    this.store(job).catch((error: unknown) =>
      this.logger.error({ queue: job.queue, err: error }, 'a failed job could not be noted'),
    );
  };

  private async store({ queue, data, error, attempts }: DeadJob): Promise<void> {
    await this.database.query(
      `INSERT INTO failed_job (id, queue, data, error, times, attempts, first_failed_at, last_failed_at, state)
       VALUES ($1, $2, $3, $4, 1, $5, now(), now(), 'failed')
       ON CONFLICT (queue, md5(data::text)) WHERE state = 'failed'
       DO UPDATE SET error = EXCLUDED.error, times = failed_job.times + 1, attempts = EXCLUDED.attempts, last_failed_at = now()`,
      [randomUUID(), queue, JSON.stringify(data ?? {}), error.slice(0, ERROR_MAX).replaceAll('\0', '\uFFFD'), attempts],
    );
  }

  async open(id: string): Promise<FailedJob | undefined> {
    const rows = await this.database.query<FailedJob[]>(
      `SELECT ${COLUMNS} FROM failed_job WHERE id = $1 AND state = 'failed'`,
      [id],
    );
    return rows[0];
  }

  async list(limit: number): Promise<FailedJob[]> {
    return this.database.query<FailedJob[]>(
      `SELECT ${COLUMNS} FROM failed_job WHERE state = 'failed' ORDER BY first_failed_at LIMIT $1`,
      [limit],
    );
  }

  async settle(manager: EntityManager, id: string, state: 'retried' | 'discarded', reason?: string): Promise<void> {
    await manager.query(`UPDATE failed_job SET state = $2, reason = $3, settled_at = now() WHERE id = $1`, [
      id,
      state,
      reason ?? null,
    ]);
  }

  /** What failed and has been done since, by another job or another way, needs nobody's attention any more. */
  async heal(): Promise<void> {
    await this.database.query(
      `UPDATE failed_job f SET state = 'healed', settled_at = now() WHERE f.state = 'failed' AND (
         f.queue = 'sign' AND NOT EXISTS (
           SELECT 1 FROM capture_job j WHERE j.state = 'queued' AND j.organisation = f.data->>'organisation')
         OR f.queue = 'submit' AND NOT EXISTS (
           SELECT 1 FROM jsonb_array_elements_text(CASE jsonb_typeof(f.data->'txIds') WHEN 'array' THEN f.data->'txIds' ELSE '[]' END) AS t (tx) JOIN outbox o ON o.tx_id = decode(t.tx, 'hex')
           WHERE o.state = 'pending')
         OR f.queue NOT IN ('sign', 'submit') AND f.last_failed_at < now() - interval '1 minute')`,
    );
  }
}
