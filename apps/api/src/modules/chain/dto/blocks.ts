import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const at = z.iso.datetime();
const count = z.int().min(0);
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const fields = {
  height: count,
  hash: hex,
  parentHash: hex,
  view: count,
  /** Views between the block before and this one that were given up. */
  viewsGivenUp: count,
  at,
  /** Who proposed it, `account/node`. */
  proposer: z.string(),
  transactions: count,
  bytes: count,
  /** Who signed its certificate, `account/node`; null: a later block's certificate made it final too. */
  signers: z.array(z.string()).nullable(),
};

export const chainBlockRow = apiSchema('ChainBlockRow', z.object(fields));
export type ChainBlockRow = z.infer<typeof chainBlockRow>;

export const chainBlocks = apiSchema(
  'ChainBlocks',
  z.object({
    finalHeight: count,
    /** Newest first. */
    blocks: z.array(chainBlockRow),
    /** Hand in as `before` for older ones; null: these are the oldest. */
    before: count.nullable(),
    /** Members of the committee: who could have signed. */
    committee: z.array(z.string()),
    quorum: count,
  }),
);
export type ChainBlocks = z.infer<typeof chainBlocks>;

export const chainTransactionRow = apiSchema(
  'ChainTransactionRow',
  z.object({
    txId: hex,
    /** Null: not for the caller to know. */
    sender: z.string().nullable(),
    status: z.enum(['ACCEPTED', 'PARTIAL', 'REFUSED']),
    bodies: count,
    kinds: z.array(z.object({ kind: z.string(), count })),
  }),
);

export const chainBlock = apiSchema(
  'ChainBlock',
  z.object({
    ...fields,
    /** Who signed the certificate that was checked for this answer, `account/node`. */
    checkedBy: z.array(z.string()),
    content: z.array(chainTransactionRow),
    /** There are more than are shown. */
    more: z.boolean(),
  }),
);
export type ChainBlock = z.infer<typeof chainBlock>;

export const chainTransaction = apiSchema(
  'ChainTransaction',
  z.object({
    txId: hex,
    state: z.enum(['pending', 'final']),
    height: count.nullable(),
    txIndex: count.nullable(),
    at: at.nullable(),
    /** Null: not for the caller to know. */
    sender: z.string().nullable(),
    /** Null while it is not final. */
    status: z.enum(['ACCEPTED', 'PARTIAL', 'REFUSED']).nullable(),
    failures: z.array(
      z.object({
        /** Number of the body from 1; 0: the transaction as a whole. */
        body: count,
        code: z.string(),
        /** The code in words. With facts only for who may read the transaction. */
        detail: z.string(),
        howToFix: z.string(),
        pointer: z.string().nullable(),
        facts: z.record(z.string(), z.string()).nullable(),
      }),
    ),
    expiryHeight: count.nullable(),
    /** The transaction of the same sender that had to stand before it. */
    after: hex.nullable(),
    signatures: count.nullable(),
    sizeBytes: count.nullable(),
    bodyCount: count.nullable(),
    bodies: z.array(
      z.object({
        index: count,
        kind: z.string(),
        visibility: z.enum(['public', 'partners', 'own']).nullable(),
        sizeBytes: count,
        accepted: z.boolean(),
        /** False: its content is not for the caller to see. */
        readable: z.boolean(),
        content: z.string().nullable(),
        eventID: z.string().nullable(),
        /** Items it names: addresses of their pages. */
        items: z.array(z.string()),
      }),
    ),
    more: z.boolean(),
    /** True: header, transaction and receipt were checked against the signatures of the consortium for this answer. */
    checked: z.boolean(),
  }),
);
export type ChainTransaction = z.infer<typeof chainTransaction>;

export const blocksQuery = z.object({
  perPage: z.coerce.number().int().min(1).max(100).default(30).describe('Blocks at once'),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Only blocks below this height'),
});
