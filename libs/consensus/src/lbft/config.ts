import type { BlockRef } from './messages.js';

/** The numbers of 2.3, from the genesis file. Milliseconds. */
export interface LbftParameters {
  readonly deltaMs: number;
  readonly minBlockMs: number;
  readonly slotMs: number;
}

/** What does not change while the process lives. */
export interface LbftConfig {
  /** Committee size n; members are their index in id order. */
  readonly committeeSize: number;
  /** Own committee index; null for an observer, who follows and never signs. */
  readonly self: number | null;
  /** Committee index of each proposer, in proposer order (leaderIdx = position). With G = 0 every proposer is a validator. */
  readonly proposers: readonly number[];
  /** leader(v) as proposer index (2.5 step 7): `leaderSchedule` of this room. */
  readonly leaderOf: (view: number) => number;
  readonly epoch: number;
  /** Height 0: hash = genesisHash, view 0. */
  readonly genesis: BlockRef;
  readonly parameters: LbftParameters;
  /** SHA-256, from the caller: the core owns no cryptography. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
}
