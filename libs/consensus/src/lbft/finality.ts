import { toHex } from '@waymark/ledger/primitives';
import { encodeCertificate } from '../certificates/certificate-codec.js';
import { signersOf } from '../certificates/quorum.js';
import type { CommitCertificate } from '../certificates/certificate.js';
import { CATCH_UP_HEIGHTS, others } from './book.js';
import { wantBlock, type Ignored, type Turn } from './turn.js';
import type { BlockRef } from './messages.js';

const RECENT_FINALS = 256;

/** R9: the block of a C-certificate and all its ancestors are final. Waits, if need be, for the header. */
export function finalizeIfKnown(turn: Turn, view: number, from: number | null): void {
  const { state, effects } = turn;
  const certificate = state.views.get(view)?.cCert;
  if (!certificate || certificate.view <= state.final.view) return;
  const block = state.blocks.get(certificate.blockHash)?.block;
  if (block === undefined) {
    wantBlock(turn, certificate.blockHash, signersOf(certificate.bitmap), false);
    return;
  }
  if (block.height <= state.final.height) {
    conflict(turn, certificate, { finalHeight: state.final.height, height: block.height });
    return;
  }
  setFinal(turn, block, certificate);
  effects.push({ kind: 'RAISE_FLOOR', epoch: certificate.epoch, view: certificate.view });
  effects.push({
    kind: 'PUBLISH',
    message: { kind: 'VALIDATE', certificate, block },
    to: others(state.config, from),
    observers: true,
  });
  state.undelivered.push({ block, certificate });
  effects.push({ kind: 'PRUNE', throughView: certificate.view });
  deliver(turn);
}

function setFinal(turn: Turn, block: BlockRef, certificate: CommitCertificate): void {
  const { state } = turn;
  state.final = block;
  state.finalCertificate = certificate;
  state.finalCertificateHash = toHex(state.config.sha256(encodeCertificate(certificate)));
  state.floor = Math.max(state.floor, certificate.view);
  state.recentFinals.set(certificate.view, block.hash);
  for (const view of state.recentFinals.keys()) {
    if (state.recentFinals.size <= RECENT_FINALS) break;
    state.recentFinals.delete(view);
  }
  forgetBelowFinal(turn);
}

/** Votes and views below the last final one are over; its own record stays, for its certificates are the next parent's. */
function forgetBelowFinal({ state }: Turn): void {
  for (const view of state.views.keys()) if (view < state.final.view) state.views.delete(view);
  for (const [hash, { block }] of state.blocks) {
    const done =
      block.height <= state.delivered.height || (state.undelivered.length === 0 && block.view < state.final.view);
    if (done && hash !== state.final.hash && hash !== state.delivered.hash) state.blocks.delete(hash);
  }
  for (const hash of state.blockAskedAtMs.keys())
    if (state.blockAskedAtMs.size > 256) state.blockAskedAtMs.delete(hash);
}

/** Delivers, lowest first, every certified block whose path down to the last delivered one is durable here. */
export function deliver(turn: Turn): void {
  const { state, effects } = turn;
  while (!state.catchingUp && !state.halted) {
    const next = state.undelivered[0];
    if (next === undefined) break;
    const path = pathFromDelivered(turn, next.block, next.certificate);
    if (path === null) return;
    effects.push({ kind: 'DELIVER', blocks: path, certificate: next.certificate });
    state.undelivered.shift();
    state.delivered = next.block;
  }
  forgetBelowFinal(turn);
}

/** The blocks above the last delivered one up to `tip`, ascending; null when something is missing (and asked for) or wrong (and told). */
function pathFromDelivered(turn: Turn, tip: BlockRef, certificate: CommitCertificate): BlockRef[] | null {
  const { state, effects } = turn;
  const signers = signersOf(certificate.bitmap);
  const path: BlockRef[] = [];
  let complete = true;
  let block = tip;
  for (;;) {
    path.unshift(block);
    if (state.blocks.get(block.hash)?.durable !== true) {
      complete = false;
      wantBlock(turn, block.hash, signers, false);
    }
    if (block.height <= state.delivered.height + 1) break;
    const parent = state.blocks.get(block.parentHash)?.block;
    if (parent === undefined) {
      if (tip.height - state.delivered.height > CATCH_UP_HEIGHTS) askCatchUp(turn);
      else wantBlock(turn, block.parentHash, signers, false);
      return null;
    }
    block = parent;
  }
  if (block.height !== state.delivered.height + 1 || block.parentHash !== state.delivered.hash) {
    state.halted = true;
    effects.push({
      kind: 'ALARM',
      code: 'FINALITY_CONFLICT',
      halt: true,
      facts: {
        deliveredHeight: state.delivered.height,
        deliveredHash: state.delivered.hash,
        finalView: certificate.view,
        finalHash: certificate.blockHash,
      },
    });
    return null;
  }
  return complete ? path : null;
}

/** Hands the gap to catch-up (2.12). The newest final block is the target. */
function askCatchUp({ state, effects }: Turn): void {
  const certificate = state.finalCertificate;
  if (certificate === null) return;
  state.catchingUp = true;
  effects.push({ kind: 'CATCH_UP', block: state.final, certificate, deliveredHeight: state.delivered.height });
}

/** Catch-up delivered everything up to `block`. */
export function onCaughtUp(turn: Turn, block: BlockRef, certificate: CommitCertificate): Ignored {
  const { state } = turn;
  state.catchingUp = false;
  if (block.height > state.delivered.height) {
    state.delivered = block;
    state.blocks.set(block.hash, { block, durable: true });
    state.undelivered = state.undelivered.filter((other) => other.block.height > block.height);
  }
  if (certificate.view > state.final.view) {
    setFinal(turn, block, certificate);
    turn.effects.push({ kind: 'RAISE_FLOOR', epoch: certificate.epoch, view: certificate.view });
  }
  forgetBelowFinal(turn);
  deliver(turn);
  turn.next.push({ kind: 'ENTER_VIEW', view: certificate.view + 1, certificate });
  return undefined;
}

/** A C-certificate of a view at or below the last final one: its block must be on the final chain. What is remembered says so. */
export function noticeLateCommit(turn: Turn, certificate: CommitCertificate): void {
  const known = turn.state.recentFinals.get(certificate.view);
  if (known !== undefined && known !== certificate.blockHash) conflict(turn, certificate, { otherHash: known });
}

function conflict(
  { state, effects }: Turn,
  certificate: CommitCertificate,
  facts: Readonly<Record<string, string | number>>,
): void {
  state.halted = true;
  effects.push({
    kind: 'ALARM',
    code: 'FINALITY_CONFLICT',
    halt: true,
    facts: {
      view: certificate.view,
      blockHash: certificate.blockHash,
      finalView: state.final.view,
      finalHash: state.final.hash,
      ...facts,
    },
  });
}
