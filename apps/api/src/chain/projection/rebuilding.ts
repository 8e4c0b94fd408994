import { randomUUID } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { LOCK_CLASS, LOCKS } from '../../platform/database/database.js';
import { isConnectionLost } from '../../platform/errors/connection-lost.js';
import type { Logger } from '../../platform/logging/logger.js';
import { NodeRefusal, NodeUnavailable } from '../client/node-rpc.js';
import type { Feed } from '../feed/feed.js';
import { pause } from '../../platform/pause.js';
import type { Projector } from './projector.js';

/** Views that can be rebuilt, by the name of their capability. They share one checkpoint, so there is one rebuild at a time. */
export const PROJECTIONS = ['provenance'] as const;
export type ProjectionName = (typeof PROJECTIONS)[number];

interface OpenRebuild {
  readonly id: string;
  readonly state: 'waiting' | 'running';
  readonly cancel_wanted: boolean;
}

const LOOK_EVERY_MS = 1_000;
/** Between tries to put complete tables in their place while the chain moves on or somebody reads. */
const AGAIN_MS = 100;
const ERROR_MAX = 500;

/**
 * Fills the views anew from height 1, out of verified blocks, beside the tables that are read; then they change places. The order to
 * do so lies in Postgres: a worker that ends leaves it to the next, which goes on where it was. One worker of a deployment does it.
 */
export class Rebuilding {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly live: Projector,
    private readonly anew: Projector,
    /** Fills `anew`; made for each rebuild. */
    private readonly feedOfAnew: () => Feed,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Notes the order. False: one is open already. */
  static async order(database: DataSource, projection: ProjectionName, by: string): Promise<string | undefined> {
    const id = randomUUID();
    const rows = await database.query<unknown[]>(
      `INSERT INTO projection_rebuild (id, projection, state, height, cancel_wanted, requested_by, requested_at, updated_at)
       VALUES ($1, $2, 'waiting', 0, false, $3, now(), now())
       ON CONFLICT (projection) WHERE state IN ('waiting', 'running') DO NOTHING RETURNING id`,
      [id, projection, by],
    );
    return rows.length > 0 ? id : undefined;
  }

  /** Does what is ordered, if nobody else does. True: something was done to its end. */
  async performNext(): Promise<boolean> {
    const holder = this.database.createQueryRunner();
    await holder.connect();
    try {
      const [locked] = (await holder.query('SELECT pg_try_advisory_lock($1, $2) AS mine', [
        LOCK_CLASS,
        LOCKS.rebuilder,
      ])) as { mine: boolean }[];
      if (locked?.mine !== true) return false;
      try {
        const order = await this.openOrder();
        return order !== undefined && (await this.perform(order));
      } finally {
        await this.unlock(holder);
      }
    } finally {
      await holder.release();
    }
  }

  private async unlock(holder: QueryRunner): Promise<void> {
    try {
      await holder.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_CLASS, LOCKS.rebuilder]);
    } catch (error) {
      if (!isConnectionLost(error)) throw error; // with the connection the lock is gone too
    }
  }

  private async openOrder(): Promise<OpenRebuild | undefined> {
    const rows = await this.database.query<OpenRebuild[]>(
      `SELECT id, state, cancel_wanted FROM projection_rebuild WHERE state IN ('waiting', 'running') ORDER BY seq LIMIT 1`,
    );
    return rows[0];
  }

  private async perform({ id, state }: OpenRebuild): Promise<boolean> {
    if (state === 'waiting') await this.anew.discard(); // what an earlier one may have left
    await this.database.query(
      `UPDATE projection_rebuild SET state = 'running', started_at = coalesce(started_at, now()), updated_at = now() WHERE id = $1`,
      [id],
    );
    this.logger.info({ rebuild: id, again: state === 'running' }, 'the views are being filled anew');
    try {
      await this.anew.prepare();
      return await this.fill(id);
    } catch (error) {
      if (this.stopping.signal.aborted || passes(error)) throw error;
      this.logger.error({ rebuild: id, err: error }, 'the views could not be filled anew; those that are read stay');
      await this.anew.discard();
      await this.end(id, 'failed', error instanceof Error ? error.message : String(error));
      return true;
    }
  }

  private async fill(id: string): Promise<boolean> {
    const feed = this.feedOfAnew();
    const stopped = () => void feed.stop();
    this.stopping.signal.addEventListener('abort', stopped, { once: true });
    try {
      for (;;) {
        const { height: target } = await this.live.position();
        let wanted = await this.progress(id, (await this.anew.position()).height, target);
        if (wanted) await feed.catchUpTo(target, async (height) => (wanted = await this.progress(id, height, target)));
        if (this.stopping.signal.aborted) return false;
        if (!wanted) {
          await this.anew.discard();
          await this.end(id, 'cancelled');
          this.logger.info({ rebuild: id }, 'filling the views anew was cancelled; those that are read stay');
          return true;
        }
        if (!(await this.anew.takeThePlaceOf(this.live))) {
          await pause(AGAIN_MS, this.stopping.signal);
          continue;
        }
        await this.end(id, 'done');
        this.logger.info({ rebuild: id, height: target }, 'the views were filled anew and are read from now on');
        return true;
      }
    } finally {
      this.stopping.signal.removeEventListener('abort', stopped);
    }
  }

  /** Notes how far it is. False: somebody wants it cancelled. */
  private async progress(id: string, height: number, target: number): Promise<boolean> {
    const [updated] = await this.database.query<[{ cancel_wanted: boolean }[], number]>(
      `UPDATE projection_rebuild SET height = $2, target_height = $3, updated_at = now() WHERE id = $1 RETURNING cancel_wanted`,
      [id, height, target],
    );
    return updated[0]?.cancel_wanted === false;
  }

  private async end(id: string, state: 'done' | 'cancelled' | 'failed', error?: string): Promise<void> {
    await this.database.query(
      `UPDATE projection_rebuild SET state = $2, error = $3, updated_at = now(), finished_at = now(),
         height = CASE WHEN $2 = 'done' THEN coalesce(target_height, height) ELSE height END WHERE id = $1`,
      [id, state, error?.slice(0, ERROR_MAX) ?? null],
    );
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        if (await this.performNext()) continue;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.logger.warn({ err: error }, 'filling the views anew waits');
      }
      await pause(LOOK_EVERY_MS, this.stopping.signal);
    }
  }
}

/** What passes by itself: nodes or Postgres that do not answer now. */
const passes = (error: unknown): boolean =>
  error instanceof NodeUnavailable || error instanceof NodeRefusal || isConnectionLost(error);
