import type { Certificate, CommitCertificate } from '../certificates/certificate.js';
import type { Hash, SignedVote } from '../certificates/vote.js';

declare const verified: unique symbol;
/**
 * A value whose every signature was checked, by the host, against the committee of its epoch, before the core sees it.
 * Only `markVerified` makes one; only the host's verification room calls it.
 */
export type Verified<T> = T & { readonly [verified]: true };

/** Says that every signature inside `value` was checked. Duty of the caller: that it is true. */
export function markVerified<T extends object>(value: T): Verified<T> {
  return value as Verified<T>;
}

/** What the core knows of a block: its id, its place and its time. Hash = SHA-256 of the encoded header. */
export interface BlockRef {
  readonly hash: Hash;
  readonly parentHash: Hash;
  /** View in which it was proposed; 0 for genesis. */
  readonly view: number;
  readonly parentView: number;
  readonly height: number;
  /** Milliseconds since 1970, from the header. */
  readonly timeMs: number;
  readonly txCount: number;
}

/** The states of a validator in its view (2.7), as shown in STATUS. */
export type FsmState = 'IDLE' | 'PREPARE' | 'COMMIT' | 'IMPEACH_PREPARE' | 'IMPEACH_COMMIT';

/** Why a validator impeached: a hint for people, never signed, decides nothing. */
export type ImpeachReason = 'TIMEOUT' | 'ILLICIT' | 'FOLLOWED';

/**
 * What a node tells its peers about where it stands (2.6). `ownVotes` are its signed votes of the unfinal views of its
 * sign-state, so that a lost COMMIT is repeated; `yours` is the receiver's own message of the highest view that the sender
 * holds (twin guard, 2.11). The host removes votes that do not verify before it hands a STATUS in.
 */
export interface Status {
  readonly epoch: number;
  readonly view: number;
  readonly state: FsmState;
  readonly quarantined: boolean;
  /** Always false while epochs do not end. */
  readonly edgePending: boolean;
  readonly finalView: number;
  readonly finalHeight: number;
  /** SHA-256 of the encoded certificate by which `view` was entered; null in view 1. */
  readonly entryCertificateHash: Hash | null;
  readonly commitCertificateHash: Hash | null;
  readonly yours: SignedVote | null;
  readonly ownVotes: readonly SignedVote[];
}

/** What comes in from a peer, decoded and verified. Transactions and blocks are not among them: the host moves those. */
export type Message =
  /** A proposal: the leader's signature over the block, and the certificates it rests on that verified (others are left out). */
  | {
      readonly kind: 'PROPOSE';
      readonly vote: SignedVote;
      readonly block: BlockRef;
      readonly certificates: readonly Certificate[];
    }
  /** PREPARE, COMMIT or IMPEACH of a committee member. */
  | { readonly kind: 'VOTE'; readonly vote: SignedVote; readonly reason?: ImpeachReason }
  /** P_CERT, I_CERT, or one certificate out of a CERT_RESP. */
  | { readonly kind: 'CERTIFICATE'; readonly certificate: Certificate }
  /** VALIDATE: a C-certificate with the header it makes final. */
  | { readonly kind: 'VALIDATE'; readonly certificate: CommitCertificate; readonly block: BlockRef }
  | { readonly kind: 'STATUS'; readonly status: Status }
  /** CERT_REQ: the P-, I- or C-certificates of views `fromView`..`toView`, at most 64. */
  | { readonly kind: 'CERT_REQ'; readonly epoch: number; readonly fromView: number; readonly toView: number };

/**
 * What goes out. The host knows the bytes of a block (and of the proposal as it was first signed) by the block's hash; the
 * core names it and never holds it.
 */
export type OutgoingMessage =
  /** Duty: send the proposal of this block exactly as it was stored when it was signed: header, certificates, tx list. */
  | {
      readonly kind: 'PROPOSE';
      readonly vote: SignedVote;
      readonly block: BlockRef;
      readonly certificates: readonly Certificate[];
    }
  | { readonly kind: 'VOTE'; readonly vote: SignedVote; readonly reason?: ImpeachReason }
  | { readonly kind: 'CERTIFICATE'; readonly certificate: Certificate }
  /** Duty: add the header's bytes. */
  | { readonly kind: 'VALIDATE'; readonly certificate: CommitCertificate; readonly block: BlockRef }
  | { readonly kind: 'STATUS'; readonly status: Status }
  | { readonly kind: 'CERT_REQ'; readonly epoch: number; readonly fromView: number; readonly toView: number }
  /** Answer to a CERT_REQ. */
  | { readonly kind: 'CERT_RESP'; readonly certificates: readonly Certificate[] };
