import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const instant = z.string().describe('ISO 8601, UTC');
const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `${bytes} bytes in lower-case hex`);
const names = z.object({ en: z.string(), 'zh-CN': z.string() });

const permission = apiSchema(
  'LedgerPermission',
  z.object({
    name: z.string(),
    threshold: z.number().int(),
    parent: z.string().describe('The permission above it; empty for owner'),
    keys: z.array(z.object({ key: z.string().describe('Hex'), weight: z.number().int() })),
    accounts: z.array(z.object({ account: z.string(), permission: z.string(), weight: z.number().int() })),
  }),
);

export const ledgerAccount = apiSchema(
  'LedgerAccount',
  z.object({
    account: z.string(),
    name: names,
    role: z.enum(['company', 'regulator']),
    class: z.string().describe('What its certificate says; none: it has none'),
    permissions: z.array(permission),
    links: z.array(z.object({ kind: z.string(), permission: z.string() })),
    delegations: z.array(
      z.object({ to: z.string(), permission: z.string(), kinds: z.array(z.string()), until: instant }),
    ),
    companyPrefixes: z.array(z.string()),
    deposit: z.object({ amount: z.number().int(), from: z.string() }),
    balance: z.number().int().describe('Credits that it may lock as deposits'),
    createdAtHeight: z.number().int(),
    closedAtHeight: z.number().int().nullable(),
    height: z.number().int().describe('Height whose state was read'),
    proofKey: z.object({ module: z.number().int(), key: z.string() }).describe('What `stateProof` of a node proves'),
  }),
);
export type LedgerAccountAnswer = z.infer<typeof ledgerAccount>;

const on = z.union([
  z.strictObject({ board: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/) }),
  z.strictObject({ account: z.string().min(3).max(32), permission: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/) }),
]);

export const motion = apiSchema(
  'Motion',
  z.object({
    motion: z.string().describe('16 bytes, hex'),
    on: z.object({ board: z.string().optional(), account: z.string().optional(), permission: z.string().optional() }),
    title: z.string(),
    proposer: z.string(),
    digest: z.string().describe('What an approval names: SHA-256 of the proposal'),
    bodies: z.array(
      z.object({ kind: z.string(), content: z.unknown().describe('As JSON where it is JSON, else base64') }),
    ),
    approvals: z.array(z.object({ account: z.string(), at: instant })),
    state: z
      .enum(['open', 'overdue', 'executed', 'withdrawn', 'expired'])
      .describe('overdue: its time is over, and nobody has cleared it away'),
    proposedAt: instant,
    expiresAt: instant,
    closedAt: instant.nullable(),
    txId: z.string(),
    height: z.number().int(),
    mine: z.boolean().describe('Your organisation has a say in it'),
    approved: z.boolean().describe('Your organisation has approved it'),
    needed: z.number().int().nullable().describe('Approvals that a board asks for; null: weights decide'),
  }),
);
export type MotionAnswer = z.infer<typeof motion>;

export const motionList = apiSchema(
  'MotionList',
  z.object({
    motions: z.array(motion),
    boards: z.array(z.object({ board: z.string(), members: z.array(z.string()), threshold: z.number().int() })),
  }),
);
export type MotionList = z.infer<typeof motionList>;

export const motionQuery = z.strictObject({
  state: z.enum(['open', 'closed']).default('open').describe('open: those that wait, the newest first'),
});

export const proposeMotion = apiSchema(
  'ProposeMotion',
  z.strictObject({
    on,
    title: z.string().min(1).max(200),
    bodies: z
      .array(
        z.strictObject({
          kind: z.string().max(64),
          content: z.unknown().describe('What the body says, as JSON; it is written canonically'),
        }),
      )
      .min(1)
      .max(16),
    expiresAt: z.iso.datetime().optional().describe('Default: in seven days; at most 30'),
  }),
);

export const approveMotion = apiSchema(
  'ApproveMotion',
  z.strictObject({ digest: hex(32).describe('The digest of the motion that you have read') }),
);

export const rotateKey = apiSchema(
  'RotateKey',
  z.strictObject({
    from: hex(32).describe('The public key that is taken out of service'),
    to: hex(32).describe('The public key that takes its place in every permission of your organisation'),
    proof: hex(64).describe('Signature by the new key over its proof of possession, as `waymark key` prints it'),
  }),
);

export const ledgerTicket = apiSchema(
  'LedgerTicket',
  z.object({
    job: z.string().describe('`GET /epcis/capture/{job}` says what became of it'),
    motion: z.string().optional(),
  }),
);
export type LedgerTicket = z.infer<typeof ledgerTicket>;
