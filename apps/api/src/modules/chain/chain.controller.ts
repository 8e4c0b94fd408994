import { Controller, Get, Header, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { OpenToAll, RequirePermission } from '../../platform/auth/permission.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { BlocksService } from './blocks.service.js';
import { ChainService, type ChainStatus } from './chain.service.js';
import {
  type ChainBlock,
  chainBlock,
  type ChainBlocks,
  chainBlocks,
  blocksQuery,
  type ChainTransaction,
  chainTransaction,
} from './dto/blocks.js';

const heightParameter = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const txIdParameter = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'is 64 hex digits')
  .transform((text) => text.toLowerCase());

@ApiTags('Chain')
@Controller('chain')
export class ChainController {
  constructor(
    private readonly service: ChainService,
    private readonly chainBlocks: BlocksService,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
  ) {}

  @Get('status')
  @OpenToAll()
  @ApiOperation({
    summary: 'Where the chain and this API are',
    description: 'Final heights as the nodes report them, and how far this API has verified and shown.',
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      example: {
        chainId: 'waymark-demo',
        genesisHash: '9f...',
        trustFingerprint: '3F2A-91C4-77B0-12DE',
        projectedHeight: 42,
        nodes: [{ name: 'regulator', finalHeight: 42, answers: true }],
      },
    },
  })
  status(): Promise<ChainStatus> {
    return this.service.status();
  }

  @Get('genesis')
  @OpenToAll()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOperation({
    summary: 'The genesis file',
    description: 'Its SHA-256 is the genesis hash. Compare it with a copy you got another way.',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  genesis(): StreamableFile {
    return new StreamableFile(this.chain.genesisBytes, { type: 'application/json' });
  }

  @Get('blocks')
  @RequirePermission('read', 'operate')
  @ApiOperation({
    operationId: 'chainBlocks',
    summary: 'Blocks, newest first',
    description: 'As the node that is asked lists them. A block of its own address is checked.',
  })
  @ApiTakesQuery(blocksQuery)
  @ApiAnswers(200, chainBlocks)
  blocks(@Query() query: Record<string, unknown>): Promise<ChainBlocks> {
    const { perPage, before } = parseWith(blocksQuery, query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    return this.chainBlocks.list(perPage, before);
  }

  @Get('blocks/:height')
  @RequirePermission('read', 'operate')
  @ApiOperation({
    operationId: 'chainBlock',
    summary: 'One block, checked against the signatures of the consortium',
    description:
      'Header, transactions and receipts. Who sent a transaction is told to its sender, to regulators and to the operator.',
  })
  @ApiParam({ name: 'height', description: 'From 1', example: 1 })
  @ApiAnswers(200, chainBlock)
  @ApiResponse(problemAnswer(404, 'No such final block'))
  block(@Param('height') height: string, @Context() context: RequestContext): Promise<ChainBlock> {
    const wanted = parseWith(heightParameter, height, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    return this.chainBlocks.block(wanted, context);
  }

  @Get('transactions/:txId')
  @RequirePermission('read', 'operate')
  @ApiOperation({
    operationId: 'chainTransaction',
    summary: 'One transaction: its state, its receipt in words, and what of it you may read',
    description:
      'Checked against the signatures of the consortium. Contents, pointers and facts are shown to whoever may read them by their visibility; the others see kinds and sizes.',
  })
  @ApiParam({ name: 'txId', description: '64 hex digits' })
  @ApiAnswers(200, chainTransaction)
  @ApiResponse(problemAnswer(404, 'Not final, and not yours'))
  transaction(@Param('txId') txId: string, @Context() context: RequestContext): Promise<ChainTransaction> {
    const wanted = parseWith(txIdParameter, txId, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    return this.chainBlocks.transaction(wanted, context);
  }

  @Get('trust')
  @OpenToAll()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOperation({
    operationId: 'chainTrust',
    summary: 'The trust root of this chain',
    description: 'What evidence is checked against. Compare its fingerprint with the one you got another way.',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  trust(): StreamableFile {
    return new StreamableFile(this.chain.trustBytes, { type: 'application/json' });
  }
}
