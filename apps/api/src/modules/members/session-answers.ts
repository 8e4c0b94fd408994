import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { permissionsOfRoles, type Role } from '../../platform/auth/permissions.js';
import type { SessionTokens } from '../../platform/auth/sessions.js';
import { Standings } from '../../platform/auth/standings.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { accountById, membershipsOf } from './accounts.js';
import type { SessionAnswer, SessionFacts } from './dto/member-schemas.js';

export const REFRESH_COOKIE = 'waymark_refresh';

/** What a page is told of its session, and the cookie beside it. */
@Injectable()
export class SessionAnswers {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly organisations: Organisations,
    private readonly standings: Standings,
  ) {}

  /** Sets the cookie and gives the answer to whoever just signed in, refreshed, or chose another organisation. */
  async give(tokens: SessionTokens, request: FastifyRequest, reply: FastifyReply): Promise<SessionAnswer> {
    const facts = await this.facts(tokens.userId, tokens.sessionId, tokens.organisation);
    void reply.header('cache-control', 'no-store').setCookie(REFRESH_COOKIE, tokens.refreshToken, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: request.protocol === 'https',
      expires: tokens.refreshExpiresAt,
    });
    return { ...facts, accessToken: tokens.accessToken, expiresAt: tokens.accessExpiresAt.toISOString() };
  }

  /** Takes the cookie away. */
  forget(reply: FastifyReply): void {
    void reply.header('cache-control', 'no-store').clearCookie(REFRESH_COOKIE, { path: '/' });
  }

  async facts(userId: string, sessionId: string, acting: string): Promise<SessionFacts> {
    const account = await accountById(this.database.manager, userId);
    if (account === undefined)
      throw new ProblemError('unauthenticated', {
        code: 'AUTH_SESSION_EXPIRED',
        detail: 'You are no longer signed in.',
        howToFix: 'Sign in again; what you typed stays where it is.',
      });
    const organisations = (await membershipsOf(this.database.manager, userId)).flatMap(({ organisation, roles }) => {
      const known = this.organisations.find(organisation);
      return known === undefined
        ? []
        : [
            {
              account: known.account,
              name: { en: known.names.en, 'zh-CN': known.names['zh-CN'] },
              role: known.role,
              roles: roles as Role[],
              permissions: [...permissionsOfRoles(roles, this.standings.of(known))],
            },
          ];
    });
    return {
      sessionId,
      user: {
        id: account.id,
        email: account.email,
        name: account.name,
        totp: account.totpSince !== null,
        password: account.passwordHash !== null,
        version: account.version,
      },
      organisation: acting,
      organisations,
      permissions: organisations.find(({ account: one }) => one === acting)?.permissions ?? [],
    };
  }
}
