import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys, capture jobs and the outbox of signed transactions: what cannot be rebuilt from the chain. */
export class Platform1764000000001 implements MigrationInterface {
  readonly name = 'Platform1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_key (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        scopes text[] NOT NULL,
        hash bytea NOT NULL UNIQUE,
        label text NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_used_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE capture_job (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        organisation text NOT NULL,
        kind text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'signed', 'done')),
        proceed boolean NOT NULL,
        bodies bytea NOT NULL,
        origins jsonb NOT NULL,
        event_count int NOT NULL,
        errors jsonb NOT NULL,
        warnings jsonb NOT NULL,
        success boolean NOT NULL,
        tx_id bytea,
        height bigint,
        created_at timestamptz NOT NULL,
        finished_at timestamptz
      )`);
    await runner.query(`CREATE INDEX capture_job_queued ON capture_job (organisation, seq) WHERE state = 'queued'`);
    await runner.query(`CREATE INDEX capture_job_tx ON capture_job (tx_id) WHERE tx_id IS NOT NULL`);
    await runner.query(`CREATE INDEX capture_job_list ON capture_job (organisation, seq DESC)`);
    await runner.query(`
      CREATE TABLE outbox (
        tx_id bytea PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        job_id uuid NOT NULL REFERENCES capture_job (id),
        organisation text NOT NULL,
        transaction bytea NOT NULL,
        expiry_height bigint NOT NULL,
        after bytea,
        state text NOT NULL CHECK (state IN ('pending', 'final', 'replaced')),
        created_at timestamptz NOT NULL,
        submitted_at timestamptz,
        attempts int NOT NULL,
        last_refusal text
      )`);
    await runner.query(`CREATE INDEX outbox_pending ON outbox (organisation, seq) WHERE state = 'pending'`);
    await runner.query(`
      CREATE TABLE projection_checkpoint (
        name text PRIMARY KEY,
        height bigint NOT NULL,
        header_hash bytea NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query(
      `CREATE TABLE projection_schema (name text PRIMARY KEY, fingerprint text NOT NULL, tables text[] NOT NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['projection_schema', 'projection_checkpoint', 'outbox', 'capture_job', 'api_key'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
