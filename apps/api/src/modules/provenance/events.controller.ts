import { applyDecorators, Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenToAll } from '../../platform/auth/permission.js';
import { nextPage } from '../../platform/http/paging.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { EPCIS_HEADERS } from './commands/capture-limits.js';
import { eventFilters, EVENTS_PER_PAGE_MAX, FILTER_NAMES } from './dto/event-filters.js';
import { exampleQueryDocument, problemAnswer } from './dto/examples.js';
import { EventsQuery } from './events.query.js';
import { queryDocument } from './query-document.js';

const filters = applyDecorators(
  ...FILTER_NAMES.map((name) =>
    ApiQuery({
      name,
      required: false,
      schema: { type: 'string' },
      description: 'EPCIS 2.0, 8.2.7; several values: a|b',
    }),
  ),
  ApiQuery({
    name: 'orderBy',
    required: false,
    schema: { type: 'string', enum: ['eventTime', 'recordTime'], default: 'eventTime' },
  }),
  ApiQuery({
    name: 'orderDirection',
    required: false,
    schema: { type: 'string', enum: ['ASC', 'DESC'], default: 'DESC' },
  }),
  ApiQuery({ name: 'eventCountLimit', required: false, schema: { type: 'integer', minimum: 1 } }),
  ApiQuery({ name: 'maxEventCount', required: false, schema: { type: 'integer', minimum: 1 } }),
  ApiQuery({
    name: 'perPage',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: EVENTS_PER_PAGE_MAX, default: 30 },
  }),
  ApiQuery({
    name: 'nextPageToken',
    required: false,
    schema: { type: 'string' },
    description: 'From the Link header of the page before',
  }),
);

@ApiTags('Query')
@Controller('epcis/events')
export class EventsController {
  constructor(private readonly query: EventsQuery) {}

  @Get()
  @OpenToAll()
  @filters
  @ApiOperation({
    summary: 'Query captured events',
    description:
      'Events as captured, with the time of their block as `recordTime`. You see what is public; with a key also what your organisation signed and what names it; a regulator sees all.',
  })
  @ApiResponse({
    status: 200,
    description: 'An EPCISQueryDocument; a Link header with rel="next" while there is more',
    content: { 'application/ld+json': { example: exampleQueryDocument } },
  })
  @ApiResponse(problemAnswer(400, 'A parameter that is unknown or not usable (QueryParameterException)'))
  @ApiResponse(problemAnswer(413, 'More than maxEventCount match (QueryTooLargeException)'))
  async find(
    @Context() context: RequestContext,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { events, next } = await this.query.find(eventFilters(query), viewerOf(context));
    void reply.headers({
      ...EPCIS_HEADERS,
      ...nextPage(request.url, next),
      ...(next !== undefined && { 'GS1-Next-Page-Token-Expires': NEVER }),
      'content-type': 'application/ld+json; charset=utf-8',
    });
    return queryDocument(events, new Date());
  }

  @Get(':eventID')
  @OpenToAll()
  @ApiOperation({
    summary: 'One event by its eventID or its hash',
    description:
      'The hash is the name that the CBV gives an event: `ni:///sha-256;...?ver=CBV2.0`, encoded for a URL; the 64 hex digits alone do as well.',
  })
  @ApiResponse({
    status: 200,
    description: 'An EPCISQueryDocument with this event',
    content: { 'application/ld+json': { example: exampleQueryDocument } },
  })
  @ApiResponse(problemAnswer(404, 'No such event that you may see'))
  async one(
    @Context() context: RequestContext,
    @Param('eventID') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const event = await this.query.one(id, viewerOf(context));
    void reply.headers({ ...EPCIS_HEADERS, 'content-type': 'application/ld+json; charset=utf-8' });
    return queryDocument([event], new Date());
  }
}

/** A token names a place in the order of events, not a session: it does not expire. */
const NEVER = '9999-12-31T23:59:59Z';
