import { quorum } from '../certificates/quorum.js';
import type { Status } from './messages.js';
import type { LbftState } from './book.js';
import { startViewClock } from './pacing.js';
import type { Ignored, Turn } from './turn.js';

/** Nothing is signed from here on; the node observes and says so in STATUS (2.11). */
export function enterQuarantine(turn: Turn, reason: string): Ignored {
  const { state, effects } = turn;
  if (state.quarantine !== null) return 'in quarantine already';
  state.quarantine = { reason, sessions: new Set(), shown: new Map(), leaving: false };
  effects.push({ kind: 'QUARANTINE_ENTERED', reason });
  return undefined;
}

/**
 * A STATUS over a session opened since: the peer shows the view it is in by that view's entry certificate. From q others outside quarantine, one honest among them stands
 * no lower than one view below anything this key signed: floor := V + 1 is safe.
 */
export function noteShownView(turn: Turn, from: number, status: Status): void {
  const { state, effects } = turn;
  const { quarantine } = state;
  if (quarantine === null || quarantine.leaving || status.quarantined || !quarantine.sessions.has(from)) return;
  if (!isShown(state, status.view)) return;
  quarantine.shown.set(from, Math.max(status.view, quarantine.shown.get(from) ?? 0));
  if (quarantine.shown.size < quorum(state.config.committeeSize)) return;
  quarantine.leaving = true;
  effects.push({
    kind: 'LEAVE_QUARANTINE',
    epoch: state.config.epoch,
    floor: Math.max(...quarantine.shown.values()) + 1,
  });
}

/** Whether a certificate that leads into `view` is held here: one of the view before, or a C-certificate of any later one. */
function isShown(state: LbftState, view: number): boolean {
  if (view === 1 || view <= state.final.view + 1) return true;
  const before = state.views.get(view - 1);
  return before !== undefined && (before.pCert ?? before.iCert ?? before.cCert) !== null;
}

/** The floor is durable in both copies: sign again, above it. */
export function leaveQuarantine(turn: Turn, floor: number): Ignored {
  const { state } = turn;
  if (state.quarantine?.leaving !== true) return 'not leaving quarantine';
  state.floor = Math.max(state.floor, floor);
  state.quarantine = null;
  startViewClock(turn);
  return undefined;
}
