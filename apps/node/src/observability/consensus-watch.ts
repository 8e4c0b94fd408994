/**
 * What an operator wants to know of the running consensus: told by the host of each input and the effects it had, and of each
 * booked block. It only listens: nothing it does reaches the core, and it keeps bounded rings only.
 */
import type { Effect, Input } from '@waymark/consensus/lbft';
import { VoteType } from '@waymark/consensus/certificates';
import { Ring } from './ring.js';

/**
 * Why a view was given up. TIMEOUT, ILLICIT and FOLLOWED: why this node asked for it (no proposal in time; the proposal broke a
 * rule; enough others asked). OTHERS: this node did not ask, a quorum of the others did.
 */
export type ImpeachmentCause = 'TIMEOUT' | 'ILLICIT' | 'FOLLOWED' | 'OTHERS';

export interface Impeachment {
  readonly view: number;
  /** Final height when it was seen. */
  readonly height: number;
  /** Who led that view, `account/node`. */
  readonly leader: string;
  readonly cause: ImpeachmentCause;
  /** The broken rule, with ILLICIT. */
  readonly code?: string;
  /** Wall clock of this node, milliseconds since 1970. */
  readonly timeMs: number;
}

export interface Alarm {
  readonly code: string;
  /** True: this node votes no more. */
  readonly halt: boolean;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly timeMs: number;
}

export interface BookedBlock {
  readonly height: number;
  readonly view: number;
  /** Time in its header. */
  readonly timeMs: number;
  /** Wall clock of this node when it was booked here. */
  readonly bookedMs: number;
  readonly transactions: number;
  /** Booked from the core's own delivery; false: fetched while catching up, so the times say nothing of finality. */
  readonly live: boolean;
}

const IMPEACHMENTS_KEPT = 50;
const ALARMS_KEPT = 20;
const BLOCKS_KEPT = 120;
const CAUSES_KEPT = 256;

export class ConsensusWatch {
  private readonly impeached = new Ring<Impeachment>(IMPEACHMENTS_KEPT);
  private readonly alarmed = new Ring<Alarm>(ALARMS_KEPT);
  private readonly blocks = new Ring<BookedBlock>(BLOCKS_KEPT);
  /** Why this node asked to give up a view, until the certificate comes; the newest so many. */
  private readonly asked = new Map<number, { cause: ImpeachmentCause; code?: string }>();
  private readonly seen = { viewsEntered: 0, viewsImpeached: 0, ownImpeachments: 0, blocksBooked: 0 };
  private highestView = -1;
  private highestImpeached = -1;
  private silenced: { cause: string; sinceMs: number } | null = null;

  constructor(
    private readonly on: {
      /** `account/node` of whoever leads this view. */
      readonly leaderOf: (view: number) => string;
      readonly finalHeight: () => number;
      readonly wallMs: () => number;
    },
  ) {}

  /** After each step of the core. */
  stepped(input: Pick<Input, 'kind'> & { readonly code?: string }, effects: readonly Effect[]): void {
    for (const effect of effects)
      switch (effect.kind) {
        case 'SIGN':
          this.silenced = null;
          if (effect.vote.type === VoteType.IMPEACH) this.askedToImpeach(effect.vote.view, input);
          break;
        case 'APPEND_CERTIFICATE':
          this.certificate(effect.certificate);
          break;
        case 'ALARM':
          this.alarmed.push({ code: effect.code, halt: effect.halt, facts: effect.facts, timeMs: this.on.wallMs() });
          break;
        case 'EVIDENCE': {
          const facts = { offence: effect.offence, member: effect.first.sender, view: effect.first.vote.view };
          this.alarmed.push({ code: 'EQUIVOCATION', halt: false, facts, timeMs: this.on.wallMs() });
          break;
        }
        case 'QUARANTINE_ENTERED':
          this.silence(effect.reason);
          break;
        default:
          break;
      }
  }

  /** The key signs nothing from now on; at start-up, or told by the core. */
  silence(cause: string): void {
    this.silenced ??= { cause, sinceMs: this.on.wallMs() };
  }

  booked(block: Omit<BookedBlock, 'bookedMs'>): void {
    this.seen.blocksBooked += 1;
    this.blocks.push({ ...block, bookedMs: this.on.wallMs() });
  }

  get counts(): Readonly<typeof this.seen> {
    return { ...this.seen };
  }

  get impeachments(): Impeachment[] {
    return this.impeached.list();
  }

  get alarms(): Alarm[] {
    return this.alarmed.list();
  }

  /** Newest alarm that stopped this node's voting. */
  get halt(): Alarm | null {
    return this.alarmed.list().findLast(({ halt }) => halt) ?? null;
  }

  get quarantine(): { readonly cause: string; readonly sinceMs: number } | null {
    return this.silenced;
  }

  get bookedBlocks(): BookedBlock[] {
    return this.blocks.list();
  }

  private askedToImpeach(view: number, input: Pick<Input, 'kind'> & { readonly code?: string }): void {
    if (this.asked.has(view)) return;
    this.seen.ownImpeachments += 1;
    const cause =
      input.kind === 'TIMER' ? 'TIMEOUT' : input.kind === 'PROPOSAL_EVALUATED' ? 'ILLICIT' : ('FOLLOWED' as const);
    this.asked.set(view, { cause, ...(cause === 'ILLICIT' && input.code !== undefined && { code: input.code }) });
    for (const oldest of this.asked.keys()) {
      if (this.asked.size <= CAUSES_KEPT) break;
      this.asked.delete(oldest);
    }
  }

  private certificate({ kind, view }: { readonly kind: 'P' | 'C' | 'I'; readonly view: number }): void {
    if (kind === 'C') return;
    if (view > this.highestView) {
      this.highestView = view;
      this.seen.viewsEntered += 1;
    }
    if (kind !== 'I' || view <= this.highestImpeached) return;
    this.highestImpeached = view;
    this.seen.viewsImpeached += 1;
    const why = this.asked.get(view) ?? { cause: 'OTHERS' as const };
    this.impeached.push({
      view,
      height: this.on.finalHeight(),
      leader: this.on.leaderOf(view),
      ...why,
      timeMs: this.on.wallMs(),
    });
  }
}
