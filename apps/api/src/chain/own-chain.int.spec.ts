import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { EmbeddedPostgres, freePort } from '../../../../test/support/postgres.js';
import { openDatabase } from '../platform/database/database.js';
import { createLogger } from '../platform/logging/logger.js';
import { refuseForeignChain } from './own-chain.js';

describe('the chain of a database', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'waymark-own-chain-'));
  let postgres: EmbeddedPostgres;
  let database: DataSource;
  beforeAll(async () => {
    postgres = new EmbeddedPostgres({ home: path.join(home, 'postgres'), port: await freePort() });
    await postgres.start();
    database = await openDatabase({ url: postgres.url, connectionsMax: 2 }, createLogger('test', 'fatal'));
  }, 60_000);
  afterAll(async () => {
    await database?.destroy();
    await postgres?.stop();
    EmbeddedPostgres.remove(path.join(home, 'postgres'));
    rmSync(home, { recursive: true, force: true });
  }, 30_000);

  it('is that of the first process to open it; one with another genesis file is refused with a sentence', async () => {
    const own = new Uint8Array(32).fill(1);
    await refuseForeignChain(database, own);
    await refuseForeignChain(database, own);
    await expect(refuseForeignChain(database, new Uint8Array(32).fill(2))).rejects.toThrow(
      /GENESIS_FOREIGN: this database belongs to another consortium \(genesis 0101/,
    );
    await refuseForeignChain(database, own);
  });
});
