import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { canonicalId } from '@waymark/epcis/gs1';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { RequirePermission } from '../../platform/auth/permission.js';
import { may, organisationOf } from '../../platform/http/caller.js';
import { nextPage, pageToken } from '../../platform/http/paging.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { ApiAnswers, ApiTakes, ApiTakesQuery, commandBody } from '../../platform/openapi/api-schema.js';
import { eventFilters } from '../provenance/dto/event-filters.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { itemFilters, itemListQuery } from './dto/item-filters.js';
import {
  itemList,
  type ItemList,
  itemPage,
  type ItemPage,
  searchAnswer,
  type SearchAnswer,
  visibilityAccepted,
  visibilityCommand,
} from './dto/shapes.js';
import { exportName, ExportQuery } from './export.query.js';
import { ItemQuery } from './item.query.js';
import { ItemsQuery } from './items.query.js';
import { ChainSearchService } from './chain-search.service.js';
import { SearchQuery } from './search.query.js';
import { VisibilityService } from './visibility.service.js';

const oneQuery = z.object({
  id: z.string().min(1).max(1_000).meta({ description: 'Any spelling of the identifier; encode it for a URL.' }),
});
const searchQuery = z.object({
  q: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'An identifier in any spelling, digits, a lot, a name, a date, a hash, a height.' }),
  limit: z
    .string()
    .regex(/^\d{1,2}$/)
    .default('6')
    .meta({ description: 'Hits in each group, 1 to 20.' }),
});
const exportQuery = z.object({
  format: z.enum(['jsonld', 'csv']).default('jsonld'),
  id: z.string().min(1).max(1_000).optional().meta({
    description: 'An item: the events of its trace. Without it the filters of /epcis/events choose.',
  }),
  direction: z.enum(['both', 'up', 'down']).default('both'),
});
const DIRECTIONS = { both: 'both', up: 'upstream', down: 'downstream' } as const;

@ApiTags('Items')
@Controller()
export class ItemsController {
  constructor(
    private readonly list: ItemsQuery,
    private readonly item: ItemQuery,
    private readonly searching: SearchQuery,
    private readonly chain: ChainSearchService,
    private readonly files: ExportQuery,
    private readonly visibility: VisibilityService,
    private readonly audit: AuditLog,
  ) {}

