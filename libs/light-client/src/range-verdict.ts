/** Why a piece of a range of blocks, or a record in it, was refused (docs/protocol/formats.md section 6a). */
export type RangeCode =
  /** Not a piece of this version, or bytes that do not decode. */
  | 'RANGE_MALFORMED'
  /** The blocks are not those that were asked for: one is missing between the last piece and this one. */
  | 'RANGE_GAP'
  | 'TRUST_ROOT_FOREIGN'
  | 'GENESIS_MISMATCH'
  | 'CERTIFICATE_TOO_FEW'
  | 'CERTIFICATE_INVALID'
  | 'ANCHOR_IN_FUTURE'
  | 'ANCHOR_EXPIRED'
  /** The blocks do not lie in the history of the newest certified header. */
  | 'HEADER_PATH_INVALID'
  /** A header is of another chain. */
  | 'FEED_FOREIGN'
  /** A header does not follow the one before. */
  | 'FEED_LINK_BROKEN'
  /** The transactions are not those of the header. */
  | 'TRANSACTIONS_MISMATCH'
  /** The receipts are not those whose root stands in the next header. */
  | 'RECEIPTS_MISMATCH'
  /** The ledger events are not those of the receipt. */
  | 'EVENTS_MISMATCH'
  /** The certified receipts name a transaction that is not there. */
  | 'TRANSACTION_MISSING'
  /** A transaction that no certified receipt names. */
  | 'TRANSACTION_FOREIGN'
  /** A transaction cannot be read. */
  | 'TRANSACTION_UNREADABLE'
  /** The records are not those that the sender signed. */
  | 'BODIES_MISMATCH'
  | 'SIGNATURE_INVALID'
  | 'SIGNER_UNKNOWN';
