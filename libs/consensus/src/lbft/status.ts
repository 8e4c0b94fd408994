import { quorum } from '../certificates/quorum.js';
import { VoteType, type SignedVote } from '../certificates/vote.js';
import { leaderMember, others, type LbftState } from './book.js';
import { CERTIFICATES_MAX } from './certificates-wanted.js';
import { paceStatus, startViewClock } from './pacing.js';
import { noteShownView } from './quarantine.js';
import { isOnRecord } from './signing.js';
import { onVote } from './votes.js';
import type { Certificate } from '../certificates/certificate.js';
import type { FsmState, OutgoingMessage, Status } from './messages.js';
import type { Ignored, Turn } from './turn.js';

/** Own votes in a STATUS come from this many views at most: the entries of the sign-state. */
const VIEWS_IN_STATUS = 32;

/** STATUS to every member, each with that member's own highest message held here. */
export function sendStatus(turn: Turn): void {
  for (const peer of others(turn.state.config)) sendStatusTo(turn, peer);
  paceStatus(turn);
}

export function sendStatusTo({ state, effects }: Turn, peer: number): void {
  if (state.config.self === null) return;
  effects.push({ kind: 'SEND', message: { kind: 'STATUS', status: statusFor(state, peer) }, to: peer });
}

function statusFor(state: LbftState, peer: number): Status {
  return {
    epoch: state.config.epoch,
    view: state.view,
    state: fsmState(state),
    quarantined: state.quarantine !== null,
    edgePending: false,
    finalView: state.final.view,
    finalHeight: state.final.height,
    entryCertificateHash: state.entryHash,
    commitCertificateHash: state.finalCertificateHash,
    yours: highestMessageOf(state, peer),
    ownVotes: ownUnfinalVotes(state),
  };
}

/** COMMIT and IMPEACH_COMMIT are left in the same step in which they are entered, so STATUS never shows them for the current view. */
function fsmState(state: LbftState): FsmState {
  const own = state.views.get(state.view)?.own;
  if (own?.imp === true) return 'IMPEACH_PREPARE';
  return own?.prep == null ? 'IDLE' : 'PREPARE';
}

function highestMessageOf(state: LbftState, peer: number): SignedVote | null {
  let highest: SignedVote | null = null;
  for (const record of state.views.values()) {
    if (highest !== null && record.view < highest.vote.view) continue;
    const led = record.proposals.find(({ vote }) => state.config.proposers[vote.sender] === peer)?.vote;
    const found =
      record.commits.get(peer)?.[0] ?? record.impeaches.get(peer)?.[0] ?? record.prepares.get(peer)?.[0] ?? led;
    if (found !== undefined) highest = found;
  }
  return highest;
}

function ownUnfinalVotes(state: LbftState): SignedVote[] {
  const views = [...state.views.values()]
    .filter(({ view, signed }) => view > state.final.view && signed.size > 0)
    .sort((a, b) => b.view - a.view);
  return views
    .slice(0, VIEWS_IN_STATUS)
    .flatMap(({ signed }) => [...signed.values()].filter(({ vote }) => vote.type !== VoteType.PROPOSE));
}

/** R10: a STATUS of a member. Its repeated votes count, its place is compared with ours, and who is behind is helped. */
export function onStatus(turn: Turn, from: number, status: Status): Ignored {
  const { state } = turn;
  if (status.epoch !== state.config.epoch) return 'another epoch';
  satisfyGuard(turn, from);
  if (status.yours !== null && isOwn(state, status.yours)) isOnRecord(turn, status.yours);
  for (const vote of status.ownVotes)
    if (vote.sender === from && vote.vote.type !== VoteType.PROPOSE) onVote(turn, vote);
  noteShownView(turn, from, status);
  helpPeer(turn, from, status);
  return undefined;
}

function isOwn(state: LbftState, signed: SignedVote): boolean {
  return (
    state.config.self ===
    (signed.vote.type === VoteType.PROPOSE ? state.config.proposers[signed.sender] : signed.sender)
  );
}

