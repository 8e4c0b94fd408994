import type { FeedBlock, FeedPosition } from '@waymark/light-client';
import type { FoldInput, ViewTable } from '@waymark/provenance/views';
import type { DataSource, EntityManager } from 'typeorm';
import { LOCK_CLASS, LOCKS } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logging/logger.js';
import { type AnyView, createTableSql, fingerprintOf, loadRows, writeRows } from './view-store.js';

/** Told of blocks, in height order, inside their unit of work, beside the views: the capture jobs are finished here. */
export interface BlockListener {
  onBlocks(manager: EntityManager, blocks: readonly FeedBlock[]): Promise<void>;
}

/**
 * What is worked out in SQL from the rows of views, in the same unit of work, right after them: a table that one fold could not keep, because
 * it looks at rows of several. Made, emptied and rebuilt together with the views.
 */
export interface Summary extends BlockListener {
  readonly table: ViewTable;
}

/** The chain moved under us: another process projected or somebody began a rebuild. Read the checkpoint and go on from there. */
export class CheckpointMoved extends Error {}

/** Where a projector keeps its rows. */
export interface ProjectionPlace {
  /** Name of its row in `projection_checkpoint` and `projection_schema`. */
  readonly checkpoint: string;
  /** Postgres schema of its tables; null: where everybody reads them. */
  readonly schema: string | null;
  /** Number of its advisory lock. */
  readonly lock: number;
}

/** The tables that are read. */
export const LIVE: ProjectionPlace = { checkpoint: 'chain', schema: null, lock: LOCKS.projection };
/** Tables of the same names beside them, filled anew until they take the place of the others. */
export const ANEW: ProjectionPlace = { checkpoint: 'chain-anew', schema: 'waymark_anew', lock: LOCKS.rebuild };

/** Shorter than Postgres takes (1 s) to end a deadlock by breaking off one of the two, which might be a person's request. */
const SWAP_WAIT_MS = 400;

/** Postgres: 55P03 a lock was not to be had in time, 40P01 a deadlock was broken. */
function isLockBusy(error: unknown): boolean {
  const code = (error as { driverError?: { code?: unknown } } | null)?.driverError?.code;
  return code === '55P03' || code === '40P01';
}

/** Blocks are written together while they wait together, until so many ledger events are reached. */
const EVENTS_TOGETHER = 1_000;

/**
 * The one projector: loads the rows that a view's fold must see, folds, writes the rows set by set and moves the checkpoint, all in
 * one Postgres transaction for a run of blocks: one block when they come singly, more when it lags. Finality means the checkpoint
 * only grows; a rebuild puts it back to genesis.
 */
export class Projector {
  constructor(
    private readonly database: DataSource,
    private readonly views: readonly AnyView[],
    private readonly summaries: readonly Summary[],
    private readonly listeners: readonly BlockListener[],
    private readonly genesisHash: Uint8Array,
    private readonly logger: Logger,
    private readonly place: ProjectionPlace = LIVE,
  ) {}

  private get tables(): readonly ViewTable[] {
    return [...this.views, ...this.summaries].map(({ table }) => table);
  }

  /** Makes the tables that the views declare. A declaration that changed since means: begin anew from height 1. */
  async prepare(): Promise<void> {
    const fingerprint = fingerprintOf(this.tables);
    const { checkpoint, schema } = this.place;
    await this.locked(async (manager) => {
      const rows = await manager.query<{ fingerprint: string; tables: string[] }[]>(
        `SELECT fingerprint, tables FROM projection_schema WHERE name = $1`,
        [checkpoint],
      );
      if (rows[0]?.fingerprint === fingerprint) return;
      if (schema === null)
        for (const table of rows[0]?.tables ?? [])
          await manager.query(`DROP TABLE IF EXISTS "${table.replaceAll('"', '""')}"`);
      else {
        await manager.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
        await manager.query(`CREATE SCHEMA "${schema}"`);
      }
      for (const table of this.tables) for (const sql of createTableSql(table)) await manager.query(sql);
      await manager.query(
        `INSERT INTO projection_schema (name, fingerprint, tables) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, tables = EXCLUDED.tables`,
        [checkpoint, fingerprint, this.tables.map(({ name }) => name)],
      );
      await this.moveCheckpoint(manager, { height: 0, hash: this.genesisHash });
      this.logger.info({ tables: this.tables.length }, 'the views were made; they are filled from height 1');
    });
  }

