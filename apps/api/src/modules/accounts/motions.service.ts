import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@waymark/ledger/chain';
import { motionBody, motionBodyOf, type MotionOn } from '@waymark/ledger/motions';
import { LedgerCommands } from '../../chain/submission/ledger-commands.js';
import { organisationOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import type { LedgerTicket } from './dto/account-schemas.js';

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
  constructor(private readonly commands: LedgerCommands) {}

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
