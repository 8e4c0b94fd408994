import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an operator looks after: jobs that failed for good, rebuilds of the views, who was seen running, discarded transactions. */
export class Operations1764000000005 implements MigrationInterface {
  readonly name = 'Operations1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE outbox DROP CONSTRAINT outbox_state_check`);
    await runner.query(
      `ALTER TABLE outbox ADD CONSTRAINT outbox_state_check CHECK (state IN ('pending', 'final', 'replaced', 'discarded'))`,
    );
    await runner.query(`CREATE INDEX outbox_job ON outbox (job_id)`);
    await runner.query(`CREATE INDEX outbox_settled ON outbox (created_at) WHERE state <> 'pending'`);
    await runner.query(`
      CREATE TABLE failed_job (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        queue text NOT NULL,
        data jsonb NOT NULL,
        error text NOT NULL,
        times int NOT NULL,
        attempts int NOT NULL,
        first_failed_at timestamptz NOT NULL,
        last_failed_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('failed', 'retried', 'healed', 'discarded')),
        reason text,
        settled_at timestamptz
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX failed_job_open ON failed_job (queue, md5(data::text)) WHERE state = 'failed'`,
    );
    await runner.query(`
      CREATE TABLE projection_rebuild (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        projection text NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
        height bigint NOT NULL,
        target_height bigint,
        cancel_wanted boolean NOT NULL,
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL,
        started_at timestamptz,
        updated_at timestamptz NOT NULL,
        finished_at timestamptz,
        error text
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX projection_rebuild_open ON projection_rebuild (projection) WHERE state IN ('waiting', 'running')`,
    );
    await runner.query(`
      CREATE TABLE node_sighting (
        url text PRIMARY KEY,
        account text NOT NULL,
        name text NOT NULL,
        version text NOT NULL,
        final_height bigint NOT NULL,
        seen_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE process_sighting (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        version text NOT NULL,
        runtime text NOT NULL,
        started_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['process_sighting', 'node_sighting', 'projection_rebuild', 'failed_job'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`DROP INDEX outbox_settled`);
    await runner.query(`DROP INDEX outbox_job`);
    await runner.query(`UPDATE outbox SET state = 'replaced' WHERE state = 'discarded'`);
    await runner.query(`ALTER TABLE outbox DROP CONSTRAINT outbox_state_check`);
    await runner.query(
      `ALTER TABLE outbox ADD CONSTRAINT outbox_state_check CHECK (state IN ('pending', 'final', 'replaced'))`,
    );
  }
}
