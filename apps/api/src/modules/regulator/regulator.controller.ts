import { Controller, Get, Inject, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { canonicalId, shortName } from '@waymark/epcis/gs1';
import { trustFingerprint } from '@waymark/light-client';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { CHAIN_FACTS, type ChainFacts, hashing } from '../../chain/genesis.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { RequirePermission } from '../../platform/auth/permission.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Organisations } from '../../platform/members/organisations.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { queryDocument } from '../provenance/query-document.js';
import { EvidenceService } from '../trace/evidence.service.js';
import {
  rangePiece,
  type RangePiece,
  rangeQuery,
  type RegulatorEvents,
  regulatorEvents,
  regulatorEventsQuery,
  regulatorExportQuery,
  regulatorItem,
  type RegulatorItem,
  regulatorOverview,
  type RegulatorOverview,
} from './dto/regulator-schemas.js';
import { eventTable } from './event-table.js';
import { ItemRecordsQuery } from './item-records.query.js';
import { RangeEvidence } from './range-evidence.js';
import { RegulatorEventsQuery } from './regulator-events.query.js';

const itemQuery = z.object({ id: z.string().min(1).max(1_000) });
const rangeParameters = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });

@ApiTags('Regulator')
@Controller('regulator')
export class RegulatorController {
  constructor(
    private readonly events: RegulatorEventsQuery,
    private readonly items: ItemRecordsQuery,
    private readonly proofs: EvidenceService,
    private readonly ranges: RangeEvidence,
    private readonly organisations: Organisations,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    private readonly audit: AuditLog,
  ) {}

  @Get('overview')
  @RequirePermission('regulate')
  @ApiOperation({ operationId: 'regulatorOverview', summary: 'What there is to supervise: organisations and blocks' })
  @ApiAnswers(200, regulatorOverview)
  async overview(): Promise<RegulatorOverview> {
    return {
      chainId: this.chain.genesis.chainId,
      genesisHash: this.chain.trust.genesisHash,
      trustFingerprint: trustFingerprint(hashing, this.chain.trustBytes),
      height: await this.events.height(),
      organisations: this.organisations.all.map(({ account, names, role }) => ({ account, name: names, role })),
    };
  }

  @Get('events')
  @RequirePermission('regulate')
  @ApiTakesQuery(regulatorEventsQuery)
  @ApiOperation({
    operationId: 'regulatorEvents',
    summary: 'All events of the consortium',
    description: 'Whatever their visibility, newest first. `next` of a page is `after` of the following one.',
  })
  @ApiAnswers(200, regulatorEvents)
  @ApiResponse(problemAnswer(400, 'A filter that is not usable'))
  list(@Query() query: unknown): Promise<RegulatorEvents> {
    return this.events.page(parseWith(regulatorEventsQuery, query));
  }

  @Get('events/export')
  @RequirePermission('regulate')
  @ApiTakesQuery(regulatorExportQuery)
  @ApiOperation({
    operationId: 'regulatorEventsExport',
    summary: 'The events as a file',
    description:
      'JSON-LD (an EPCISQueryDocument, events as captured) or CSV. At most 10,000 events, the newest; `Waymark-Truncated: true` says that there are more.',
  })
  @ApiResponse({
    status: 200,
    content: { 'application/ld+json': { schema: { type: 'object' } }, 'text/csv': { schema: { type: 'string' } } },
  })
  async export(
    @Context() context: RequestContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { format, ...filter } = parseWith(regulatorExportQuery, query);
    await this.audit.record({ context, action: 'regulator.events.exported', facts: { format } });
    if (format === 'jsonld') {
      const { events, truncated } = await this.events.captured(filter);
      void reply.headers(fileHeaders('application/ld+json; charset=utf-8', 'events.jsonld', truncated));
      return queryDocument(events, new Date());
    }
    const { events, truncated } = await this.events.table(filter);
    const names = await this.events.namesOfPlaces(events.flatMap(({ place }) => place ?? []));
    void reply.headers(fileHeaders('text/csv; charset=utf-8', 'events.csv', truncated));
    return eventTable(events, names, this.events.namesOf(events.map(({ signer }) => signer)));
  }