/** After a start nothing is signed before STATUS has come from q-1 others (2.11). Then the view's clock starts in full. */
function satisfyGuard(turn: Turn, from: number): void {
  const { state } = turn;
  if (state.guard === null || from === state.config.self) return;
  state.guard.add(from);
  openGuard(turn);
}

/** Opens the guard when enough have shown themselves; at once when nobody is needed (a committee of one). */
export function openGuard(turn: Turn): void {
  const { state, effects, next } = turn;
  if (state.guard === null || state.guard.size < quorum(state.config.committeeSize) - 1) return;
  state.guard = null;
  startViewClock(turn);
  const record = state.views.get(state.view);
  const signed = record?.signed.get(VoteType.PROPOSE);
  if (record?.ownProposal && signed)
    effects.push({
      kind: 'PUBLISH',
      message: { kind: 'PROPOSE', vote: signed, ...record.ownProposal },
      to: others(state.config),
      observers: false,
    });
  for (const view of [...state.views.keys()].sort((a, b) => a - b))
    next.push({ kind: 'COMMIT_IF_READY', view }, { kind: 'RECOUNT', view });
}

function helpPeer(turn: Turn, peer: number, status: Status): void {
  const { state, effects } = turn;
  const send = (message: OutgoingMessage): void => {
    effects.push({ kind: 'SEND', message, to: peer });
  };
  if (status.finalView < state.final.view && state.finalCertificate !== null)
    send({ kind: 'VALIDATE', certificate: state.finalCertificate, block: state.final });
  const lacking = status.view < state.view ? heldCertificates(state, status.view, state.view - 1) : [];
  for (const certificate of lacking) send({ kind: 'CERTIFICATE', certificate });
  if (status.quarantined && lacking.length === 0 && state.entry !== null)
    send({ kind: 'CERTIFICATE', certificate: state.entry });
  if (status.view > state.view || status.finalView > state.final.view) sendStatusTo(turn, peer);
  resendProposal(turn, peer, status);
}

/** A leader answers a STATUS of its view that shows no vote yet with its PROPOSE, byte for byte. */
function resendProposal({ state, effects }: Turn, peer: number, status: Status): void {
  if (
    status.view !== state.view ||
    status.state !== 'IDLE' ||
    leaderMember(state.config, state.view) !== state.config.self
  )
    return;
  const record = state.views.get(state.view);
  const vote = record?.signed.get(VoteType.PROPOSE);
  if (record?.ownProposal && vote)
    effects.push({ kind: 'SEND', message: { kind: 'PROPOSE', vote, ...record.ownProposal }, to: peer });
}

/** CERT_REQ: what is held of these views; a view that is final here is answered by the last VALIDATE. */
export function onCertificateRequest(turn: Turn, from: number, fromView: number, toView: number): Ignored {
  const { state, effects } = turn;
  if (toView < fromView || toView - fromView >= CERTIFICATES_MAX) return 'over 64 views';
  if (fromView < state.final.view && state.finalCertificate !== null) {
    effects.push({
      kind: 'SEND',
      message: { kind: 'VALIDATE', certificate: state.finalCertificate, block: state.final },
      to: from,
    });
  }
  const certificates = heldCertificates(state, fromView, toView);
  if (certificates.length > 0) effects.push({ kind: 'SEND', message: { kind: 'CERT_RESP', certificates }, to: from });
  return undefined;
}

/** Certificates of unfinal views in a span, both where P and I of one view exist (P2); at most 64. */
function heldCertificates(state: LbftState, fromView: number, toView: number): Certificate[] {
  const held: Certificate[] = [];
  for (let view = Math.max(fromView, state.final.view); view <= toView && held.length < CERTIFICATES_MAX; view++) {
    const record = state.views.get(view);
    if (record === undefined) continue;
    const block = record.pCert ?? (view === state.final.view ? null : record.cCert);
    if (block !== null) held.push(block);
    if (record.iCert !== null) held.push(record.iCert);
  }
  return held;
}
