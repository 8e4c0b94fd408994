import { assembleCertificate, faultTolerance, quorum } from '../certificates/quorum.js';
import { VoteType, type SignedVote } from '../certificates/vote.js';
import { admitsVotesOf, recordOf, tallyOf, type ViewRecord } from './book.js';
import { isOnRecord } from './signing.js';
import { wantBlock, type Ignored, type Turn } from './turn.js';

/** A vote of a peer: PREPARE, COMMIT or IMPEACH. Its own votes come back to a node only as a warning (twin guard). */
export function onVote(turn: Turn, signed: SignedVote): Ignored {
  const { state } = turn;
  const { vote, sender } = signed;
  if (vote.epoch !== state.config.epoch) return 'another epoch';
  if (sender < 0 || sender >= state.config.committeeSize) return 'no such member';
  if (vote.type === VoteType.PROPOSE) return 'a proposal without its block';
  if (sender === state.config.self) return isOnRecord(turn, signed) ? 'own vote' : undefined;
  if (!admitsVotesOf(state, vote.view)) return 'view out of the window';
  return countVote(turn, signed);
}

/** Puts a verified vote into its tally; thresholds act. At most one conflicting vote of a sender is kept, as evidence (2.6, 2.9). */
export function countVote(turn: Turn, signed: SignedVote): Ignored {
  const record = recordOf(turn.state, signed.vote.view);
  const tally = tallyOf(record, signed.vote.type);
  if (tally === null) return 'not a vote';
  const known = tally.get(signed.sender) ?? [];
  if (known.some((other) => sameStatement(other, signed))) return 'duplicate';
  const first = known[0];
  if (known.length >= 2) return 'third conflicting vote';
  if (first !== undefined)
    turn.effects.push({
      kind: 'EVIDENCE',
      offence: signed.vote.type === VoteType.PREPARE ? 'E2' : 'E4',
      first,
      second: signed,
    });
  tally.set(signed.sender, [...known, signed]);
  if (first === undefined) reportCommitAgainstImpeach(turn, record, signed);
  actOnThresholds(turn, record, signed);
  return undefined;
}

function sameStatement(a: SignedVote, b: SignedVote): boolean {
  return a.vote.type === VoteType.IMPEACH || b.vote.type === VoteType.IMPEACH || a.vote.blockHash === b.vote.blockHash;
}

/** E3: COMMIT and IMPEACH of one key in one view. */
function reportCommitAgainstImpeach(turn: Turn, record: ViewRecord, signed: SignedVote): void {
  const opposite =
    signed.vote.type === VoteType.COMMIT
      ? record.impeaches
      : signed.vote.type === VoteType.IMPEACH
        ? record.commits
        : null;
  const other = opposite?.get(signed.sender)?.[0];
  if (other !== undefined) turn.effects.push({ kind: 'EVIDENCE', offence: 'E3', first: other, second: signed });
}

/** R4, R7, R9: q equal votes make a certificate. R6: f+1 IMPEACH in the current view act as its timeout. R3: f+1 PREPARE without PROPOSE fetch it. */
function actOnThresholds(turn: Turn, record: ViewRecord, signed: SignedVote): void {
  const { state } = turn;
  const { committeeSize } = state.config;
  const equal = equalVotes(record, signed);
  const certificate = assembleCertificate(equal, quorum(committeeSize));
  if (certificate !== null) {
    turn.next.push({ kind: 'ADOPT_CERTIFICATE', certificate, from: null, block: null });
    return;
  }
  if (equal.length <= faultTolerance(committeeSize)) return;
  const { vote } = signed;
  if (vote.type === VoteType.IMPEACH && vote.view === state.view)
    turn.next.push({ kind: 'GIVE_UP', reason: 'FOLLOWED' });
  if (vote.type === VoteType.PREPARE && !state.blocks.has(vote.blockHash)) {
    wantBlock(
      turn,
      vote.blockHash,
      equal.map(({ sender }) => sender),
      true,
    );
  }
}

function equalVotes(record: ViewRecord, signed: SignedVote): SignedVote[] {
  const tally = tallyOf(record, signed.vote.type);
  return tally === null ? [] : [...tally.values()].flat().filter((other) => sameStatement(other, signed));
}

/** Looks at the tallies of a view again: after a restart (own votes are in, nothing acted yet) and on entering it. */
export function recount(turn: Turn, view: number): void {
  const record = turn.state.views.get(view);
  if (record === undefined) return;
  for (const tally of [record.prepares, record.commits, record.impeaches]) {
    for (const votes of [...tally.values()]) for (const vote of votes) actOnThresholds(turn, record, vote);
  }
}
