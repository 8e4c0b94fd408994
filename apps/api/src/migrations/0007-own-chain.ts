import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which chain a database belongs to: one row, written by the first process that opened it. */
export class OwnChain1764000000007 implements MigrationInterface {
  readonly name = 'OwnChain1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE own_chain (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        genesis_hash text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE own_chain`);
  }
}
