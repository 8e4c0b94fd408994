import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing, publicKeyOf, signMessage, verifySignature } from '@waymark/accel/portable';
import { concatBytes, fromHex, toHex, treeHead, utf8 } from '../primitives/index.js';
import {
  BodyMessage,
  TransactionHeaderMessage,
  TransactionMessage,
  type WireTransactionHeader,
} from '../wire/index.js';
import {
  assembleTransaction,
  buildTransaction,
  checkTransactionForm,
  decodeBody,
  decodeTransaction,
  encodeBody,
  MAX_TX_BYTES,
  signedBytesOf,
  type BodyInput,
  type FormRules,
  type TransactionSignature,
} from './index.js';

const seed = new Uint8Array(32).fill(7);
const publicKey = publicKeyOf(seed);
const genesisHash = new Uint8Array(32).fill(1);
const rules: FormRules = {
  genesisHash,
  maxTxBytes: MAX_TX_BYTES,
  kinds: new Set(['notes.write', 'notes.context']),
  contextKinds: new Set(['notes.context']),
};
const note = (text: string, more: Partial<BodyInput> = {}): BodyInput => ({
  kind: 'notes.write',
  content: utf8(text),
  ...more,
});
const unsigned = (input: Partial<Parameters<typeof buildTransaction>[1]> = {}) =>
  buildTransaction(hashing, {
    genesisHash,
    sender: 'acme',
    expiryHeight: 1_200,
    proceed: false,
    bodies: [note('one'), note('two')],
    ...input,
  });
const signed = (transaction = unsigned(), seeds = [seed]): Uint8Array =>
  assembleTransaction(
    transaction,
    seeds.map((key) => ({ publicKey: publicKeyOf(key), signature: signMessage(key, transaction.signedBytes) })),
  );

