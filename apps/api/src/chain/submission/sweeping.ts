import type { DataSource } from 'typeorm';
import type { FailedJobs } from '../../platform/queue/failed-jobs.js';
import type { WorkQueue } from '../../platform/queue/queues.js';
import { type SignJob, SUBMIT_BATCH_MAX, type SubmitJob } from './queue-names.js';
import type { Signing } from './signing.js';

/** How often the sweeper looks, in milliseconds. */
export const SWEEP_EVERY_MS = 1_000;

/**
 * The queue is quick and may forget; the tables are slow and do not. What waits longer than it should is put back to work:
 * commands nobody signed, bytes nobody confirmed, transactions that expired unseen.
 */
export class Sweeping {
  constructor(
    private readonly database: DataSource,
    private readonly signings: WorkQueue<SignJob>,
    private readonly submissions: WorkQueue<SubmitJob>,
    private readonly signing: Signing,
    private readonly projectedHeight: () => Promise<number>,
    private readonly failed: FailedJobs,
  ) {}

  async sweep(): Promise<void> {
    await this.failed.heal();
    const waiting = await this.database.query<{ organisation: string }[]>(
      `SELECT DISTINCT organisation FROM capture_job WHERE state = 'queued' AND created_at < now() - interval '1 second'`,
    );
    for (const { organisation } of waiting) await this.signings.add(`sweep-${organisation}`, { organisation });
    const height = await this.projectedHeight();
    const expired = await this.database.query<{ organisation: string }[]>(
      `SELECT DISTINCT organisation FROM outbox WHERE state = 'pending' AND expiry_height < $1`,
      [height],
    );
    for (const { organisation } of expired) await this.signing.reissue(organisation, height);
    const unconfirmed = await this.database.query<{ tx_id: Buffer }[]>(
      `SELECT tx_id FROM outbox
       WHERE state = 'pending' AND (submitted_at IS NULL AND created_at < now() - interval '2 seconds' OR submitted_at < now() - least(2 ^ attempts, 32) * interval '2 seconds')
       ORDER BY seq LIMIT 500`,
    );
    const txIds = unconfirmed.map((row) => row.tx_id.toString('hex'));
    for (let at = 0; at < txIds.length; at += SUBMIT_BATCH_MAX)
      await this.submissions.add(txIds[at] as string, { txIds: txIds.slice(at, at + SUBMIT_BATCH_MAX) });
  }
}
