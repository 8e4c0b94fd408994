import { leaderMember, type LbftState } from './book.js';
import { adoptCertificate, commitIfReady } from './certified.js';
import { deliver, finalizeIfKnown, onCaughtUp } from './finality.js';
import { giveUp } from './impeach.js';
import { learnBlock } from './known-blocks.js';
import { hastenDeadline, startViewClock, statusDueAtMs, viewDueAtMs } from './pacing.js';
import { considerProposal, onEvaluated, onPropose } from './proposals.js';
import { considerProposing, onProposalBuilt } from './propose.js';
import { enterQuarantine, leaveQuarantine } from './quarantine.js';
import { onSigned } from './signing.js';
import { onCertificateRequest, onStatus, openGuard, sendStatus, sendStatusTo } from './status.js';
import { countVote, onVote, recount } from './votes.js';
import { enterView } from './view.js';
import type { Input, TimerName } from './inputs.js';
import type { Message } from './messages.js';
import type { LbftSummary, StepResult } from './state.js';
import type { Ignored, Task, Turn } from './turn.js';

/**
 * One step of LBFT-3: takes an input, changes the state, answers what is to be done. Deterministic: the same inputs from the same state make the same effects. The state
 * is changed in place and belongs to `step` alone; nothing waits, nothing reads a clock.
 *
 * Throws only when the host broke its duty (an assertion); a node must not go on after that.
 */
export function step(state: LbftState, input: Input): StepResult {
  if (state.halted) return { effects: [], ignored: 'halted' };
  const turn: Turn = { state, clock: input.clock, effects: [], next: [] };
  const ignored = take(turn, input);
  settle(turn);
  return ignored === undefined ? { effects: turn.effects } : { effects: turn.effects, ignored };
}

/** The one match over inputs. Each case: the rule it serves, and the leaf that does the work. */
function take(turn: Turn, input: Input): Ignored {
  const { state } = turn;
  if (!state.started && input.kind !== 'START') throw new Error(`START must come before ${input.kind}`);
  switch (input.kind) {
    case 'START': // R11
      return start(turn);
    case 'MESSAGE':
      return takeMessage(turn, input.from, input.message);
    case 'SESSION_OPENED': // 2.6: STATUS on connect
      state.quarantine?.sessions.add(input.peer);
      sendStatusTo(turn, input.peer);
      return undefined;
    case 'TIMER':
      return takeTimer(turn, input.timer);
    case 'PROPOSAL_EVALUATED': // R3
      return onEvaluated(turn, input.view, input.blockHash, input.outcome, input.code);
    case 'BLOCK_DURABLE': // R4, R9
      return learnBlock(turn, input.block, true);
    case 'HEADER_KNOWN':
      return learnBlock(turn, input.block, false);
    case 'SIGNED': // R0
      return onSigned(turn, input.vote);
    case 'SIGNING_REFUSED': // R8: the intent stays on record, so it is never asked for again
      return `the sign-state refused: ${input.code}`;
    case 'WORK': // R2, 2.3
      state.oldestWorkMs = input.oldestMonotonicMs;
      return undefined;
    case 'PROPOSAL_BUILT': // R2
      return onProposalBuilt(turn, input.view, input.block);
    case 'QUARANTINE': // 2.11
      return enterQuarantine(turn, input.reason);
    case 'QUARANTINE_LEFT': // 2.11
      return leaveQuarantine(turn, input.floor);
    case 'CAUGHT_UP': // 2.12
      return onCaughtUp(turn, input.block, input.certificate);
  }
}

function takeMessage(turn: Turn, from: number | null, message: Message): Ignored {
  const { state, clock } = turn;
  switch (message.kind) {
    case 'PROPOSE': // R3
      noteHeard(turn, from);
      return onPropose(turn, from, message);
    case 'VOTE': // R4, R6, R7, R9
      noteHeard(turn, from);
      return onVote(turn, message.vote);
    case 'CERTIFICATE': // R1, R4, R7
      return adoptCertificate(turn, message.certificate, from, null);
    case 'VALIDATE': // R9
      return adoptCertificate(turn, message.certificate, from, message.block);
    case 'STATUS': // R10
      if (from === null) return 'STATUS from outside the committee';
      state.heardAtMs.set(from, clock.monotonicMs);
      return onStatus(turn, from, message.status);
    case 'CERT_REQ':
      if (from === null || message.epoch !== state.config.epoch) return 'not answered here';
      return onCertificateRequest(turn, from, message.fromView, message.toView);
  }
}

/** Fast-skip counts only what the leader's own session brought (P9). */
function noteHeard({ state, clock }: Turn, from: number | null): void {
  if (from !== null) state.heardAtMs.set(from, clock.monotonicMs);
}

