import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Organisations } from '../members/organisations.js';
import { ProblemError } from '../errors/problem.js';
import { requestContext } from '../http/request-context.js';
import type { ApiKeys } from './api-keys.js';
import { OpenToAll, RequirePermission, RequireSession } from './permission.js';
import { PermissionGuard } from './permission.guard.js';
import { RequestLimits } from './request-limits.js';
import type { Sessions } from './sessions.js';
import { Standings } from './standings.js';

class Routes {
  forgotten(): void {}
  @OpenToAll()
  open(): void {}
  @RequirePermission('capture')
  capture(): void {}
  @RequirePermission('keys', 'operate')
  either(): void {}
  @RequireSession()
  own(): void {}
}

const organisations = new Organisations([
  { account: 'farm', names: { en: 'Farm', 'zh-CN': '农场' }, role: 'company', companyPrefixes: ['9521001'] },
]);
const keys = {
  authenticate: async (key: string) =>
    key === 'wm_good' || key === 'wm_gone'
      ? {
          id: '1',
          organisation: key === 'wm_good' ? 'farm' : 'left-the-consortium',
          scopes: ['capture'],
          label: '',
          createdAt: new Date(),
          revokedAt: null,
          lastUsedAt: null,
        }
      : undefined,
} as unknown as ApiKeys;
const sessions = {
  authenticate: async (token: string) =>
    token === 'ws_good' || token === 'ws_gone'
      ? {
          sessionId: 's',
          userId: 'u',
          email: 'a@farm.example',
          organisation: token === 'ws_good' ? 'farm' : 'left-the-consortium',
          roles: ['capture', 'regulator', 'operator'],
        }
      : undefined,
} as unknown as Sessions;
const guardWith = (operators: string[], perMinute = 0) =>
  new PermissionGuard(
    new Reflector(),
    keys,
    sessions,
    organisations,
    new Standings(operators),
    new RequestLimits(perMinute, ['10.0.0.1']),
  );
const guard = guardWith([]);

const ask = async (route: keyof Routes, authorization?: string, by = guard, ip = '192.0.2.1') => {
  const request = { id: 'r', ip, headers: { ...(authorization !== undefined && { authorization }) } };
  const context = {
    switchToHttp: () => ({ getRequest: () => request }),
    getHandler: () => Routes.prototype[route],
    getClass: () => Routes,
  } as unknown as ExecutionContext;
  try {
    await by.canActivate(context);
    return requestContext(request as never).caller;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
};

describe('the guard', () => {
  it('closes a route that does not say who may use it', async () => {
    expect(await ask('forgotten', 'Bearer wm_good')).toBe('AUTH_ROUTE_CLOSED');
  });

  it('lets anybody into an open route, and knows who it is where a key is sent', async () => {
    expect(await ask('open')).toEqual({ kind: 'anonymous' });
    expect(await ask('open', 'Bearer wm_good')).toMatchObject({
      kind: 'organisation',
      organisation: 'farm',
      role: 'company',
    });
  });

  it.each([
    [undefined, 'AUTH_KEY_MISSING'],
    ['Bearer wm_bad', 'AUTH_KEY_UNKNOWN'],
    ['Basic eDp5', 'AUTH_KEY_UNKNOWN'],
    ['Bearer wm_gone', 'AUTH_KEY_UNKNOWN'],
    ['Bearer ws_bad', 'AUTH_SESSION_EXPIRED'],
    ['Bearer ws_gone', 'AUTH_SESSION_EXPIRED'],
  ])('keeps %s out of a route that needs a permission', async (authorization, code) => {
    expect(await ask('capture', authorization)).toBe(code);
  });

  it('refuses a wrong key on an open route too: it must not pass for nobody', async () => {
    expect(await ask('open', 'Bearer wm_bad')).toBe('AUTH_KEY_UNKNOWN');
  });

  it('knows a person by their session, with the roles that their organisation may give', async () => {
    expect(await ask('capture', 'Bearer ws_good')).toEqual({
      kind: 'organisation',
      organisation: 'farm',
      role: 'company',
      permissions: ['read', 'capture'],
      via: { kind: 'session', userId: 'u', sessionId: 's', email: 'a@farm.example' },
    });
    expect(await ask('capture', 'Bearer ws_good', guardWith(['farm']))).toMatchObject({
      permissions: ['read', 'capture', 'operate'],
    });
  });

  it('asks for one of the permissions that a route names', async () => {
    expect(await ask('either', 'Bearer ws_good')).toBe('AUTH_PERMISSION_MISSING');
    expect(await ask('either', 'Bearer ws_good', guardWith(['farm']))).toMatchObject({ organisation: 'farm' });
  });

  it("keeps keys out of a person's own account", async () => {
    expect(await ask('own', 'Bearer wm_good')).toBe('AUTH_PERSONS_ONLY');
    expect(await ask('own')).toBe('AUTH_KEY_MISSING');
    expect(await ask('own', 'Bearer ws_good')).toMatchObject({ organisation: 'farm' });
  });

  it('limits requests by address and by who asks, not those of our own servers', async () => {
    const limited = guardWith([], 3);
    for (let i = 0; i < 3; i++) expect(await ask('open', undefined, limited)).toEqual({ kind: 'anonymous' });
    expect(await ask('open', undefined, limited)).toBe('HTTP_TOO_MANY_REQUESTS');
    expect(await ask('open', undefined, limited, '192.0.2.2')).toEqual({ kind: 'anonymous' });
    for (let i = 0; i < 5; i++)
      expect(await ask('open', undefined, limited, '10.0.0.1')).toEqual({ kind: 'anonymous' });
    for (let i = 0; i < 3; i++) await ask('capture', 'Bearer wm_good', limited, '10.0.0.1');
    expect(await ask('capture', 'Bearer wm_good', limited, '10.0.0.1')).toBe('HTTP_TOO_MANY_REQUESTS');
  });
});
