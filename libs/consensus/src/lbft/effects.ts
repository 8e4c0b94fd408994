import type { Certificate, CommitCertificate } from '../certificates/certificate.js';
import type { Hash, SignedVote, Vote } from '../certificates/vote.js';
import type { TimerName } from './inputs.js';
import type { BlockRef, OutgoingMessage } from './messages.js';

/**
 * Everything the core can ask for. The host performs effects in the order given and returns nothing; answers come back as
 * inputs. A closed union: an unknown case does not compile.
 */
export type Effect =
  /**
   * Write this certificate to the log. Duty: append in order, before any vote asked for later; no fsync of its own (R1). `block` is the
   * header of a C-certificate. Certificates above the last final view are never deleted.
   */
  | { readonly kind: 'APPEND_CERTIFICATE'; readonly certificate: Certificate; readonly block: BlockRef | null }
  /**
   * Make this signature. Duty, in this order (R0): the sign-state decides; vote appended to the log behind everything appended before and
   * behind `rest`; fdatasync; sign-state, fdatasync; answer SIGNED; refused: SIGNING_REFUSED. Nothing is sent before the core
   * says PUBLISH. `rest` names what the log must hold before the vote: for PROPOSE and PREPARE the whole proposal
   * (header, body, certificates) of this block, for COMMIT its body.
   */
  | {
      readonly kind: 'SIGN';
      readonly vote: Vote;
      readonly rest: { readonly block: BlockRef; readonly certificates: readonly Certificate[] } | null;
    }
  /**
   * Send to these committee members (never to itself). `observers`: also to every subscribed observer. Duty: at most once per call, lost if
   * the peer is away; the protocol repeats what matters.
   */
  | {
      readonly kind: 'PUBLISH';
      readonly message: OutgoingMessage;
      readonly to: readonly number[];
      readonly observers: boolean;
    }
  /** Send to one peer, a committee index. */
  | { readonly kind: 'SEND'; readonly message: OutgoingMessage; readonly to: number }
  /** Tell me when the steady clock reaches this. Replaces the earlier instant of the same timer. */
  | { readonly kind: 'SET_TIMER'; readonly timer: TimerName; readonly atMonotonicMs: number }
  | { readonly kind: 'CANCEL_TIMER'; readonly timer: TimerName }
  /**
   * Build the block of this view on this parent (R2). Duty: header.time = `timeMs`, parentHash and parentView as given, no transaction when
   * `empty`; the proposal carries these certificates; answer PROPOSAL_BUILT.
   */
  | {
      readonly kind: 'BUILD_PROPOSAL';
      readonly view: number;
      readonly parent: BlockRef;
      readonly certificates: readonly Certificate[];
      readonly timeMs: number;
      readonly empty: boolean;
    }
  /**
   * Judge this proposal by the V-rules that need the ledger (R3). Duty: answer PROPOSAL_EVALUATED; on NOT_YET go on and answer again until a
   * later view's proposal is asked for.
   */
  | { readonly kind: 'EVALUATE_PROPOSAL'; readonly view: number; readonly block: BlockRef; readonly parent: BlockRef }
  /** Ask these members (all validators) for the certificates of these views: CERT_REQ. At most 64 views. */
  | {
      readonly kind: 'REQUEST_CERTIFICATES';
      readonly fromView: number;
      readonly toView: number;
      readonly to: readonly number[];
    }
  /**
   * Fetch and store this block, header and body, checking its hash and txRoot only; answer BLOCK_DURABLE. Duty: try `from` first, then everybody,
   * until it is there; asking twice is harmless. `proposal`: the PROPOSE as signed is wanted too (hand it in as a message).
   */
  | {
      readonly kind: 'REQUEST_BLOCK';
      readonly blockHash: Hash;
      readonly from: readonly number[];
      readonly proposal: boolean;
    }
  /**
   * This node is far behind: the block of this certificate is final and more than 64 heights above what was delivered. Duty: catch up (2.12),
   * then CAUGHT_UP. Asking twice is harmless; the newest target counts.
   */
  | {
      readonly kind: 'CATCH_UP';
      readonly block: BlockRef;
      readonly certificate: CommitCertificate;
      readonly deliveredHeight: number;
    }
  /**
   * These blocks are final, in height order, the first directly above what was delivered before; bodies are durable. Duty: execute and store each
   * once, in order, with header and certificate (which is for the last of them).
   */
  | { readonly kind: 'DELIVER'; readonly blocks: readonly BlockRef[]; readonly certificate: CommitCertificate }
  /** Final up to this view: raise the floor of the sign-state with its next write (R9); never lower it. */
  | { readonly kind: 'RAISE_FLOOR'; readonly epoch: number; readonly view: number }
  /** Votes and proposals of views at or below this may be forgotten; certificates stay for the evidence window. */
  | { readonly kind: 'PRUNE'; readonly throughView: number }
  /** One key signed two messages that exclude each other (E1 to E4). Duty: keep both, tell people; later a transaction. */
  | {
      readonly kind: 'EVIDENCE';
      readonly offence: 'E1' | 'E2' | 'E3' | 'E4';
      readonly first: SignedVote;
      readonly second: SignedVote;
    }
  /**
   * Something is wrong that a person must see. `halt`: stop voting and serving writes now; the core takes no further input.
   * STATE_DIVERGENCE: a leader's roots differ from ours; halt when that block got a P-certificate. FINALITY_CONFLICT: two final blocks on different branches.
   */
  | {
      readonly kind: 'ALARM';
      readonly code: 'STATE_DIVERGENCE' | 'FINALITY_CONFLICT';
      readonly halt: boolean;
      readonly facts: Readonly<Record<string, string | number>>;
    }
  /** The key may have signed what is not in our records: nothing is signed until released. Duty: tell people. */
  | { readonly kind: 'QUARANTINE_ENTERED'; readonly reason: string }
  /** Enough peers showed where they are: write this floor to both copies of the sign-state, fdatasync, then QUARANTINE_LEFT. */
  | { readonly kind: 'LEAVE_QUARANTINE'; readonly epoch: number; readonly floor: number };
