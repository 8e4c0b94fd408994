import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../../platform/auth/permission.js';
import { notFound } from '../../platform/errors/not-found.js';
import { organisationOf } from '../../platform/http/caller.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, ApiTakesQuery, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import {
  approveMotion,
  ledgerTicket,
  type LedgerTicket,
  motion,
  type MotionAnswer,
  motionList,
  type MotionList,
  motionQuery,
  proposeMotion,
} from './dto/account-schemas.js';
import { motionAnswer } from './motion-answer.js';
import { MotionsQuery } from './motions.query.js';
import { MotionsService } from './motions.service.js';

const refused = ApiResponse(problemAnswer(422, 'The ledger would refuse it; the code says why'));

@ApiTags('Motions')
@Controller('motions')
export class MotionsController {
  constructor(
    private readonly service: MotionsService,
    private readonly query: MotionsQuery,
  ) {}

  @Get()
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'listMotions',
    summary: 'What waits for signatures, or was decided; the newest first, at most 200',
  })
  @ApiTakesQuery(motionQuery)
  @ApiAnswers(200, motionList)
  async list(@Context() context: RequestContext, @Query() query: unknown): Promise<MotionList> {
    const rows = await this.query.list(parseWith(motionQuery, query).state);
    const deciders = await this.service.deciders(rows.map(({ account }) => account));
    return {
      motions: rows.map((row) => motionAnswer(row, organisationOf(context), deciders, Date.now())),
      boards: deciders.boards.map(({ board, members, threshold }) => ({ board, members: [...members], threshold })),
    };
  }

  @Get(':motion')
  @RequirePermission('read')
  @ApiOperation({ operationId: 'getMotion', summary: 'One motion, with everything that it carries' })
  @ApiAnswers(200, motion)
  @ApiResponse(problemAnswer(404, 'No such motion'))
  async one(@Context() context: RequestContext, @Param('motion') id: string): Promise<MotionAnswer> {
    const row = await this.query.one(id);
    return motionAnswer(row, organisationOf(context), await this.service.deciders([row.account]), Date.now());
  }

  @Post()
  @HttpCode(202)
  @RequirePermission('keys')
  @ApiOperation({
    operationId: 'proposeMotion',
    summary: 'Propose what takes several signatures',
    description: 'To propose is to approve: your organisation signs first. The last approval executes it.',
  })
  @ApiTakes(proposeMotion)
  @ApiAnswers(202, ledgerTicket, 'Taken; the job is at Location')
  @refused
  async propose(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LedgerTicket> {
    return at(reply, await this.service.propose(context, commandBody(proposeMotion, body)));
  }

  @Post(':motion/approve')
  @HttpCode(202)
  @RequirePermission('keys')
  @ApiOperation({ operationId: 'approveMotion', summary: 'Sign a motion that you have read' })
  @ApiTakes(approveMotion)
  @ApiAnswers(202, ledgerTicket, 'Taken; the job is at Location')
  @refused
  async approve(
    @Context() context: RequestContext,
    @Param('motion') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LedgerTicket> {
    const { digest } = commandBody(approveMotion, body);
    return at(reply, await this.service.approve(context, motionId(id), digest));
  }

  @Post(':motion/withdraw')
  @HttpCode(202)
  @RequirePermission('keys')
  @ApiOperation({
    operationId: 'withdrawMotion',
    summary: 'Take your own motion back, or clear one away whose time is over',
  })
  @ApiAnswers(202, ledgerTicket, 'Taken; the job is at Location')
  @refused
  async withdraw(
    @Context() context: RequestContext,
    @Param('motion') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LedgerTicket> {
    return at(reply, await this.service.withdraw(context, motionId(id)));
  }
}

function at(reply: FastifyReply, ticket: LedgerTicket): LedgerTicket {
  void reply.header('location', `/epcis/capture/${ticket.job}`);
  return ticket;
}

function motionId(text: string): string {
  if (/^[0-9a-f]{32}$/.test(text)) return text;
  throw notFound('MOTION_UNKNOWN', `There is no proposal ${text.slice(0, 40)}.`, 'Load the list again.');
}
