import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sample data that an organisation loaded: what was sent, so that exactly that can be withdrawn again. */
export class Sample1764000000006 implements MigrationInterface {
  readonly name = 'Sample1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sample (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        items jsonb NOT NULL,
        document jsonb NOT NULL,
        load_job uuid NOT NULL,
        loaded_at timestamptz NOT NULL,
        remove_job uuid,
        removed_at timestamptz
      )`);
    // At most one stands; a second one at the same moment is refused by the database.
    await runner.query(`CREATE UNIQUE INDEX sample_standing ON sample (organisation) WHERE remove_job IS NULL`);
    await runner.query(`CREATE INDEX sample_of ON sample (organisation, loaded_at DESC)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sample`);
  }
}
