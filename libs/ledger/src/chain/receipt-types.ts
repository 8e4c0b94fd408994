import type { Refusal } from './refusal.js';

export const ReceiptStatus = { ACCEPTED: 1, PARTIAL: 2, REFUSED: 3 } as const;
export type ReceiptStatus = (typeof ReceiptStatus)[keyof typeof ReceiptStatus];

/** A refusal in a receipt. `body` is index + 1; 0 is the transaction itself. */
export interface Failure extends Refusal {
  readonly body: number;
}

/** What became of a transaction (formats.md 3). */
export interface Receipt {
  readonly txId: Uint8Array;
  readonly sender: string;
  /** Keys that execution found to belong to `sender`, in the order of the signatures; empty when it could not say. */
  readonly signerKeys: readonly Uint8Array[];
  readonly status: ReceiptStatus;
  readonly failures: readonly Failure[];
  /** RFC 6962 head over the encoded ledger events. */
  readonly eventsRoot: Uint8Array;
  readonly height: number;
  readonly txIndex: number;
}

/** A fact born in a block. `body` is the index of the body that gave birth to it. */
export interface LedgerEvent {
  readonly type: string;
  readonly body: number;
  /** JSON with keys in the order that its type declares. */
  readonly content: Uint8Array;
}
