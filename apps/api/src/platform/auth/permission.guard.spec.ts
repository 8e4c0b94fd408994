import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Organisations } from '../members/organisations.js';
import { ProblemError } from '../errors/problem.js';
import { requestContext } from '../http/request-context.js';
import type { ApiKeys } from './api-keys.js';
import { OpenToAll, RequireScope } from './permission.js';
import { PermissionGuard } from './permission.guard.js';

class Routes {
  forgotten(): void {}
  @OpenToAll()
  open(): void {}
  @RequireScope('capture')
  capture(): void {}
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
const guard = new PermissionGuard(new Reflector(), keys, organisations);

const ask = async (route: keyof Routes, authorization?: string) => {
  const request = { id: 'r', headers: { ...(authorization !== undefined && { authorization }) } };
  const context = {
    switchToHttp: () => ({ getRequest: () => request }),
    getHandler: () => Routes.prototype[route],
    getClass: () => Routes,
  } as unknown as ExecutionContext;
  try {
    await guard.canActivate(context);
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
  ])('keeps %s out of a route that needs a scope', async (authorization, code) => {
    expect(await ask('capture', authorization)).toBe(code);
  });

  it('refuses a wrong key on an open route too: it must not pass for nobody', async () => {
    expect(await ask('open', 'Bearer wm_bad')).toBe('AUTH_KEY_UNKNOWN');
  });
});
