import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Logger } from '../logging/logger.js';
import { PRODUCT_VERSION } from './product-version.js';

const EVERY_MS = 10_000;

/** Says in Postgres, now and then, that this process runs and of which version it is. */
export class ProcessSightings {
  private readonly id = randomUUID();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly name: 'api' | 'worker',
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.say();
    this.timer = setInterval(() => this.say(), EVERY_MS);
    this.timer.unref();
  }

  /** A process that ends in order is not missed. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    try {
      await this.database.query(`DELETE FROM process_sighting WHERE id = $1`, [this.id]);
    } catch (error) {
      this.logger.debug({ err: error }, 'the end of this process could not be noted');
    }
  }

  private say(): void {
    this.database
      .query(
        `WITH gone AS (DELETE FROM process_sighting WHERE seen_at < now() - interval '1 day')
         INSERT INTO process_sighting (id, name, version, runtime, started_at, seen_at) VALUES ($1, $2, $3, $4, now(), now())
         ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
        [this.id, this.name, PRODUCT_VERSION, process.version],
      )
      .catch((error: unknown) => this.logger.debug({ err: error }, 'that this process runs could not be noted'));
  }
}
