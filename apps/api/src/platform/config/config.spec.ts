import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config.js';

const here = fileURLToPath(import.meta.url);
const good = {
  DATABASE_URL: 'postgres://waymark:x@127.0.0.1:5432/waymark',
  WAYMARK_NODES: 'http://127.0.0.1:4310/, http://127.0.0.1:4311',
  WAYMARK_TRUST_FILE: here,
  WAYMARK_GENESIS_FILE: here,
};

describe('configuration', () => {
  it('is read once, with defaults for what may be left out', () => {
    expect(readConfig({ ...good, REDIS_URL: '', SCAN_BASE_URL: 'http://scan.example/' })).toMatchObject({
      nodes: ['http://127.0.0.1:4310', 'http://127.0.0.1:4311'],
      redisUrl: undefined,
      port: 4300,
      host: '127.0.0.1',
      scanBaseUrl: 'http://scan.example',
      logLevel: 'info',
    });
  });

  it.each([
    ['DATABASE_URL', 'mysql://x'],
    ['WAYMARK_NODES', ' , '],
    ['WAYMARK_TRUST_FILE', '/nowhere/trust.json'],
    ['PORT', '70000'],
    ['LOG_LEVEL', 'loud'],
    ['REDIS_URL', 'http://x'],
  ])('names %s when it is not usable', (name, value) => {
    expect(() => readConfig({ ...good, [name]: value })).toThrow(ConfigError);
    expect(() => readConfig({ ...good, [name]: value })).toThrow(new RegExp(name));
  });

  it('reads an address that carries a password from a file, so that no environment shows it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'waymark-config-'));
    const file = path.join(folder, 'url');
    try {
      writeFileSync(file, `${good.DATABASE_URL}\n`);
      const { DATABASE_URL: _url, ...rest } = good;
      expect(readConfig({ ...rest, DATABASE_URL_FILE: file }).databaseUrl).toBe(good.DATABASE_URL);
      expect(() => readConfig({ ...good, DATABASE_URL_FILE: file })).toThrow(/DATABASE_URL and DATABASE_URL_FILE/);
      expect(() => readConfig({ ...rest, DATABASE_URL_FILE: path.join(folder, 'none') })).toThrow(/DATABASE_URL_FILE/);
      writeFileSync(file, 'mysql://x');
      expect(() => readConfig({ ...rest, DATABASE_URL_FILE: file })).toThrow(/DATABASE_URL: is not a postgres/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names everything that is missing at once', () => {
    expect(() => readConfig({})).toThrow(/DATABASE_URL[\s\S]*WAYMARK_NODES[\s\S]*WAYMARK_TRUST_FILE/);
  });
});
