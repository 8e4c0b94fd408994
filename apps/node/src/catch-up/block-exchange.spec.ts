import { afterEach, describe, expect, it } from '@jest/globals';
import type { Accelerator } from '@waymark/accel/contract';
import { nativeEngine } from '@waymark/accel/node';
import { decodeMessage, encodeMessage, MessageType } from '@waymark/consensus/wire';
import { u32Bytes, utf8 } from '@waymark/ledger/primitives';
import type { BlockDesk } from '../host/block-desk.js';
import { FrameType, type Frame } from '../network/frame.js';
import type { ChainStore } from '../storage/index.js';
import { BlockExchange, NoAnswer } from './block-exchange.js';
import { decodeBlockRequest, encodeBlockRequest, idOf, packedAnswer } from './exchange-codec.js';

const hash = '0a'.repeat(32);
const transactions = Array.from({ length: 30 }, (_, i) =>
  utf8(JSON.stringify({ event: i, note: 'the same words again and again, '.repeat(20) })),
);
const indexes = transactions.map((_, i) => i);
const plainBytes = transactions.reduce((sum, { length }) => sum + length, 0);
const accelerator = nativeEngine.start() as Accelerator;
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A node that has one unfinal block, and what goes over its line. */
function node(deliver: (frame: Frame) => void) {
  const penalties: string[] = [];
  const sent: Frame[] = [];
  const exchange = new BlockExchange({
    store: {} as ChainStore,
    desk: { get: () => ({ bytes: { transactions } }) } as unknown as BlockDesk,
    accelerator,
    send: (_, type, payload) => {
      sent.push({ type, payload });
      setImmediate(() => deliver({ type, payload }));
      return true;
    },
    penalize: (_, code) => penalties.push(code),
    isGuest: () => false,
    damaged: () => undefined,
    failed: (error) => {
      throw error as Error;
    },
  });
  closers.push(() => exchange.close());
  return { exchange, penalties, sent };
}

/** A node that asks, and what answers its questions. */
function asking(answer: (payload: Uint8Array) => Uint8Array) {
  const asker = node(({ payload }) =>
    asker.exchange.onFrame('b', { type: FrameType.BLOCK_RESP, payload: answer(payload) }),
  );
  return asker;
}
const message = encodeMessage({
  type: MessageType.BLOCK_RESP,
  response: {
    of: 'TRANSACTIONS',
    blockHash: hash,
    transactions: transactions.map((transaction, index) => ({ index, transaction })),
  },
});

describe('blocks between nodes', () => {
  it('travel packed, and arrive as they were', async () => {
    const asker = node((frame) => answerer.exchange.onFrame('a', frame));
    const answerer = node((frame) => asker.exchange.onFrame('b', frame));
    expect(await asker.exchange.transactionsOf('b', hash, indexes, 5_000)).toEqual(transactions);
    expect(answerer.sent[0]?.payload.length).toBeLessThan(plainBytes / 4);
    expect([...asker.penalties, ...answerer.penalties]).toEqual([]);
  });

  it('travel as they are where little is to be saved', async () => {
    const asker = node((frame) => answerer.exchange.onFrame('a', frame));
    const answerer = node((frame) => asker.exchange.onFrame('b', frame));
    expect(await asker.exchange.transactionsOf('b', hash, [3], 5_000)).toEqual([transactions[3]]);
    expect(answerer.sent[0]?.payload.length).toBeGreaterThan((transactions[3] as Uint8Array).length);
  });

  it('are not packed for an older node, which gives its number alone', async () => {
    let told: Uint8Array | undefined;
    const answerer = node(({ payload }) => (told = payload));
    const question = encodeBlockRequest(77, { by: 'TRANSACTIONS', blockHash: hash, indexes });
    answerer.exchange.onFrame('a', {
      type: FrameType.BLOCK_REQ,
      payload: Buffer.concat([u32Bytes(77), question.subarray(4)]),
    });
    for (let turn = 0; told === undefined && turn < 100; turn += 1) await new Promise(setImmediate);
    expect(told).toEqual(Buffer.concat([u32Bytes(77), message]));
  });

  it('are understood from an older node, which gives the number back as it came', async () => {
    const { exchange, penalties } = asking((payload) => Buffer.concat([payload.subarray(0, 4), message]));
    expect(await exchange.transactionsOf('b', hash, indexes, 5_000)).toEqual(transactions);
    expect(penalties).toEqual([]);
  });

  it.each<[string, (packed: Uint8Array) => readonly [length: number, packed: Uint8Array]]>([
    ['longer than it says', (packed) => [message.length - 1, packed]],
    ['shorter than it says', (packed) => [message.length + 1, packed]],
    ['more than a message may be', (packed) => [16 * 1024 * 1024 + 1, packed]],
    ['no stream', () => [message.length, new Uint8Array(50)]],
    ['nothing', () => [message.length, new Uint8Array(0)]],
    ['followed by more', (packed) => [message.length, Uint8Array.from([...packed, 0])]],
  ])('that are packed and %s are held against the peer', async (_, spoil) => {
    const [packed = new Uint8Array(0)] = await accelerator.run('compress', [message]);
    const { exchange, penalties } = asking((payload) => packedAnswer(idOf(payload), ...spoil(packed)));
    await expect(exchange.transactionsOf('b', hash, indexes, 5_000)).rejects.toThrow(NoAnswer);
    expect(penalties).toEqual(['BLOCK_RESP_MALFORMED']);
  });

  it('ask for a packed answer by a bit that older nodes give back', () => {
    const payload = encodeBlockRequest(5, { by: 'HASHES', hashes: [hash] });
    expect(decodeBlockRequest(payload)).toMatchObject({ id: 0x8000_0005, packedWelcome: true });
    expect(decodeMessage(MessageType.BLOCK_REQ, payload.subarray(4))).toMatchObject({
      message: { request: { by: 'HASHES', hashes: [hash] } },
    });
  });
});
