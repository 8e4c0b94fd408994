import { describe, expect, it } from '@jest/globals';
import { isConnectionLost } from './connection-lost.js';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('isConnectionLost: "not now", as opposed to a fault of ours', () => {
  it.each([
    ['Node refuses the connection', coded('ECONNREFUSED')],
    ['Postgres shuts down', coded('57P01')],
    ['the connection breaks', new Error('Connection terminated unexpectedly')],
    ['inside what TypeORM throws', Object.assign(new Error('query failed'), { driverError: coded('08006') })],
    ['as a cause', new Error('outer', { cause: coded('ECONNRESET') })],
    ['among several addresses', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')], 'all failed')],
    ['from another realm', { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' }],
  ])('%s', (_what, error) => {
    expect(isConnectionLost(error)).toBe(true);
  });

  it.each([
    ['a unique violation', coded('23505')],
    ['a programming mistake', new TypeError('undefined is not a function')],
    ['nothing', undefined],
  ])('not %s', (_what, error) => {
    expect(isConnectionLost(error)).toBe(false);
  });
});
