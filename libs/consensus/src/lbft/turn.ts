import type { Certificate } from '../certificates/certificate.js';
import type { Hash, SignedVote } from '../certificates/vote.js';
import type { LbftState } from './book.js';
import type { Effect } from './effects.js';
import type { ClockReading } from './inputs.js';
import type { BlockRef, ImpeachReason } from './messages.js';

/**
 * What one leaf asks another to do, within the same step and in order. Leaves never call each other: `step` runs these in its one match, so every consequence is
 * visible there.
 */
export type Task =
  | { readonly kind: 'COUNT_VOTE'; readonly vote: SignedVote }
  | {
      readonly kind: 'ADOPT_CERTIFICATE';
      readonly certificate: Certificate;
      readonly from: number | null;
      readonly block: BlockRef | null;
    }
  | { readonly kind: 'LEARN_BLOCK'; readonly block: BlockRef; readonly durable: boolean }
  /** R4 for a view whose P-certificate is held. */
  | { readonly kind: 'COMMIT_IF_READY'; readonly view: number }
  /** R9 for a view whose C-certificate is held. */
  | { readonly kind: 'FINALIZE_IF_KNOWN'; readonly view: number; readonly from: number | null }
  | { readonly kind: 'ENTER_VIEW'; readonly view: number; readonly certificate: Certificate }
  | { readonly kind: 'GIVE_UP'; readonly reason: ImpeachReason }
  | { readonly kind: 'RECOUNT'; readonly view: number }
  | { readonly kind: 'DELIVER' }
  | { readonly kind: 'ENTER_QUARANTINE'; readonly reason: string };

/** One call of `step`: the state, the clock of the input, the effects asked for so far in order, and what is still to be done. */
export interface Turn {
  readonly state: LbftState;
  readonly clock: ClockReading;
  readonly effects: Effect[];
  readonly next: Task[];
}

/** Why an input changed nothing; undefined when it did. */
export type Ignored = string | undefined;

/** How long the core waits before it names a wanted block again. */
const ASK_AGAIN_MS = 1000;

/** REQUEST_BLOCK, at most once a second for each hash. */
export function wantBlock(turn: Turn, blockHash: Hash, from: readonly number[], proposal: boolean): void {
  const { state, clock, effects } = turn;
  const asked = state.blockAskedAtMs.get(blockHash);
  if (asked !== undefined && clock.monotonicMs < asked + ASK_AGAIN_MS) return;
  state.blockAskedAtMs.set(blockHash, clock.monotonicMs);
  const self = state.config.self;
  effects.push({ kind: 'REQUEST_BLOCK', blockHash, from: from.filter((index) => index !== self), proposal });
}