  @Get('search')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'search',
    summary: 'Find anything by what people type',
    description:
      'Items, products, places, parties, days, records, jobs, blocks and transactions, in groups, among what you may see.',
  })
  @ApiTakesQuery(searchQuery)
  @ApiAnswers(200, searchAnswer, 'Groups that have hits')
  @ApiResponse(problemAnswer(400, 'Nothing to search for'))
  search(@Context() context: RequestContext, @Query() query: unknown): Promise<SearchAnswer> {
    const { q, limit } = parseWith(searchQuery, query);
    const explores = may(context, 'operate') || may(context, 'regulate');
    return this.searching.search(
      q,
      { viewer: viewerOf(context), organisation: organisationOf(context) },
      Math.min(20, Math.max(1, Number(limit))),
      explores ? this.chain.search(q) : Promise.resolve({}),
    );
  }

  @Get('items')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'listItems',
    summary: 'Items that you may see, with what was last said of each',
    description:
      'Of each item stands here what the events say that you may read in full. Withdrawn events do not count: an item of which nothing else is left is in no list.',
  })
  @ApiTakesQuery(itemListQuery)
  @ApiAnswers(200, itemList, 'A page; nextPageToken (and a Link header) while there is more')
  @ApiResponse(problemAnswer(400, 'A parameter that is unknown or not usable'))
  async find(
    @Context() context: RequestContext,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemList> {
    const { next, items, names, organisations } = await this.list.page(itemFilters(query), viewerOf(context));
    void reply.headers(nextPage(request.url, next));
    return {
      items: [...items],
      names,
      organisations,
      ...(next !== undefined && { nextPageToken: pageToken(next) }),
    };
  }

  @Get('items/one')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'getItem',
    summary: 'One item: what holds of it, by whose word, and its history',
    description: 'Each fact names the record that says so; `/evidence/record` proves it.',
  })
  @ApiTakesQuery(oneQuery)
  @ApiAnswers(200, itemPage, 'As far as you may see')
  @ApiResponse(problemAnswer(404, 'No such item that you may see'))
  one(@Context() context: RequestContext, @Query() query: unknown): Promise<ItemPage> {
    return this.item.one(canonicalId(parseWith(oneQuery, query).id), viewerOf(context));
  }

  @Get('items/export.csv')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'exportItems',
    summary: 'The list of items as CSV',
    description:
      'The filters of the list; at most 50,000 rows; where there are more, `Waymark-Truncated: true` and the last row say so. What a spreadsheet would take for a formula stands behind an apostrophe.',
  })
  @ApiTakesQuery(itemListQuery)
  @ApiResponse({ status: 200, content: { 'text/csv': { schema: { type: 'string' } } } })
  async exportItems(
    @Context() context: RequestContext,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const [filters, viewer] = [itemFilters(query), viewerOf(context)];
    void reply.header('waymark-truncated', String(await this.files.areItemsCut(filters, viewer)));
    const rows = this.files.itemsCsv(filters, viewer);
    await this.audit.record({ context, action: 'items.exported', facts: { format: 'csv' } });
    return file(rows, 'text/csv; charset=utf-8', exportName('items', undefined, 'csv'));
  }

  @Get('events/export')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'exportEvents',
    summary: 'Events as an EPCIS document or as CSV',
    description:
      'Of an item its trace, as far as you may read it in full; without `id` by the filters of /epcis/events, at most 50,000. `Waymark-Truncated: true`, and the last row of a table, say that there is more. The document can be captured elsewhere.',
  })
  @ApiTakesQuery(exportQuery)
  @ApiResponse({
    status: 200,
    content: { 'application/ld+json': { schema: { type: 'object' } }, 'text/csv': { schema: { type: 'string' } } },
  })
  @ApiResponse(problemAnswer(404, 'No such item that you may see'))
  async exportEvents(
    @Context() context: RequestContext,
    @Query() { format: asked, id: item, direction: way, ...filters }: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { format, id, direction } = parseWith(exportQuery, { format: asked, id: item, direction: way });
    const viewer = viewerOf(context);
    const keys =
      id === undefined
        ? await this.files.keysOfQuery(eventFilters(filters), viewer)
        : await this.files.keysOfTrace(canonicalId(id), DIRECTIONS[direction], viewer);
    void reply.header('waymark-truncated', String(keys.truncated));
    await this.audit.record({ context, action: 'events.exported', target: id ?? '', facts: { format } });
    return format === 'csv'
      ? file(this.files.eventsCsv(keys), 'text/csv; charset=utf-8', exportName('events', id, 'csv'))
      : file(this.files.eventsJson(keys, new Date()), 'application/ld+json', exportName('events', id, 'jsonld'));
  }

  @Post('visibility')
  @HttpCode(202)
  @RequirePermission('visibility')
  @ApiOperation({
    operationId: 'changeVisibility',
    summary: 'Change who may see records of your organisation',
    description:
      'Signed and put on the ledger like everything else; follow the job. Only the organisation that captured a record first may do so. What somebody saw before they keep.',
  })
  @ApiTakes(visibilityCommand)
  @ApiAnswers(202, visibilityAccepted, 'On its way, or already so')
  @ApiResponse(problemAnswer(403, 'A record of another organisation'))
  @ApiResponse(problemAnswer(404, 'A record that is unknown, or that you may not see'))
  async change(
    @Context() context: RequestContext,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ job?: string; changes: number }> {
    const { eventKeys, visibility } = commandBody(visibilityCommand, body);
    const accepted = await this.visibility.change(context, eventKeys, visibility);
    if (accepted.job !== undefined) void reply.header('location', `/epcis/capture/${accepted.job}`);
    return accepted;
  }
}

function file(parts: AsyncIterable<string>, type: string, name: string): StreamableFile {
  return new StreamableFile(Readable.from(parts, { objectMode: false }), {
    type,
    disposition: `attachment; filename="${name}"`,
  });
}
