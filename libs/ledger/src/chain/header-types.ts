export const BlockKind = { NORMAL: 0, EDGE: 1, SEAL: 2 } as const;
export type BlockKind = (typeof BlockKind)[keyof typeof BlockKind];

/** Bytes of an encoded header, always. */
export const HEADER_BYTES = 509;

/** The block header of consensus.md 2.4, in its order. Hashes are 32 bytes; unused fields are zero. */
export interface Header {
  readonly version: number;
  readonly suite: number;
  readonly kind: BlockKind;
  readonly genesisHash: Uint8Array;
  readonly epoch: number;
  readonly view: number;
  readonly height: number;
  readonly parentHash: Uint8Array;
  readonly parentView: number;
  /** Block time, milliseconds since 1970. */
  readonly time: number;
  /** Proposer index; 128 + committee index in a guardian view. */
  readonly leaderIdx: number;
  readonly txCount: number;
  readonly bodyBytes: number;
  /** RFC 6962 head over the txHashes. */
  readonly txRoot: Uint8Array;
  readonly parentStateRoot: Uint8Array;
  readonly parentReceiptRoot: Uint8Array;
  readonly sideRoot: Uint8Array;
  /** RFC 6962 head over the block hashes of heights 0..height-1. */
  readonly historyRoot: Uint8Array;
  readonly committeeHash: Uint8Array;
  readonly generation: number;
  readonly nextCommitteeHash: Uint8Array;
  readonly nextProposersHash: Uint8Array;
  readonly nextSeed: Uint8Array;
  readonly edgeHash: Uint8Array;
  readonly reveal: Uint8Array;
  readonly signal: number;
  readonly extraRoot: Uint8Array;
}
