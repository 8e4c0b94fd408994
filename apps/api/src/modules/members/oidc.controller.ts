import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenToAll } from '../../platform/auth/permission.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { deviceOf, notFromElsewhere } from './device.js';
import {
  confirmOidc,
  oidcStarted,
  type OidcWaiting,
  oidcWaiting,
  session,
  type SessionAnswer,
  startOidc,
} from './dto/member-schemas.js';
import { OidcService } from './oidc.service.js';
import { SessionAnswers } from './session-answers.js';

const COOKIE = 'waymark_oidc';

@ApiTags('Session')
@Controller('session/oidc')
export class OidcController {
  constructor(
    private readonly service: OidcService,
    private readonly answers: SessionAnswers,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Post('start')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    operationId: 'startOidc',
    summary: 'Begin to sign in with your identity provider',
    description: 'Send the browser to `location`. With a one-time link its invitation is accepted on the way.',
  })
  @ApiTakes(startOidc)
  @ApiAnswers(200, oidcStarted)
  @ApiResponse(problemAnswer(404, 'Not set up here, or no such invitation'))
  async start(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ location: string }> {
    notFromElsewhere(request);
    const { location, browser } = await this.service.start(commandBody(startOidc, body).invitation);
    this.keep(browser, request, reply);
    return { location };
  }

  private keep(browser: string, request: FastifyRequest, reply: FastifyReply): void {
    // Lax, not Strict: the browser comes back from the provider's page, and has to bring it along.
    void reply.header('cache-control', 'no-store').setCookie(COOKIE, browser, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      maxAge: 600,
    });
  }

  @Get('callback')
  @HttpCode(302)
  @OpenToAll()
  @ApiOperation({ operationId: 'finishOidc', summary: 'Where the identity provider sends the browser back to' })
  @ApiResponse({ status: 302, description: 'To the console: signed in, or with the reason why not' })
  async callback(
    @Context() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    try {
      const finished = await this.service.finish(query, request.cookies[COOKIE], deviceOf(context, request));
      if ('waiting' in finished) {
        this.keep(finished.waiting, request, reply);
        void reply.header('location', `${this.config.consoleBaseUrl}/sign-in?provider=confirm`);
        return;
      }
      void reply.clearCookie(COOKIE, { path: '/' });
      await this.answers.give(finished.tokens, request, reply);
      void reply.header('location', `${this.config.consoleBaseUrl}/`);
    } catch (error) {
      void reply.clearCookie(COOKIE, { path: '/' });
      // A person stands before this answer, in a browser: the console says it in their language.
      if (!(error instanceof ProblemError)) throw error;
      const { code } = error.problem;
      this.logger.warn(
        { code, err: error.cause, request: request.id },
        'a sign-in with the identity provider was refused',
      );
      void reply.header('location', `${this.config.consoleBaseUrl}/sign-in?problem=${encodeURIComponent(code)}`);
    }
  }

  @Get('waiting')
  @OpenToAll()
  @ApiOperation({
    operationId: 'oidcWaiting',
    summary: 'What you are still asked for after your identity provider vouched for you',
    description:
      'The callback sends the browser to `/sign-in?provider=confirm` when the identity is not tied to your account yet, or the account has a second step.',
  })
  @ApiAnswers(200, oidcWaiting)
  @ApiResponse(problemAnswer(401, 'Nothing waits in this browser (any more)'))
  waiting(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OidcWaiting> {
    void reply.header('cache-control', 'no-store');
    return this.service.waiting(request.cookies[COOKIE]);
  }

  @Post('confirm')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    operationId: 'confirmOidc',
    summary: 'Finish the sign-in with your identity provider: the password and the code that are still asked for',
    description: 'Ties the identity to the account where it was not; from then on the password is not asked for again.',
  })
  @ApiTakes(confirmOidc)
  @ApiAnswers(200, session)
  @ApiResponse(problemAnswer(401, 'Refused; `code` says why'))
  async confirm(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    notFromElsewhere(request);
    const tokens = await this.service.confirm(
      request.cookies[COOKIE],
      commandBody(confirmOidc, body),
      deviceOf(context, request),
    );
    void reply.clearCookie(COOKIE, { path: '/' });
    return this.answers.give(tokens, request, reply);
  }
}
