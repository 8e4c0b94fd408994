import { toHex } from '@waymark/ledger/primitives';
import { encodeCertificate } from '../certificates/certificate-codec.js';
import { VoteType, type SignedVote } from '../certificates/vote.js';
import type { Certificate, CommitCertificate } from '../certificates/certificate.js';
import { blankState, recordOf, type LbftState } from './book.js';
import type { LbftConfig } from './config.js';
import type { BlockRef } from './messages.js';
import type { LogRecord } from './state.js';

/**
 * R11: the state of a node as a fold of its records, in any number of repetitions. The result signs nothing and sends nothing before START. It resumes in the highest view
 * whose entry certificate is held; own votes above that mean that certificates were lost: quarantine.
 */
export function recover(config: LbftConfig, records: readonly LogRecord[]): LbftState {
  const state = blankState(config);
  setDelivered(state, records);
  for (const record of records)
    if (record.kind === 'BLOCK' || record.kind === 'OWN_PROPOSAL') addBlock(state, record.block, true);
  for (const record of records)
    if (record.kind === 'CERTIFICATE' && record.block !== null) addBlock(state, record.block, false);
  const certificates = records.flatMap((record) =>
    record.kind === 'CERTIFICATE' && record.certificate.epoch === config.epoch ? [record.certificate] : [],
  );
  for (const certificate of certificates.toSorted((a, b) => a.view - b.view)) addCertificate(state, certificate);
  for (const record of records) addOwn(state, record);
  enterHighestView(state);
  for (const view of state.views.keys()) if (view < state.final.view) state.views.delete(view);
  checkEntry(state);
  return state;
}

function setDelivered(state: LbftState, records: readonly LogRecord[]): void {
  for (const record of records) {
    if (record.kind !== 'DELIVERED' || record.block.height <= state.delivered.height) continue;
    state.delivered = record.block;
    state.final = record.block;
    state.floor = Math.max(state.floor, record.block.view);
    addBlock(state, record.block, true);
  }
}

function addBlock(state: LbftState, block: BlockRef, durable: boolean): void {
  if (block.height < state.delivered.height) return;
  const known = state.blocks.get(block.hash);
  state.blocks.set(block.hash, { block, durable: durable || known?.durable === true });
}

/** Certificates ascending by view, so that each C-certificate finds the final block below it. */
function addCertificate(state: LbftState, certificate: Certificate): void {
  if (certificate.view < state.final.view) return;
  const record = recordOf(state, certificate.view);
  switch (certificate.kind) {
    case 'P':
      record.pCert = certificate;
      return;
    case 'I':
      record.iCert = certificate;
      return;
    case 'C':
      record.cCert = certificate;
      addFinal(state, certificate);
  }
}

function addFinal(state: LbftState, certificate: CommitCertificate): void {
  const block = state.blocks.get(certificate.blockHash)?.block;
  if (block === undefined || block.height < state.final.height) return;
  if (block.height > state.delivered.height && !state.undelivered.some((other) => other.block.hash === block.hash))
    state.undelivered.push({ block, certificate });
  state.final = block;
  state.finalCertificate = certificate;
  state.finalCertificateHash = toHex(state.config.sha256(encodeCertificate(certificate)));
  state.floor = Math.max(state.floor, certificate.view);
  state.recentFinals.set(certificate.view, block.hash);
}

function addOwn(state: LbftState, record: LogRecord): void {
  if (record.kind === 'FLOOR') state.floor = Math.max(state.floor, record.view);
  if (record.kind === 'QUARANTINED')
    state.quarantine ??= { reason: record.reason, sessions: new Set(), shown: new Map(), leaving: false };
  if (record.kind === 'OWN_PROPOSAL' && record.block.view > state.final.view)
    recordOf(state, record.block.view).ownProposal = { block: record.block, certificates: record.certificates };
  if (
    record.kind === 'OWN_VOTE' &&
    record.vote.vote.epoch === state.config.epoch &&
    record.vote.vote.view > state.final.view
  )
    addOwnVote(state, record.vote);
}

/** The recorded votes are exact: as if there had been no crash. They count in the tallies too. */
function addOwnVote(state: LbftState, signed: SignedVote): void {
  const record = recordOf(state, signed.vote.view);
  record.signed.set(signed.vote.type, signed);
  switch (signed.vote.type) {
    case VoteType.PROPOSE:
      record.own.prop = signed.vote.blockHash;
      return;
    case VoteType.PREPARE:
      record.own.prep = signed.vote.blockHash;
      record.prepares.set(signed.sender, [signed]);
      return;
    case VoteType.COMMIT:
      record.own.com = signed.vote.blockHash;
      record.commits.set(signed.sender, [signed]);
      return;
    case VoteType.IMPEACH:
      record.own.imp = true;
      record.impeaches.set(signed.sender, [signed]);
  }
}

function enterHighestView(state: LbftState): void {
  state.view = state.final.view + 1;
  state.entry = state.finalCertificate;
  for (const { view, pCert, iCert, cCert } of state.views.values()) {
    const certificate = pCert ?? iCert ?? cCert;
    if (certificate === null || view + 1 < state.view) continue;
    state.view = view + 1;
    state.entry = certificate;
  }
  state.entryHash = state.entry === null ? null : toHex(state.config.sha256(encodeCertificate(state.entry)));
}

/** By R0 every view in which this key signed has its entry certificate on this disk. If not, certificates were lost with what they carried. */
function checkEntry(state: LbftState): void {
  for (const record of state.views.values()) {
    if (record.signed.size === 0 || record.view <= state.view) continue;
    state.quarantine ??= {
      reason: `own vote in view ${record.view}, entry certificates only to view ${state.view}`,
      sessions: new Set(),
      shown: new Map(),
      leaving: false,
    };
  }
}
