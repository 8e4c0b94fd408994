import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { CaptureJobEvents } from './capture-job-events.js';
import { captureJobEvents, type CaptureJobEventsAnswer, captureJobEventsQuery } from './dto/capture-answers.js';
import { problemAnswer } from './dto/examples.js';

@ApiTags('Capture')
@Controller('capture/jobs')
export class CaptureJobEventsController {
  constructor(private readonly events: CaptureJobEvents) {}

  @Get(':captureID/events')
  @RequirePermission('capture', 'read')
  @ApiTakesQuery(captureJobEventsQuery)
  @ApiOperation({
    operationId: 'captureJobEvents',
    summary: 'What the events of a capture job are',
    description:
      'Step, time, place and first item of each, in the order of the document. `next` of a page is `from` of the following one.',
  })
  @ApiAnswers(200, captureJobEvents)
  @ApiResponse(problemAnswer(404, 'No such job of your organisation'))
  page(
    @Context() context: RequestContext,
    @Param('captureID') id: string,
    @Query() query: unknown,
  ): Promise<CaptureJobEventsAnswer> {
    const wanted = parseWith(captureJobEventsQuery, query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    return this.events.page(id, organisationOf(context), wanted, viewerOf(context));
  }
}
