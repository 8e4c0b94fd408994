import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Organisations } from '../members/organisations.js';
import { ProblemError } from '../errors/problem.js';
import { type Caller, setRequestContext } from '../http/request-context.js';
import { ApiKeys } from './api-keys.js';
import { PERMISSION, type Permission } from './permission.js';

/** Knows who asks and whether they may. A route without a permission is refused: forgetting one must not open it. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
    private readonly organisations: Organisations,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (permission === undefined)
      throw new ProblemError('forbidden', {
        code: 'AUTH_ROUTE_CLOSED',
        detail: 'This address does not say who may use it, so nobody may.',
        howToFix: 'Tell the operator; the route lacks its permission.',
      });
    const caller = await this.callerOf(request);
    if (permission !== 'open') {
      if (caller.kind === 'anonymous')
        throw new ProblemError('unauthenticated', {
          code: 'AUTH_KEY_MISSING',
          detail: 'This address needs an API key and none was sent.',
          howToFix: 'Send the header Authorization: Bearer wm_... with a key of your organisation.',
        });
      if (!caller.scopes.includes(permission))
        throw new ProblemError('forbidden', {
          code: 'AUTH_SCOPE_MISSING',
          detail: `The key may not do this: it lacks the scope "${permission}".`,
          howToFix: `Ask your administrator for a key with the scope "${permission}".`,
          facts: { scope: permission },
        });
    }
    setRequestContext(request, { caller, requestId: String(request.id) });
    return true;
  }

  private async callerOf(request: FastifyRequest): Promise<Caller> {
    const header = request.headers.authorization;
    if (header === undefined || header === '') return { kind: 'anonymous' };
    const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
    const found = key === undefined ? undefined : await this.keys.authenticate(key);
    const organisation = found && this.organisations.find(found.organisation);
    if (!found || !organisation)
      throw new ProblemError('unauthenticated', {
        code: 'AUTH_KEY_UNKNOWN',
        detail: 'The API key is not known or was revoked.',
        howToFix: 'Check the key for a missing character, or ask your administrator for a new one.',
      });
    return {
      kind: 'organisation',
      organisation: found.organisation,
      role: organisation.role,
      scopes: found.scopes,
      keyId: found.id,
    };
  }
}
