import type { Certificate } from '../certificates/certificate.js';
import { VoteType, type SignedVote, type Vote } from '../certificates/vote.js';
import { maySign, others, recordOf, SIGNABLE_VIEWS } from './book.js';
import type { BlockRef, ImpeachReason } from './messages.js';
import type { Ignored, Turn } from './turn.js';

/**
 * Asks for a signature, unless R8 or the floor forbids it. The intent is recorded at once: what it excludes is never asked for while the signer is at work. Returns
 * whether it was asked for.
 */
export function askSignature(
  turn: Turn,
  vote: Vote,
  rest: { readonly block: BlockRef; readonly certificates: readonly Certificate[] } | null,
): boolean {
  const { state, clock, effects } = turn;
  if (!maySign(state) || vote.view <= state.floor) return false;
  const { own } = recordOf(state, vote.view);
  switch (vote.type) {
    case VoteType.PROPOSE:
      if (own.prop !== null) return false;
      own.prop = vote.blockHash;
      break;
    case VoteType.PREPARE:
      if (own.prep !== null || own.imp) return false;
      own.prep = vote.blockHash;
      break;
    case VoteType.COMMIT:
      if (own.com !== null || own.imp) return false;
      own.com = vote.blockHash;
      own.commitAtMs = clock.monotonicMs;
      break;
    case VoteType.IMPEACH:
      if (own.imp || own.com !== null) return false;
      own.imp = true;
      break;
  }
  state.floor = Math.max(state.floor, vote.view - SIGNABLE_VIEWS);
  effects.push({ kind: 'SIGN', vote, rest });
  return true;
}

/** R0 step 3: the signature is in both books; now it may be sent, and counts here. */
export function onSigned(turn: Turn, signed: SignedVote): Ignored {
  const { state, effects } = turn;
  const { vote } = signed;
  if (vote.view <= state.final.view) return 'final already';
  const record = recordOf(state, vote.view);
  record.signed.set(vote.type, signed);
  const restedOn = vote.type === VoteType.IMPEACH ? undefined : state.blocks.get(vote.blockHash)?.block;
  if (restedOn !== undefined) turn.next.push({ kind: 'LEARN_BLOCK', block: restedOn, durable: true });
  if (vote.type === VoteType.PROPOSE) {
    const proposal = record.ownProposal;
    if (proposal?.block.hash !== vote.blockHash)
      throw new Error('a PROPOSE was signed for a block that this node did not build');
    addOwnProposal(turn, signed, proposal);
    if (vote.view === state.view)
      effects.push({
        kind: 'PUBLISH',
        message: { kind: 'PROPOSE', vote: signed, ...proposal },
        to: others(state.config),
        observers: false,
      });
    return undefined;
  }
  effects.push({
    kind: 'PUBLISH',
    message: { kind: 'VOTE', vote: signed, ...impeachHint(turn, signed) },
    to: others(state.config),
    observers: false,
  });
  turn.next.push({ kind: 'COUNT_VOTE', vote: signed });
  return undefined;
}

function addOwnProposal(
  turn: Turn,
  vote: SignedVote,
  proposal: { readonly block: BlockRef; readonly certificates: readonly Certificate[] },
): void {
  const { proposals } = recordOf(turn.state, vote.vote.view);
  if (proposals.some(({ block }) => block.hash === proposal.block.hash)) return;
  proposals.unshift({ vote, ...proposal, firstSeenWallMs: turn.clock.wallMs, status: 'NEW' });
}

function impeachHint(turn: Turn, { vote }: SignedVote): { readonly reason?: ImpeachReason } {
  if (vote.type !== VoteType.IMPEACH) return {};
  const rejected = recordOf(turn.state, vote.view).proposals.some(({ status }) => status === 'REJECTED');
  return { reason: rejected ? 'ILLICIT' : 'TIMEOUT' };
}

/**
 * Twin guard (2.11): a valid signature of this key, above the floor, that is not in the records: somebody else holds the key, or we forgot. Returns whether all is well.
 */
export function isOnRecord(turn: Turn, { vote }: SignedVote): boolean {
  const { state } = turn;
  if (vote.epoch < state.config.epoch || vote.view <= state.floor) return true;
  const own = state.views.get(vote.view)?.own;
  const known = own !== undefined && matches(own, vote);
  if (!known && state.quarantine === null)
    turn.next.push({
      kind: 'ENTER_QUARANTINE',
      reason: `signature of this key for view ${vote.view} is not in its records`,
    });
  return known;
}

function matches(
  own: { prop: string | null; prep: string | null; com: string | null; imp: boolean },
  vote: Vote,
): boolean {
  switch (vote.type) {
    case VoteType.PROPOSE:
      return own.prop === vote.blockHash;
    case VoteType.PREPARE:
      return own.prep === vote.blockHash;
    case VoteType.COMMIT:
      return own.com === vote.blockHash;
    case VoteType.IMPEACH:
      return own.imp;
  }
}
