import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const names = z.record(z.string(), z.object({ en: z.string(), 'zh-CN': z.string() }));
const side = z.enum(['start', 'upstream', 'downstream']);

export const graphQuery = z.object({
  id: z.string().min(1).max(1_000).meta({ description: 'Any spelling of the identifier.' }),
  direction: z.enum(['both', 'up', 'down']).default('both'),
  depth: z
    .string()
    .regex(/^\d{1,2}$/)
    .default('6')
    .meta({ description: 'Steps away from the item, 1 to 64.' }),
  nodes: z
    .string()
    .regex(/^\d{1,4}$/)
    .default('500')
    .meta({ description: 'Nodes at most, 10 to 4,000; what lies nearer comes first.' }),
});

/** A thing, or an event that made things of others. */
export const graphNode = apiSchema(
  'TraceGraphNode',
  z.object({
    id: z.string().meta({ description: 'Canonical id of the thing; for an event `process:` and its name.' }),
    type: z.enum(['item', 'process']),
    kind: z
      .string()
      .meta({ description: 'Of an item: unit, lot, product, logistic, other. Of a process: the kind of step.' }),
    shortName: z.string(),
    product: z.string().optional(),
    side,
    depth: z.int(),
    time: z.iso.datetime().meta({ description: 'When it came about, as far as the trace tells.' }),
    lastTime: z.iso.datetime(),
    place: z.string().optional().meta({ description: 'Canonical id of the place where it came about: its lane.' }),
    signer: z.string(),
    quantity: z.string().optional(),
    unit: z.string().optional(),
    bizStep: z.string().optional(),
    state: z
      .string()
      .optional()
      .meta({ description: 'Its state (disposition), said by who may say it: docs/protocol/provenance.md.' }),
    lastStep: z.string().optional(),
    eventKey: z.string().optional().meta({ description: 'The record of how it came about.' }),
    more: z
      .object({ up: z.boolean(), down: z.boolean() })
      .meta({ description: 'There is more than this answer shows.' }),
  }),
);
export type GraphNode = z.infer<typeof graphNode>;

export const graphLink = apiSchema(
  'TraceGraphLink',
  z.object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    kind: z.enum(['input', 'output', 'contain', 'member']),
    quantity: z.string().optional(),
    unit: z.string().optional(),
    since: z.iso.datetime(),
    until: z.iso
      .datetime()
      .optional()
      .meta({ description: 'When it ended; absent: still so, or a matter of a moment.' }),
    eventKey: z.string(),
  }),
);
export type GraphLink = z.infer<typeof graphLink>;

export const graphStep = apiSchema(
  'TraceGraphStep',
  z.object({
    step: z.string(),
    kind: z.string(),
    time: z.iso.datetime(),
    side,
    bizStep: z.string().optional(),
    disposition: z.string().optional(),
    place: z.string().optional(),
    signer: z.string(),
    disclosure: z.enum(['full', 'step']),
    record: z
      .object({ eventKey: z.string(), txId: z.string(), bodyIndex: z.int(), height: z.int() })
      .optional()
      .meta({ description: 'Where it stands on the ledger; `/evidence/record` proves it.' }),
    declaredInError: z.boolean().optional(),
    itemsIn: z.array(z.string()).optional(),
    itemsOut: z.array(z.string()).optional(),
  }),
);
export type GraphStep = z.infer<typeof graphStep>;

export const traceGraph = apiSchema(
  'TraceGraph',
  z.object({
    item: z.string(),
    direction: z.enum(['both', 'up', 'down']),
    nodes: z.array(graphNode),
    links: z.array(graphLink),
    steps: z.array(graphStep).meta({ description: 'Oldest first: what the timeline and the list show.' }),
    names,
    organisations: names,
    truncated: z.boolean(),
  }),
);
export type TraceGraph = z.infer<typeof traceGraph>;
