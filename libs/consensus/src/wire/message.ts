import type {
  Certificate,
  CommitCertificate,
  ImpeachCertificate,
  PrepareCertificate,
} from '../certificates/certificate.js';
import type { Hash, SignedVote } from '../certificates/vote.js';
import type { ImpeachReason, Status } from '../lbft/messages.js';

/** Message numbers on the wire (2.6). Numbers are never reused. */
export const MessageType = {
  PROPOSE: 0x01,
  PREPARE: 0x02,
  COMMIT: 0x03,
  IMPEACH: 0x04,
  P_CERT: 0x05,
  VALIDATE: 0x06,
  I_CERT: 0x07,
  STATUS: 0x08,
  CERT_REQ: 0x09,
  CERT_RESP: 0x0a,
  BLOCK_REQ: 0x0b,
  BLOCK_RESP: 0x0c,
  TX: 0x10,
} as const;
export type MessageType = (typeof MessageType)[keyof typeof MessageType];

/** How a proposal carries its body: the hashes of transactions gossiped before, or the transactions themselves. */
export type ProposalBody =
  | { readonly kind: 'HASHES'; readonly txHashes: readonly Hash[] }
  | { readonly kind: 'FULL'; readonly transactions: readonly Uint8Array[] };

/** A proposal as signed: leader's vote over the hash of `header`, and what it rests on. */
export interface WireProposal {
  readonly vote: SignedVote;
  /** The 509 bytes; their SHA-256 must be `vote.vote.blockHash`. Checked by whoever decodes the header. */
  readonly header: Uint8Array;
  readonly certificates: readonly Certificate[];
  readonly body: ProposalBody;
}

/** A block in an answer: header, all transactions, and where it is held the proposal's vote and certificates. */
export interface WireBlock {
  readonly header: Uint8Array;
  readonly transactions: readonly Uint8Array[];
  readonly proposal: { readonly vote: SignedVote; readonly certificates: readonly Certificate[] } | null;
}

export type BlockRequest =
  | { readonly by: 'HASHES'; readonly hashes: readonly Hash[] }
  | { readonly by: 'HEIGHTS'; readonly fromHeight: number; readonly toHeight: number }
  /** Missing transactions of one proposal, by their place in it. */
  | { readonly by: 'TRANSACTIONS'; readonly blockHash: Hash; readonly indexes: readonly number[] };

export type BlockResponse =
  | { readonly of: 'BLOCKS'; readonly blocks: readonly WireBlock[] }
  | {
      readonly of: 'TRANSACTIONS';
      readonly blockHash: Hash;
      readonly transactions: readonly { readonly index: number; readonly transaction: Uint8Array }[];
    };

/** Every message of the protocol as decoded: form and bounds are checked, signatures and hashes are not. */
export type WireMessage =
  | { readonly type: typeof MessageType.PROPOSE; readonly proposal: WireProposal }
  | { readonly type: typeof MessageType.PREPARE | typeof MessageType.COMMIT; readonly vote: SignedVote }
  | { readonly type: typeof MessageType.IMPEACH; readonly vote: SignedVote; readonly reason: ImpeachReason }
  | { readonly type: typeof MessageType.P_CERT; readonly certificate: PrepareCertificate }
  | { readonly type: typeof MessageType.VALIDATE; readonly certificate: CommitCertificate; readonly header: Uint8Array }
  | { readonly type: typeof MessageType.I_CERT; readonly certificate: ImpeachCertificate }
  | { readonly type: typeof MessageType.STATUS; readonly status: Status }
  | {
      readonly type: typeof MessageType.CERT_REQ;
      readonly epoch: number;
      readonly fromView: number;
      readonly toView: number;
    }
  | { readonly type: typeof MessageType.CERT_RESP; readonly certificates: readonly Certificate[] }
  | { readonly type: typeof MessageType.BLOCK_REQ; readonly request: BlockRequest }
  | { readonly type: typeof MessageType.BLOCK_RESP; readonly response: BlockResponse }
  | { readonly type: typeof MessageType.TX; readonly transaction: Uint8Array };

/** Bounds of what one message may carry. */
export const WireBounds = {
  certificatesInProposal: 17,
  certificatesInResponse: 128,
  viewsInRequest: 64,
  votesInStatus: 96,
  transactionsInBlock: 262_144,
  transactionBytes: 1_048_576,
  hashesInRequest: 64,
  blocksInResponse: 64,
  headerBytes: 509,
} as const;
