import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { boardsOf, canonicalJson } from '@waymark/ledger/chain';
import { motionBody, motionBodyOf, type MotionOn } from '@waymark/ledger/motions';
import { NodeClient } from '../../chain/client/node-client.js';
import { NodeUnavailable } from '../../chain/client/node-rpc.js';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { LedgerCommands } from '../../chain/submission/ledger-commands.js';
import { unavailable } from '../../platform/errors/problem.js';
import { organisationOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import type { LedgerTicket } from './dto/account-schemas.js';
import type { Deciders } from './motion-answer.js';

const DEFAULT_DAYS = 7;

interface Proposal {
  readonly on: MotionOn;
  readonly title: string;
  readonly bodies: readonly { readonly kind: string; readonly content?: unknown }[];
  readonly expiresAt?: string | undefined;
}

/** Proposes, approves and withdraws motions for an organisation; the ledger decides whether it may. */
@Injectable()
export class MotionsService {
  constructor(
    private readonly commands: LedgerCommands,
    private readonly nodes: NodeClient,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
  ) {}

  /** Who decides about motions on these accounts, and the boards. @throws ProblemError 503 */
  async deciders(accounts: readonly (string | null)[]): Promise<Deciders> {
    const named = [...new Set(accounts.flatMap((account) => account ?? []))];
    try {
      const records = await Promise.all(
        named.map(async (account) => [account, (await this.nodes.account(account)).record] as const),
      );
      return { boards: boardsOf(this.chain.genesis), accounts: new Map(records) };
    } catch (error) {
      if (error instanceof NodeUnavailable)
        throw unavailable('NODES_UNAVAILABLE', 'No node of the consortium answers at the moment.', 3, error);
      throw error;
    }
  }

  async propose(context: RequestContext, { on, title, bodies, expiresAt }: Proposal): Promise<LedgerTicket> {
    const motion = randomBytes(16).toString('hex');
    const expiresMs = expiresAt === undefined ? Date.now() + DEFAULT_DAYS * 86_400_000 : Date.parse(expiresAt);
    const body = motionBody('motion.propose', {
      motion,
      on,
      title,
      expiresMs,
      bodies: bodies.map(({ kind, content }) => motionBodyOf({ kind, content: canonicalJson(content ?? null) })),
    });
    const job = await this.commands.submit(organisationOf(context), 'motion', [body], {
      context,
      action: 'ledger.motion.proposed',
      target: title,
      facts: { motion, kinds: bodies.map(({ kind }) => kind) },
    });
    return { job, motion };
  }

  async approve(context: RequestContext, motion: string, digest: string): Promise<LedgerTicket> {
    const job = await this.commands.submit(
      organisationOf(context),
      'motion',
      [motionBody('motion.approve', { motion, digest })],
      { context, action: 'ledger.motion.approved', target: motion, facts: { digest } },
    );
    return { job, motion };
  }

  async withdraw(context: RequestContext, motion: string): Promise<LedgerTicket> {
    const job = await this.commands.submit(
      organisationOf(context),
      'motion',
      [motionBody('motion.withdraw', { motion })],
      { context, action: 'ledger.motion.withdrawn', target: motion },
    );
    return { job, motion };
  }
}
