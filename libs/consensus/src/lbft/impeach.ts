import { VoteType } from '../certificates/vote.js';
import { becomeStuck } from './pacing.js';
import { askSignature } from './signing.js';
import type { ImpeachReason } from './messages.js';
import type { Turn } from './turn.js';

/** R5, R6 and outcome (c) of R3: IMPEACH the current view unless a COMMIT of it was asked for. After a timeout STATUS follows and is repeated. */
export function giveUp(turn: Turn, reason: ImpeachReason): void {
  const { state } = turn;
  askSignature(turn, { type: VoteType.IMPEACH, epoch: state.config.epoch, view: state.view }, null);
  if (reason === 'ILLICIT' || state.timedOut) return;
  state.timedOut = true;
  becomeStuck(turn);
}
