import { signersOf } from '../certificates/quorum.js';
import { votesInCertificate } from '../certificates/verify.js';
import { VoteType } from '../certificates/vote.js';
import type { Certificate } from '../certificates/certificate.js';
import { others, recordOf, type ViewRecord } from './book.js';
import { noticeLateCommit } from './finality.js';
import { askSignature, isOnRecord } from './signing.js';
import { wantBlock, type Ignored, type Turn } from './turn.js';
import type { BlockRef } from './messages.js';

/**
 * A certificate held for the first time, assembled here (`from` null) or received: R4, R7, R9, then R1. It is logged and relayed once. `block`: the header that came with a
 * C-certificate.
 */
export function adoptCertificate(
  turn: Turn,
  certificate: Certificate,
  from: number | null,
  block: BlockRef | null,
): Ignored {
  const { state, effects } = turn;
  if (certificate.epoch !== state.config.epoch) return 'another epoch';
  if (
    block !== null &&
    certificate.kind === 'C' &&
    (block.hash !== certificate.blockHash || block.view !== certificate.view)
  )
    return 'the header is not the certified one';
  if (certificate.view <= state.final.view) {
    if (certificate.kind === 'C') noticeLateCommit(turn, certificate);
    return 'final already';
  }
  if (state.config.self !== null) guardOwnSignature(turn, certificate, state.config.self);
  const record = recordOf(state, certificate.view);
  if (!holdNew(record, certificate)) {
    if (block === null || certificate.kind !== 'C') return 'known certificate';
    turn.next.push({ kind: 'LEARN_BLOCK', block, durable: false });
    return 'known certificate';
  }
  noteHowViewEnded(turn, certificate);
  effects.push({ kind: 'APPEND_CERTIFICATE', certificate, block });
  if (certificate.kind !== 'C')
    effects.push({
      kind: 'PUBLISH',
      message: { kind: 'CERTIFICATE', certificate },
      to: others(state.config, from),
      observers: false,
    });
  if (block !== null) turn.next.push({ kind: 'LEARN_BLOCK', block, durable: false });
  if (certificate.kind === 'P') turn.next.push({ kind: 'COMMIT_IF_READY', view: record.view });
  if (certificate.kind === 'C') turn.next.push({ kind: 'FINALIZE_IF_KNOWN', view: record.view, from });
  turn.next.push({ kind: 'ENTER_VIEW', view: certificate.view + 1, certificate });
  return undefined;
}

/** Twin guard (2.11): a certificate that shows this key's signature shows a vote that must be on record here. */
function guardOwnSignature(turn: Turn, certificate: Certificate, self: number): void {
  const own = votesInCertificate(certificate).find(({ sender }) => sender === self);
  if (own !== undefined) isOnRecord(turn, own);
}

function holdNew(record: ViewRecord, certificate: Certificate): boolean {
  switch (certificate.kind) {
    case 'P':
      if (record.pCert !== null) return false;
      record.pCert = certificate;
      return true;
    case 'C':
      if (record.cCert !== null) return false;
      record.cCert = certificate;
      return true;
    case 'I':
      if (record.iCert !== null) return false;
      record.iCert = certificate;
      return true;
  }
}

/** For fast-skip: did the last view this proposer led end with a block or by an I-certificate? A block counts also when it comes second. */
function noteHowViewEnded(turn: Turn, certificate: Certificate): void {
  const { state } = turn;
  const leader = state.config.leaderOf(certificate.view);
  const last = state.lastLed.get(leader);
  if (last !== undefined && last.view > certificate.view) return;
  const record = recordOf(state, certificate.view);
  state.lastLed.set(leader, { view: certificate.view, skipped: record.pCert === null && record.cCert === null });
}

/** R4 once the P-certificate is held: COMMIT when the body is durable; else fetch it from those who signed. (f) of R3: a divergent block that is certified halts this node. */
export function commitIfReady(turn: Turn, view: number): void {
  const { state, effects } = turn;
  const record = state.views.get(view);
  const certificate = record?.pCert;
  if (record === undefined || !certificate) return;
  if (record.proposals.some(({ block, status }) => block.hash === certificate.blockHash && status === 'DIVERGENT')) {
    state.halted = true;
    effects.push({
      kind: 'ALARM',
      code: 'STATE_DIVERGENCE',
      halt: true,
      facts: { view: record.view, blockHash: certificate.blockHash },
    });
    return;
  }
  const known = state.blocks.get(certificate.blockHash);
  if (known?.durable !== true) {
    wantBlock(turn, certificate.blockHash, signersOf(certificate.bitmap), false);
    return;
  }
  askSignature(
    turn,
    { type: VoteType.COMMIT, epoch: certificate.epoch, view: certificate.view, blockHash: certificate.blockHash },
    { block: known.block, certificates: [certificate] },
  );
}
