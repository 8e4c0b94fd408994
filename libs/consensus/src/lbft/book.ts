import type {
  Certificate,
  CommitCertificate,
  ImpeachCertificate,
  PrepareCertificate,
} from '../certificates/certificate.js';
import { VoteType, type Hash, type SignedVote } from '../certificates/vote.js';
import type { LbftConfig } from './config.js';
import type { BlockRef } from './messages.js';

/** Views that are remembered behind and ahead of the current one (2.6): bounds memory. */
export const VOTE_WINDOW = 64;
/** Views above the last final one after which blocks are empty (U of 2.3). */
export const EMPTY_AFTER_VIEWS = 64;
/** Heights between delivered and final from which catch-up takes over. */
export const CATCH_UP_HEIGHTS = 64;
/** Entries of the sign-state: signing in v gives up views at or below v - 32. */
export const SIGNABLE_VIEWS = 32;

/**
 * A proposal of the current or a later view. NEW: certificates or parent still missing. ASKED: with the host. UNTIMELY, REJECTED: no PREPARE for it. `firstSeenWallMs`: the
 * clock at first receipt of the header, the only reading V5 uses.
 */
export interface Proposal {
  readonly vote: SignedVote;
  readonly block: BlockRef;
  readonly certificates: readonly Certificate[];
  readonly firstSeenWallMs: number;
  status: 'NEW' | 'ASKED' | 'VALID' | 'UNTIMELY' | 'REJECTED' | 'DIVERGENT';
}

/** Everything known about one view. Own fields are set when a signature is asked for, before it exists: nothing that excludes it is asked for afterwards. */
export interface ViewRecord {
  readonly view: number;
  readonly proposals: Proposal[];
  readonly prepares: Map<number, SignedVote[]>;
  readonly commits: Map<number, SignedVote[]>;
  readonly impeaches: Map<number, SignedVote[]>;
  readonly own: { prop: Hash | null; prep: Hash | null; com: Hash | null; imp: boolean; commitAtMs: number };
  /** Own votes that are signed and stored. */
  readonly signed: Map<VoteType, SignedVote>;
  /** Own proposal whose bytes the host still has. */
  ownProposal: { readonly block: BlockRef; readonly certificates: readonly Certificate[] } | null;
  pCert: PrepareCertificate | null;
  cCert: CommitCertificate | null;
  iCert: ImpeachCertificate | null;
}

/** What the core remembers. Mutable, touched by `step` only; the same inputs in the same order make the same state and effects. */
export interface LbftState {
  readonly config: LbftConfig;
  started: boolean;
  halted: boolean;
  view: number;
  entry: Certificate | null;
  entryHash: Hash | null;
  enteredAtMs: number;
  enteredWallMs: number;
  /** Whether an I-certificate of the view before was held on entry. */
  enteredBySkip: boolean;
  deadlineAtMs: number;
  timedOut: boolean;
  floor: number;
  final: BlockRef;
  finalCertificate: CommitCertificate | null;
  finalCertificateHash: Hash | null;
  delivered: BlockRef;
  /** Certified blocks not delivered yet, ascending by height. */
  undelivered: { readonly block: BlockRef; readonly certificate: CommitCertificate }[];
  /** View -> hash of certified final blocks, the last 256, to notice a conflict that comes late. */
  readonly recentFinals: Map<number, Hash>;
  catchingUp: boolean;
  readonly views: Map<number, ViewRecord>;
  readonly blocks: Map<Hash, { readonly block: BlockRef; durable: boolean }>;
  /** Committee index -> steady clock at the last PROPOSE, vote or STATUS of it. */
  readonly heardAtMs: Map<number, number>;
  /** Proposer index -> its last led view that ended here, and how. */
  readonly lastLed: Map<number, { readonly view: number; readonly skipped: boolean }>;
  /** Members whose STATUS came since the start; null when the guard is satisfied. */
  guard: Set<number> | null;
  quarantine: Quarantine | null;
  oldestWorkMs: number | null;
  /** The proposal that the host is building; null: none. */
  building: { readonly view: number; readonly certificates: readonly Certificate[] } | null;
  buildRetryAtMs: number;
  statusDueAtMs: number;
  /** Interval of repeated STATUS while stuck; null while not. */
  stuckIntervalMs: number | null;
  readonly blockAskedAtMs: Map<Hash, number>;
  certificatesAskedAtMs: number;
  readonly timers: { VIEW: number | null; PROPOSE: number | null; STATUS: number | null };
}

