import { leaderMember, maySign, type LbftState } from './book.js';
import type { BlockRef } from './messages.js';
import type { Turn } from './turn.js';

/** STATUS to everybody at least this often (2.6); also the cap of repeated STATUS. */
export const STATUS_EVERY_MS = 2000;
/** A leader not heard of for this long may be skipped fast (2.3). */
const SILENCE_MS = 8000;
const BACKOFF_THOUSANDTHS = [1000, 1500, 2250, 3375, 4000] as const;

/** k of 2.3: views since the last final one beyond the three that a running chain has open. */
export function openViews(state: LbftState): number {
  return Math.max(0, state.view - state.final.view - 3);
}

/** b of 2.3, in thousandths: capped at 4, and after 128 open views doubling every 32 up to 64, so that a wrong Delta costs minutes, not for ever. */
export function backoffThousandths(k: number): number {
  if (k > 128) return 4000 * 2 ** Math.min(4, Math.floor((k - 128) / 32) + 1);
  return BACKOFF_THOUSANDTHS[Math.min(k, 4)] ?? 4000;
}

/** What three message delays may cost now: 3 * Delta * b / 1000, whole milliseconds. */
function marginMs(state: LbftState): number {
  return Math.floor((3 * state.config.parameters.deltaMs * backoffThousandths(openViews(state))) / 1000);
}

/** Starts the clock of the current view: on entering it, and in full again after a restart or when the start guard is satisfied. */
export function startViewClock({ state, clock }: Turn): void {
  const { minBlockMs, slotMs } = state.config.parameters;
  state.enteredAtMs = clock.monotonicMs;
  state.enteredWallMs = clock.wallMs;
  state.enteredBySkip = state.views.get(state.view - 1)?.iCert != null;
  state.deadlineAtMs = clock.monotonicMs + (state.enteredBySkip ? minBlockMs : slotMs) + marginMs(state);
  state.timedOut = false;
  state.stuckIntervalMs = null;
  state.statusDueAtMs = Math.min(state.statusDueAtMs, clock.monotonicMs + STATUS_EVERY_MS);
}

/** Work moves the deadline of the view forward, never back: a parent with transactions from entry on, a transaction once it has waited minBlockMs. */
export function hastenDeadline({ state }: Turn): void {
  const { minBlockMs } = state.config.parameters;
  const hasten = (workAtMs: number): void => {
    state.deadlineAtMs = Math.min(
      state.deadlineAtMs,
      Math.max(state.enteredAtMs, workAtMs) + minBlockMs + marginMs(state),
    );
  };
  if ((entryBlock(state)?.txCount ?? 0) > 0) hasten(state.enteredAtMs);
  if (state.oldestWorkMs !== null) hasten(state.oldestWorkMs + minBlockMs);
}

/** The block by whose certificate the view was entered, if there is one and its header is here. */
function entryBlock(state: LbftState): BlockRef | undefined {
  return state.entry === null || state.entry.kind === 'I' ? undefined : state.blocks.get(state.entry.blockHash)?.block;
}

/**
 * When the current view times out (R5); null when it did, or nothing can be signed. Fast-skip: Delta/2 when the leader's last led view was skipped and nothing was heard
 * of it for 8 s. Hearing it ends that at once.
 */
export function viewDueAtMs(state: LbftState): number | null {
  if (state.timedOut || !maySign(state)) return null;
  const leader = leaderMember(state.config, state.view);
  const last = state.lastLed.get(state.config.leaderOf(state.view));
  if (last?.skipped !== true || leader === state.config.self) return state.deadlineAtMs;
  const silentAtMs = (state.heardAtMs.get(leader) ?? 0) + SILENCE_MS;
  return Math.min(
    state.deadlineAtMs,
    Math.max(silentAtMs, state.enteredAtMs + Math.floor(state.config.parameters.deltaMs / 2)),
  );
}

/**
 * When the leader proposes on `parent` (R2): at the earliest instant if work waited on entry, the view before was skipped, the parent carries transactions or too many
 * views are open; when work arrives, not before that; at the latest with the slot.
 */
export function proposeDueAtMs(state: LbftState, parent: BlockRef, emptyByPolicy: boolean): number {
  const { minBlockMs, slotMs } = state.config.parameters;
  const after = (paceMs: number): number =>
    state.enteredAtMs + Math.min(paceMs, Math.max(0, parent.timeMs + paceMs - state.enteredWallMs));
  const earliest = after(minBlockMs);
  if (state.enteredBySkip || parent.txCount > 0 || emptyByPolicy) return earliest;
  const latest = after(slotMs);
  return state.oldestWorkMs === null ? latest : Math.min(latest, Math.max(earliest, state.oldestWorkMs));
}

/** The node sits in a view after its timeout: STATUS now, then after 2, 4, ... Delta up to 2 s. */
export function becomeStuck({ state, clock }: Turn): void {
  state.stuckIntervalMs = null;
  state.statusDueAtMs = clock.monotonicMs;
}

/** When the next STATUS goes out: every 2 s, sooner while stuck in a view or while an own COMMIT is not final after 2 Delta. */
export function statusDueAtMs(state: LbftState): number {
  const commitAtMs = oldestUnfinalCommitAtMs(state);
  if (commitAtMs === null || state.stuckIntervalMs !== null) return state.statusDueAtMs;
  return Math.min(state.statusDueAtMs, commitAtMs + 2 * state.config.parameters.deltaMs);
}

/** After a STATUS: the next one. */
export function paceStatus({ state, clock }: Turn): void {
  const { deltaMs } = state.config.parameters;
  const commitAtMs = oldestUnfinalCommitAtMs(state);
  const stuck = state.timedOut || (commitAtMs !== null && clock.monotonicMs >= commitAtMs + 2 * deltaMs);
  state.stuckIntervalMs = stuck ? Math.min(STATUS_EVERY_MS, (state.stuckIntervalMs ?? deltaMs) * 2) : null;
  state.statusDueAtMs = clock.monotonicMs + (state.stuckIntervalMs ?? STATUS_EVERY_MS);
}

function oldestUnfinalCommitAtMs(state: LbftState): number | null {
  let oldest: number | null = null;
  for (const { view, own } of state.views.values()) {
    if (own.com === null || view <= state.final.view) continue;
    oldest = oldest === null ? own.commitAtMs : Math.min(oldest, own.commitAtMs);
  }
  return oldest;
}
