/** Builders of the parts of an evidence file (formats.md 6). Checking one is the light client's affair. */
import type { Hashing } from '@waymark/accel/contract';
import { inclusionPath, inclusionPaths, toBase64 } from '../primitives/index.js';
import type { EvidenceBody, EvidenceTransaction } from './evidence-types.js';
import { decodeReceipt } from './receipt.js';
import type { TransactionView } from './transaction-types.js';

/** Path of one body in `bodiesRoot`. @throws RangeError when there is no such body. */
export function bodyPath(hashing: Hashing, bodyBytes: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionPath(hashing, bodyBytes, index);
}

/** Path of one receipt in the block's receipt root. @throws RangeError when there is no such receipt. */
export function receiptPath(hashing: Hashing, receiptBytes: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionPath(hashing, receiptBytes, index);
}

/** The part of an evidence file about one transaction: its acceptance, and the bodies asked for with the contexts they name. */
export function evidenceTransaction(
  hashing: Hashing,
  transaction: TransactionView,
  receiptBytes: readonly Uint8Array[],
  receiptIndex: number,
  bodyIndexes: readonly number[],
): EvidenceTransaction {
  const receipt = receiptBytes[receiptIndex];
  if (receipt === undefined) throw new RangeError(`no receipt ${receiptIndex}`);
  const decoded = decodeReceipt(receipt);
  if (!decoded.ok) throw new RangeError('the stored receipt cannot be read');
  const wanted = new Set<number>();
  for (const index of bodyIndexes) {
    const body = transaction.bodies[index];
    if (body === undefined) throw new RangeError(`no body ${index}`);
    if (body.context > 0) wanted.add(body.context - 1);
    wanted.add(index);
  }
  const indexes = [...wanted].sort((a, b) => a - b);
  const paths = inclusionPaths(hashing, transaction.bodyBytes, indexes);
  const bodies: EvidenceBody[] = indexes.map((index, at) => ({
    index,
    body: toBase64(transaction.bodyBytes[index] as Uint8Array),
    path: (paths[at] as Uint8Array[]).map(toBase64),
  }));
  return {
    header: toBase64(transaction.headerBytes),
    signatures: transaction.signatures.map(({ publicKey, signature }) => ({
      publicKey: toBase64(publicKey),
      signature: toBase64(signature),
    })),
    receipt: toBase64(receipt),
    receiptIndex,
    receiptCount: receiptBytes.length,
    receiptPath: receiptPath(hashing, receiptBytes, receiptIndex).map(toBase64),
    stateHeaderHeight: decoded.value.height + 1,
    bodies,
  };
}
