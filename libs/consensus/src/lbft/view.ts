import { toHex } from '@waymark/ledger/primitives';
import { encodeCertificate } from '../certificates/certificate-codec.js';
import { faultTolerance } from '../certificates/quorum.js';
import type { Certificate } from '../certificates/certificate.js';
import { VOTE_WINDOW } from './book.js';
import { startViewClock } from './pacing.js';
import type { Turn } from './turn.js';

/** R1: enter a view ahead by the certificate of the one before it. Only forward. What was buffered for it acts at once. */
export function enterView(turn: Turn, view: number, certificate: Certificate): void {
  const { state } = turn;
  if (view <= state.view) return;
  state.view = view;
  state.entry = certificate;
  state.entryHash = toHex(state.config.sha256(encodeCertificate(certificate)));
  state.building = null;
  startViewClock(turn);
  forgetVotesFarBehind(turn);
  const impeaches = state.views.get(view)?.impeaches.size ?? 0;
  if (impeaches > faultTolerance(state.config.committeeSize)) turn.next.push({ kind: 'GIVE_UP', reason: 'FOLLOWED' });
}

/** Tallies more than 64 views behind are given up; the certificates of unfinal views stay, the next leader needs them. */
function forgetVotesFarBehind({ state }: Turn): void {
  for (const record of state.views.values()) {
    if (record.view > state.view - VOTE_WINDOW) continue;
    record.prepares.clear();
    record.commits.clear();
    record.impeaches.clear();
    record.proposals.length = 0;
  }
}
