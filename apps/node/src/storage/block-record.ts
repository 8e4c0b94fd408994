/**
 * A final block as it lies in the segment store and travels in catch-up: header and transactions as sent. Body bytes:
 * header 509 | count u32 | count x (length u32 | transaction).
 */
import { HEADER_BYTES } from '@waymark/ledger/chain';

/** A block's bytes. `header` is encoded; `transactions` are as their senders signed them. */
export interface BlockBytes {
  readonly header: Uint8Array;
  readonly transactions: readonly Uint8Array[];
}

export function encodeBlock({ header, transactions }: BlockBytes): Uint8Array {
  const size = transactions.reduce((sum, transaction) => sum + 4 + transaction.length, HEADER_BYTES + 4);
  const bytes = Buffer.allocUnsafe(size);
  bytes.set(header, 0);
  let at = bytes.writeUInt32BE(transactions.length, HEADER_BYTES);
  for (const transaction of transactions) {
    at = bytes.writeUInt32BE(transaction.length, at);
    bytes.set(transaction, at);
    at += transaction.length;
  }
  return bytes;
}

/** Null when the bytes are no block; the parts are views into `bytes`. Says nothing about hashes. */
export function decodeBlock(bytes: Uint8Array): BlockBytes | null {
  if (bytes.length < HEADER_BYTES + 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(HEADER_BYTES);
  if (count > (bytes.length - HEADER_BYTES - 4) / 4) return null;
  const transactions: Uint8Array[] = [];
  let at = HEADER_BYTES + 4;
  for (let index = 0; index < count; index += 1) {
    if (at + 4 > bytes.length) return null;
    const length = view.getUint32(at);
    if (at + 4 + length > bytes.length) return null;
    transactions.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return at === bytes.length ? { header: bytes.subarray(0, HEADER_BYTES), transactions } : null;
}
