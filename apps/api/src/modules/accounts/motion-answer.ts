import type { Board } from '@waymark/ledger/chain';
import type { LedgerAccount } from '../../chain/client/node-client.js';
import type { MotionAnswer } from './dto/account-schemas.js';
import type { StoredMotion } from './motions.query.js';

/** Who decides about motions: the boards of the chain, and the accounts on whose permissions they are. */
export interface Deciders {
  readonly boards: readonly Board[];
  readonly accounts: ReadonlyMap<string, LedgerAccount['record']>;
}

const iso = (ms: string | number) => new Date(Number(ms)).toISOString();

/** A motion as an organisation sees it: with what it has to do with it. */
export function motionAnswer(row: StoredMotion, organisation: string, deciders: Deciders, nowMs: number): MotionAnswer {
  const board = deciders.boards.find((one) => one.board === row.board);
  const isOver = row.state === 'open' && Number(row.expires_at) <= nowMs;
  return {
    motion: row.motion,
    on: row.board === null ? { account: row.account ?? '', permission: row.permission ?? '' } : { board: row.board },
    title: row.title,
    proposer: row.proposer,
    digest: row.digest,
    bodies: row.bodies.map(({ kind, content }) => ({ kind, content: shown(content) })),
    approvals: row.approvals.map(({ account, atMs }) => ({ account, at: iso(atMs) })),
    state: isOver ? 'overdue' : row.state,
    proposedAt: iso(row.proposed_at),
    expiresAt: iso(row.expires_at),
    closedAt: row.closed_at === null ? null : iso(row.closed_at),
    txId: row.tx_id,
    height: Number(row.height),
    mine:
      board === undefined
        ? hasASay(organisation, row, deciders.accounts.get(row.account ?? '') ?? null)
        : board.members.includes(organisation),
    approved: row.approvals.some(({ account }) => account === organisation),
    needed: board?.threshold ?? null,
  };
}

/** Whether an organisation is the account itself, or named in the permission that decides or in one above it. */
function hasASay(organisation: string, row: StoredMotion, record: LedgerAccount['record']): boolean {
  if (row.account === organisation) return true;
  const above = new Set<string>();
  for (let name = row.permission ?? ''; name !== '' && !above.has(name);) {
    above.add(name);
    name = record?.permissions[name]?.parent ?? '';
  }
  return [...above].some(
    (name) => record?.permissions[name]?.accounts.some(({ account }) => account === organisation) === true,
  );
}

/** A body's content as JSON where it is JSON. */
function shown(content: string): unknown {
  try {
    return JSON.parse(Buffer.from(content, 'base64').toString('utf8'));
  } catch {
    // Whatever else it is, its bytes are shown.
    return content;
  }
}
