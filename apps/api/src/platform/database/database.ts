import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { ApiKeyEntity } from '../auth/api-key.entity.js';
import { ConfigError } from '../config/config.js';
import { isConnectionLost } from '../errors/connection-lost.js';
import type { Logger } from '../logging/logger.js';
import { migrations } from '../../migrations/index.js';
import { CaptureJobEntity } from '../../modules/provenance/entities/capture-job.entity.js';
import { OutboxEntity } from '../../chain/submission/outbox.entity.js';

/** Numbers of our session-wide Postgres advisory locks (`pg_advisory_lock(class, number)`); never reused. */
export const LOCK_CLASS = 0x57_4d;
export const LOCKS = { migrations: 1, projection: 2, rebuild: 3, rebuilder: 4 } as const;
/** Advisory lock class for "one signer at a time for each organisation"; the number is a hash of the account. */
export const SIGNING_LOCK_CLASS = 0x57_4e;
/** Advisory lock class for "one change of the people of an organisation at a time"; the number is a hash of the account. */
export const PEOPLE_LOCK_CLASS = 0x57_4f;
/** Advisory lock class for "one change of an organisation's sample data at a time"; the number is a hash of the account. */
export const SAMPLE_LOCK_CLASS = 0x57_50;

export interface DatabaseOptions {
  readonly url: string;
  readonly connectionsMax: number;
}

/** The connection pool. Not connected yet. */
export function createDataSource(options: DatabaseOptions, logger: Logger): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [ApiKeyEntity, CaptureJobEntity, OutboxEntity],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    synchronize: false,
    connectTimeoutMS: 3_000,
    applicationName: 'waymark-api',
    poolErrorHandler: (error: unknown) =>
      logger.warn({ err: error }, 'an idle connection to Postgres was lost; the pool opens another'),
    extra: { max: options.connectionsMax, idleTimeoutMillis: 30_000, keepAlive: true, statement_timeout: 30_000 },
  });
}

/**
 * Connects, waiting for a server that is still starting, and brings the schema up to date. Two processes starting at once
 * take turns: the migrations run under an advisory lock.
 * @throws ConfigError when a newer version brought the schema further than this one knows
 */
export async function openDatabase(options: DatabaseOptions, logger: Logger, waitMsMax = 120_000): Promise<DataSource> {
  const dataSource = createDataSource(options, logger);
  const until = Date.now() + waitMsMax;
  for (;;) {
    try {
      await dataSource.initialize();
      break;
    } catch (error) {
      if (!isConnectionLost(error) || Date.now() > until) throw error;
      logger.warn({ err: error }, 'Postgres does not answer yet; trying again in a second');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
  try {
    await migrate(dataSource, logger);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

/** A schema goes forward only: an older program would read and write tables whose meaning it does not know. */
async function refuseNewer(dataSource: DataSource, holder: QueryRunner): Promise<void> {
  const { migrationsTableName: table = 'migrations' } = dataSource.options;
  if (!(await holder.hasTable(table))) return;
  const known = new Set(dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name));
  const done = (await holder.query(`SELECT name FROM ${dataSource.driver.escape(table)} ORDER BY id`)) as {
    name: string;
  }[];
  const unknown = done.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new ConfigError(
      `DATABASE_NEWER: a newer version brought this database further than this one knows (${unknown.join(', ')}). Nothing was changed. Start the newer version again, or put the backup from before the upgrade into an empty database (docs/operations/upgrade.md).`,
    );
}

async function migrate(dataSource: DataSource, logger: Logger): Promise<void> {
  const holder = dataSource.createQueryRunner();
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, LOCKS.migrations]);
    await refuseNewer(dataSource, holder);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    for (const migration of done)
      logger.info({ migration: migration.name }, 'the database schema was brought up to date');
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_CLASS, LOCKS.migrations]);
    await holder.release();
  }
}

/** Everything in `work` happens in one Postgres transaction, or nothing does. */
export async function unitOfWork<T>(dataSource: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  return dataSource.transaction(work);
}
