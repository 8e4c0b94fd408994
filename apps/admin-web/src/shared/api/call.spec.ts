import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sessionStore, type Session } from '../session/session-store.js';
import { callApi } from './call.js';

const session = (organisation: string, accessToken: string, userId = 'u1'): Session => ({
  accessToken,
  expiresAt: '2026-01-01T00:00:00.000Z',
  user: { id: userId, email: `${userId}@farm.example`, name: userId },
  organisation,
  organisations: [],
  permissions: ['capture'],
});
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const expired = () => json(401, { code: 'AUTH_SESSION_EXPIRED' });

describe('a call whose token has run out', () => {
  const real = globalThis.fetch;
  let sent: { path: string; token: string | null; body: unknown }[];
  let refreshed: () => Response;
  beforeEach(() => {
    sent = [];
    sessionStore.close();
    sessionStore.open(session('farm', 'old'));
    globalThis.fetch = async (input, init) => {
      const path = input as string;
      const token = new Headers(init?.headers).get('authorization');
      sent.push({ path, token, body: init?.body });
      if (path === '/api/session/refresh') return refreshed();
      return token === 'Bearer old' ? expired() : json(200, {});
    };
  });
  afterEach(() => {
    globalThis.fetch = real;
  });
  const captures = () => sent.filter(({ path }) => path === '/api/epcis/capture').map(({ token }) => token);
  const capture = () => callApi('/epcis/capture', { method: 'POST', body: '{}' });

  it('is sent again with a new one of the same organisation', async () => {
    refreshed = () => json(200, session('farm', 'new'));
    expect((await capture()).status).toBe(200);
    expect(captures()).toEqual(['Bearer old', 'Bearer new']);
    expect(sent[1]?.body).toBe('{"organisation":"farm"}');
  });

  it.each([
    ['another organisation', () => json(200, session('factory', 'new'))],
    ['another person', () => json(200, session('farm', 'new', 'u2'))],
    ['no member any more', () => json(403, { code: 'AUTH_NOT_A_MEMBER' })],
  ])('is never sent again as %s, nor is anything else from that page', async (_what, answer) => {
    refreshed = answer;
    await expect(capture()).rejects.toMatchObject({ status: 403, code: 'AUTH_NOT_A_MEMBER' });
    expect(captures()).toEqual(['Bearer old']);
    expect(sessionStore.get()).toMatchObject({ kind: 'changed', session: { organisation: 'farm' } });
    await expect(capture()).rejects.toMatchObject({ code: 'AUTH_NOT_A_MEMBER' });
    expect(captures()).toEqual(['Bearer old']);
  });

  it('that waited for a sign-in is not sent for the organisation chosen there', async () => {
    refreshed = expired;
    const waits = capture();
    while (sessionStore.get().kind !== 'ended') await new Promise((resolve) => setTimeout(resolve, 1));
    const second = capture();
    sessionStore.open(session('factory', 'new'));
    await expect(waits).rejects.toMatchObject({ code: 'AUTH_NOT_A_MEMBER' });
    await expect(second).rejects.toMatchObject({ code: 'AUTH_NOT_A_MEMBER' });
    expect(captures()).toEqual(['Bearer old']);
  });
});