  /** Names of the tables, in the order in which they are made. */
  get tableNames(): readonly string[] {
    return this.tables.map(({ name }) => name);
  }

  /** Drops tables that were filled anew and are not wanted any more. */
  async discard(): Promise<void> {
    const { schema } = this.place;
    if (schema === null) throw new Error('tables that are read are not discarded');
    await this.locked(async (manager) => {
      await manager.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
      await this.forget(manager);
    });
  }

  /**
   * Puts tables that were filled anew in the place of those of `live`, in one moment: readers see the old rows before and the new
   * ones after. Does nothing and answers false unless both stand at the same height, and where readers hold the tables for longer than
   * {@link SWAP_WAIT_MS}: the tables are taken one after the other, and a reader who holds a later one and wants an earlier one would
   * otherwise wait for us as we wait for them.
   */
  async takeThePlaceOf(live: Projector): Promise<boolean> {
    const { schema } = this.place;
    if (schema === null) throw new Error('only tables filled anew take the place of others');
    try {
      return await this.swap(schema, live);
    } catch (error) {
      if (isLockBusy(error)) return false;
      throw error;
    }
  }

  private swap(schema: string, live: Projector): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      for (const { lock } of [this.place, live.place])
        await manager.query(`SELECT pg_advisory_xact_lock($1, $2)`, [LOCK_CLASS, lock]);
      await manager.query(`SELECT set_config('lock_timeout', $1, true)`, [`${SWAP_WAIT_MS}ms`]);
      const [mine, theirs] = [await this.read(manager), await live.read(manager)];
      if (mine.height !== theirs.height || !(await this.isWhole(manager))) return false;
      for (const table of this.tableNames) {
        await manager.query(`DROP TABLE "${table}"`);
        await manager.query(
          `DO $$ BEGIN EXECUTE format('ALTER TABLE "${schema}"."${table}" SET SCHEMA %I', current_schema()); END $$`,
        );
      }
      await manager.query(`DROP SCHEMA "${schema}"`);
      await this.forget(manager);
      return true;
    });
  }

  private async forget(manager: EntityManager): Promise<void> {
    for (const table of ['projection_checkpoint', 'projection_schema'])
      await manager.query(`DELETE FROM ${table} WHERE name = $1`, [this.place.checkpoint]);
  }

  /** Whether every table is there: one that is missing beside would be looked for among those that are read. */
  private async isWhole(manager: EntityManager): Promise<boolean> {
    const [found] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname = $1 AND tablename = ANY($2)`,
      [this.place.schema, this.tableNames],
    );
    return found?.count === this.tableNames.length;
  }

  /** The last block that is projected. */
  async position(): Promise<FeedPosition> {
    return this.read(this.database.manager);
  }

  /** Projects verified blocks that follow `from`. Throws {@link CheckpointMoved} when the checkpoint is elsewhere by now. */
  async project(blocks: readonly FeedBlock[], from: FeedPosition): Promise<void> {
    let position = from;
    for (const run of runsOf(blocks)) {
      const before = position;
      const last = run.at(-1) as FeedBlock;
      await this.locked(async (manager) => {
        if (this.place.schema !== null && !(await this.isWhole(manager)))
          throw new CheckpointMoved('the tables that were filled anew are gone');
        const now = await this.read(manager);
        if (now.height !== before.height)
          throw new CheckpointMoved(`projected up to ${now.height}, not ${before.height}`);
        await this.apply(manager, run);
        await this.moveCheckpoint(manager, { height: last.height, hash: last.hash });
      });
      position = { height: last.height, hash: last.hash };
    }
  }

  private async apply(manager: EntityManager, run: readonly FeedBlock[]): Promise<void> {
    // Empty blocks change no row; only the checkpoint passes them.
    const blocks = run.filter(({ transactions }) => transactions.length > 0);
    if (blocks.length === 0) return;
    const inputs = blocks.flatMap(foldInputs);
    for (const view of this.views) {
      const concerning = inputs.filter(({ ledgerEvent }) => view.eventTypes.includes(ledgerEvent.type));
      if (concerning.length === 0) continue;
      const existing = await loadRows(manager, view.table, view.keysOf(concerning));
      await writeRows(manager, view.table, view.fold(concerning, existing));
    }
    for (const listener of [...this.summaries, ...this.listeners]) await listener.onBlocks(manager, blocks);
  }

  private async read(manager: EntityManager): Promise<FeedPosition> {
    const rows = await manager.query<{ height: string; header_hash: Buffer }[]>(
      `SELECT height, header_hash FROM projection_checkpoint WHERE name = $1`,
      [this.place.checkpoint],
    );
    const row = rows[0];
    if (row === undefined) return { height: 0, hash: this.genesisHash };
    return { height: Number(row.height), hash: new Uint8Array(row.header_hash) };
  }

  private async moveCheckpoint(manager: EntityManager, position: FeedPosition): Promise<void> {
    await manager.query(
      `INSERT INTO projection_checkpoint (name, height, header_hash, updated_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (name) DO UPDATE SET height = EXCLUDED.height, header_hash = EXCLUDED.header_hash, updated_at = EXCLUDED.updated_at`,
      [this.place.checkpoint, position.height, Buffer.from(position.hash)],
    );
  }

  private async locked(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    await this.database.transaction(async (manager) => {
      // The commit need not wait for the disk: rows and checkpoint are lost together or not at all, and the chain gives them again.
      // Statements of a summary look costly to Postgres and touch few rows: compiling them would take longer than running them.
      await manager.query(
        `SELECT pg_advisory_xact_lock($1, $2), set_config('synchronous_commit', 'off', true), set_config('jit', 'off', true)`,
        [LOCK_CLASS, this.place.lock],
      );
      if (this.place.schema !== null)
        await manager.query(`SELECT set_config('search_path', $1 || ', ' || current_setting('search_path'), true)`, [
          this.place.schema,
        ]);
      await work(manager);
    });
  }
}

/** Consecutive blocks that are written together. */
function* runsOf(blocks: readonly FeedBlock[]): Iterable<readonly FeedBlock[]> {
  let run: FeedBlock[] = [];
  let events = 0;
  for (const block of blocks) {
    run.push(block);
    events += block.transactions.reduce((sum, transaction) => sum + transaction.events.length, 0);
    if (events < EVENTS_TOGETHER) continue;
    yield run;
    run = [];
    events = 0;
  }
  if (run.length > 0) yield run;
}

/** Every ledger event of the block with what its transaction and body say about it, in the order of the chain. */
function foldInputs(block: FeedBlock): FoldInput[] {
  return block.transactions.flatMap(({ transaction, receipt, events }) =>
    events.map((event): FoldInput => {
      const body = transaction.bodies[event.body];
      if (body === undefined)
        throw new Error(`ledger event of body ${event.body} in a transaction of ${transaction.bodies.length} bodies`);
      const context = body.context === 0 ? undefined : transaction.bodies[body.context - 1]?.content;
      return {
        height: block.height,
        blockTimeMs: block.header.time,
        txIndex: receipt.txIndex,
        bodyIndex: event.body,
        txId: Buffer.from(transaction.txId).toString('hex'),
        sender: transaction.header.sender,
        body: { kind: body.kind, content: body.content, visibility: body.visibility },
        ...(context !== undefined && { context }),
        ledgerEvent: { type: event.type, content: event.content },
      };
    }),
  );
}
