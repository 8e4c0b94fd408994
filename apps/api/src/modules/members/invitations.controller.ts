import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenToAll, RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { deviceOf, notFromElsewhere } from './device.js';
import {
  acceptInvitation,
  type InvitationAnswer,
  type InvitationFacts,
  invitationFacts,
  invitations,
  invite,
  lookInvitation,
  type OneTimeLink,
  oneTimeLink,
  session,
  type SessionAnswer,
} from './dto/member-schemas.js';
import { identifier } from './identifier.js';
import { AcceptingService } from './accepting.service.js';
import { InvitationsService } from './invitations.service.js';
import { SessionAnswers } from './session-answers.js';

@ApiTags('People')
@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly service: InvitationsService,
    private readonly accepting: AcceptingService,
    private readonly answers: SessionAnswers,
  ) {}

  @Get()
  @RequirePermission('people')
  @ApiOperation({
    operationId: 'listInvitations',
    summary: 'One-time links of your organisation that still wait to be used',
  })
  @ApiAnswers(200, invitations)
  async list(@Context() context: RequestContext): Promise<{ invitations: InvitationAnswer[] }> {
    return { invitations: await this.service.list(organisationOf(context)) };
  }

  @Post()
  @HttpCode(201)
  @RequirePermission('people')
  @ApiOperation({
    operationId: 'invitePerson',
    summary: 'Invite somebody into your organisation',
    description: 'Gives a link that is shown once, works once, and for 24 hours. Pass it on yourself; nothing is sent.',
  })
  @ApiTakes(invite)
  @ApiAnswers(201, oneTimeLink)
  @ApiResponse(problemAnswer(409, 'The person belongs to your organisation already'))
  @ApiResponse(problemAnswer(422, 'A role that your organisation may not give'))
  invite(@Context() context: RequestContext, @Body() body: unknown): Promise<OneTimeLink> {
    return this.service.invite(context, commandBody(invite, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('people')
  @ApiOperation({ operationId: 'withdrawInvitation', summary: 'End a link that was not used' })
  @ApiResponse({ status: 204, description: 'The link works no more' })
  @ApiResponse(problemAnswer(404, 'No such link of your organisation that still waits'))
  withdraw(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.service.withdraw(context, identifier(id));
  }

  @Post('look')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({ operationId: 'lookAtInvitation', summary: 'What a one-time link is for' })
  @ApiTakes(lookInvitation)
  @ApiAnswers(200, invitationFacts)
  @ApiResponse(problemAnswer(404, 'Used, withdrawn, too old, or never there'))
  look(@Context() context: RequestContext, @Body() body: unknown): Promise<InvitationFacts> {
    return this.accepting.look(commandBody(lookInvitation, body).token, context.address);
  }

  @Post('accept')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    operationId: 'acceptInvitation',
    summary: 'Use a one-time link: choose a password and be signed in',
    description: 'Where the address has an account already, `password` (and `totp`) are those of that account.',
  })
  @ApiTakes(acceptInvitation)
  @ApiAnswers(200, session)
  @ApiResponse(problemAnswer(401, 'The account that is there has another password, or wants its second factor'))
  @ApiResponse(problemAnswer(404, 'Used, withdrawn, too old, or never there'))
  @ApiResponse(problemAnswer(422, 'The password is too easy to guess'))
  async accept(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    notFromElsewhere(request);
    const tokens = await this.accepting.accept(commandBody(acceptInvitation, body), deviceOf(context, request));
    return this.answers.give(tokens, request, reply);
  }
}
