import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../logging/logger.js';

/** How long to wait before listening again after the connection was lost. */
const AGAIN_MS = 1_000;

/**
 * Hears what Postgres announces (`NOTIFY`) on one channel, over a connection of its own. Announcements are a courtesy: whoever rests on
 * them looks into the tables from time to time all the same. After a lost connection `heard` is called with `undefined`: anything
 * may have happened meanwhile.
 */
export class Notices {
  private client: pg.Client | undefined;
  private readonly closing = new AbortController();
  private done: Promise<void> | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly channel: string,
    private readonly heard: (payload: string | undefined) => void,
    private readonly logger: Logger,
  ) {}

  /** Begins to listen; returns at once. */
  start(): void {
    this.done ??= this.listen();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.client?.end().catch(() => undefined);
    await this.done;
  }

  private async listen(): Promise<void> {
    for (let first = true; !this.closing.signal.aborted; first = false) {
      const client = new pg.Client({
        connectionString: this.databaseUrl,
        application_name: 'waymark-notices',
        connectionTimeoutMillis: 3_000,
        keepAlive: true,
      });
      this.client = client;
      const lost = new Promise<unknown>((resolve) => {
        client.on('error', resolve);
        client.on('end', () => resolve(undefined));
      });
      client.on('notification', ({ payload }) => this.heard(payload ?? ''));
      try {
        await client.connect();
        await client.query(`LISTEN ${pg.escapeIdentifier(this.channel)}`);
        if (!first) this.heard(undefined);
        await lost;
      } catch (error) {
        if (!this.closing.signal.aborted)
          this.logger.warn({ channel: this.channel, err: error }, 'Postgres announces nothing at the moment');
        await client.end().catch(() => undefined);
      }
      await setTimeout(AGAIN_MS, undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }
}
