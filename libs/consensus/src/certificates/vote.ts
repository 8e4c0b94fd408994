/**
 * The signed statements of the protocol and the bytes that a signature covers (docs/protocol/consensus.md, "Keys and
 * sign bytes").
 */

/** A 32-byte hash as 64 lower-case hex digits. Inside the core a block is this and nothing more. */
export type Hash = string;

/** Type numbers of the four signed statements; the same numbers on the wire, under the signature and in the sign-state. */
export const VoteType = { PROPOSE: 0x01, PREPARE: 0x02, COMMIT: 0x03, IMPEACH: 0x04 } as const;
export type VoteType = (typeof VoteType)[keyof typeof VoteType];

/**
 * One statement by one key about one view. `blockHash` is what the signature covers besides the domain fields; an IMPEACH
 * covers nothing else (no time, no reason: q equal messages must be able to meet).
 */
export type Vote =
  | { readonly type: typeof VoteType.PROPOSE; readonly epoch: number; readonly view: number; readonly blockHash: Hash }
  | { readonly type: typeof VoteType.PREPARE; readonly epoch: number; readonly view: number; readonly blockHash: Hash }
  | { readonly type: typeof VoteType.COMMIT; readonly epoch: number; readonly view: number; readonly blockHash: Hash }
  | { readonly type: typeof VoteType.IMPEACH; readonly epoch: number; readonly view: number };

/** A vote with its 64-byte Ed25519 signature. `sender` is the committee index; for a PROPOSE the proposer index. */
export interface SignedVote {
  readonly vote: Vote;
  readonly sender: number;
  readonly signature: Uint8Array;
}
