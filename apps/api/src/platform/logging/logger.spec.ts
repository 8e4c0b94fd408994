import { describe, expect, it } from '@jest/globals';
import { plainError } from './logger.js';

describe('errors in the log', () => {
  it('say what happened and why, without what a driver hangs on them', () => {
    const driver = Object.assign(new Error('terminating connection'), {
      code: '57P01',
      client: { password: 'hush' },
      parameters: ['secret'],
    });
    const told = plainError(
      Object.assign(new Error('query failed'), { driverError: driver, query: 'SELECT 1', parameters: ['secret'] }),
    );
    expect(told).toMatchObject({
      message: 'query failed',
      cause: { message: 'terminating connection', code: '57P01' },
    });
    expect(JSON.stringify(told)).not.toMatch(/hush|secret/);
  });
});
