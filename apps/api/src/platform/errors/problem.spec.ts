import { describe, expect, it } from '@jest/globals';
import { KINDS, problemBody, ProblemError, type ProblemKind, unavailable } from './problem.js';

const problem = { code: 'TEST_CODE', detail: 'It is so.', howToFix: 'Do this.', pointer: '/a/b' };

describe('problem details (RFC 9457)', () => {
  it.each(Object.keys(KINDS) as ProblemKind[])('renders %s with its status, code, pointer and remedy', (kind) => {
    const body = problemBody(new ProblemError(kind, problem), '/trace');
    expect(body).toMatchObject({
      status: KINDS[kind].status,
      code: 'TEST_CODE',
      pointer: '/a/b',
      howToFix: 'Do this.',
      detail: 'It is so.',
      instance: '/trace',
    });
    expect(new URL(body.type).protocol).toBe('urn:');
  });

  it("uses the standard's exception names under /epcis, and only there", () => {
    const error = new ProblemError('query-parameter', problem);
    expect(problemBody(error, '/epcis/events')).toMatchObject({
      type: 'epcisException:QueryParameterException',
      title: expect.stringContaining('QueryParameterException'),
    });
    expect(problemBody(error, '/epcisevents').type).toBe('urn:waymark:problem:TEST_CODE');
  });

  it('keeps families and statuses in step', () => {
    for (const { family, status } of Object.values(KINDS)) {
      if (family === 'refusal') expect(status).toBeLessThan(500);
      if (family === 'forbidden') expect([401, 403]).toContain(status);
      if (family === 'unavailable') expect(status).toBe(503);
      if (family === 'fault') expect(status).toBe(500);
    }
  });

  it('says of what is unavailable when to come back, and that nothing was stored', () => {
    expect(unavailable('X_AWAY', 'Away.', 7).problem).toMatchObject({
      retryAfterSeconds: 7,
      howToFix: expect.stringContaining('Nothing was stored'),
    });
  });
});