  @Get('item')
  @RequirePermission('regulate')
  @ApiTakesQuery(itemQuery)
  @ApiOperation({
    operationId: 'regulatorItem',
    summary: 'Every record about an item',
    description: 'Up- and downstream, with all who recorded the same. `/regulator/evidence` proves exactly these.',
  })
  @ApiAnswers(200, regulatorItem)
  @ApiResponse(problemAnswer(404, 'No such item'))
  item(@Query() query: unknown): Promise<RegulatorItem> {
    return this.items.records(canonicalId(parseWith(itemQuery, query).id));
  }

  @Get('evidence')
  @RequirePermission('regulate')
  @ApiTakesQuery(itemQuery)
  @ApiOperation({
    operationId: 'regulatorEvidence',
    summary: 'The whole evidence file of an item',
    description: 'Checked by anybody without asking us, with the one-file verifier or `npm run waymark -- verify`.',
  })
  @ApiResponse({ status: 200, content: { 'application/vnd.waymark.evidence+json': { schema: { type: 'object' } } } })
  @ApiResponse(problemAnswer(404, 'No such item'))
  @ApiResponse(problemAnswer(503, 'No node gives the proof at the moment'))
  async evidence(
    @Context() context: RequestContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { item, records, truncated } = await this.items.records(canonicalId(parseWith(itemQuery, query).id));
    const evidence = await this.proofs.evidenceOf(item, records);
    await this.audit.record({ context, action: 'regulator.evidence.taken', target: item });
    const name = shortName(item)
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .replace(/^-+|-+$/g, '');
    void reply.headers(fileHeaders('application/vnd.waymark.evidence+json', `evidence-${name}-whole.json`, truncated));
    return JSON.stringify(evidence);
  }

  @Get('blocks/evidence')
  @RequirePermission('regulate')
  @ApiTakesQuery(rangeParameters)
  @ApiOperation({
    operationId: 'regulatorBlocksEvidence',
    summary: 'A piece of a range of blocks with every proof',
    description:
      'Begins with block `from` and ends at `to` or earlier (`to` of the answer): some 4 MiB at most. Ask again from there. Format: docs/protocol/formats.md section 6a.',
  })
  @ApiAnswers(200, rangePiece)
  @ApiResponse(problemAnswer(404, 'There is no such final block yet'))
  @ApiResponse(problemAnswer(503, 'No node gives the blocks at the moment'))
  async blocks(@Query() query: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<RangePiece> {
    const { from, to } = parseWith(rangeQuery, query);
    void reply.header('cache-control', 'no-store');
    return this.ranges.piece(from, to);
  }

  @Get('blocks/evidence/file')
  @RequirePermission('regulate')
  @ApiTakesQuery(rangeParameters)
  @ApiOperation({
    operationId: 'regulatorBlocksEvidenceFile',
    summary: 'The evidence file of a range of blocks',
    description: 'One piece a line, streamed; for the one-file verifier.',
  })
  @ApiResponse({ status: 200, content: { 'application/vnd.waymark.range+jsonl': { schema: { type: 'string' } } } })
  @ApiResponse(problemAnswer(404, 'There is no such final block yet'))
  async blocksFile(
    @Context() context: RequestContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { from, to } = parseWith(rangeQuery, query);
    const lines = this.ranges.lines(from, to);
    const first = await lines.next();
    await this.audit.record({ context, action: 'regulator.blocks.taken', target: `${from}-${to}` });
    void reply.headers(
      fileHeaders('application/vnd.waymark.range+jsonl', `evidence-blocks-${from}-${to}.jsonl`, false),
    );
    return new StreamableFile(
      Readable.from(continued(first.done === true ? '' : first.value, lines), { objectMode: false }),
    );
  }
}

async function* continued(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

const fileHeaders = (type: string, name: string, truncated: boolean) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
  'waymark-truncated': String(truncated),
});
