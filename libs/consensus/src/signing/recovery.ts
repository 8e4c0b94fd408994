import { decideSignature, raiseFloor, SIGN_STATE_ENTRIES_MAX, type SignState } from './sign-state.js';
import type { Vote } from '../certificates/vote.js';

/** One own vote as the log holds it, with the serial the sign-state had after it. */
export interface LoggedVote {
  readonly serial: number;
  readonly vote: Vote;
}

/** Why a key is silenced at start-up. */
export type QuarantineCause = 'SIGN_STATE_LOST' | 'SIGN_STATE_AND_LOG_DAMAGED' | 'RECORDS_CONTRADICT';

export type Recovery =
  /** Duty: before the first signature write `state` to both copies and fdatasync both. */
  | { readonly kind: 'READY'; readonly state: SignState }
  /** `state`: what could still be read, for people; null when nothing could. Nothing is signed before release (2.11). */
  | { readonly kind: 'QUARANTINE'; readonly cause: QuarantineCause; readonly state: SignState | null };

/**
 * What this key may have signed, from the two sign-state copies (null: missing or damaged), the vote records of the log and whether the log had a damaged tail.
 *
 * Both stores hold every vote that was sent, and they are written one after the other, so one fault in one of them forgets nothing: quarantine iff no copy is
 * valid, or one copy is invalid and the log's tail was damaged. Records that contradict each other cannot come from this program: quarantine.
 */
export function mergeRecovery(
  copyA: SignState | null,
  copyB: SignState | null,
  logged: readonly LoggedVote[],
  logDamaged: boolean,
): Recovery {
  const newest = copyA !== null && copyB !== null ? (copyA.serial >= copyB.serial ? copyA : copyB) : (copyA ?? copyB);
  if (newest === null) return { kind: 'QUARANTINE', cause: 'SIGN_STATE_LOST', state: null };
  const merged = mergeLog(newest, logged);
  if (merged === null) return { kind: 'QUARANTINE', cause: 'RECORDS_CONTRADICT', state: newest };
  if ((copyA === null || copyB === null) && logDamaged)
    return { kind: 'QUARANTINE', cause: 'SIGN_STATE_AND_LOG_DAMAGED', state: merged };
  return { kind: 'READY', state: merged };
}

/** The union of the state and the logged votes of the newest epoch above the floor; null when they exclude each other. */
function mergeLog(newest: SignState, logged: readonly LoggedVote[]): SignState | null {
  const epoch = logged.reduce((highest, { vote }) => Math.max(highest, vote.epoch), newest.epoch);
  let state: SignState = epoch === newest.epoch ? newest : { ...newest, epoch, floor: 0, entries: [] };
  const ofEpoch = logged.filter(({ vote }) => vote.epoch === epoch);
  const highest = ofEpoch.reduce((view, { vote }) => Math.max(view, vote.view), 0);
  state = { ...raiseFloor(state, highest - SIGN_STATE_ENTRIES_MAX), serial: newest.serial };
  for (const { vote } of ofEpoch) {
    if (vote.view <= state.floor) continue;
    const decision = decideSignature(state, vote);
    // PREPARE and IMPEACH of one view may come back in either order: the order of log records of one view is that of signing.
    if (decision.kind === 'REFUSE') return null;
    if (decision.kind === 'SIGN') state = decision.next;
  }
  const serial = logged.reduce((largest, record) => Math.max(largest, record.serial), newest.serial);
  return { ...state, serial };
}