function takeTimer(turn: Turn, timer: TimerName): Ignored {
  const { state, clock } = turn;
  const due = state.timers[timer];
  if (due === null || clock.monotonicMs < due) return 'not due';
  state.timers[timer] = null;
  switch (timer) {
    case 'VIEW': // R5
      giveUp(turn, 'TIMEOUT');
      return undefined;
    case 'PROPOSE': // R2: settle looks at it
      return undefined;
    case 'STATUS': // 2.6
      sendStatus(turn);
      return undefined;
  }
}

/** R11: the logs are folded. Delivery of what is final goes on, the view's timer starts in full, sessions are awaited. */
function start(turn: Turn): Ignored {
  const { state, clock, next } = turn;
  if (state.started) return 'started already';
  state.started = true;
  for (let index = 0; index < state.config.committeeSize; index++) state.heardAtMs.set(index, clock.monotonicMs);
  state.statusDueAtMs = clock.monotonicMs;
  for (const record of state.views.values()) if (record.own.com !== null) record.own.commitAtMs = clock.monotonicMs;
  startViewClock(turn);
  for (const view of [...state.views.keys()].sort((a, b) => a - b))
    next.push({ kind: 'FINALIZE_IF_KNOWN', view, from: null });
  next.push({ kind: 'DELIVER' });
  openGuard(turn);
  return undefined;
}

/** Runs what follows from the input until nothing more does, then proposes if it is time, and sets the timers. */
function settle(turn: Turn): void {
  const { state } = turn;
  for (;;) {
    for (let task = turn.next.shift(); task !== undefined; task = turn.next.shift()) {
      if (state.halted) break;
      run(turn, task);
    }
    if (state.halted) break;
    considerProposal(turn);
    if (turn.next.length === 0) break;
  }
  if (state.halted) {
    for (const timer of ['VIEW', 'PROPOSE', 'STATUS'] as const) setTimer(turn, timer, null);
    return;
  }
  hastenDeadline(turn);
  const proposeAtMs = considerProposing(turn);
  setTimer(turn, 'PROPOSE', proposeAtMs);
  setTimer(turn, 'VIEW', viewDueAtMs(state));
  setTimer(turn, 'STATUS', state.config.self === null ? null : statusDueAtMs(state));
}

/** The one match over what leaves ask of each other. */
function run(turn: Turn, task: Task): void {
  switch (task.kind) {
    case 'COUNT_VOTE':
      countVote(turn, task.vote);
      return;
    case 'ADOPT_CERTIFICATE': // R1, R4, R7, R9
      adoptCertificate(turn, task.certificate, task.from, task.block);
      return;
    case 'LEARN_BLOCK':
      learnBlock(turn, task.block, task.durable);
      return;
    case 'COMMIT_IF_READY': // R4
      commitIfReady(turn, task.view);
      return;
    case 'FINALIZE_IF_KNOWN': // R9
      finalizeIfKnown(turn, task.view, task.from);
      return;
    case 'ENTER_VIEW': // R1
      enterView(turn, task.view, task.certificate);
      return;
    case 'GIVE_UP': // R5, R6, R3 (c)
      giveUp(turn, task.reason);
      return;
    case 'RECOUNT':
      recount(turn, task.view);
      return;
    case 'ENTER_QUARANTINE': // 2.11
      enterQuarantine(turn, task.reason);
      return;
    case 'DELIVER': // R9
      deliver(turn);
      return;
  }
}

/** A timer is told to the host only when its instant changes. */
function setTimer({ state, effects }: Turn, timer: TimerName, atMonotonicMs: number | null): void {
  if (state.timers[timer] === atMonotonicMs) return;
  state.timers[timer] = atMonotonicMs;
  effects.push(atMonotonicMs === null ? { kind: 'CANCEL_TIMER', timer } : { kind: 'SET_TIMER', timer, atMonotonicMs });
}

/** Where the core stands; a copy. */
export function summarize(state: LbftState): LbftSummary {
  let buffered = 0;
  for (const record of state.views.values()) {
    buffered += record.proposals.length;
    for (const tally of [record.prepares, record.commits, record.impeaches])
      for (const votes of tally.values()) buffered += votes.length;
  }
  return {
    epoch: state.config.epoch,
    view: state.view,
    leader: leaderMember(state.config, state.view),
    floor: state.floor,
    finalView: state.final.view,
    finalHeight: state.final.height,
    deliveredHeight: state.delivered.height,
    quarantined: state.quarantine !== null || (state.config.self !== null && state.view <= state.floor),
    halted: state.halted,
    guarded: state.guard !== null,
    lastCommitCertificate: state.finalCertificate,
    bufferedMessages: buffered,
  };
}
