import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a refused event was: of it nothing else is kept, and whoever mends it must know which one is meant. */
export class RefusedEvents1764000000008 implements MigrationInterface {
  readonly name = 'RefusedEvents1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE capture_job ADD COLUMN refused_events jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE capture_job DROP COLUMN refused_events`);
  }
}
