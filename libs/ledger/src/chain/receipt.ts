/** Receipts and ledger events of formats.md 3. */
import type { Hashing } from '@waymark/accel/contract';
import { treeHead } from '../primitives/index.js';
import { LedgerEventMessage, ReceiptMessage } from '../wire/index.js';
import { ReceiptStatus, type LedgerEvent, type Receipt } from './receipt-types.js';
import { done, refused, type Outcome } from './refusal.js';

export function encodeReceipt(receipt: Receipt): Uint8Array {
  return ReceiptMessage.encode({
    ...receipt,
    failures: receipt.failures.map((failure) => ({
      body: failure.body,
      code: failure.code,
      pointer: failure.pointer,
      facts: Object.entries(failure.facts).map(([key, value]) => ({ key, value })),
    })),
  });
}

const isStatus = (status: number): status is ReceiptStatus =>
  status >= ReceiptStatus.ACCEPTED && status <= ReceiptStatus.REFUSED;

/** Refused: `RECEIPT_MALFORMED`. */
export function decodeReceipt(bytes: Uint8Array): Outcome<Receipt> {
  const wire = ReceiptMessage.decode(bytes);
  if (wire === undefined) return refused('RECEIPT_MALFORMED');
  const { status } = wire;
  if (!isStatus(status)) return refused('RECEIPT_MALFORMED', '/status');
  if (wire.txId.length !== 32) return refused('RECEIPT_MALFORMED', '/txId');
  if (wire.eventsRoot.length !== 32) return refused('RECEIPT_MALFORMED', '/eventsRoot');
  return done({
    ...wire,
    status,
    failures: wire.failures.map((failure) => ({
      body: failure.body,
      code: failure.code,
      pointer: failure.pointer,
      facts: Object.fromEntries(failure.facts.map(({ key, value }) => [key, value])),
    })),
  });
}

/** Whether this receipt accepts the body at `bodyIndex`: ACCEPTED, or PARTIAL and no failure names it. */
export function bodyAccepted(receipt: Receipt, bodyIndex: number): boolean {
  if (receipt.status === ReceiptStatus.ACCEPTED) return true;
  if (receipt.status !== ReceiptStatus.PARTIAL) return false;
  return !receipt.failures.some((failure) => failure.body === bodyIndex + 1 || failure.body === 0);
}

export function encodeLedgerEvent(event: LedgerEvent): Uint8Array {
  return LedgerEventMessage.encode(event);
}

/** Refused: `LEDGER_EVENT_MALFORMED`. */
export function decodeLedgerEvent(bytes: Uint8Array): Outcome<LedgerEvent> {
  const wire = LedgerEventMessage.decode(bytes);
  return wire === undefined ? refused('LEDGER_EVENT_MALFORMED') : done(wire);
}

/** The receipt root of a block: RFC 6962 head over its encoded receipts. */
export function receiptRootOf(hashing: Hashing, receiptBytes: readonly Uint8Array[]): Uint8Array {
  return treeHead(hashing, receiptBytes);
}

/** `eventsRoot` of a receipt: RFC 6962 head over the transaction's encoded ledger events. */
export function eventsRootOf(hashing: Hashing, eventBytes: readonly Uint8Array[]): Uint8Array {
  return treeHead(hashing, eventBytes);
}

/** `txRoot` of a header: RFC 6962 head over the txHashes. */
export function txRootOf(hashing: Hashing, txHashes: readonly Uint8Array[]): Uint8Array {
  return treeHead(hashing, txHashes);
}
