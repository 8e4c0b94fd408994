import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { CaptureCheckService } from './capture-check.service.js';
import { CHECK_LIMITS } from './commands/capture-limits.js';
import {
  captureCheck,
  type CaptureCheckAnswer,
  type KnownNamesAnswer,
  knownNames,
  knownNamesQuery,
} from './dto/capture-answers.js';
import { exampleDocument, problemAnswer } from './dto/examples.js';
import { KnownNamesQuery } from './known-names.query.js';

@ApiTags('Capture')
@Controller('capture')
export class CaptureCheckController {
  constructor(
    private readonly checks: CaptureCheckService,
    private readonly names: KnownNamesQuery,
  ) {}

  @Post('check')
  @HttpCode(200)
  @RequirePermission('capture')
  @ApiOperation({
    operationId: 'captureCheck',
    summary: 'Check a document without capturing it',
    description: `Says of each event whether a capture would take it, with the place in the text; stores nothing. The judge on the ledger is asked too, about what it would do now; the receipt decides. At most ${CHECK_LIMITS.eventsMax} events and ${CHECK_LIMITS.sizeBytesMax} bytes.`,
  })
  @ApiBody({ required: true, schema: { type: 'object', example: exampleDocument } })
  @ApiAnswers(200, captureCheck, 'What a capture would say')
  @ApiResponse(problemAnswer(413, 'Larger than what is checked at once'))
  @ApiResponse(problemAnswer(429, 'Your organisation has as many checks under way as it may; see Retry-After'))
  async check(@Context() context: RequestContext, @Body() body: unknown): Promise<CaptureCheckAnswer> {
    return this.checks.check(organisationOf(context), Buffer.isBuffer(body) ? body : Buffer.alloc(0), Date.now());
  }

  @Get('names')
  @RequirePermission('capture')
  @ApiOperation({ operationId: 'captureNames', summary: 'Products, places and parties known by name, own ones first' })
  @ApiTakesQuery(knownNamesQuery)
  @ApiAnswers(200, knownNames)
  async known(@Context() context: RequestContext, @Query() query: Record<string, unknown>): Promise<KnownNamesAnswer> {
    const wanted = parseWith(knownNamesQuery, query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    return { names: await this.names.find(wanted, viewerOf(context), organisationOf(context)) };
  }
}
