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
import { oidcStarted, startOidc } from './dto/member-schemas.js';
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
    // Lax, not Strict: the browser comes back from the provider's page, and has to bring it along.
    void reply.header('cache-control', 'no-store').setCookie(COOKIE, browser, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      maxAge: 600,
    });
    return { location };
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
    void reply.clearCookie(COOKIE, { path: '/' });
    try {
      const tokens = await this.service.finish(query, request.cookies[COOKIE], deviceOf(context, request));
      await this.answers.give(tokens, request, reply);
      void reply.header('location', `${this.config.consoleBaseUrl}/`);
    } catch (error) {
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
}
