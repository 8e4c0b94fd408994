import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { OpenToAll, RequireSession } from '../../platform/auth/permission.js';
import { Sessions } from '../../platform/auth/sessions.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { unitOfWork } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { personOf } from '../../platform/http/caller.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { DATABASE } from '../../platform/tokens.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { accountById, membershipsOf } from './accounts.js';
import {
  chooseOrganisation,
  refreshSession,
  session,
  type SessionAnswer,
  type SessionFacts,
  sessionFacts,
  signIn,
  signInWays,
} from './dto/member-schemas.js';
import { SecondFactor } from './second-factor.js';
import { REFRESH_COOKIE, SessionAnswers } from './session-answers.js';
import { noMember, SignInService } from './sign-in.service.js';
import { deviceOf, notFromElsewhere } from './device.js';

@ApiTags('Session')
@Controller('session')
export class SessionController {
  constructor(
    private readonly service: SignInService,
    private readonly sessions: Sessions,
    private readonly answers: SessionAnswers,
    private readonly audit: AuditLog,
    private readonly secondFactor: SecondFactor,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DATABASE) private readonly database: DataSource,
  ) {}

  @Get('ways')
  @OpenToAll()
  @ApiOperation({ operationId: 'signInWays', summary: 'How one can sign in here' })
  @ApiAnswers(200, signInWays)
  ways() {
    const { oidc } = this.config;
    return {
      password: true,
      oidc: oidc === undefined ? null : { label: oidc.label },
      totp: this.secondFactor.available,
    };
  }

  @Post()
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Sign in with e-mail address and password',
    description:
      'Gives an access token for ten minutes, to be kept in memory and sent as `Authorization: Bearer ws_...`, and sets a cookie with which `POST /session/refresh` gives the next one.',
  })
  @ApiTakes(signIn)
  @ApiAnswers(200, session)
  @ApiResponse(problemAnswer(401, 'Refused; `code` says why'))
  async signIn(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    notFromElsewhere(request);
    const tokens = await this.service.signIn(commandBody(signIn, body), deviceOf(context, request));
    return this.answers.give(tokens, request, reply);
  }

  @Post('refresh')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    operationId: 'refreshSession',
    summary: 'A new access token, by the cookie',
    description:
      'The cookie is replaced too. An old one that comes back after 20 seconds ends the session: it was copied. With `organisation`, the token is for that one or there is none.',
  })
  @ApiTakes(refreshSession)
  @ApiAnswers(200, session)
  @ApiResponse(problemAnswer(401, 'Refused; `code` says why'))
  async refresh(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    notFromElsewhere(request);
    const empty = !Buffer.isBuffer(body) || body.length === 0;
    const { organisation } = empty ? {} : commandBody(refreshSession, body);
    const refreshed = await this.sessions.refresh(request.cookies[REFRESH_COOKIE], organisation);
    if (refreshed.kind === 'refreshed') return this.answers.give(refreshed.tokens, request, reply);
    if (refreshed.kind === 'reused') {
      const account = await accountById(this.database.manager, refreshed.userId);
      await this.audit.record({
        context,
        action: 'session.token-reused',
        target: account?.email ?? refreshed.userId,
        facts: { sessionId: refreshed.sessionId },
        organisation: refreshed.organisation,
        actor: { kind: 'anonymous', id: '', label: '' },
      });
    }
    // The cookie stays: the person may well go on for another of their organisations, if they choose to.
    if (refreshed.kind === 'no-member') throw noMember();
    this.answers.forget(reply);
    throw sessionOver();
  }

  @Get()
  @RequireSession()
  @ApiOperation({ operationId: 'currentSession', summary: 'Who you are, and what you may do' })
  @ApiAnswers(200, sessionFacts)
  current(@Context() context: RequestContext): Promise<SessionFacts> {
    const person = personOf(context);
    return this.answers.facts(person.userId, person.sessionId, person.organisation);
  }

  @Post('organisation')
  @HttpCode(200)
  @RequireSession()
  @ApiOperation({
    operationId: 'chooseOrganisation',
    summary: 'Act for another of your organisations',
    description:
      'Gives new tokens. What other tabs hold acts for the organisation it was given for, until it runs out.',
  })
  @ApiTakes(chooseOrganisation)
  @ApiAnswers(200, session)
  async choose(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const { organisation } = commandBody(chooseOrganisation, body);
    const person = personOf(context);
    const tokens = await unitOfWork(this.database, async (manager) => {
      const own = await membershipsOf(manager, person.userId);
      if (!own.some((one) => one.organisation === organisation)) throw noMember();
      await this.audit.record({ context, action: 'session.organisation-chosen', organisation }, manager);
      return this.sessions.actFor(manager, person, organisation);
    });
    return this.answers.give(tokens, request, reply);
  }

  @Delete()
  @HttpCode(204)
  @OpenToAll()
  @ApiOperation({
    operationId: 'signOut',
    summary: 'Sign out',
    description: 'Ends the session, all its tokens, at once.',
  })
  async signOut(
    @Context() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    notFromElsewhere(request);
    const { caller } = context;
    const found =
      caller.kind === 'organisation' && caller.via.kind === 'session'
        ? { sessionId: caller.via.sessionId, userId: caller.via.userId, organisation: caller.organisation }
        : await this.sessions.byRefreshToken(request.cookies[REFRESH_COOKIE]);
    this.answers.forget(reply);
    if (found === undefined) return;
    const account = await accountById(this.database.manager, found.userId);
    await unitOfWork(this.database, async (manager) => {
      await this.sessions.end(manager, found.sessionId, 'signed-out');
      await this.audit.record(
        {
          context,
          action: 'session.ended',
          target: account?.email ?? '',
          organisation: found.organisation,
          actor: { kind: 'user', id: found.userId, label: account?.email ?? '' },
        },
        manager,
      );
    });
  }
}

function sessionOver(): ProblemError {
  return new ProblemError('unauthenticated', {
    code: 'AUTH_SESSION_EXPIRED',
    detail: 'You are no longer signed in.',
    howToFix: 'Sign in again; what you typed stays where it is.',
  });
}
