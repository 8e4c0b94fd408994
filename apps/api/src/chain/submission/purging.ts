import type { DataSource, EntityManager } from 'typeorm';
import { PROJECTED_HEIGHT } from '../../platform/database/projected.js';

/** What may go once it is old: bytes of transactions that are settled, tickets of captures that ended, failed jobs that were settled. */
export const PURGEABLE = ['transactions', 'captures', 'failed-jobs'] as const;
export type Purgeable = (typeof PURGEABLE)[number];

const statements: Readonly<Record<Purgeable, string>> = {
  // A discarded transaction may still become final until the checked chain has passed its expiry.
  transactions: `DELETE FROM outbox WHERE state <> 'pending' AND created_at < now() - $1 * interval '1 day'
    AND (state <> 'discarded' OR expiry_height < ${PROJECTED_HEIGHT})`,
  // The transactions of a job go first or with it.
  captures: `WITH old AS (
      SELECT j.id FROM capture_job j WHERE j.state = 'done' AND j.finished_at < now() - $1 * interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.job_id = j.id AND (o.state = 'pending'
        OR o.state = 'discarded' AND o.expiry_height >= ${PROJECTED_HEIGHT}))
    ), theirs AS (DELETE FROM outbox WHERE job_id IN (SELECT id FROM old) RETURNING 1)
    DELETE FROM capture_job WHERE id IN (SELECT id FROM old) AND (SELECT count(*) FROM theirs) >= 0`,
  'failed-jobs': `DELETE FROM failed_job WHERE state <> 'failed' AND settled_at < now() - $1 * interval '1 day'`,
};

/** Deletes what ended more than so many days ago. The ledger keeps every record; this is what the gateway kept beside it. Returns how many. */
export async function purge(
  manager: DataSource | EntityManager,
  what: Purgeable,
  olderThanDays: number,
): Promise<number> {
  const [, count] = await manager.query<[unknown[], number]>(statements[what], [olderThanDays]);
  return count;
}
