import { Body, Controller, Get, Headers, HttpCode, Options, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenToAll, RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { nextPage, pageQuery } from '../../platform/http/paging.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { CAPTURE_HEADERS, CAPTURE_LIMITS, EPCIS_HEADERS } from './commands/capture-limits.js';
import { type CaptureJobAnswer, CaptureJobsQuery } from './capture-jobs.query.js';
import { captureHeaders } from './dto/capture-headers.js';
import { exampleDocument, exampleJob, problemAnswer } from './dto/examples.js';
import { ProvenanceService } from './provenance.service.js';

@ApiTags('Capture')
@Controller('epcis/capture')
export class CaptureController {
  constructor(
    private readonly service: ProvenanceService,
    private readonly jobs: CaptureJobsQuery,
  ) {}

  @Post()
  @HttpCode(202)
  @RequirePermission('capture')
  @ApiOperation({
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
  @ApiResponse(problemAnswer(503, 'Not now; nothing was stored; see Retry-After'))
  async capture(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Headers() headers: Record<string, string | undefined>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const options = captureHeaders(headers);
    const id = await this.service.capture(organisationOf(context), Buffer.isBuffer(body) ? body : Buffer.alloc(0), {
      ...options,
      nowMs: Date.now(),
    });
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
  @ApiOperation({ summary: "Your organisation's capture jobs, newest first" })
  @ApiQuery({ name: 'perPage', required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 30 } })
  @ApiQuery({ name: 'nextPageToken', required: false })
  @ApiResponse({ status: 200, schema: { type: 'array', items: { type: 'object' }, example: [exampleJob] } })
  async list(
    @Context() context: RequestContext,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaptureJobAnswer[]> {
    const { perPage, token } = pageQuery(query, 100);
    const { jobs, next } = await this.jobs.list(organisationOf(context), perPage, token?.[0]);
    void reply.headers({ ...EPCIS_HEADERS, ...nextPage(request.url, next === undefined ? undefined : [next]) });
    return jobs;
  }

  @Get(':captureID')
  @RequirePermission('capture', 'read')
  @ApiOperation({
    summary: 'One capture job',
    description: 'Finished when `running` is false; then every event is final or refused.',
  })
  @ApiResponse({ status: 200, schema: { type: 'object', example: exampleJob } })
  @ApiResponse(problemAnswer(404, 'No such job of your organisation'))
  async job(
    @Context() context: RequestContext,
    @Param('captureID') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaptureJobAnswer> {
    void reply.headers(EPCIS_HEADERS);
    return this.jobs.one(id, organisationOf(context));
  }
}
