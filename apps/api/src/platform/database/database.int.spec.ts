import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedPostgres, freePort } from '../../../../../test/support/postgres.js';
import { createLogger } from '../logging/logger.js';
import { openDatabase } from './database.js';

describe('the schema of a database', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'waymark-schema-'));
  const logger = createLogger('test', 'fatal');
  let postgres: EmbeddedPostgres;
  const open = () => openDatabase({ url: postgres.url, connectionsMax: 2 }, logger);
  beforeAll(async () => {
    postgres = new EmbeddedPostgres({ home: path.join(home, 'postgres'), port: await freePort() });
    await postgres.start();
  }, 60_000);
  afterAll(async () => {
    await postgres?.stop();
    EmbeddedPostgres.remove(path.join(home, 'postgres'));
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('is made by the first process; one that a newer version brought further is refused with a sentence', async () => {
    const first = await open();
    await first.query(`INSERT INTO migration (timestamp, name) VALUES (9999000000001, 'Tomorrow9999000000001')`);
    await first.destroy();
    await expect(open()).rejects.toThrow(/^DATABASE_NEWER: .*\(Tomorrow9999000000001\).*upgrade\.md/);
  });

  it('is left as it is by the refused process, and opens again for one that knows all of it', async () => {
    const newer = await open().catch((error: Error) => error);
    expect(newer).toBeInstanceOf(Error);
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`DELETE FROM migration WHERE name = 'Tomorrow9999000000001'`);
    await client.end();
    const known = await open();
    expect(await known.showMigrations()).toBe(false);
    await known.destroy();
  });
});
