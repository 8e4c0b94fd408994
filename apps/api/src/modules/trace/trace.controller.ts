import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { canonicalId, shortName } from '@waymark/epcis/gs1';
import type { Evidence } from '@waymark/ledger/chain';
import type { StoryAnswer } from '@waymark/provenance/trace';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { OpenToAll } from '../../platform/auth/permission.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { EvidenceService } from './evidence.service.js';
import { StoryQuery } from './story.query.js';
import { graphQuery, type TraceGraph, traceGraph } from './dto/graph.js';
import { GraphQuery } from './graph.query.js';
import { RecordsQuery } from './records.query.js';
import { type TraceAnswer, TraceQuery } from './trace.query.js';

const idSchema = z.string().min(1).max(1_000);
const itemQuery = z.object({ id: idSchema });
const recordQuery = z.object({
  key: z
    .string()
    .regex(/^[0-9a-f]{64}(-error)?$/, 'an event hash of 64 hex digits, with -error for an error declaration'),
});
const traceQuery = z.object({ id: idSchema, direction: z.enum(['both', 'up', 'down']).default('both') });

const exampleId = 'https://id.gs1.org/01/09521005001010/21/C0001';
const idParameter = {
  name: 'id',
  description: 'Any spelling of the identifier: Digital Link, EPC URN or another URI; encode it for a URL',
  example: exampleId,
} as const;

@ApiTags('Trace')
@Controller()
export class TraceController {
  constructor(
    private readonly traces: TraceQuery,
    private readonly stories: StoryQuery,
    private readonly proofs: EvidenceService,
    private readonly graphs: GraphQuery,
    private readonly records: RecordsQuery,
    private readonly audit: AuditLog,
  ) {}

  @Get('trace')
  @OpenToAll()
  @ApiOperation({
    summary: 'Where an item comes from and what became of it',
    description:
      'Through transformations, packings and unpackings, both ways. With a key you see what your organisation signed, what names it, and of the rest up- and downstream of its items place, time, step and signer.',
  })
  @ApiQuery(idParameter)
  @ApiQuery({
    name: 'direction',
    required: false,
    schema: { type: 'string', enum: ['both', 'up', 'down'], default: 'both' },
  })
  @ApiResponse({
    status: 200,
    schema: {
      type: 'object',
      example: {
        item: exampleId,
        direction: 'up',
        steps: [
          {
            kind: 'catch',
            time: '2025-10-02T04:10:00.000Z',
            place: 'https://id.gs1.org/414/9521002000017',
            signer: 'vessel',
            disclosure: 'full',
          },
        ],
        nodes: [],
        links: [],
        names: {},
        organisations: {},
        truncated: false,
      },
    },
  })
  @ApiResponse(problemAnswer(400, 'No identifier, or no direction'))
  @ApiResponse(problemAnswer(404, 'No such item that you may see'))
  trace(@Context() context: RequestContext, @Query() query: unknown): Promise<TraceAnswer> {
    const { id, direction } = parseWith(traceQuery, query);
    return this.traces.trace(canonicalId(id), direction, viewerOf(context));
  }

  @Get('trace/graph')
  @OpenToAll()
  @ApiOperation({
    operationId: 'traceGraph',
    summary: 'The trace as a graph',
    description:
      'Things and the events that turned them into others, with places, quantities and states, nearest first. A node says whether there is more beyond it: ask again with its id. Steps of which you see only the outline stand in `steps` alone.',
  })
  @ApiTakesQuery(graphQuery)
  @ApiAnswers(200, traceGraph, 'As far as you may see')
  @ApiResponse(problemAnswer(400, 'No identifier, or a parameter that is not usable'))
  @ApiResponse(problemAnswer(404, 'No such item that you may see'))
  graph(@Context() context: RequestContext, @Query() query: unknown): Promise<TraceGraph> {
    const { id, direction, depth, nodes } = parseWith(graphQuery, query);
    return this.graphs.graph(
      {
        item: canonicalId(id),
        direction,
        depth: Math.min(64, Math.max(1, Number(depth))),
        nodesMax: Math.min(4_000, Math.max(10, Number(nodes))),
      },
      viewerOf(context),
    );
  }

