import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../../platform/auth/permission.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { AccountsService } from './accounts.service.js';
import {
  ledgerAccount,
  type LedgerAccountAnswer,
  ledgerTicket,
  type LedgerTicket,
  rotateKey,
} from './dto/account-schemas.js';

@ApiTags('Ledger accounts')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly service: AccountsService) {}

  @Get(':account')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'getLedgerAccount',
    summary: 'An account as the ledger keeps it: permissions, links, delegations, deposit',
    description: 'One node’s word; `stateProof` of `proofKey` at a node proves it.',
  })
  @ApiAnswers(200, ledgerAccount)
  @ApiResponse(problemAnswer(404, 'No such account'))
  account(@Param('account') account: string): Promise<LedgerAccountAnswer> {
    return this.service.account(account);
  }

  @Post('own/key-rotation')
  @HttpCode(202)
  @RequirePermission('keys')
  @ApiOperation({
    operationId: 'rotateLedgerKey',
    summary: 'Replace a key of your organisation in every permission that names it',
    description:
      'Put the sealed file of the new key beside the old one first (`waymark key`); the old one ends with the block.',
  })
  @ApiTakes(rotateKey)
  @ApiAnswers(202, ledgerTicket, 'Taken; the job is at Location')
  @ApiResponse(problemAnswer(422, 'The proof or the old key is not right, or the ledger would refuse it'))
  async rotate(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LedgerTicket> {
    const ticket = await this.service.rotate(context, commandBody(rotateKey, body));
    void reply.header('location', `/epcis/capture/${ticket.job}`);
    return ticket;
  }
}
