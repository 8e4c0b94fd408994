import type { CommitCertificate } from '../certificates/certificate.js';
import type { Hash, SignedVote, Vote } from '../certificates/vote.js';
import type { BlockRef, Message, Verified } from './messages.js';

/** The two clocks, read once by the host when the input is taken. The core reads no clock. */
export interface ClockReading {
  /** Steady milliseconds since an arbitrary start; timers and pacing. Never goes back while the process lives. */
  readonly monotonicMs: number;
  /** Milliseconds since 1970; only for block times (V5, R2). May jump. */
  readonly wallMs: number;
}

/** The three timers of the core. Each exists at most once; setting it again moves it. */
export type TimerName = 'VIEW' | 'PROPOSE' | 'STATUS';

/**
 * Answer to `EVALUATE_PROPOSAL` (R3). The host decides V2, V6, V7, V8, V10, V11 and historyRoot of V4; the core has decided
 * V1, V3, height of V4 and V5 itself.
 *
 * VALID: all hold and the body is here. ILLICIT: header or the body that hashes to txRoot breaks a rule: the leader is
 * impeached. DIVERGENT: V8 fails: no PREPARE. NOT_YET: the parent is not executed or the body is missing; the host goes on
 * fetching and answers again when it knows more. DETACHED: the body received does not hash to txRoot; the host dropped it and asks others.
 */
export type EvaluationOutcome = 'VALID' | 'ILLICIT' | 'DIVERGENT' | 'NOT_YET' | 'DETACHED';

/** Everything the core can be told. A closed union: an unknown case does not compile. */
export type Input = { readonly clock: ClockReading } &
  /** The process is up: logs are folded, sessions may come. Once, first. Duty: after `recover`, before any other input. */
  (
    | { readonly kind: 'START' }
    /**
     * A message of a peer, decoded, bounded and verified. `from` is the committee index of the peer whose session brought it,
     * null for a peer outside the committee. Duty: drop what does not verify and score the peer; never hand it in.
     */
    | { readonly kind: 'MESSAGE'; readonly from: number | null; readonly message: Verified<Message> }
    /** A session with a committee member was opened. Duty: once per session, both ways. */
    | { readonly kind: 'SESSION_OPENED'; readonly peer: number }
    /** A timer set by `SET_TIMER` is due. Duty: not before its instant; a cancelled one never. */
    | { readonly kind: 'TIMER'; readonly timer: TimerName }
    /** Answer to `EVALUATE_PROPOSAL`; may come more than once (after NOT_YET, DETACHED). */
    | {
        readonly kind: 'PROPOSAL_EVALUATED';
        readonly view: number;
        readonly blockHash: Hash;
        readonly outcome: EvaluationOutcome;
        readonly code?: string;
      }
    /**
     * Header and full body of a block are durable here (block store or log, fdatasynced), its hash and txRoot checked. Duty: for
     * every block asked for by `REQUEST_BLOCKS`, and for every proposal whose body was completed and stored.
     */
    | { readonly kind: 'BLOCK_DURABLE'; readonly block: BlockRef }
    /** The header of a block is known here (hash checked), its body perhaps not. Optional: helps the core to find parents. */
    | { readonly kind: 'HEADER_KNOWN'; readonly block: BlockRef }
    /** The signer made, logged and stored the signature asked for by `SIGN` (R0 steps 1 and 2 done, both fdatasyncs). */
    | { readonly kind: 'SIGNED'; readonly vote: SignedVote }
    /** The sign-state forbids the signature asked for. The core never asks again for it. */
    | { readonly kind: 'SIGNING_REFUSED'; readonly vote: Vote; readonly code: string }
    /**
     * Work in the own mempool. `oldestMonotonicMs` is the arrival of the oldest transaction that could be included now, null when
     * there is none. Duty: tell on every change from none to some and back, and when the oldest changes.
     */
    | { readonly kind: 'WORK'; readonly oldestMonotonicMs: number | null }
    /**
     * Answer to `BUILD_PROPOSAL`: the host built, executed nothing, stored nothing yet; the block is this. Duty: keep its bytes by hash. Null:
     * could not be built (parent not executed yet); the core asks again with the next input that changes something, and at the PROPOSE timer.
     */
    | { readonly kind: 'PROPOSAL_BUILT'; readonly view: number; readonly block: BlockRef | null }
    /** The floor asked for by `LEAVE_QUARANTINE` is in both copies of the sign-state. */
    | { readonly kind: 'QUARANTINE_LEFT'; readonly floor: number }
    /** The operator orders quarantine, or start-up found damage (2.11). */
    | { readonly kind: 'QUARANTINE'; readonly reason: string }
    /**
     * The host's catch-up (2.12) verified, stored and delivered everything up to this block itself. Duty: every height once, in
     * order, none of them also from `DELIVER`.
     */
    | { readonly kind: 'CAUGHT_UP'; readonly block: BlockRef; readonly certificate: Verified<CommitCertificate> }
  );
