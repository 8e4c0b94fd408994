import { readMotionBody } from '@waymark/ledger/motions';
import type { FoldInput, View } from '@waymark/provenance/views';
import { z } from 'zod';

/** A motion as it stands: what is proposed, before whom, and who has approved it. */
export interface MotionRow {
  readonly motion: string;
  readonly account: string | null;
  readonly permission: string | null;
  readonly board: string | null;
  readonly proposer: string;
  readonly title: string;
  readonly digest: string;
  /** `[{ kind, content }]`, content in base64, as proposed. */
  readonly bodies: readonly { readonly kind: string; readonly content: string }[];
  readonly approvals: readonly { readonly account: string; readonly atMs: number }[];
  readonly state: 'open' | 'executed' | 'withdrawn' | 'expired';
  readonly proposed_at: number;
  readonly expires_at: number;
  readonly closed_at: number | null;
  readonly tx_id: string;
  readonly height: number;
}

const said = z.object({ motion: z.string(), by: z.string() });

const closing: Readonly<Record<string, MotionRow['state']>> = {
  'motion.executed': 'executed',
  'motion.withdrawn': 'withdrawn',
  'motion.expired': 'expired',
};

const readSaid = ({ ledgerEvent }: FoldInput) =>
  said.parse(JSON.parse(Buffer.from(ledgerEvent.content).toString('utf8')));

function proposed(input: FoldInput): MotionRow {
  const read = readMotionBody('motion.propose', input.body.content);
  if (!read.ok) throw new Error(`an accepted proposal cannot be read: ${read.refusal.code}`);
  const { motion, on, bodies, title, expiresMs } = read.value;
  const { digest } = z
    .object({ digest: z.string() })
    .parse(JSON.parse(Buffer.from(input.ledgerEvent.content).toString('utf8')));
  return {
    motion,
    account: 'board' in on ? null : on.account,
    permission: 'board' in on ? null : on.permission,
    board: 'board' in on ? on.board : null,
    proposer: input.sender,
    title,
    digest,
    bodies,
    approvals: [{ account: input.sender, atMs: input.blockTimeMs }],
    state: 'open',
    proposed_at: input.blockTimeMs,
    expires_at: expiresMs,
    closed_at: null,
    tx_id: input.txId,
    height: input.height,
  };
}

/** Every motion that was ever proposed, from the ledger events of module 4 (docs/protocol/ledger.md 5). */
export const motionView: View<MotionRow> = {
  table: {
    name: 'motion',
    columns: [
      { name: 'motion', type: 'text' },
      { name: 'account', type: 'text', nullable: true },
      { name: 'permission', type: 'text', nullable: true },
      { name: 'board', type: 'text', nullable: true },
      { name: 'proposer', type: 'text' },
      { name: 'title', type: 'text' },
      { name: 'digest', type: 'text' },
      { name: 'bodies', type: 'json' },
      { name: 'approvals', type: 'json' },
      { name: 'state', type: 'text' },
      { name: 'proposed_at', type: 'timeMs' },
      { name: 'expires_at', type: 'timeMs' },
      { name: 'closed_at', type: 'timeMs', nullable: true },
      { name: 'tx_id', type: 'text' },
      { name: 'height', type: 'bigint' },
    ],
    primaryKey: ['motion'],
    indexes: [['state', 'proposed_at', 'motion']],
  },
  eventTypes: ['motion.proposed', 'motion.approved', ...Object.keys(closing)],
  keysOf: (inputs) => [
    { columns: ['motion'], values: [...new Set(inputs.map((input) => readSaid(input).motion))].map((id) => [id]) },
  ],
  fold(inputs, existing) {
    const rows = new Map(existing.map((row) => [row.motion, row]));
    const touched = new Set<string>();
    for (const input of inputs) {
      const { motion, by } = readSaid(input);
      touched.add(motion);
      const { type } = input.ledgerEvent;
      if (type === 'motion.proposed') {
        rows.set(motion, proposed(input));
        continue;
      }
      const row = rows.get(motion);
      if (row === undefined) throw new Error(`the motion ${motion} was never proposed`);
      const state = closing[type];
      rows.set(
        motion,
        state === undefined
          ? { ...row, approvals: [...row.approvals, { account: by, atMs: input.blockTimeMs }] }
          : { ...row, state, closed_at: input.blockTimeMs },
      );
    }
    return { upserts: [...touched].flatMap((motion) => rows.get(motion) ?? []), deletes: [] };
  },
};
