import type { Certificate, CommitCertificate } from '../certificates/certificate.js';
import type { SignedVote, Vote } from '../certificates/vote.js';
import type { Effect } from './effects.js';
import type { BlockRef } from './messages.js';

/**
 * One record of the write-ahead log, as the core reads it back (R11). The fold does not depend on how often a record stands there. Order in the
 * log is kept by the host; the bytes of proposals and blocks stay with the host.
 */
export type LogRecord =
  /** Delivered up to here (block store). The first record: genesis or the last delivered block with a certificate of it or of a descendant. */
  | { readonly kind: 'DELIVERED'; readonly block: BlockRef }
  | { readonly kind: 'CERTIFICATE'; readonly certificate: Certificate; readonly block: BlockRef | null }
  /** Header and body of this block are durable here. Needed for all blocks above the last delivered one. */
  | { readonly kind: 'BLOCK'; readonly block: BlockRef }
  /** An own proposal whose bytes are still here and may be sent again unchanged. */
  | { readonly kind: 'OWN_PROPOSAL'; readonly block: BlockRef; readonly certificates: readonly Certificate[] }
  /** An own vote as merged from sign-state and log by `mergeRecovery`, signed again (Ed25519 is deterministic). */
  | { readonly kind: 'OWN_VOTE'; readonly vote: SignedVote }
  /** Floor of the merged sign-state. */
  | { readonly kind: 'FLOOR'; readonly view: number }
  /** Start-up found damage, or no sign-state (2.11). */
  | { readonly kind: 'QUARANTINED'; readonly reason: string };

/** What `step` answers. `ignored` names why an input changed nothing (duplicate, stale, out of window); for debug logs only. */
export interface StepResult {
  readonly effects: readonly Effect[];
  readonly ignored?: string;
}

/** Where the core stands, for status pages, metrics and tests. A copy; changing it changes nothing. */
export interface LbftSummary {
  readonly epoch: number;
  readonly view: number;
  readonly leader: number;
  readonly floor: number;
  readonly finalView: number;
  readonly finalHeight: number;
  readonly deliveredHeight: number;
  /** In quarantine, or out of it and not yet above its floor: in the view that runs nothing is signed. The others must do without this node. */
  readonly quarantined: boolean;
  readonly halted: boolean;
  /** Whether the start guard still waits for STATUS of q-1 others. */
  readonly guarded: boolean;
  readonly lastCommitCertificate: CommitCertificate | null;
  readonly bufferedMessages: number;
}

/** Votes this node asked its signer for, so that hosts and tests can compare. */
export type OwnVote = Vote;
