import { VoteType, type Hash, type SignedVote } from '../certificates/vote.js';
import type { Certificate } from '../certificates/certificate.js';
import { admitsVotesOf, leaderMember, maySign, others, recordOf, type LbftState, type Proposal } from './book.js';
import { wantCertificates } from './certificates-wanted.js';
import { isOnRecord, askSignature } from './signing.js';
import { openViews } from './pacing.js';
import { wantBlock, type Ignored, type Turn } from './turn.js';
import type { BlockRef } from './messages.js';
import type { EvaluationOutcome } from './inputs.js';

/** PRECISION of 2.3: how far a block's time may lie ahead of this clock. */
export const PRECISION_MS = 500;
const MESSAGE_DELAY_MS = 2000;

/** What a PROPOSE message says. */
interface Proposed {
  readonly vote: SignedVote;
  readonly block: BlockRef;
  readonly certificates: readonly Certificate[];
}

/** A PROPOSE with the certificates that came with it. (a) of R3: what is not by leader(v), or not about its own block, is dropped. */
export function onPropose(turn: Turn, from: number | null, { vote, block, certificates }: Proposed): Ignored {
  const { state, clock, effects } = turn;
  const { view } = vote.vote;
  if (vote.vote.type !== VoteType.PROPOSE || vote.vote.blockHash !== block.hash || block.view !== view)
    return 'not a proposal of this block';
  if (vote.vote.epoch !== state.config.epoch) return 'another epoch';
  if (view < 1 || vote.sender !== state.config.leaderOf(view)) return 'V1: not by the leader of its view';
  if (leaderMember(state.config, view) === state.config.self && !isOnRecord(turn, vote)) return undefined;
  for (const certificate of certificates) turn.next.push({ kind: 'ADOPT_CERTIFICATE', certificate, from, block: null });
  if (!admitsVotesOf(state, view)) return 'view out of the window';
  const { proposals } = recordOf(state, view);
  if (proposals.some((known) => known.block.hash === block.hash)) return 'duplicate';
  const first = proposals[0];
  if (proposals.length >= 2) return 'third conflicting proposal';
  if (first !== undefined) effects.push({ kind: 'EVIDENCE', offence: 'E1', first: first.vote, second: vote });
  proposals.push({ vote, block, certificates, firstSeenWallMs: clock.wallMs, status: 'NEW' });
  turn.next.push({ kind: 'LEARN_BLOCK', block, durable: false });
  return undefined;
}

/** R3 for the first proposal of the current view: the rules that need no ledger here, the rest by the host, then PREPARE. */
export function considerProposal(turn: Turn): void {
  const { state } = turn;
  const record = state.views.get(state.view);
  const proposal = record?.proposals[0];
  if (record === undefined || proposal === undefined || !maySign(state) || state.view <= state.floor) return;
  if (record.own.prep !== null || record.own.imp) return;
  if (proposal.status === 'NEW') judgeHeader(turn, proposal);
  if (proposal.status === 'VALID') prepare(turn, proposal);
}

/** R3 passed: PREPARE, resting on the whole proposal. */
function prepare(turn: Turn, { block, certificates }: Proposal): void {
  const { epoch } = turn.state.config;
  askSignature(
    turn,
    { type: VoteType.PREPARE, epoch, view: block.view, blockHash: block.hash },
    { block, certificates },
  );
}

function judgeHeader(turn: Turn, proposal: Proposal): void {
  const { state, effects, next } = turn;
  const { block } = proposal;
  const parent = parentOf(turn, block);
  if (parent === null || !restsOnCertificates(turn, block)) return;
  // V4 (the height) and the first half of V5, with the parent's header: the leader broke a rule.
  if (block.height !== parent.height + 1 || block.timeMs <= parent.timeMs) {
    proposal.status = 'REJECTED';
    next.push({ kind: 'GIVE_UP', reason: 'ILLICIT' });
    return;
  }
  if (!inTime(state, proposal)) {
    proposal.status = 'UNTIMELY';
    return;
  }
  proposal.status = 'ASKED';
  effects.push({ kind: 'EVALUATE_PROPOSAL', view: block.view, block, parent });
}

/** The header of the parent; asked for when it is not here. */
function parentOf(turn: Turn, block: BlockRef): BlockRef | null {
  const { state } = turn;
  const parent = state.blocks.get(block.parentHash)?.block;
  if (parent === undefined) {
    wantBlock(turn, block.parentHash, others(state.config), false);
    return null;
  }
  return parent;
}

/** V3: the parent is certified in parentView, and every view between is skipped by an I-certificate. Missing ones are asked for, never impeached for (b, e). */
function restsOnCertificates(turn: Turn, block: BlockRef): boolean {
  const { state } = turn;
  if (block.parentView >= block.view || block.parentView < state.final.view) return false;
  const missing: number[] = [];
  if (!isCertified(state, block.parentView, block.parentHash)) missing.push(block.parentView);
  for (let view = block.parentView + 1; view < block.view; view++)
    if (state.views.get(view)?.iCert == null) missing.push(view);
  if (missing.length > 0) wantCertificates(turn, missing);
  return missing.length === 0;
}

function isCertified(state: LbftState, view: number, hash: Hash): boolean {
  if (hash === state.final.hash && view === state.final.view) return true;
  const record = state.views.get(view);
  return record?.pCert?.blockHash === hash || record?.cCert?.blockHash === hash;
}

/** V5, second half: header time in [now - MSGDELAY - PRECISION, now + PRECISION], now read once at first receipt. */
function inTime(state: LbftState, { block, firstSeenWallMs }: Proposal): boolean {
  const delay = MESSAGE_DELAY_MS * (1 + Math.min(openViews(state), 30));
  return block.timeMs >= firstSeenWallMs - delay - PRECISION_MS && block.timeMs <= firstSeenWallMs + PRECISION_MS;
}

/** The host's judgement. It may come for a view that is over: then nothing happens. */
export function onEvaluated(
  turn: Turn,
  view: number,
  blockHash: Hash,
  outcome: EvaluationOutcome,
  code: string | undefined,
): Ignored {
  const { state, effects, next } = turn;
  const proposal = state.views.get(view)?.proposals.find(({ block }) => block.hash === blockHash);
  if (proposal === undefined) return 'no such proposal';
  if (proposal.status !== 'ASKED') return 'answered already';
  switch (outcome) {
    case 'VALID':
      proposal.status = 'VALID';
      return view === state.view ? undefined : 'its view is over';
    case 'ILLICIT':
      proposal.status = 'REJECTED';
      if (view !== state.view) return 'its view is over';
      next.push({ kind: 'GIVE_UP', reason: 'ILLICIT' });
      return undefined;
    case 'DIVERGENT':
      proposal.status = 'DIVERGENT';
      effects.push({
        kind: 'ALARM',
        code: 'STATE_DIVERGENCE',
        halt: false,
        facts: { view, blockHash, rule: code ?? 'V8' },
      });
      next.push({ kind: 'COMMIT_IF_READY', view });
      return undefined;
    case 'DETACHED':
      wantBlock(turn, blockHash, others(state.config), true);
      return undefined;
    case 'NOT_YET':
      return 'not yet';
  }
}