/** Amnesia guard (2.11): who has shown where it stands, over sessions opened since. */
export interface Quarantine {
  readonly reason: string;
  readonly sessions: Set<number>;
  readonly shown: Map<number, number>;
  leaving: boolean;
}

export function blankState(config: LbftConfig): LbftState {
  return {
    config,
    started: false,
    halted: false,
    view: 1,
    entry: null,
    entryHash: null,
    enteredAtMs: 0,
    enteredWallMs: 0,
    enteredBySkip: false,
    deadlineAtMs: 0,
    timedOut: false,
    floor: 0,
    final: config.genesis,
    finalCertificate: null,
    finalCertificateHash: null,
    delivered: config.genesis,
    undelivered: [],
    recentFinals: new Map(),
    catchingUp: false,
    views: new Map(),
    blocks: new Map([[config.genesis.hash, { block: config.genesis, durable: true }]]),
    heardAtMs: new Map(),
    lastLed: new Map(),
    guard: new Set(),
    quarantine: null,
    oldestWorkMs: null,
    building: null,
    buildRetryAtMs: 0,
    statusDueAtMs: 0,
    stuckIntervalMs: null,
    blockAskedAtMs: new Map(),
    certificatesAskedAtMs: Number.NEGATIVE_INFINITY,
    timers: { VIEW: null, PROPOSE: null, STATUS: null },
  };
}

export function recordOf(state: LbftState, view: number): ViewRecord {
  const known = state.views.get(view);
  if (known !== undefined) return known;
  const record: ViewRecord = {
    view,
    proposals: [],
    prepares: new Map(),
    commits: new Map(),
    impeaches: new Map(),
    own: { prop: null, prep: null, com: null, imp: false, commitAtMs: 0 },
    signed: new Map(),
    ownProposal: null,
    pCert: null,
    cCert: null,
    iCert: null,
  };
  state.views.set(view, record);
  return record;
}

/** The tally of one kind of vote. */
export function tallyOf(record: ViewRecord, type: VoteType): Map<number, SignedVote[]> | null {
  switch (type) {
    case VoteType.PREPARE:
      return record.prepares;
    case VoteType.COMMIT:
      return record.commits;
    case VoteType.IMPEACH:
      return record.impeaches;
    case VoteType.PROPOSE:
      return null;
  }
}

/** Whether votes of this view are taken in (2.6). */
export function admitsVotesOf(state: LbftState, view: number): boolean {
  return view > Math.max(state.final.view, state.view - VOTE_WINDOW) && view <= state.view + VOTE_WINDOW;
}

/** Whether this node may ask for signatures at all now. */
export function maySign(state: LbftState): boolean {
  return (
    state.started && !state.halted && state.config.self !== null && state.guard === null && state.quarantine === null
  );
}

/** Committee indices of all members but this one. */
export function others(config: LbftConfig, except: number | null = null): number[] {
  return Array.from({ length: config.committeeSize }, (_, index) => index).filter(
    (index) => index !== config.self && index !== except,
  );
}

/** Committee index of the leader of a view. */
export function leaderMember(config: LbftConfig, view: number): number {
  const member = config.proposers[config.leaderOf(view)];
  if (member === undefined) throw new Error(`the schedule names a proposer that is not in the list, view ${view}`);
  return member;
}
