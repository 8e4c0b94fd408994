import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';
import { namesById } from '../../items/dto/shapes.js';

export const captureRemark = apiSchema(
  'CaptureRemark',
  z
    .object({
      type: z.string(),
      title: z.string(),
      detail: z.string().describe('One sentence: what is wrong'),
      code: z.string(),
      index: z.int().optional().describe('Position in the list of events, from 0; absent: the document as a whole'),
      pointer: z.string().describe('RFC 6901 pointer into the document'),
      howToFix: z.string().describe('One sentence: what to do'),
      facts: z.record(z.string(), z.string()).optional(),
    })
    .describe('One fault or remark about a capture'),
);

export const captureUpload = apiSchema(
  'CaptureUpload',
  z.object({
    id: z.uuid().describe('The same for all captures of one divided document'),
    part: z.int().min(1),
    parts: z.int().min(1),
    firstEvent: z.int().min(0).describe('Position of the first event in the divided document'),
  }),
);

export const captureJob = apiSchema(
  'CaptureJob',
  z.object({
    captureID: z.uuid(),
    kind: z.enum(['capture', 'command']).describe('command: something else that was signed, such as a switch'),
    running: z.boolean(),
    success: z.boolean(),
    captureErrorBehaviour: z.enum(['rollback', 'proceed']),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    errors: z.array(captureRemark),
    warnings: z.array(captureRemark).describe('What was captured but does not add up'),
    state: z
      .enum(['queued', 'signed', 'final', 'refused'])
      .describe('queued: to be judged and signed; signed: on its way; final: in a block; refused: nothing of it is'),
    txId: z.string().optional().describe('Name of the signed transaction, hex'),
    height: z.int().optional().describe('Block that carries it'),
    eventCount: z.int(),
    events: z.array(
      z.object({
        index: z.int(),
        state: z.enum(['pending', 'final', 'refused']),
        eventID: z.string().optional(),
      }),
    ),
    label: z.string().optional(),
    fileName: z.string().optional(),
    upload: captureUpload.optional(),
  }),
);
export type CaptureJobAnswer = z.infer<typeof captureJob>;

/** `GET /epcis/capture`: which jobs. */
export const captureJobQuery = z.object({
  state: z
    .enum(['running', 'queued', 'signed', 'final', 'refused', 'remarks'])
    .optional()
    .describe('running: queued or signed; remarks: finished with faults or remarks'),
  from: z.iso.datetime({ offset: true }).optional().describe('Captured at or after'),
  to: z.iso.datetime({ offset: true }).optional().describe('Captured before'),
  text: z.string().trim().min(1).max(100).optional().describe('Occurs in label or file name'),
  upload: z.uuid().optional().describe('The parts of one divided document'),
  perPage: z.coerce.number().int().min(1).max(100).default(30),
  nextPageToken: z.string().max(200).optional(),
});

const eventOutline = {
  type: z.string(),
  action: z.string().optional(),
  bizStep: z.string().optional(),
  disposition: z.string().optional(),
  eventTime: z.string().optional(),
  eventTimeZoneOffset: z.string().optional(),
  readPoint: z.string().optional(),
  bizLocation: z.string().optional(),
  itemCount: z.int().describe('Named units, and lots or classes with a quantity'),
  firstItem: z.string().optional().describe('The first of them'),
  errorDeclaration: z.boolean().optional().describe('It says that an earlier event was wrong'),
};

export const captureJobEvent = apiSchema(
  'CaptureJobEvent',
  z.object({
    index: z.int().describe('Position in the list of events, from 0'),
    state: z.enum(['pending', 'final', 'refused']),
    eventID: z.string().optional(),
    facts: z
      .object({ ...eventOutline, withdrawn: z.boolean().describe('It was later said to be wrong') })
      .optional()
      .describe(
        'What it is, with canonical ids and bare words of the CBV; absent: nothing of it is kept here any more',
      ),
  }),
);

export const captureJobEvents = apiSchema(
  'CaptureJobEvents',
  z.object({
    events: z.array(captureJobEvent),
    total: z.int().describe('Events of the job in this state'),
    next: z.int().nullable().describe('`from` of the page that follows; null: this is the last'),
    names: namesById,
  }),
);
export type CaptureJobEventsAnswer = z.infer<typeof captureJobEvents>;

/** `GET /capture/jobs/{captureID}/events`: which of them. */
export const captureJobEventsQuery = z
  .object({
    state: z.enum(['pending', 'final', 'refused']).optional(),
    from: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Position of the first, from 0'),
    perPage: z.coerce.number().int().min(1).max(100).default(25),
  })
  .strict();

const place = {
  pointer: z.string().describe('RFC 6901 pointer into the document'),
  line: z.int().min(1).describe('Line in the text as sent, from 1'),
  column: z.int().min(1).describe('Column in that line, from 1'),
};

export const checkRemark = apiSchema(
  'CaptureCheckRemark',
  z.object({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    detail: z.string(),
    howToFix: z.string(),
    facts: z.record(z.string(), z.string()),
    by: z.enum(['document', 'ledger']).describe('Who says so: the rules of the standard, or the judge on the ledger'),
    ...place,
  }),
);
export type CheckRemark = z.infer<typeof checkRemark>;

export const checkedEvent = apiSchema(
  'CaptureCheckedEvent',
  z.object({
    index: z.int(),
    verdict: z.enum(['fine', 'warning', 'refused']),
    remarks: z.array(checkRemark),
    judged: z.boolean().describe('The judge on the ledger was asked about it'),
    ...eventOutline,
    ...place,
  }),
);
export type CheckedEvent = z.infer<typeof checkedEvent>;

export const captureCheck = apiSchema(
  'CaptureCheck',
  z.object({
    verdict: z
      .enum(['fine', 'warning', 'some-refused', 'refused'])
      .describe('refused: nothing can be captured; some-refused: the rest can, with "as much as possible"'),
    sizeBytes: z.int(),
    eventCount: z.int(),
    counts: z.object({ fine: z.int(), warning: z.int(), refused: z.int() }),
    masterDataCount: z.int(),
    document: z.array(checkRemark).describe('About the document as a whole'),
    events: z.array(checkedEvent),
    parts: z.int().min(1).describe('Captures that it takes, because one carries at most 1,000 events and 960 KiB'),
    ledger: z
      .enum(['asked', 'partly-asked', 'not-asked'])
      .describe('partly-asked: more than the judge hears at once; not-asked: no node answered. The receipt decides'),
  }),
);
export type CaptureCheckAnswer = z.infer<typeof captureCheck>;

export const knownName = apiSchema(
  'KnownName',
  z.object({
    id: z.string(),
    kind: z.enum(['product', 'place', 'party']),
    names: z.object({ en: z.string(), 'zh-CN': z.string() }),
    own: z.boolean().describe('Under a company prefix of your organisation'),
  }),
);
export const knownNames = apiSchema('KnownNames', z.object({ names: z.array(knownName) }));
export type KnownNamesAnswer = z.infer<typeof knownNames>;
export const knownNamesQuery = z.object({
  kind: z.enum(['product', 'place', 'party']),
  text: z.string().trim().max(100).optional().describe('Occurs in the name or the identifier'),
  ownedBy: z.string().max(32).optional().describe('Only names under company prefixes of this organisation'),
});
