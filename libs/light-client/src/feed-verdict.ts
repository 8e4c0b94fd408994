import type { Header, LedgerEvent, Receipt, TransactionView } from '@waymark/ledger/chain';
import type { AnchorSigner, Defect } from './verdict.js';

/** The last block the caller has already verified and stored; for a new reader: height 0 and the genesis hash. */
export interface FeedPosition {
  readonly height: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** Why an answer of the node's `blocks` method was refused (docs/protocol/formats.md section 7). */
export type FeedCode =
  /** Not the shape of a `blocks` result, or bytes that do not decode. */
  | 'FEED_MALFORMED'
  /** A header is of another chain than the trust root. */
  | 'FEED_FOREIGN'
  /** A header does not follow the one before: height, parent hash, view or time. */
  | 'FEED_LINK_BROKEN'
  /** The anchor certificate carries fewer than the quorum of distinct signatures. */
  | 'CERTIFICATE_TOO_FEW'
  /** A signature, the bitmap or the committee of the certificate is wrong. */
  | 'CERTIFICATE_INVALID'
  /** The transactions are not those of the header (`txRoot`, count or size). */
  | 'TRANSACTIONS_MISMATCH'
  /** The receipts are not those whose root stands in the next header. */
  | 'RECEIPTS_MISMATCH'
  /** The ledger events of a transaction are not those of its receipt (`events_root`). */
  | 'EVENTS_MISMATCH';

export type FeedDefect = Defect<FeedCode>;

/** A transaction as the chain carries it, with what became of it. */
export interface FeedTransaction {
  readonly transaction: TransactionView;
  readonly receipt: Receipt;
  readonly receiptBytes: Uint8Array;
  readonly events: readonly LedgerEvent[];
}

/** A final block whose receipts are certified too. */
export interface FeedBlock {
  readonly height: number;
  readonly hash: Uint8Array;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly transactions: readonly FeedTransaction[];
}

export interface VerifiedFeed {
  readonly ok: true;
  /** Final height as the node says; not verified. */
  readonly finalHeight: number;
  /** In height order, right after the position asked for; empty when there is nothing new. */
  readonly blocks: readonly FeedBlock[];
  /** Where to go on; the position given when `blocks` is empty. */
  readonly position: FeedPosition;
  /** Who signed the anchor; empty when `blocks` is. */
  readonly signedBy: readonly AnchorSigner[];
}

export type FeedVerdict = VerifiedFeed | FeedDefect;
