import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Captures by people: names, parts of one upload, safe repetition; and a word to whoever follows a job. */
export class Capture1764000000003 implements MigrationInterface {
  readonly name = 'Capture1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE capture_job
        ADD COLUMN label text,
        ADD COLUMN file_name text,
        ADD COLUMN upload_id uuid,
        ADD COLUMN upload_part int,
        ADD COLUMN upload_parts int,
        ADD COLUMN upload_first_event int,
        ADD COLUMN idempotency_key text,
        ADD COLUMN request_hash bytea`);
    await runner.query(
      `CREATE UNIQUE INDEX capture_job_idempotency ON capture_job (organisation, idempotency_key) WHERE idempotency_key IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX capture_job_upload ON capture_job (organisation, upload_id) WHERE upload_id IS NOT NULL`,
    );
    // One message for each organisation and statement, however many jobs a block finishes.
    await runner.query(`
      CREATE FUNCTION announce_capture_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('capture_job', organisation) FROM (SELECT DISTINCT organisation FROM changed) AS organisations;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER capture_job_changed AFTER UPDATE ON capture_job
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_capture_jobs()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER capture_job_changed ON capture_job`);
    await runner.query(`DROP FUNCTION announce_capture_jobs()`);
    await runner.query(`DROP INDEX capture_job_upload`);
    await runner.query(`DROP INDEX capture_job_idempotency`);
    await runner.query(
      `ALTER TABLE capture_job DROP COLUMN label, DROP COLUMN file_name, DROP COLUMN upload_id, DROP COLUMN upload_part, DROP COLUMN upload_parts, DROP COLUMN upload_first_event, DROP COLUMN idempotency_key, DROP COLUMN request_hash`,
    );
  }
}
