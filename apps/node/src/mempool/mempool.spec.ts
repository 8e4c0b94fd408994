import { describe, expect, it } from '@jest/globals';
import { nativeHashing } from '@waymark/accel/node';
import { decodeTransaction } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { noteTransaction, testGenesis } from '../testing/consortium.js';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';
import { Mempool, type Includable } from './mempool.js';

const of = testGenesis(4);
const always: Includable = { judge: () => 'OK' };
const noLimits = { countMax: 1_000, bytesMax: 10_000_000 };

/** A signed transaction whose only body is `text`. */
function transaction(
  sender: string,
  text: string,
  over: { after?: Uint8Array; expiryHeight?: number } = {},
): VerifiedTransaction {
  const decoded = decodeTransaction(nativeHashing, noteTransaction(of, sender, [text], over).bytes);
  if (!decoded.ok) throw new Error(decoded.refusal.code);
  return decoded.value as VerifiedTransaction;
}
const textOf = ({ bodies }: VerifiedTransaction): string => new TextDecoder().decode(bodies[0]?.content);
const pool = (over: Partial<ConstructorParameters<typeof Mempool>[0]> = {}): Mempool =>
  new Mempool({ countMax: 100, bytesMax: 1_000_000, ...over });

describe('the mempool', () => {
  it('takes a transaction once', () => {
    const mempool = pool();
    const one = transaction('farm', 'one');
    expect(mempool.add(one, 0).kind).toBe('ADDED');
    expect(mempool.add(one, 1).kind).toBe('KNOWN');
    expect(mempool.size).toEqual({ count: 1, bytes: one.bytes.length });
    expect(mempool.byTxHash(toHex(one.txHash))).toBe(one);
    expect(mempool.remove(toHex(one.txId))?.transaction).toBe(one);
    expect(mempool.remove(toHex(one.txId))).toBeNull();
    expect(mempool.size).toEqual({ count: 0, bytes: 0 });
  });

  it('lets nobody crowd others out: senders take turns', () => {
    const mempool = pool();
    for (let index = 0; index < 10; index += 1) mempool.add(transaction('farm', `farm ${index}`), index);
    mempool.add(transaction('importer', 'importer 0'), 20);
    mempool.add(transaction('processor', 'processor 0'), 21);
    const chosen = mempool.choose({ countMax: 4, bytesMax: 1_000_000 }, always).map(textOf);
    expect(chosen.slice(0, 3).sort()).toEqual(['farm 0', 'importer 0', 'processor 0']);
    expect(chosen[3]).toBe('farm 1');
  });

  it('bounds what one sender holds, and all together', () => {
    const mempool = pool({ countMax: 4 });
    expect(['a', 'b', 'c'].map((text) => mempool.add(transaction('farm', text), 0).kind)).toEqual([
      'ADDED',
      'ADDED',
      'FULL',
    ]);
    expect(['a', 'b'].map((text) => mempool.add(transaction('importer', text), 0).kind)).toEqual(['ADDED', 'ADDED']);
    expect(mempool.add(transaction('processor', 'a'), 0)).toMatchObject({
      kind: 'FULL',
      refusal: { code: 'MEMPOOL_FULL' },
    });
    const small = pool({ bytesMax: 1_000, senderShare: 100 });
    small.add(transaction('farm', 'x'.repeat(500)), 0);
    expect(small.add(transaction('farm', 'y'.repeat(500)), 0)).toMatchObject({ kind: 'FULL' });
  });

  it('puts a transaction behind the one it names, however they came', () => {
    const mempool = pool();
    const first = transaction('farm', 'first');
    const second = transaction('farm', 'second', { after: first.txId });
    const third = transaction('farm', 'third', { after: second.txId });
    for (const each of [third, first, second]) mempool.add(each, 0);
    expect(mempool.choose(noLimits, always).map(textOf)).toEqual(['first', 'second', 'third']);
  });

  it('leaves out what may not stand there now and drops what never may', () => {
    const mempool = pool();
    for (const text of ['wait', 'ok', 'never']) mempool.add(transaction('farm', text), 0);
    const judge: Includable['judge'] = (each) =>
      textOf(each) === 'wait' ? 'WAIT' : textOf(each) === 'never' ? 'NEVER' : 'OK';
    expect(mempool.choose(noLimits, { judge }).map(textOf)).toEqual(['ok']);
    expect([...mempool.entries()].map(({ transaction: each }) => textOf(each)).sort()).toEqual(['ok', 'wait']);
  });

  it('keeps within the bytes of a block, taking a smaller one that still fits', () => {
    const mempool = pool();
    for (const text of ['a'.repeat(300), 'b'.repeat(2_000), 'c'.repeat(300)]) mempool.add(transaction('farm', text), 0);
    const chosen = mempool.choose({ countMax: 10, bytesMax: 1_500 }, always);
    expect(chosen.map((each) => textOf(each)[0])).toEqual(['a', 'c']);
  });

  it('stops at the aim, with one transaction at least', () => {
    const mempool = pool();
    for (const text of ['a', 'b', 'c']) mempool.add(transaction('farm', text.repeat(300)), 0);
    const chosen = (bytesAim: number): number =>
      mempool.choose({ countMax: 10, bytesMax: 1_000_000, bytesAim }, always).length;
    expect([1, 600, 10_000].map(chosen)).toEqual([1, 2, 3]);
  });

  it('evicts what has expired', () => {
    const mempool = pool();
    mempool.add(transaction('farm', 'short', { expiryHeight: 10 }), 0);
    mempool.add(transaction('farm', 'long', { expiryHeight: 11 }), 0);
    expect(mempool.evictExpired(10)).toBe(0);
    expect(mempool.evictExpired(11)).toBe(1);
    expect([...mempool.entries()].map(({ transaction: each }) => textOf(each))).toEqual(['long']);
  });
});
