import { describe, expect, it } from '@jest/globals';
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

  it('names everything that is missing at once', () => {
    expect(() => readConfig({})).toThrow(/DATABASE_URL[\s\S]*WAYMARK_NODES[\s\S]*WAYMARK_TRUST_FILE/);
  });
});
