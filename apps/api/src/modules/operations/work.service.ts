import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { QUEUE_NAMES } from '../../chain/submission/queue-names.js';
import { purge, type Purgeable } from '../../chain/submission/purging.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { unitOfWork } from '../../platform/database/database.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { Queues } from '../../platform/queue/queues.js';
import { DATABASE, QUEUES } from '../../platform/tokens.js';
import { DeadLettersService } from './dead-letters.service.js';
import type { Work } from './dto/work.js';

/** A queue that does not answer in this time is shown as such. */
const QUEUE_MS_MAX = 2_000;

/** A process not heard of for this long runs no more. */
export const SEEN_LATELY = `now() - interval '30 seconds'`;

@Injectable()
export class WorkService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(CONFIG) private readonly config: Config,
    private readonly letters: DeadLettersService,
    private readonly audit: AuditLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async work(): Promise<Work> {
    const [queues, [captures], [transactions], [settled], [workers], deadLetters] = await Promise.all([
      Promise.all(QUEUE_NAMES.map((name) => this.queueFacts(name))),
      this.database.query<{ waiting: number; oldest: Date | null }[]>(
        `SELECT count(*)::int AS waiting, min(created_at) AS oldest FROM capture_job WHERE state = 'queued'`,
      ),
      this.database.query<{ pending: number; refused: number; oldest: Date | null }[]>(
        `SELECT count(*)::int AS pending, (count(*) FILTER (WHERE last_refusal IS NOT NULL))::int AS refused, min(created_at) AS oldest
         FROM outbox WHERE state = 'pending'`,
      ),
      this.database.query<{ transactions: number; captures: number; oldest: Date | null }[]>(
        `SELECT count(*)::int AS transactions, min(created_at) AS oldest,
           (SELECT count(*)::int FROM capture_job WHERE state = 'done') AS captures FROM outbox WHERE state <> 'pending'`,
      ),
      this.database.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM process_sighting WHERE name = 'worker' AND seen_at > ${SEEN_LATELY}`,
      ),
      this.letters.count(),
    ]);
    return {
      at: new Date().toISOString(),
      backend: this.queues.backend,
      queues,
      captures: { waiting: captures?.waiting ?? 0, oldestAt: captures?.oldest?.toISOString() ?? null },
      transactions: {
        pending: transactions?.pending ?? 0,
        refused: transactions?.refused ?? 0,
        oldestAt: transactions?.oldest?.toISOString() ?? null,
      },
      settled: {
        transactions: settled?.transactions ?? 0,
        captures: settled?.captures ?? 0,
        oldestAt: settled?.oldest?.toISOString() ?? null,
        keepDays: this.config.keepDays,
      },
      deadLetters,
      workers: workers?.count ?? 0,
    };
  }

  async purge(what: Purgeable, olderThanDays: number, context: RequestContext): Promise<number> {
    return unitOfWork(this.database, async (manager) => {
      const deleted = await purge(manager, what, olderThanDays);
      const facts = { olderThanDays, deleted };
      await this.audit.record({ context, action: 'operations.settled.purged', target: what, facts }, manager);
      return deleted;
    });
  }

  private async queueFacts(name: string): Promise<Work['queues'][number]> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer in ${QUEUE_MS_MAX} ms`)), QUEUE_MS_MAX);
      });
      const { oldestMs, ...facts } = await Promise.race([this.queues.facts(name), late]);
      return { ...facts, oldestAt: oldestMs === null ? null : new Date(oldestMs).toISOString(), answers: true };
    } catch (error) {
      this.logger.warn({ queue: name, err: error }, 'the queue does not say how full it is');
      return { name, waiting: 0, active: 0, delayed: 0, oldestAt: null, answers: false };
    } finally {
      clearTimeout(timer);
    }
  }
}
