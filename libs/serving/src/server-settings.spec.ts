import { describe, expect, it } from '@jest/globals';
import { needed, readServerSettings, readTrustedProxies, urlOf } from './index.js';

describe('what a web server is told by its environment', () => {
  it('has a port, and else what is usual', () => {
    expect(readServerSettings({ PORT: '4301' })).toEqual({
      port: 4301,
      host: '127.0.0.1',
      logLevel: 'info',
      trustProxy: [],
    });
    expect(
      readServerSettings({ PORT: '0', HOST: '0.0.0.0', LOG_LEVEL: 'warn', TRUST_PROXY: '172.31.243.12,' }),
    ).toEqual({ port: 0, host: '0.0.0.0', logLevel: 'warn', trustProxy: ['172.31.243.12'] });
  });

  it.each([
    [{}, 'PORT is not set.'],
    [{ PORT: '' }, 'PORT is not set.'],
    [{ PORT: 'http' }, 'PORT is not a port: http'],
    [{ PORT: '65536' }, 'PORT is not a port: 65536'],
    [{ PORT: '1', LOG_LEVEL: 'loud' }, 'LOG_LEVEL is none of'],
    [{ PORT: '1', TRUST_PROXY: 'true' }, 'TRUST_PROXY is no list'],
  ])('is refused with the name of the setting: %j', (env, sentence) => {
    expect(() => readServerSettings(env)).toThrow(sentence);
  });

  it('names what is needed', () => {
    expect(needed({ A: 'x' }, 'A')).toBe('x');
    expect(() => needed({}, 'A')).toThrow('A is not set.');
    expect(urlOf({ A: 'http://api:4300' }, 'A').origin).toBe('http://api:4300');
    for (const text of ['api:4300', 'nonsense', 'file:///x'])
      expect(() => urlOf({ A: text }, 'A')).toThrow('A is no http address');
  });
});

describe('proxies that are believed', () => {
  it.each([
    ['', []],
    [' , ', []],
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/8, ::1,fd00::/8', ['10.0.0.0/8', '::1', 'fd00::/8']],
  ])('%j', (text, proxies) => {
    expect(readTrustedProxies('TRUST_PROXY', text)).toEqual(proxies);
  });

  it.each([
    '0',
    '1',
    'true',
    'false',
    '*',
    'all',
    'loopback',
    '10',
    '1,2',
    '-1',
    'a.example',
    '0.0.0.0/0',
    '::/0',
    'fe',
  ])('are never everybody, and no word or number: %j', (text) => {
    expect(() => readTrustedProxies('TRUST_PROXY', text)).toThrow(/^TRUST_PROXY (is no list|would believe)/);
  });
});
