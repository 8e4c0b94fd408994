import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const text = z.string().min(1).max(1_000);
/** Several values: `a|b`. */
const list = z.string().min(1).max(4_000);
const time = z.iso.datetime({ offset: true });
const height = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const filters = {
  organisation: list.optional().describe('Accounts that signed, the first or as a witness; several: a|b'),
  item: text.optional().describe('Any identifier that the event names, in any spelling'),
  product: z
    .string()
    .regex(/^\d{8,14}$/)
    .optional()
    .describe('GTIN'),
  lot: z.string().min(1).max(200).optional(),
  serial: z.string().min(1).max(200).optional(),
  place: text.optional().describe('Business location or read point'),
  step: list.optional().describe('Business steps (CBV words); several: a|b'),
  disposition: list.optional().describe('Dispositions (CBV words); several: a|b'),
  type: list.optional().describe('Event types; several: a|b'),
  eventFrom: time.optional().describe('Happened at or after'),
  eventTo: time.optional().describe('Happened before'),
  recordFrom: time.optional().describe('Recorded (time of the block) at or after'),
  recordTo: time.optional().describe('Recorded before'),
  heightFrom: height.optional(),
  heightTo: height.optional(),
  warnings: z.enum(['only']).optional().describe('Only events that the ledger recorded with a warning'),
  withdrawn: z.enum(['only']).optional().describe('Only events that their signer withdrew, and the withdrawals'),
};

export const regulatorEventsFilter = z.object(filters).strict();
export type RegulatorEventsFilter = z.infer<typeof regulatorEventsFilter>;

export const regulatorEventsQuery = z
  .object({
    ...filters,
    order: z.enum(['recorded', 'happened']).default('recorded').describe('Newest first by block or by event time'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.string().max(600).optional().describe('`next` of the page before'),
  })
  .strict();
export type RegulatorEventsQuestion = z.infer<typeof regulatorEventsQuery>;

export const regulatorExportQuery = z.object({ ...filters, format: z.enum(['jsonld', 'csv']) }).strict();

const name = z.object({ en: z.string(), 'zh-CN': z.string() });

export const regulatorEvent = apiSchema(
  'RegulatorEvent',
  z.object({
    eventID: z.string(),
    record: z.enum(['event', 'errorDeclaration']),
    type: z.string(),
    action: z.string().nullable(),
    step: z.string().nullable(),
    disposition: z.string().nullable(),
    place: z.string().nullable(),
    readPoint: z.string().nullable(),
    eventTime: z.string(),
    recordTime: z.string(),
    height: z.int(),
    txId: z.string(),
    bodyIndex: z.int(),
    signer: z.string(),
    witnesses: z.array(z.string()),
    visibility: z.enum(['public', 'partners', 'own']),
    withdrawn: z.boolean(),
    warnings: z.array(z.object({ code: z.string(), pointer: z.string() })),
    /** The first few; `itemCount` says how many there are. */
    items: z.array(z.object({ id: z.string(), role: z.string() })),
    itemCount: z.int(),
  }),
);
export type RegulatorEvent = z.infer<typeof regulatorEvent>;

export const regulatorEvents = apiSchema(
  'RegulatorEvents',
  z.object({
    events: z.array(regulatorEvent),
    /** Names of places and products by canonical id. */
    names: z.record(z.string(), name),
    /** Names of the signers by account. */
    organisations: z.record(z.string(), name),
    next: z.string().nullable(),
  }),
);
export type RegulatorEvents = z.infer<typeof regulatorEvents>;

export const regulatorOverview = apiSchema(
  'RegulatorOverview',
  z.object({
    chainId: z.string(),
    genesisHash: z.string(),
    /** As this server claims it; compare it with one from another hand. */
    trustFingerprint: z.string(),
    /** Height up to which this deployment has verified the chain. */
    height: z.int(),
    organisations: z.array(z.object({ account: z.string(), name, role: z.enum(['company', 'regulator']) })),
  }),
);
export type RegulatorOverview = z.infer<typeof regulatorOverview>;

export const rangeQuery = z
  .object({
    from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    to: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  })
  .strict()
  .refine(({ from, to }) => to >= from, { message: 'lies before from', path: ['to'] });

const certificate = z.object({ bitmap: z.int(), signatures: z.array(z.string()) });

export const rangePiece = apiSchema(
  'RangePiece',
  z.object({
    format: z.literal('waymark-range/1'),
    chainId: z.string(),
    genesisHash: z.string(),
    createdAt: z.string(),
    genesis: z.string(),
    from: z.int(),
    to: z.int(),
    head: z.object({ header: z.string(), certificate, historyPath: z.array(z.string()).optional() }),
    blocks: z.array(
      z.object({
        header: z.string(),
        transactions: z.array(z.string()),
        receipts: z.array(z.string()),
        events: z.array(z.array(z.string())),
      }),
    ),
    anchor: z.object({ headers: z.array(z.string()), certificate }),
  }),
);
export type RangePiece = z.infer<typeof rangePiece>;

export const regulatorItem = apiSchema(
  'RegulatorItem',
  z.object({
    item: z.string(),
    /** Every record that the evidence file of the item must hold. */
    records: z.array(
      z.object({ txId: z.string(), bodyIndex: z.int(), height: z.int(), sender: z.string(), kind: z.string() }),
    ),
    /** There is more than one file may prove; check the range of blocks instead. */
    truncated: z.boolean(),
  }),
);
export type RegulatorItem = z.infer<typeof regulatorItem>;
