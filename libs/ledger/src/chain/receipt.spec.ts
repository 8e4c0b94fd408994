import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { concatBytes, fromBase64, fromHex, treeHead, utf8, verifyInclusion } from '../primitives/index.js';
import { ReceiptMessage } from '../wire/index.js';
import {
  assembleTransaction,
  bodyAccepted,
  buildTransaction,
  decodeLedgerEvent,
  decodeReceipt,
  decodeTransaction,
  encodeLedgerEvent,
  encodeReceipt,
  evidenceTransaction,
  ReceiptStatus,
  receiptRootOf,
  type Receipt,
} from './index.js';

const receipt: Receipt = {
  txId: new Uint8Array(32).fill(1),
  sender: 'acme',
  signerKeys: [new Uint8Array(32).fill(2)],
  status: ReceiptStatus.PARTIAL,
  failures: [{ body: 2, code: 'NOTES_TWICE', pointer: '/text', facts: { first: '7', author: 'acme' } }],
  eventsRoot: new Uint8Array(32).fill(3),
  height: 2 ** 40,
  txIndex: 0,
};

describe('a receipt', () => {
  it('comes back as it was', () => {
    expect(decodeReceipt(encodeReceipt(receipt))).toEqual({ ok: true, value: receipt });
  });

  it('accepts a body when all are accepted, or some and no failure names it', () => {
    const accepts = (status: ReceiptStatus, failed: readonly number[]): boolean[] =>
      [0, 1].map((index) =>
        bodyAccepted(
          { ...receipt, status, failures: failed.map((body) => ({ body, code: 'X', pointer: '', facts: {} })) },
          index,
        ),
      );
    expect(accepts(ReceiptStatus.ACCEPTED, [])).toEqual([true, true]);
    expect(accepts(ReceiptStatus.PARTIAL, [2])).toEqual([true, false]);
    expect(accepts(ReceiptStatus.PARTIAL, [0])).toEqual([false, false]);
    expect(accepts(ReceiptStatus.REFUSED, [1])).toEqual([false, false]);
  });

  it('RECEIPT_MALFORMED: no status, no txId, anything behind it', () => {
    const refusedReceipt = { refusal: { code: 'RECEIPT_MALFORMED' } };
    const wire = ReceiptMessage.decode(encodeReceipt(receipt))!;
    expect(decodeReceipt(ReceiptMessage.encode({ ...wire, status: 0 }))).toMatchObject(refusedReceipt);
    expect(decodeReceipt(ReceiptMessage.encode({ ...wire, status: 4 }))).toMatchObject(refusedReceipt);
    expect(decodeReceipt(ReceiptMessage.encode({ ...wire, txId: new Uint8Array(31) }))).toMatchObject(refusedReceipt);
    expect(decodeReceipt(ReceiptMessage.encode({ ...wire, eventsRoot: new Uint8Array(0) }))).toMatchObject(
      refusedReceipt,
    );
    expect(decodeReceipt(concatBytes(encodeReceipt(receipt), Uint8Array.of(1)))).toMatchObject(refusedReceipt);
  });
});

describe('a ledger event', () => {
  it('comes back as it was', () => {
    const event = { type: 'notes.written', body: 3, content: utf8('{}') };
    expect(decodeLedgerEvent(encodeLedgerEvent(event))).toEqual({ ok: true, value: event });
  });

  it('LEDGER_EVENT_MALFORMED: no event', () => {
    expect(decodeLedgerEvent(fromHex('ff'))).toMatchObject({ refusal: { code: 'LEDGER_EVENT_MALFORMED' } });
  });
});

describe('the evidence of a transaction', () => {
  const unsigned = buildTransaction(hashing, {
    genesisHash: new Uint8Array(32),
    sender: 'acme',
    expiryHeight: 9,
    proceed: true,
    bodies: [
      { kind: 'notes.context', content: utf8('{}') },
      { kind: 'notes.write', content: utf8('a') },
      { kind: 'notes.write', content: utf8('b'), context: 1 },
    ],
  });
  const outcome = decodeTransaction(
    hashing,
    assembleTransaction(unsigned, [{ publicKey: new Uint8Array(32), signature: new Uint8Array(64) }]),
  );
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const receipts = [1, 2, 3].map((fill) => encodeReceipt({ ...receipt, txId: new Uint8Array(32).fill(fill) }));

  it('holds the bodies asked for, the contexts they name, and paths that verify', () => {
    const evidence = evidenceTransaction(hashing, outcome.value, receipts, 1, [2]);
    expect(evidence.bodies.map((body) => body.index)).toEqual([0, 2]);
    for (const { index, body, path } of evidence.bodies)
      expect(
        verifyInclusion(hashing, fromBase64(body), index, 3, path.map(fromBase64), outcome.value.header.bodiesRoot),
      ).toBe(true);
    const receiptPath = evidence.receiptPath.map(fromBase64);
    const root = receiptRootOf(hashing, receipts);
    expect(root).toEqual(treeHead(hashing, receipts));
    expect(verifyInclusion(hashing, fromBase64(evidence.receipt), 1, 3, receiptPath, root)).toBe(true);
    expect([evidence.receiptIndex, evidence.receiptCount, evidence.stateHeaderHeight]).toEqual([1, 3, 2 ** 40 + 1]);
  });

  it('is not made for a body or receipt that is not there', () => {
    expect(() => evidenceTransaction(hashing, outcome.value, receipts, 3, [0])).toThrow(RangeError);
    expect(() => evidenceTransaction(hashing, outcome.value, receipts, 0, [3])).toThrow(RangeError);
    expect(() => evidenceTransaction(hashing, outcome.value, [fromHex('ff')], 0, [0])).toThrow(RangeError);
  });
});
