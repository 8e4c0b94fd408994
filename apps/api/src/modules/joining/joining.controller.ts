import { Controller, Get, Inject, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers } from '../../platform/openapi/api-schema.js';
import { joining, type Joining } from './dto/joining.js';
import { JoiningService } from './joining.service.js';

@ApiTags('Joining')
@Controller('joining')
export class JoiningController {
  constructor(
    private readonly service: JoiningService,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
  ) {}

  @Get()
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'joining',
    summary: 'What it takes to join with a node of one’s own, and how far that node is',
    description: 'Shows the full nodes of the organisation that asks, not those of others.',
  })
  @ApiAnswers(200, joining)
  state(@Context() context: RequestContext): Promise<Joining> {
    return this.service.joining(organisationOf(context));
  }

  @Get('genesis')
  @RequirePermission('read')
  @ApiOperation({ operationId: 'joiningGenesis', summary: 'The genesis file, byte for byte' })
  @ApiResponse({ status: 200, description: 'genesis.json', content: { 'application/json': {} } })
  genesis(@Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    return file(reply, 'genesis.json', this.chain.genesisBytes);
  }

  @Get('trust')
  @RequirePermission('read')
  @ApiOperation({ operationId: 'joiningTrust', summary: 'The trust root, byte for byte' })
  @ApiResponse({ status: 200, description: 'trust.json', content: { 'application/json': {} } })
  trust(@Res({ passthrough: true }) reply: FastifyReply): StreamableFile {
    return file(reply, 'trust.json', this.chain.trustBytes);
  }
}

function file(reply: FastifyReply, name: string, bytes: Uint8Array): StreamableFile {
  void reply.headers({
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, max-age=0, must-revalidate',
  });
  return new StreamableFile(bytes);
}
