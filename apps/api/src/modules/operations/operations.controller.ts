import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/auth/permission.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { DeadLettersService } from './dead-letters.service.js';
import { operatorNodes, type OperatorNodes } from './dto/nodes.js';
import {
  type DeadLetters,
  deadLetters,
  discardLetters,
  lettersOutcome,
  projections,
  type Projections,
  purgeCommand,
  purged,
  type RebuildFacts,
  rebuildFacts,
  retryLetters,
  versions,
  type Versions,
  work,
  type Work,
} from './dto/work.js';
import { NodesService } from './nodes.service.js';
import { ProjectionsService } from './projections.service.js';
import { VersionsService } from './versions.service.js';
import { WorkService } from './work.service.js';

const nameParameter = { name: 'name', description: 'Which views', example: 'provenance' } as const;

@ApiTags('Operation')
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly nodes: NodesService,
    private readonly works: WorkService,
    private readonly letters: DeadLettersService,
    private readonly views: ProjectionsService,
    private readonly parts: VersionsService,
  ) {}

  @Get('nodes')
  @RequirePermission('operate')
  @ApiOperation({
    operationId: 'operationsNodes',
    summary: 'Every node, who hears whom, and whether the consortium keeps up',
    description: 'Asks each node now. What a node says of itself is its own word; the blocks are checked elsewhere.',
  })
  @ApiAnswers(200, operatorNodes)
  all(): Promise<OperatorNodes> {
    return this.nodes.all();
  }

  @Get('queues')
  @RequirePermission('operate')
  @ApiOperation({ operationId: 'operationsWork', summary: 'What waits to be done here' })
  @ApiAnswers(200, work)
  work(): Promise<Work> {
    return this.works.work();
  }

  @Get('dead-letters')
  @RequirePermission('operate')
  @ApiOperation({
    operationId: 'operationsDeadLetters',
    summary: 'Work that does not get on by itself',
    description:
      'Captures that nobody could sign, signed transactions that no block has taken, jobs that failed as often as they are tried. What heals meanwhile goes from the list.',
  })
  @ApiAnswers(200, deadLetters)
  deadLetters(): Promise<DeadLetters> {
    return this.letters.list();
  }

  @Post('dead-letters/retry')
  @HttpCode(200)
  @RequirePermission('operate')
  @ApiOperation({
    operationId: 'operationsRetryDeadLetters',
    summary: 'Put work back to be done',
    description: 'Always the same: the same command, the same signed bytes, the same job.',
  })
  @ApiTakes(retryLetters)
  @ApiAnswers(200, lettersOutcome)
  async retry(@Body() body: Buffer, @Context() context: RequestContext) {
    const { ids } = commandBody(retryLetters, body);
    return { outcomes: await this.letters.retry(ids, context) };
  }

  @Post('dead-letters/discard')
  @HttpCode(200)
  @RequirePermission('operate')
  @ApiOperation({
    operationId: 'operationsDiscardDeadLetters',
    summary: 'Give work up, with a reason',
    description:
      'The owner of a capture reads the reason in its job. A signed transaction that nodes have already may still become final until it expires; its job then says so.',
  })
  @ApiTakes(discardLetters, {
    ids: ['capture.6f8a1f2c-9f0e-4a53-9a7b-6f64d6f0a3d1'],
    reason: 'The key of this organisation was withdrawn.',
  })
  @ApiAnswers(200, lettersOutcome)
  async discard(@Body() body: Buffer, @Context() context: RequestContext) {
    const { ids, reason } = commandBody(discardLetters, body);
    return { outcomes: await this.letters.discard(ids, reason, context) };
  }

  @Post('purge')
  @HttpCode(200)
  @RequirePermission('operate')
  @ApiOperation({
    operationId: 'operationsPurge',
    summary: 'Delete what was settled long ago',
    description:
      'Signed bytes of settled transactions, tickets of captures that ended, failed jobs that were settled. The ledger keeps every record; nothing that waits is touched.',
  })
  @ApiTakes(purgeCommand, { what: 'transactions', olderThanDays: 90 })
  @ApiAnswers(200, purged)
  async purge(@Body() body: Buffer, @Context() context: RequestContext) {
    const { what, olderThanDays } = commandBody(purgeCommand, body);
    return { deleted: await this.works.purge(what, olderThanDays, context) };
  }

  @Get('projections')
  @RequirePermission('operate')
  @ApiOperation({ operationId: 'operationsProjections', summary: 'How far what is shown follows the chain' })
  @ApiAnswers(200, projections)
  projections(): Promise<Projections> {
    return this.views.all();
  }

  @Post('projections/:name/rebuild')
  @HttpCode(202)
  @RequirePermission('operate')
  @ApiOperation({
    operationId: 'operationsRebuild',
    summary: 'Fill the views anew from height 1',
    description:
      'Out of verified blocks, by the worker, beside the tables that are read: everybody goes on seeing the old rows until the new ones are complete. It survives a restart of the worker.',
  })
  @ApiParam(nameParameter)
  @ApiAnswers(202, rebuildFacts, 'Ordered')
  @ApiResponse(problemAnswer(409, 'One runs already'))
  rebuild(@Param('name') name: string, @Context() context: RequestContext): Promise<RebuildFacts> {
    return this.views.rebuild(name, context);
  }

  @Post('projections/:name/rebuild/cancel')
  @HttpCode(200)
  @RequirePermission('operate')
  @ApiOperation({ operationId: 'operationsCancelRebuild', summary: 'Stop filling the views anew; the old rows stay' })
  @ApiParam(nameParameter)
  @ApiAnswers(200, rebuildFacts)
  @ApiResponse(problemAnswer(409, 'None runs'))
  cancelRebuild(@Param('name') name: string, @Context() context: RequestContext): Promise<RebuildFacts> {
    return this.views.cancel(name, context);
  }

  @Get('versions')
  @RequirePermission('operate')
  @ApiOperation({ operationId: 'operationsVersions', summary: 'What runs here, part by part' })
  @ApiAnswers(200, versions)
  versions(): Promise<Versions> {
    return this.parts.all();
  }
}
