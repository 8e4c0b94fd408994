import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const at = z.iso.datetime();
const count = z.int().min(0);

export const workQueueFacts = apiSchema(
  'WorkQueueFacts',
  z.object({
    name: z.string(),
    waiting: count,
    active: count,
    delayed: count,
    oldestAt: at.nullable(),
    /** False: the queue's server does not answer; the figures are then 0. */
    answers: z.boolean(),
  }),
);

export const work = apiSchema(
  'Work',
  z.object({
    at,
    backend: z.enum(['redis', 'postgres']),
    queues: z.array(workQueueFacts),
    /** What waits in the tables: the facts, whatever the queues say. */
    captures: z.object({ waiting: count, oldestAt: at.nullable() }),
    transactions: z.object({ pending: count, refused: count, oldestAt: at.nullable() }),
    /** Kept beside the ledger though settled; see purge. */
    settled: z.object({ transactions: count, captures: count, oldestAt: at.nullable(), keepDays: count }),
    deadLetters: count,
    workers: count,
  }),
);
export type Work = z.infer<typeof work>;

export const deadLetter = apiSchema(
  'DeadLetter',
  z.object({
    /** `capture.<uuid>`, `transaction.<txId>` or `job.<uuid>`. */
    id: z.string(),
    kind: z.enum(['capture', 'transaction', 'job']),
    /** Whose; absent for a job of the deployment itself. */
    organisation: z.string().nullable(),
    /**
     * Why it stands here. capture: `NOT_SIGNED`. transaction: `NOT_SENT`, `NOT_CONFIRMED`, `REFUSED_BY_NODES`, `TO_BE_SIGNED_ANEW`.
     * job: `FAILED`.
     */
    state: z.enum(['NOT_SIGNED', 'NOT_SENT', 'NOT_CONFIRMED', 'REFUSED_BY_NODES', 'TO_BE_SIGNED_ANEW', 'FAILED']),
    /** What was said last: a code of the nodes, or the error of the job. */
    said: z.string().nullable(),
    queue: z.string().nullable(),
    attempts: count,
    events: count.nullable(),
    captureId: z.string().nullable(),
    txId: z.string().nullable(),
    /** The last block that may carry it. */
    expiryHeight: z.int().nullable(),
    since: at,
    lastTriedAt: at.nullable(),
  }),
);
export type DeadLetter = z.infer<typeof deadLetter>;

export const deadLetters = apiSchema(
  'DeadLetters',
  z.object({
    letters: z.array(deadLetter),
    /** True: there are more; these are the oldest. */
    more: z.boolean(),
    /** What waits longer than this is shown. */
    stuckAfterSeconds: count,
  }),
);
export type DeadLetters = z.infer<typeof deadLetters>;

const letterId = z.string().regex(/^(capture|job)\.[0-9a-f-]{36}$|^transaction\.[0-9a-f]{64}$/);
const ids = z.array(letterId).min(1).max(100);
export const reason = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .refine((text) => !text.includes('\0'), 'holds a character that cannot be kept');

export const retryLetters = apiSchema('RetryDeadLetters', z.object({ ids }));
export const discardLetters = apiSchema('DiscardDeadLetters', z.object({ ids, reason }));
export const lettersOutcome = apiSchema(
  'DeadLettersOutcome',
  z.object({
    /** For each id: done, or not there any more (done meanwhile, or by somebody else). */
    outcomes: z.array(z.object({ id: z.string(), outcome: z.enum(['done', 'gone']) })),
  }),
);

export const purgeCommand = apiSchema(
  'PurgeSettled',
  z.object({
    what: z.enum(['transactions', 'captures', 'failed-jobs']),
    olderThanDays: z.int().min(1).max(36_500),
  }),
);
export const purged = apiSchema('PurgedSettled', z.object({ deleted: count }));

export const rebuildFacts = apiSchema(
  'ProjectionRebuild',
  z.object({
    id: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
    height: count,
    targetHeight: count.nullable(),
    /** Somebody has asked to cancel it; the worker will. */
    cancelWanted: z.boolean(),
    requestedBy: z.string(),
    requestedAt: at,
    startedAt: at.nullable(),
    updatedAt: at,
    finishedAt: at.nullable(),
    error: z.string().nullable(),
  }),
);
export type RebuildFacts = z.infer<typeof rebuildFacts>;

export const projection = apiSchema(
  'Projection',
  z.object({
    name: z.string(),
    height: count,
    updatedAt: at.nullable(),
    /** Height of the chain as the nodes say it; null: none answers. */
    chainHeight: count.nullable(),
    /** Blocks that are final and not shown yet. The newest block is shown once the next one certifies its receipts. */
    lag: count.nullable(),
    tables: z.array(z.object({ name: z.string(), rows: count, bytes: count })),
    /** The open rebuild, or the newest one. */
    rebuild: rebuildFacts.nullable(),
    /** False: no worker was seen lately, so nothing is projected or rebuilt. */
    workerRuns: z.boolean(),
  }),
);
export const projections = apiSchema('Projections', z.object({ projections: z.array(projection) }));
export type Projections = z.infer<typeof projections>;

export const versions = apiSchema(
  'Versions',
  z.object({
    /** Of this API. */
    product: z.string(),
    parts: z.array(
      z.object({
        part: z.enum(['api', 'worker', 'node', 'postgres', 'queue']),
        /** Which of several. */
        name: z.string(),
        version: z.string().nullable(),
        /** Node.js that it runs on, where it does. */
        runtime: z.string().nullable(),
        since: at.nullable(),
        answers: z.boolean(),
      }),
    ),
  }),
);
export type Versions = z.infer<typeof versions>;
