import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NodeClient } from '../../chain/client/node-client.js';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { createProjector } from '../../chain/projection/create-projector.js';
import { type ProjectionName, PROJECTIONS, Rebuilding } from '../../chain/projection/rebuilding.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { projected } from '../../platform/database/projected.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { DATABASE } from '../../platform/tokens.js';
import type { Projections, RebuildFacts } from './dto/work.js';
import { SEEN_LATELY } from './work.service.js';

interface RebuildRow {
  readonly id: string;
  readonly state: RebuildFacts['state'];
  readonly height: string;
  readonly target_height: string | null;
  readonly cancel_wanted: boolean;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly updated_at: Date;
  readonly finished_at: Date | null;
  readonly error: string | null;
}

/** How far what is shown follows the chain, and the order to fill it anew. The worker does the work. */
@Injectable()
export class ProjectionsService {
  private readonly tables: readonly string[];

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CHAIN_FACTS) chain: ChainFacts,
    private readonly nodes: NodeClient,
    private readonly audit: AuditLog,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.tables = createProjector(database, chain.genesisHash, [], logger).tableNames;
  }

  async all(): Promise<Projections> {
    const [{ height, updatedAt }, tables, statuses, rebuild, [workers]] = await Promise.all([
      projected(this.database),
      this.database.query<{ name: string; rows: string; bytes: string }[]>(
        `SELECT c.relname AS name, greatest(coalesce(s.n_live_tup, 0), c.reltuples, 0)::bigint AS rows, pg_total_relation_size(c.oid) AS bytes
         FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY($1) ORDER BY bytes DESC`,
        [this.tables],
      ),
      this.nodes.statuses(),
      this.newest('provenance'),
      this.database.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM process_sighting WHERE name = 'worker' AND seen_at > ${SEEN_LATELY}`,
      ),
    ]);
    const heights = statuses.flatMap(({ status }) => (status === undefined ? [] : [status.finalHeight]));
    const chainHeight = heights.length === 0 ? null : Math.max(...heights);
    return {
      projections: PROJECTIONS.map((name) => ({
        name,
        height,
        updatedAt: updatedAt?.toISOString() ?? null,
        chainHeight,
        lag: chainHeight === null ? null : Math.max(0, chainHeight - height),
        tables: tables.map((table) => ({ name: table.name, rows: Number(table.rows), bytes: Number(table.bytes) })),
        rebuild,
        workerRuns: (workers?.count ?? 0) > 0,
      })),
    };
  }

  async rebuild(name: string, context: RequestContext): Promise<RebuildFacts> {
    const projection = known(name);
    const { caller } = context;
    const by = caller.kind === 'organisation' && caller.via.kind === 'session' ? caller.via.email : 'a key';
    const id = await Rebuilding.order(this.database, projection, by);
    if (id === undefined)
      throw new ProblemError('conflict', {
        code: 'PROJECTION_REBUILD_RUNS',
        detail: 'The views are being filled anew already.',
        howToFix: 'Wait until it is done, or cancel it first.',
      });
    await this.audit.record({ context, action: 'operations.rebuild.ordered', target: name, facts: { rebuild: id } });
    return (await this.newest(projection)) as RebuildFacts;
  }

  /** One that nobody has begun ends at once; one under way is ended by the worker that does it. */
  async cancel(name: string, context: RequestContext): Promise<RebuildFacts> {
    const projection = known(name);
    const [rows] = await this.database.query<[{ id: string }[], number]>(
      `UPDATE projection_rebuild SET cancel_wanted = true, updated_at = now(),
         state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END,
         finished_at = CASE state WHEN 'waiting' THEN now() END
       WHERE projection = $1 AND state IN ('waiting', 'running') RETURNING id`,
      [projection],
    );
    const [open] = rows;
    if (open === undefined)
      throw new ProblemError('conflict', {
        code: 'PROJECTION_REBUILD_NONE',
        detail: 'No views are being filled anew at the moment.',
        howToFix: 'Load the page again: it is done, or somebody cancelled it.',
      });
    const facts = { rebuild: open.id };
    await this.audit.record({ context, action: 'operations.rebuild.cancelled', target: name, facts });
    return (await this.newest(projection)) as RebuildFacts;
  }

  private async newest(projection: ProjectionName): Promise<RebuildFacts | null> {
    const [row] = await this.database.query<RebuildRow[]>(
      `SELECT * FROM projection_rebuild WHERE projection = $1 ORDER BY seq DESC LIMIT 1`,
      [projection],
    );
    if (row === undefined) return null;
    return {
      id: row.id,
      state: row.state,
      height: Number(row.height),
      targetHeight: row.target_height === null ? null : Number(row.target_height),
      cancelWanted: row.cancel_wanted,
      requestedBy: row.requested_by,
      requestedAt: row.requested_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      updatedAt: row.updated_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      error: row.error,
    };
  }
}

function known(name: string): ProjectionName {
  const found = PROJECTIONS.find((one) => one === name);
  if (found === undefined)
    throw notFound('PROJECTION_UNKNOWN', `There are no views of this name.`, `There are: ${PROJECTIONS.join(', ')}.`);
  return found;
}