/** A transaction whose header or signatures lie, but which can be read. */
function bent(
  header: Partial<WireTransactionHeader>,
  signatures: readonly TransactionSignature[] = [{ publicKey, signature: new Uint8Array(64) }],
  bodies: readonly Uint8Array[] = unsigned().bodies,
): Uint8Array {
  const headerBytes = TransactionHeaderMessage.encode({
    version: 1,
    genesisHash,
    sender: 'acme',
    expiryHeight: 1_200,
    after: new Uint8Array(0),
    proceed: false,
    bodyCount: bodies.length,
    bodiesRoot: treeHead(hashing, bodies),
    ...header,
  });
  return TransactionMessage.encode({ header: headerBytes, signatures, bodies });
}
const decode = (bytes: Uint8Array) => decodeTransaction(hashing, bytes);
const viewOf = (bytes: Uint8Array) => {
  const outcome = decode(bytes);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const form = (bytes: Uint8Array, changed: Partial<FormRules> = {}): string => {
  const result = checkTransactionForm(hashing, viewOf(bytes), { ...rules, ...changed });
  return result.ok ? 'ok' : `${result.refusal.code} ${result.refusal.pointer}`;
};

describe('a transaction', () => {
  it('is taken apart as it was built, and its signature verifies over the bytes as sent', () => {
    const transaction = unsigned({ after: new Uint8Array(32).fill(9), proceed: true });
    const bytes = signed(transaction);
    const view = viewOf(bytes);
    expect(view.header).toEqual({
      version: 1,
      genesisHash,
      sender: 'acme',
      expiryHeight: 1_200,
      after: new Uint8Array(32).fill(9),
      proceed: true,
      bodyCount: 2,
      bodiesRoot: treeHead(hashing, transaction.bodies),
    });
    expect(view.bodies.map((body) => [body.kind, body.content, body.visibility, body.context])).toEqual([
      ['notes.write', utf8('one'), 1, 0],
      ['notes.write', utf8('two'), 1, 0],
    ]);
    expect(view.bodyBytes).toEqual(transaction.bodies);
    expect(view.txId).toEqual(transaction.txId);
    expect(view.txId).toEqual(hashing.sha256(concatBytes(utf8('waymark/tx/1'), Uint8Array.of(1), view.headerBytes)));
    expect(view.txHash).toEqual(hashing.sha256(bytes));
    const result = checkTransactionForm(hashing, view, rules);
    if (!result.ok) throw new Error(result.refusal.code);
    expect(result.checks).toHaveLength(1);
    expect(result.checks.every(verifySignature)).toBe(true);
    expect(signedBytesOf(view.headerBytes)).toEqual(transaction.signedBytes);
  });

  it('keeps its name whoever signs, and gets another hash', () => {
    const other = new Uint8Array(32).fill(8);
    const [one, both] = [viewOf(signed()), viewOf(signed(unsigned(), [seed, other]))];
    expect(toHex(one.txId)).toBe(toHex(both.txId));
    expect(toHex(one.txHash)).not.toBe(toHex(both.txHash));
  });

  it('has frozen bytes', () => {
    const bytes = bent(
      {},
      [{ publicKey: new Uint8Array(32).fill(2), signature: new Uint8Array(64).fill(3) }],
      [encodeBody(note('hi'))],
    );
    expect(toHex(encodeBody(note('hi', { visibility: 3, context: 2 })))).toBe(
      '0a0b6e6f7465732e7772697465120268691803' + '2002',
    );
    // header: 1:1, 2: 32 bytes, 3: "acme", 4: 1200, 7: 1, 8: 32 bytes (`after` empty and `proceed` false are left out).
    expect(toHex(bytes).startsWith('0a5108011220' + '01'.repeat(32) + '1a0461636d6520b009' + '3801' + '4220')).toBe(
      true,
    );
  });

  it('takes bytes of a Buffer and gives plain ones', () => {
    const view = viewOf(Buffer.from(signed()));
    expect(view.bodies[0]!.content.constructor).toBe(Uint8Array);
    expect(view.bytes.constructor).toBe(Uint8Array);
  });

  it('is not built of what no transaction can be', () => {
    expect(() => unsigned({ bodies: [] })).toThrow(RangeError);
    expect(() => unsigned({ sender: 'A' })).toThrow(RangeError);
    expect(() => unsigned({ genesisHash: new Uint8Array(31) })).toThrow(RangeError);
    expect(() => unsigned({ after: new Uint8Array(31) })).toThrow(RangeError);
    expect(() => unsigned({ expiryHeight: 0 })).toThrow(RangeError);
  });
});

describe('bytes that are no transaction', () => {
  const bytes = signed();

  it('TX_MALFORMED: cut short at any place, or followed by anything', () => {
    for (let length = 0; length < bytes.length; length += 7)
      expect(decode(bytes.slice(0, length))).toMatchObject({ ok: false });
    expect(decode(concatBytes(bytes, Uint8Array.of(0)))).toMatchObject({ refusal: { code: 'TX_MALFORMED' } });
  });

  it('TX_MALFORMED: an unknown field, a default written out, a padded number, a field twice, fields out of order', () => {
    const header = viewOf(bytes).headerBytes;
    const withHeader = (changed: Uint8Array): Uint8Array =>
      TransactionMessage.encode({ header: changed, signatures: [], bodies: unsigned().bodies });
    const malformed = { refusal: { code: 'TX_MALFORMED' } };
    expect(decode(withHeader(header))).toMatchObject({ ok: true });
    expect(decode(concatBytes(bytes, fromHex('7801')))).toMatchObject(malformed);
    expect(decode(withHeader(concatBytes(header, fromHex('4a00'))))).toMatchObject(malformed);
    expect(decode(withHeader(concatBytes(header, fromHex('3000'))))).toMatchObject(malformed);
    expect(decode(withHeader(concatBytes(fromHex('088100'), header.subarray(2))))).toMatchObject(malformed);
    expect(decode(withHeader(concatBytes(fromHex('0801'), header)))).toMatchObject(malformed);
    expect(decode(withHeader(concatBytes(header.subarray(2), header.subarray(0, 2))))).toMatchObject(malformed);
    // A wire type that the field does not have, and a number above 2^53-1.
    expect(decode(withHeader(concatBytes(fromHex('0a00'), header.subarray(2))))).toMatchObject(malformed);
    expect(decode(bent({ expiryHeight: 2 ** 60 }))).toMatchObject(malformed);
  });

  it('TX_TOO_LARGE: above the largest size of all chains, unread', () => {
    expect(decode(new Uint8Array(MAX_TX_BYTES + 1))).toMatchObject({ refusal: { code: 'TX_TOO_LARGE' } });
  });

  it('TX_BODY_COUNT: none, or more than 2,000', () => {
    const body = encodeBody(note(''));
    expect(decode(bent({}, [], []))).toMatchObject({ refusal: { code: 'TX_BODY_COUNT' } });
    expect(decode(bent({}, [], new Array<Uint8Array>(2_001).fill(body)))).toMatchObject({
      refusal: { code: 'TX_BODY_COUNT', facts: { count: '2001' } },
    });
  });

  it('TX_BODY_MALFORMED, TX_VISIBILITY_UNKNOWN, TX_SEALED_NOT_YET: a body that cannot be read yet', () => {
    const body = { kind: 'notes.write', content: utf8('x'), context: 0 };
    const sealed = { sealedHash: new Uint8Array(0), sealedInterval: '' };
    expect(decode(bent({}, [], [fromHex('ff')]))).toMatchObject({
      refusal: { code: 'TX_BODY_MALFORMED', pointer: '/bodies/0' },
    });
    for (const visibility of [0, 4])
      expect(decode(bent({}, [], [BodyMessage.encode({ ...body, ...sealed, visibility })]))).toMatchObject({
        refusal: { code: 'TX_VISIBILITY_UNKNOWN', pointer: '/bodies/0/visibility' },
      });
    for (const room of [{ sealedHash: new Uint8Array(32) }, { sealedInterval: '1' }])
      expect(decodeBody(BodyMessage.encode({ ...body, ...sealed, visibility: 1, ...room }))).toMatchObject({
        refusal: { code: 'TX_SEALED_NOT_YET' },
      });
  });
});

describe('the form of a transaction', () => {
  it('is good when nothing is wrong', () => {
    expect(form(signed())).toBe('ok');
  });

  it('TX_TOO_LARGE: above this chain’s size', () => {
    expect(form(signed(), { maxTxBytes: 100 })).toBe('TX_TOO_LARGE ');
  });

  it('TX_VERSION_UNKNOWN, TX_CHAIN_FOREIGN, TX_SENDER_MALFORMED, TX_EXPIRY_MALFORMED: the header', () => {
    expect(form(bent({ version: 2 }))).toBe('TX_VERSION_UNKNOWN /header/version');
    expect(form(bent({ genesisHash: new Uint8Array(32) }))).toBe('TX_CHAIN_FOREIGN /header/genesisHash');
    for (const sender of ['', 'ab', 'Acme', '-acme', 'acme-', 'ac--me', 'a'.repeat(33), 'acme\n'])
      expect(form(bent({ sender }))).toBe('TX_SENDER_MALFORMED /header/sender');
    expect(form(bent({ expiryHeight: 0 }))).toBe('TX_EXPIRY_MALFORMED /header/expiryHeight');
  });

  it('TX_AFTER_MALFORMED: no txId', () => {
    expect(form(bent({ after: new Uint8Array(31) }))).toBe('TX_AFTER_MALFORMED /header/after');
  });

  it('TX_SIGNATURE_COUNT, TX_SIGNATURE_MALFORMED, TX_SIGNER_TWICE: the signatures', () => {
    const signature = { publicKey, signature: new Uint8Array(64) };
    expect(form(bent({}, []))).toBe('TX_SIGNATURE_COUNT /signatures');
    expect(form(bent({}, new Array<TransactionSignature>(9).fill(signature)))).toBe('TX_SIGNATURE_COUNT /signatures');
    expect(form(bent({}, [{ ...signature, signature: new Uint8Array(63) }]))).toBe(
      'TX_SIGNATURE_MALFORMED /signatures/0',
    );
    expect(form(bent({}, [signature, { ...signature, publicKey: new Uint8Array(33) }]))).toBe(
      'TX_SIGNATURE_MALFORMED /signatures/1',
    );
    expect(form(bent({}, [signature, signature]))).toBe('TX_SIGNER_TWICE /signatures/1');
  });

  it('TX_BODY_COUNT, TX_BODIES_ROOT: the header speaks of other bodies', () => {
    expect(form(bent({ bodyCount: 3 }))).toBe('TX_BODY_COUNT /header/bodyCount');
    expect(form(bent({ bodiesRoot: new Uint8Array(32) }))).toBe('TX_BODIES_ROOT /header/bodiesRoot');
  });

  it('TX_KIND_UNKNOWN, TX_CONTEXT_INVALID: bodies that nobody can judge', () => {
    const context: BodyInput = { kind: 'notes.context', content: utf8('{}') };
    const bodies = (...list: BodyInput[]): string => form(signed(unsigned({ bodies: list })));
    expect(bodies(context, note('x', { context: 1 }))).toBe('ok');
    expect(bodies({ kind: 'notes.burn', content: utf8('x') })).toBe('TX_KIND_UNKNOWN /bodies/0/kind');
    expect(bodies(note('x', { context: 2 }), context)).toBe('TX_CONTEXT_INVALID /bodies/0/context');
    expect(bodies(note('x'), note('y', { context: 1 }))).toBe('TX_CONTEXT_INVALID /bodies/1/context');
    expect(bodies(context, note('x', { context: 9 }))).toBe('TX_CONTEXT_INVALID /bodies/1/context');
    expect(bodies({ ...context, context: 1 })).toBe('TX_CONTEXT_INVALID /bodies/0/context');
  });
});