  @Get('story')
  @OpenToAll()
  @ApiOperation({
    summary: 'The public records that tell where an item comes from',
    description:
      'Every public event upstream of the item with the master data that name its things, places and parties, as signed. `/evidence` proves exactly these.',
  })
  @ApiQuery(idParameter)
  @ApiResponse({
    status: 200,
    schema: {
      type: 'object',
      example: {
        subject: exampleId,
        records: [
          { txId: '1b0c…', bodyIndex: 3, height: 12, kind: 'epcis.event', sender: 'cannery', content: 'eyJ0eXBlIjoi…' },
        ],
        organisations: { cannery: { en: 'Harbour Cannery', 'zh-CN': '海港罐头厂', companyPrefixes: ['9521005'] } },
        truncated: false,
      },
    },
  })
  @ApiResponse(problemAnswer(404, 'No public event names the item'))
  story(@Query() query: unknown): Promise<StoryAnswer> {
    return this.stories.story(canonicalId(parseWith(itemQuery, query).id), { kind: 'shopper' });
  }

  @Get('evidence')
  @OpenToAll()
  @ApiOperation({
    summary: 'The evidence file of an item',
    description:
      'Checked by anybody without asking us: `npm run waymark -- verify evidence.json`. Without a key it proves the public story; with a key also what your organisation may read in full.',
  })
  @ApiQuery(idParameter)
  @ApiResponse({ status: 200, content: { 'application/vnd.waymark.evidence+json': { schema: { type: 'object' } } } })
  @ApiResponse(problemAnswer(404, 'No such item that you may see'))
  @ApiResponse(problemAnswer(503, 'No node gives the proof at the moment'))
  async evidence(
    @Context() context: RequestContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const id = canonicalId(parseWith(itemQuery, query).id);
    const evidence = await this.proofs.evidence(id, viewerOf(context));
    await this.noteTaken(context, id);
    return evidenceFile(reply, evidence, shortName(id));
  }

  @Get('evidence/record')
  @OpenToAll()
  @ApiOperation({
    operationId: 'evidenceRecord',
    summary: 'The evidence file of one record',
    description:
      'Proves one event, or one error declaration, that you may read in full: who signed it, and that the ledger accepted it.',
  })
  @ApiTakesQuery(recordQuery)
  @ApiResponse({ status: 200, content: { 'application/vnd.waymark.evidence+json': { schema: { type: 'object' } } } })
  @ApiResponse(problemAnswer(404, 'No such record that you may see'))
  @ApiResponse(problemAnswer(503, 'No node gives the proof at the moment'))
  async record(
    @Context() context: RequestContext,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { key } = parseWith(recordQuery, query);
    const record = (await this.records.of([key], viewerOf(context))).get(key);
    if (record === undefined)
      throw notFound(
        'EVENT_UNKNOWN',
        'There is no record of this name that you may see.',
        'Take it from the history of an item.',
      );
    const evidence = await this.proofs.evidenceOf(record.eventID, [record]);
    await this.noteTaken(context, record.eventID);
    return evidenceFile(reply, evidence, `record-${key.slice(0, 12)}`);
  }

  /** What people of an organisation take away stands in its log; strangers at the public story and machines do not. */
  private async noteTaken(context: RequestContext, target: string): Promise<void> {
    if (context.caller.kind === 'organisation' && context.caller.via.kind === 'session')
      await this.audit.record({ context, action: 'evidence.taken', target });
  }
}

function evidenceFile(reply: FastifyReply, evidence: Evidence, title: string): string {
  const name = title.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^-+|-+$/g, '');
  void reply.headers({
    'content-type': 'application/vnd.waymark.evidence+json',
    'content-disposition': `attachment; filename="evidence-${name}.json"`,
    'cache-control': 'no-store',
  });
  return JSON.stringify(evidence);
}
