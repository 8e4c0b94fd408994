import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

export const nameInLanguages = apiSchema(
  'NameInLanguages',
  z.object({ en: z.string(), 'zh-CN': z.string() }).meta({ description: 'What people call it.' }),
);

/** Names by canonical id (things, places, parties) or by account (organisations). */
export const namesById = apiSchema('NamesById', z.record(z.string(), nameInLanguages));

export const visibilityWord = apiSchema('VisibilityWord', z.enum(['public', 'partners', 'own']));
export type VisibilityName = z.infer<typeof visibilityWord>;
export const VISIBILITY_NAMES: Readonly<Record<number, VisibilityName>> = { 1: 'public', 2: 'partners', 3: 'own' };

export const recordReference = apiSchema(
  'RecordReference',
  z
    .object({
      eventKey: z
        .string()
        .meta({ description: 'Names the record: the event hash, with -error for an error declaration.' }),
      eventID: z.string(),
      signer: z.string().meta({ description: 'Account that signed first.' }),
      eventTime: z.iso.datetime(),
      recordTime: z.iso.datetime().meta({ description: 'Time of its block.' }),
      height: z.int(),
      txId: z.string(),
      bodyIndex: z.int(),
    })
    .meta({ description: 'The record on the ledger that says so.' }),
);
export type RecordReference = z.infer<typeof recordReference>;

export const itemKind = apiSchema('ItemKind', z.enum(['unit', 'lot', 'product', 'logistic', 'other']));
export type ItemKind = z.infer<typeof itemKind>;

export const itemRow = apiSchema(
  'ItemRow',
  z.object({
    id: z.string().meta({ description: 'Canonical id.' }),
    shortName: z.string(),
    kind: itemKind,
    product: z.string().optional().meta({ description: 'Canonical id of its product: what names are given to.' }),
    gtin: z.string().optional(),
    lot: z.string().optional(),
    serial: z.string().optional(),
    sample: z.boolean().meta({ description: 'Belongs to the sample data.' }),
    firstTime: z.iso.datetime(),
    lastTime: z.iso.datetime(),
    signer: z.string().meta({ description: 'Account that signed what was said last.' }),
    bizStep: z.string().optional(),
    disposition: z.string().optional(),
    place: z.string().optional().meta({ description: 'Canonical id of the place where it was last said to be.' }),
    eventKey: z.string().meta({ description: 'The record of what was said last.' }),
    height: z.int(),
  }),
);
export type ItemRow = z.infer<typeof itemRow>;

export const itemList = apiSchema(
  'ItemList',
  z.object({
    items: z.array(itemRow),
    names: namesById,
    organisations: namesById,
    nextPageToken: z.string().optional(),
  }),
);
export type ItemList = z.infer<typeof itemList>;

export const factKind = z.enum(['place', 'step', 'disposition', 'said', 'quantity', 'origin']).meta({
  description:
    '`disposition`: the state that counts; `said`: what somebody says of it who is neither the holder of its company prefix nor holds it (docs/protocol/provenance.md).',
});

export const itemFact = apiSchema(
  'ItemFact',
  z.object({
    kind: factKind,
    value: z.string(),
    unit: z.string().optional(),
    level: z.enum(['received', 'final']).meta({
      description:
        '`received`: by a capture of your own organisation that is not final yet; it has a job instead of a record.',
    }),
    record: recordReference.optional(),
    job: z.string().optional(),
    time: z.iso.datetime().meta({ description: 'When it happened.' }),
    signer: z.string().meta({ description: 'Account that says so.' }),
  }),
);
export type ItemFact = z.infer<typeof itemFact>;

export const itemContainment = apiSchema(
  'ItemContainment',
  z.object({
    id: z.string(),
    since: z.iso.datetime(),
    quantity: z.string().optional(),
    unit: z.string().optional(),
    record: recordReference,
  }),
);

