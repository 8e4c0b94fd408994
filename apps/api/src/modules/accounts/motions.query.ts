import { Inject, Injectable } from '@nestjs/common';
import { boardsOf } from '@waymark/ledger/chain';
import { DataSource } from 'typeorm';
import { type LedgerAccount, NodeClient } from '../../chain/client/node-client.js';
import { NodeUnavailable } from '../../chain/client/node-rpc.js';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { notFound } from '../../platform/errors/not-found.js';
import { unavailable } from '../../platform/errors/problem.js';
import { DATABASE } from '../../platform/tokens.js';
import type { MotionAnswer, MotionList } from './dto/account-schemas.js';
import type { MotionRow } from './views/motion-view.js';

type Row = Omit<MotionRow, 'proposed_at' | 'expires_at' | 'closed_at' | 'height'> & {
  readonly proposed_at: string;
  readonly expires_at: string;
  readonly closed_at: string | null;
  readonly height: string;
};

const MOTIONS_MAX = 200;
const iso = (ms: string | number) => new Date(Number(ms)).toISOString();

/** Motions as the projection has them, with what the organisation that asks has to do with each. */
@Injectable()
export class MotionsQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    private readonly nodes: NodeClient,
  ) {}

  async list(organisation: string, state: 'open' | 'closed'): Promise<MotionList> {
    const rows = await this.database.query<Row[]>(
      `SELECT * FROM motion WHERE (state = 'open') = $1 ORDER BY proposed_at DESC, motion LIMIT ${MOTIONS_MAX}`,
      [state === 'open'],
    );
    const boards = boardsOf(this.chain.genesis).map(({ board, members, threshold }) => ({
      board,
      members: [...members],
      threshold,
    }));
    return { motions: await this.answers(rows, organisation), boards };
  }

  async one(organisation: string, motion: string): Promise<MotionAnswer> {
    const rows = await this.database.query<Row[]>(`SELECT * FROM motion WHERE motion = $1`, [motion]);
    const [answer] = await this.answers(rows, organisation);
    if (answer === undefined)
      throw notFound('MOTION_UNKNOWN', `There is no proposal ${motion.slice(0, 40)}.`, 'Load the list again.');
    return answer;
  }

  private async answers(rows: readonly Row[], organisation: string): Promise<MotionAnswer[]> {
    const named = [...new Set(rows.flatMap(({ account }) => account ?? []))];
    const accounts = new Map(await Promise.all(named.map((account) => this.record(account))));
    return rows.map((row) => this.answer(row, organisation, accounts));
  }

  private async record(account: string): Promise<readonly [string, LedgerAccount['record']]> {
    try {
      return [account, (await this.nodes.account(account)).record];
    } catch (error) {
      if (error instanceof NodeUnavailable)
        throw unavailable('NODES_UNAVAILABLE', 'No node of the consortium answers at the moment.', 3, error);
      throw error;
    }
  }

  private answer(row: Row, organisation: string, accounts: ReadonlyMap<string, LedgerAccount['record']>): MotionAnswer {
    const board = boardsOf(this.chain.genesis).find((one) => one.board === row.board);
    const isOver = row.state === 'open' && Number(row.expires_at) <= Date.now();
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
          ? hasASay(organisation, row, accounts.get(row.account ?? '') ?? null)
          : board.members.includes(organisation),
      approved: row.approvals.some(({ account }) => account === organisation),
      needed: board?.threshold ?? null,
    };
  }
}

/** Whether an organisation is the account itself, or named in the permission that decides or in one above it. */
function hasASay(organisation: string, row: Row, record: LedgerAccount['record']): boolean {
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
