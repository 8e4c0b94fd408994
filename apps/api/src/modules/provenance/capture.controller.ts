import { Body, Controller, Get, Headers, HttpCode, Options, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenToAll, RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { nextPage, pageQuery } from '../../platform/http/paging.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { CAPTURE_HEADERS, CAPTURE_LIMITS, EPCIS_HEADERS } from './commands/capture-limits.js';
import { type CaptureJobAnswer, CaptureJobsQuery } from './capture-jobs.query.js';
import { CaptureProgress } from './capture-progress.js';
import { captureJob, captureJobQuery } from './dto/capture-answers.js';
import { captureHeaders } from './dto/capture-headers.js';
import { exampleDocument, exampleJob, problemAnswer } from './dto/examples.js';
import { type Act, ProvenanceService } from './provenance.service.js';

@ApiTags('Capture')
@Controller('epcis/capture')
export class CaptureController {
  constructor(
    private readonly service: ProvenanceService,
    private readonly jobs: CaptureJobsQuery,
    private readonly progress: CaptureProgress,
  ) {}

  @Post()
  @HttpCode(202)
  @RequirePermission('capture')
  @ApiOperation({
    operationId: 'captureSend',
    summary: 'Capture EPCIS events',
    description: `One EPCISDocument (or EPCISQueryDocument) in JSON becomes one transaction, signed with your organisation's key: at most ${CAPTURE_LIMITS.eventsMax} events and ${CAPTURE_LIMITS.sizeBytesMax} bytes. The answer names the job; faults of single events are errors of the job.`,
  })
  @ApiHeader({
    name: 'GS1-Capture-Error-Behaviour',
    required: false,
    schema: { type: 'string', enum: ['rollback', 'proceed'], default: 'rollback' },
    description: 'All events or none, or as many as possible',
  })
  @ApiHeader({
    name: 'Waymark-Visibility',
    required: false,
    schema: { type: 'string', enum: ['public', 'partners', 'own'], default: 'partners' },
    description: 'Who may read these events through this API',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', minLength: 8, maxLength: 100 },
    description:
      'Chosen by you, once for each document: sent again with the same bytes it is answered with the first job, so that a lost answer does no harm',
  })
  @ApiHeader({
    name: 'Waymark-Label',
    required: false,
    schema: { type: 'string', maxLength: 600 },
    description: 'Your words for this capture, percent-encoded UTF-8, at most 200 characters',
  })
  @ApiHeader({
    name: 'Waymark-Document-Name',
    required: false,
    schema: { type: 'string', maxLength: 600 },
    description: 'Name of the file, percent-encoded UTF-8, at most 200 characters',
  })
  @ApiHeader({
    name: 'Waymark-Upload',
    required: false,
    schema: { type: 'string', example: '4f1d4a9e-0c5b-4a51-9a57-0c1f5b2b9c11; part=2/5; first-event=1000' },
    description: 'One of several captures that carry a divided document',
  })
  @ApiHeader({ name: 'GS1-EPCIS-Version', required: false, schema: { type: 'string', example: '2.0' } })
  @ApiBody({ required: true, schema: { type: 'object', example: exampleDocument } })
  @ApiResponse({
    status: 202,
    description: 'Taken; the job is at Location',
    headers: { Location: { schema: { type: 'string', example: `/epcis/capture/${exampleJob.captureID}` } } },
  })
  @ApiResponse(problemAnswer(400, 'No JSON, or no EPCIS document; pointer names the place'))
  @ApiResponse(
    problemAnswer(413, 'Over the limits announced in GS1-EPCIS-Capture-Limit and GS1-EPCIS-Capture-File-Size-Limit'),
  )
  @ApiResponse(problemAnswer(415, 'Not application/json or application/ld+json'))
  @ApiResponse(problemAnswer(409, 'Another document was sent under this Idempotency-Key'))
  @ApiResponse(problemAnswer(503, 'Not now; nothing was stored; see Retry-After'))
  async capture(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const options = captureHeaders(headers);
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    // What machines send is told by the jobs; a person's act is in the log of people's acts too.
    const byPerson = context.caller.kind === 'organisation' && context.caller.via.kind === 'session';
    const act: Act | undefined = byPerson
      ? {
          context,
          action: 'capture.sent',
          facts: { label: options.label ?? null, fileName: options.fileName ?? null },
        }
      : undefined;
    const { id } = await this.service.capture(organisationOf(context), bytes, options, Date.now(), act);
    void reply.headers({
      ...EPCIS_HEADERS,
      'GS1-Capture-Error-Behaviour': options.proceed ? 'proceed' : 'rollback',
      location: `/epcis/capture/${id}`,
    });
  }

  @Options()
  @HttpCode(204)
  @OpenToAll()
  @ApiOperation({ summary: 'Versions and limits of capture' })
  discover(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.headers({ ...EPCIS_HEADERS, ...CAPTURE_HEADERS, allow: 'GET, POST, OPTIONS' });
  }

  @Get()
  @RequirePermission('read')
  @ApiOperation({ operationId: 'captureJobs', summary: "Your organisation's capture jobs, newest first" })
  @ApiTakesQuery(captureJobQuery)
  @ApiAnswers(200, z.array(captureJob), 'A page; Link names the next')
  async list(
    @Context() context: RequestContext,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaptureJobAnswer[]> {
    const { token } = pageQuery(query, 100);
    const filter = parseWith(captureJobQuery, query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    const { jobs, next } = await this.jobs.list(organisationOf(context), filter, token?.[0]);
    void reply.headers({ ...EPCIS_HEADERS, ...nextPage(request.url, next === undefined ? undefined : [next]) });
    return jobs;
  }

  @Get(':captureID')
  @RequirePermission('capture', 'read')
  @ApiOperation({
    operationId: 'captureJob',
    summary: 'One capture job',
    description: 'Finished when `running` is false; then every event is final or refused.',
  })
  @ApiAnswers(200, captureJob, 'The job as it is', exampleJob)
  @ApiResponse(problemAnswer(404, 'No such job of your organisation'))
  async job(
    @Context() context: RequestContext,
    @Param('captureID') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaptureJobAnswer> {
    void reply.headers(EPCIS_HEADERS);
    return this.jobs.one(id, organisationOf(context));
  }

  @Get(':captureID/progress')
  @RequirePermission('capture', 'read')
  @ApiOperation({
    operationId: 'captureProgress',
    summary: 'Follow a capture job live',
    description:
      'Server-sent events: `job` with the whole job whenever it changes, at once and until it is finished; then `end`. `end` with `{"why":"later"}` means: ask again.',
  })
  @ApiResponse({ status: 200, content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiResponse(problemAnswer(404, 'No such job of your organisation'))
  @ApiResponse(problemAnswer(503, 'Too many streams of your organisation are open'))
  async follow(
    @Context() context: RequestContext,
    @Param('captureID') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const organisation = organisationOf(context);
    await this.progress.follow(organisation, id, reply.raw, () => {
      reply.hijack();
      return reply.getHeaders();
    });
  }
}
