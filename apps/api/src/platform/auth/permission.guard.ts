import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Organisations } from '../members/organisations.js';
import { ProblemError } from '../errors/problem.js';
import { notKnown, onlyForPersons } from '../http/caller.js';
import { type Caller, setRequestContext } from '../http/request-context.js';
import { ApiKeys } from './api-keys.js';
import { PERMISSION, type RouteRule } from './permission.js';
import { permissionsOfRoles, permissionsOfScopes } from './permissions.js';
import { RequestLimits } from './request-limits.js';
import { Sessions } from './sessions.js';
import { Standings } from './standings.js';

/** Knows who asks and whether they may. A route without a permission is refused: forgetting one must not open it. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
    private readonly sessions: Sessions,
    private readonly organisations: Organisations,
    private readonly standings: Standings,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const rule = this.reflector.getAllAndOverride<RouteRule | undefined>(PERMISSION, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (rule === undefined)
      throw new ProblemError('forbidden', {
        code: 'AUTH_ROUTE_CLOSED',
        detail: 'This address does not say who may use it, so nobody may.',
        howToFix: 'Tell the operator; the route lacks its permission.',
      });
    // The address first: whoever tries keys at random is stopped before the database is asked.
    await this.limits.take(request);
    const caller = await this.callerOf(request);
    await this.limits.takeFor(caller);
    if (rule !== 'open') {
      if (caller.kind === 'anonymous') throw notKnown();
      if (rule === 'session' && caller.via.kind !== 'session') throw onlyForPersons();
      if (rule !== 'session' && !rule.some((permission) => caller.permissions.includes(permission)))
        throw lacking(caller, rule);
    }
    setRequestContext(request, { caller, requestId: String(request.id), address: request.ip ?? '' });
    return true;
  }

  private async callerOf(request: FastifyRequest): Promise<Caller> {
    const header = request.headers.authorization;
    if (header === undefined || header === '') return { kind: 'anonymous' };
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
    return token.startsWith('ws_') ? this.bySession(token) : this.byKey(token);
  }

  private async byKey(key: string): Promise<Caller> {
    const found = await this.keys.authenticate(key);
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
      permissions: permissionsOfScopes(found.scopes, this.standings.of(organisation)),
      via: { kind: 'key', keyId: found.id },
    };
  }

  private async bySession(token: string): Promise<Caller> {
    const found = await this.sessions.authenticate(token);
    const organisation = found && this.organisations.find(found.organisation);
    if (!found || !organisation)
      throw new ProblemError('unauthenticated', {
        code: 'AUTH_SESSION_EXPIRED',
        detail: 'You are no longer signed in.',
        howToFix: 'Sign in again; what you typed stays where it is.',
      });
    return {
      kind: 'organisation',
      organisation: found.organisation,
      role: organisation.role,
      permissions: permissionsOfRoles(found.roles, this.standings.of(organisation)),
      via: { kind: 'session', userId: found.userId, sessionId: found.sessionId, email: found.email },
    };
  }
}

function lacking(caller: Extract<Caller, { kind: 'organisation' }>, rule: readonly string[]): ProblemError {
  const names = rule.join(', ');
  return new ProblemError('forbidden', {
    code: 'AUTH_PERMISSION_MISSING',
    detail:
      caller.via.kind === 'key'
        ? `The key may not do this: it lacks the permission "${names}".`
        : `Your roles in this organisation do not allow this: it needs the permission "${names}".`,
    howToFix:
      caller.via.kind === 'key'
        ? 'Ask your administrator for a key with a scope that allows it.'
        : 'Ask an administrator of your organisation for a role that allows it.',
    facts: { permission: names },
  });
}
