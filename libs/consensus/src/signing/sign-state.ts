import { VoteType, type Hash, type Vote } from '../certificates/vote.js';

/** What one key has signed in one view. A hash or `imp` once set never changes. */
export interface SignStateEntry {
  readonly view: number;
  readonly prop: Hash | null;
  readonly prep: Hash | null;
  readonly com: Hash | null;
  readonly imp: boolean;
}

/** The memory of one consensus key (2.7, 2.11). `entries` ascending by view, all above `floor`, at most 32. */
export interface SignState {
  /** SHA-256 of the 32-byte public key. */
  readonly keyId: Hash;
  readonly genesisHash: Hash;
  /** Rises by one with every new signature; the log's vote record carries the same number. */
  readonly serial: number;
  readonly epoch: number;
  /** Nothing is signed at or below this view in `epoch`. */
  readonly floor: number;
  readonly entries: readonly SignStateEntry[];
}

export const SIGN_STATE_BYTES = 4096;
export const SIGN_STATE_ENTRIES_MAX = 32;

/** State of a new key: written together with the key file. A key file without it is quarantined. */
export function firstSignState(keyId: Hash, genesisHash: Hash, epoch = 0): SignState {
  return { keyId, genesisHash, serial: 0, epoch, floor: 0, entries: [] };
}

/** Why the sign-state forbids a signature. */
export type SignatureRefusal =
  | 'EPOCH_PAST'
  | 'EPOCH_NOT_ENTERED'
  | 'BELOW_FLOOR'
  | 'DOUBLE_PROPOSE'
  | 'DOUBLE_PREPARE'
  | 'PREPARE_AFTER_IMPEACH'
  | 'DOUBLE_COMMIT'
  | 'COMMIT_AFTER_IMPEACH'
  | 'IMPEACH_AFTER_COMMIT';

/**
 * SIGN: allowed and new; store `next` (log first, then sign-state) before anything is sent. AGAIN: the same vote is on record already; sign the same
 * bytes, store nothing. REFUSE: never.
 */
export type SignatureDecision =
  | { readonly kind: 'SIGN'; readonly next: SignState }
  | { readonly kind: 'AGAIN' }
  | { readonly kind: 'REFUSE'; readonly code: SignatureRefusal };

const blank = (view: number): SignStateEntry => ({ view, prop: null, prep: null, com: null, imp: false });

/** R8, decided where the key is: what this key may still sign. Pure; the caller stores `next`. */
export function decideSignature(state: SignState, vote: Vote): SignatureDecision {
  const refuse = (code: SignatureRefusal): SignatureDecision => ({ kind: 'REFUSE', code });
  if (vote.epoch < state.epoch) return refuse('EPOCH_PAST');
  if (vote.epoch > state.epoch) return refuse('EPOCH_NOT_ENTERED');
  if (vote.view <= state.floor) return refuse('BELOW_FLOOR');
  const entry = state.entries.find((candidate) => candidate.view === vote.view) ?? blank(vote.view);
  switch (vote.type) {
    case VoteType.PROPOSE:
      if (entry.prop === vote.blockHash) return { kind: 'AGAIN' };
      if (entry.prop !== null) return refuse('DOUBLE_PROPOSE');
      return { kind: 'SIGN', next: withEntry(state, { ...entry, prop: vote.blockHash }) };
    case VoteType.PREPARE:
      if (entry.prep === vote.blockHash) return { kind: 'AGAIN' };
      if (entry.prep !== null) return refuse('DOUBLE_PREPARE');
      if (entry.imp) return refuse('PREPARE_AFTER_IMPEACH');
      return { kind: 'SIGN', next: withEntry(state, { ...entry, prep: vote.blockHash }) };
    case VoteType.COMMIT:
      if (entry.com === vote.blockHash) return { kind: 'AGAIN' };
      if (entry.com !== null) return refuse('DOUBLE_COMMIT');
      if (entry.imp) return refuse('COMMIT_AFTER_IMPEACH');
      return { kind: 'SIGN', next: withEntry(state, { ...entry, com: vote.blockHash }) };
    case VoteType.IMPEACH:
      if (entry.imp) return { kind: 'AGAIN' };
      if (entry.com !== null) return refuse('IMPEACH_AFTER_COMMIT');
      return { kind: 'SIGN', next: withEntry(state, { ...entry, imp: true }) };
  }
}

/** floor := max(floor, v - 32) before v is recorded: entries stay at 32, late COMMITs below are given up. */
function withEntry(state: SignState, entry: SignStateEntry): SignState {
  const floor = Math.max(state.floor, entry.view - SIGN_STATE_ENTRIES_MAX);
  const entries = [...state.entries.filter((other) => other.view > floor && other.view !== entry.view), entry].sort(
    (a, b) => a.view - b.view,
  );
  return { ...state, serial: state.serial + 1, floor, entries };
}

/** The state with a floor of at least `view` (R9, leaving quarantine). The serial rises too, so that the newer copy wins. */
export function raiseFloor(state: SignState, view: number): SignState {
  if (view <= state.floor) return state;
  return {
    ...state,
    serial: state.serial + 1,
    floor: view,
    entries: state.entries.filter((entry) => entry.view > view),
  };
}

/** The votes on record, oldest view first: sign them again (Ed25519 is deterministic) to send them again unchanged. */
export function votesOf(state: SignState): Vote[] {
  const { epoch } = state;
  return state.entries.flatMap(({ view, prop, prep, com, imp }): Vote[] => [
    ...(prop === null ? [] : [{ type: VoteType.PROPOSE, epoch, view, blockHash: prop }]),
    ...(prep === null ? [] : [{ type: VoteType.PREPARE, epoch, view, blockHash: prep }]),
    ...(com === null ? [] : [{ type: VoteType.COMMIT, epoch, view, blockHash: com }]),
    ...(imp ? [{ type: VoteType.IMPEACH, epoch, view }] : []),
  ]);
}