export const itemHistoryStep = apiSchema(
  'ItemHistoryStep',
  z.object({
    step: z.string().meta({ description: 'Names the step in this answer; says nothing of the record.' }),
    time: z.iso.datetime(),
    kind: z.string(),
    bizStep: z.string().optional(),
    disposition: z.string().optional(),
    place: z.string().optional(),
    signer: z.string(),
    disclosure: z.enum(['full', 'step']).meta({ description: '`step`: place, time, step and signer only.' }),
    type: z.string().optional(),
    action: z.string().optional(),
    declaredInError: z.boolean().optional(),
    itemsIn: z.array(z.string()).optional(),
    itemsOut: z.array(z.string()).optional(),
    record: recordReference.optional(),
    visibility: visibilityWord.optional(),
    readers: z
      .array(z.string())
      .optional()
      .meta({ description: 'Accounts that see it in full because they signed it or are named in it.' }),
    mine: z.boolean().meta({ description: 'Signed first by the organisation that asks: it may change who sees it.' }),
  }),
);
export type ItemHistoryStep = z.infer<typeof itemHistoryStep>;

export const itemPending = apiSchema(
  'ItemPending',
  z.object({
    job: z.string().meta({ description: 'The capture to follow.' }),
    state: z
      .enum(['received', 'signed'])
      .meta({ description: '`signed`: on its way to the ledger in your organisation’s name.' }),
    capturedAt: z.iso.datetime(),
    time: z.iso.datetime().meta({ description: 'When it happened.' }),
    type: z.string(),
    action: z.string().optional(),
    bizStep: z.string().optional(),
    disposition: z.string().optional(),
    place: z.string().optional(),
  }),
);
export type ItemPending = z.infer<typeof itemPending>;

export const itemPage = apiSchema(
  'ItemPage',
  z.object({
    id: z.string(),
    shortName: z.string(),
    kind: itemKind,
    product: z.string().optional(),
    gtin: z.string().optional(),
    lot: z.string().optional(),
    serial: z.string().optional(),
    sample: z.boolean(),
    facts: z.array(itemFact),
    containers: z.array(itemContainment).meta({ description: 'What it lies in now.' }),
    contents: z.array(itemContainment).meta({ description: 'What lies in it now.' }),
    contentsTruncated: z.boolean(),
    history: z.array(itemHistoryStep).meta({ description: 'Newest first.' }),
    pending: z
      .array(itemPending)
      .meta({ description: 'Captures of your own organisation that name it and are not final yet, newest first.' }),
    pendingMore: z.boolean().meta({ description: 'More captures wait than were looked into.' }),
    names: namesById,
    organisations: namesById,
    truncated: z.boolean(),
  }),
);
export type ItemPage = z.infer<typeof itemPage>;

export const searchHit = apiSchema(
  'SearchHit',
  z.object({
    id: z.string(),
    title: z.string(),
    name: nameInLanguages.optional(),
    kind: itemKind.optional(),
    time: z.iso.datetime().optional(),
    detail: z.string().optional(),
  }),
);
export const SEARCH_GROUPS = [
  'items',
  'products',
  'places',
  'parties',
  'days',
  'records',
  'jobs',
  'blocks',
  'transactions',
] as const;
export type SearchGroupKind = (typeof SEARCH_GROUPS)[number];
export const searchAnswer = apiSchema(
  'SearchAnswer',
  z.object({
    query: z.string(),
    groups: z.array(z.object({ kind: z.enum(SEARCH_GROUPS), hits: z.array(searchHit), more: z.boolean() })),
  }),
);
export type SearchAnswer = z.infer<typeof searchAnswer>;
export type SearchHit = z.infer<typeof searchHit>;

export const visibilityCommand = apiSchema(
  'VisibilityCommand',
  z.object({
    eventKeys: z
      .array(
        z
          .string()
          .regex(/^[0-9a-f]{64}(-error)?$/, 'an event hash of 64 hex digits, with -error for an error declaration'),
      )
      .min(1)
      .max(500),
    visibility: visibilityWord,
  }),
);
export const visibilityAccepted = apiSchema(
  'VisibilityAccepted',
  z.object({
    job: z.string().optional().meta({ description: 'The job to follow; absent: all of it was so already.' }),
    changes: z.int(),
  }),
);
