import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import {
  assembleTransaction,
  buildTransaction,
  decodeLedgerEvent,
  decodeReceipt,
  decodeTransaction,
  encodeReceipt,
  ReceiptStatus,
  refusal,
  type BodyInput,
  type Genesis,
  type TransactionView,
} from '../chain/index.js';
import { fromHex, fromUtf8, toHex, treeHead, utf8 } from '../primitives/index.js';
import { openState, type StateView } from '../state/index.js';
import { createRuntime, RuntimeFault, type LedgerModule, type Runtime } from './index.js';

const keyA = '0a'.repeat(32);
const keyA2 = '0b'.repeat(32);
const keyB = '0c'.repeat(32);
const stranger = 'ff'.repeat(32);
const organisation = (
  account: string,
  keys: string[],
  companyPrefixes: string[],
): Genesis['organisations'][number] => ({
  account,
  name: { en: account, 'zh-CN': account },
  role: 'company',
  class: 'producer',
  keys: keys.map((publicKey) => ({ publicKey, proofOfPossession: '00'.repeat(64) })),
  companyPrefixes,
});
const genesis: Genesis = {
  format: 'waymark-genesis/2',
  suite: 1,
  chainId: 'story',
  timeMs: 1_000,
  parameters: {
    deltaMs: 1,
    minBlockMs: 1,
    slotMs: 1,
    maxBlockBytes: 4_096,
    maxTxBytes: 4_096,
    expiryHeightsMax: 10,
    guardianEvery: 0,
    epochLength: 0,
  },
  organisations: [organisation('acme', [keyA, keyA2], ['9521', '952199']), organisation('bolt', [keyB], ['9522'])],
  validators: [],
  proposers: [],
};
const genesisHash = new Uint8Array(32).fill(5);

/** Notes: each text may be written once, by anybody; a question mark is doubtful, a bang breaks the module. */
const notes: LedgerModule = {
  number: 9,
  kinds: ['notes.write', 'notes.erase', 'notes.context'],
  contextKinds: ['notes.context'],
  checkBody: (body) => (body.content.length > 20 ? refusal('NOTES_TOO_LONG', '/text', { most: 20 }) : undefined),
  genesis: (file, state) => state.put(utf8('motto'), utf8(file.chainId)),
  execute(context, body, state) {
    const text = fromUtf8(body.content);
    if (text.includes('!')) throw new Error('broken module');
    if (body.kind === 'notes.context') return { events: [] };
    if (body.kind === 'notes.erase') {
      state.delete(body.content);
      return { events: [] };
    }
    const author = state.get(body.content);
    // Written before it is judged: the runtime must take it back.
    state.put(body.content, utf8(context.sender.account));
    if (author !== undefined) return { refusal: refusal('NOTES_TWICE', '/text', { author: fromUtf8(author) }) };
    const owner = context.accounts.ownerOf(text)?.account ?? 'nobody';
    return {
      events: [{ type: 'notes.written', content: utf8(`${context.height}/${context.timeMs}/${text}/${owner}`) }],
      ...(text.includes('?') ? { warnings: [refusal('NOTES_DOUBTFUL')] } : {}),
    };
  },
};
const makeRuntime = (modules: readonly LedgerModule[] = [notes]): Runtime =>
  createRuntime({ hashing, modules, genesis, genesisHash });
const runtime = makeRuntime();

const write = (text: string, more: Partial<BodyInput> = {}): BodyInput => ({
  kind: 'notes.write',
  content: utf8(text),
  ...more,
});
interface Wish {
  sender?: string;
  keys?: readonly string[];
  expiryHeight?: number;
  after?: Uint8Array;
  proceed?: boolean;
  bodies?: readonly BodyInput[];
}
const transaction = (wish: Wish = {}): TransactionView => {
  const unsigned = buildTransaction(hashing, {
    genesisHash,
    sender: wish.sender ?? 'acme',
    expiryHeight: wish.expiryHeight ?? 5,
    ...(wish.after === undefined ? {} : { after: wish.after }),
    proceed: wish.proceed ?? false,
    bodies: wish.bodies ?? [write('hello')],
  });
  const signatures = (wish.keys ?? [keyA]).map((key) => ({ publicKey: fromHex(key), signature: new Uint8Array(64) }));
  const outcome = decodeTransaction(hashing, assembleTransaction(unsigned, signatures));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};

/** A chain that says what became of each transaction. */
class Story {
  view: StateView = runtime.genesisState();
  height = 0;

  block(...transactions: TransactionView[]) {
    this.height += 1;
    const result = runtime.executeBlock(this.view, { height: this.height, timeMs: this.height * 1_000, transactions });
    this.view = result.overlay;
    return result;
  }

  codes(...transactions: TransactionView[]): string[] {
    return this.block(...transactions).receipts.map((receipt) =>
      receipt.failures.length === 0
        ? 'ok'
        : receipt.failures.map((failure) => `${failure.body}:${failure.code}`).join(' '),
    );
  }

  wait(blocks: number): this {
    for (let count = 0; count < blocks; count += 1) this.block();
    return this;
  }

  note(text: string): string | undefined {
    const value = this.view.get(Uint8Array.of(9, ...utf8(text)));
    return value === undefined ? undefined : fromUtf8(value);
  }
}

describe('genesis state', () => {
  it('holds the organisations, their prefixes and what modules put there', () => {
    const view = runtime.genesisState();
    const accounts = runtime.accounts(view);
    expect(accounts.byAccount('acme')).toMatchObject({
      account: 'acme',
      name: { en: 'acme', 'zh-CN': 'acme' },
      role: 'company',
      class: 'producer',
      keys: [keyA, keyA2],
      threshold: 1,
      companyPrefixes: ['9521', '952199'],
      createdAt: 0,
      closedAt: 0,
    });
    expect(accounts.byAccount('nobody')).toBeUndefined();
    expect(accounts.ownerOf('9521990000017')).toEqual({ account: 'acme', prefix: '952199' });
    expect(accounts.ownerOf('9521980000017')).toEqual({ account: 'acme', prefix: '9521' });
    expect(accounts.ownerOf('9522')).toEqual({ account: 'bolt', prefix: '9522' });
    expect(accounts.ownerOf('952')).toBeUndefined();
    expect(accounts.ownerOf('9529999')).toBeUndefined();
    expect(view.get(Uint8Array.of(9, ...utf8('motto')))).toEqual(utf8('story'));
    expect(toHex(runtime.genesisState().root)).toBe(toHex(view.root));
    expect(() => runtime.genesisState(view)).toThrow(/not empty/);
  });

  it('is the same whether it is made in memory or on a node’s empty store', () => {
    const records = new Map<string, Uint8Array>();
    const base = openState(hashing, { get: (key) => records.get(toHex(key)) });
    const overlay = runtime.genesisState(base);
    for (const [key, value] of overlay.writes) if (value !== null) records.set(toHex(key), value);
    overlay.flushed();
    expect(base.root).toEqual(runtime.genesisState().root);
    expect(runtime.accounts(base).byAccount('bolt')?.keys).toEqual([keyB]);
  });
});

describe('modules', () => {
  it('cannot claim a number or a kind that is taken', () => {
    for (const number of [1, 2, 4]) expect(() => makeRuntime([{ ...notes, number }])).toThrow(`number ${number}`);
    expect(() => makeRuntime([{ ...notes, number: 256 }])).toThrow(RangeError);
    expect(() => makeRuntime([notes, { ...notes, number: 10 }])).toThrow(/two modules own/);
    expect([...runtime.formRules.kinds].filter((kind) => !/^(account|motion)\./.test(kind)).sort()).toEqual([
      'notes.context',
      'notes.erase',
      'notes.write',
    ]);
    expect(() => makeRuntime([{ ...notes, kinds: ['account.close'] }])).toThrow(/two modules own/);
  });

  it('that throw are a fault with its place, not a refusal', () => {
    const bad = transaction({ bodies: [write('oh!')] });
    const run = (): unknown => new Story().block(bad);
    expect(run).toThrow(RuntimeFault);
    expect(run).toThrow(new RegExp(`module 9, height 1, transaction ${toHex(bad.txId)}, body 0`));
    const wide: LedgerModule = {
      ...notes,
      execute: (_context, _body, state) => {
        state.put(new Uint8Array(600), new Uint8Array(0));
        return { events: [] };
      },
    };
    const wideRuntime = makeRuntime([wide]);
    expect(() =>
      wideRuntime.executeBlock(wideRuntime.genesisState(), { height: 1, timeMs: 1, transactions: [transaction()] }),
    ).toThrow(RuntimeFault);
  });
});

describe('a block', () => {
  it('gives a receipt, ledger events and the next state', () => {
    const story = new Story();
    const tx = transaction({ bodies: [write('a'), write('9522?')], keys: [keyA2, keyA] });
    const result = story.block(tx);
    expect(result.receipts).toEqual([
      {
        txId: tx.txId,
        sender: 'acme',
        signerKeys: [fromHex(keyA2), fromHex(keyA)],
        status: ReceiptStatus.ACCEPTED,
        failures: [],
        eventsRoot: treeHead(hashing, result.eventBytes[0]!),
        height: 1,
        txIndex: 0,
      },
    ]);
    expect(result.eventBytes[0]!.map(decodeLedgerEvent)).toEqual([
      { ok: true, value: { type: 'notes.written', body: 0, content: utf8('1/1000/a/nobody') } },
      { ok: true, value: { type: 'notes.written', body: 1, content: utf8('1/1000/9522?/bolt') } },
    ]);
    expect(result.events[0]).toHaveLength(2);
    expect(result.warnings).toEqual([[{ body: 2, code: 'NOTES_DOUBTFUL', pointer: '', facts: {} }]]);
    expect(result.receiptBytes).toEqual(result.receipts.map(encodeReceipt));
    expect(result.receiptRoot).toEqual(treeHead(hashing, result.receiptBytes));
    expect(decodeReceipt(result.receiptBytes[0]!)).toEqual({ ok: true, value: result.receipts[0] });
    expect(result.stateRoot).toEqual(story.view.root);
    expect(story.note('a')).toBe('acme');
  });

  it('that is empty changes nothing and has the receipt root of nothing', () => {
    const story = new Story();
    const before = story.view.root;
    const result = story.block();
    expect(result.stateRoot).toEqual(before);
    expect(result.receiptRoot).toEqual(hashing.sha256(new Uint8Array(0)));
    expect(result.overlay.writes).toEqual([]);
  });

  it('executed twice, or on state flushed in between, gives the same roots', () => {
    const blocks = [
      [transaction({ bodies: [write('a'), write('b')] }), transaction({ sender: 'bolt', keys: [keyB] })],
      [transaction({ bodies: [{ kind: 'notes.erase', content: utf8('a') }] })],
    ];
    const run = (flush: boolean): string[] => {
      const records = new Map<string, Uint8Array>();
      let view: StateView = runtime.genesisState(openState(hashing, { get: (key) => records.get(toHex(key)) }));
      return blocks.map((transactions, at) => {
        const { overlay } = runtime.executeBlock(view, { height: at + 1, timeMs: at, transactions });
        if (flush)
          for (const done of [view, overlay] as (typeof overlay)[]) {
            for (const [key, value] of done.writes)
              if (value === null) records.delete(toHex(key));
              else records.set(toHex(key), value);
            done.flushed();
          }
        view = overlay;
        return toHex(overlay.root);
      });
    };
    expect(run(true)).toEqual(run(false));
    expect(new Set(run(false)).size).toBe(2);
  });
});

describe('a refused body', () => {
  const bodies = [write('a'), write('a'), write('b'), write('x'.repeat(21))];

  it('takes the transaction with it, which is told of every error, and leaves no trace', () => {
    const story = new Story();
    const result = story.block(transaction({ bodies }));
    expect(result.receipts[0]).toMatchObject({
      status: ReceiptStatus.REFUSED,
      failures: [
        { body: 2, code: 'NOTES_TWICE', pointer: '/text', facts: { author: 'acme' } },
        { body: 4, code: 'NOTES_TOO_LONG', pointer: '/text', facts: { most: '20' } },
      ],
      eventsRoot: hashing.sha256(new Uint8Array(0)),
    });
    expect(result.events).toEqual([[]]);
    expect([story.note('a'), story.note('b')]).toEqual([undefined, undefined]);
  });

  it('is left out where the sender said so', () => {
    const story = new Story();
    const result = story.block(transaction({ bodies, proceed: true }));
    expect(result.receipts[0]).toMatchObject({ status: ReceiptStatus.PARTIAL, failures: [{ body: 2 }, { body: 4 }] });
    expect(result.events[0]!.map((event) => event.body)).toEqual([0, 2]);
    expect([story.note('a'), story.note('b')]).toEqual(['acme', 'acme']);
  });

  it('takes back what it wrote before it was judged', () => {
    const story = new Story();
    story.block(transaction({ sender: 'bolt', keys: [keyB] }));
    story.block(transaction({ proceed: true, bodies: [write('hello'), write('more')] }));
    expect([story.note('hello'), story.note('more')]).toEqual(['bolt', 'acme']);
  });

  it('makes a transaction refused when it is all there is', () => {
    const result = new Story().block(transaction({ proceed: true, bodies: [write('x'.repeat(21))] }));
    expect(result.receipts[0]!.status).toBe(ReceiptStatus.REFUSED);
  });

  it('TX_CONTEXT_REFUSED: takes with it those that name it as their context', () => {
    const context: BodyInput = { kind: 'notes.context', content: utf8('x'.repeat(21)) };
    expect(
      new Story().codes(transaction({ proceed: true, bodies: [context, write('a', { context: 1 }), write('b')] })),
    ).toEqual(['1:NOTES_TOO_LONG 2:TX_CONTEXT_REFUSED']);
  });

  it('TX_KIND_UNKNOWN: is what no module knows, should one get so far', () => {
    expect(new Story().codes(transaction({ bodies: [{ kind: 'other.kind', content: utf8('') }] }))).toEqual([
      '1:TX_KIND_UNKNOWN',
    ]);
  });
});

describe('a transaction that may not stand', () => {
  it('TX_SENDER_UNKNOWN: no such account', () => {
    const result = new Story().block(transaction({ sender: 'nobody' }));
    expect(result.receipts[0]).toMatchObject({
      status: ReceiptStatus.REFUSED,
      signerKeys: [],
      failures: [{ body: 0, code: 'TX_SENDER_UNKNOWN', pointer: '/header/sender', facts: { sender: 'nobody' } }],
    });
  });

  it('TX_SIGNER_UNKNOWN: any key that is not the sender’s', () => {
    const story = new Story();
    expect(story.codes(transaction({ keys: [keyB] }), transaction({ keys: [keyA, stranger] }))).toEqual([
      '0:TX_SIGNER_UNKNOWN',
      '0:TX_SIGNER_UNKNOWN',
    ]);
    expect(story.view.get(Uint8Array.of(9, ...utf8('hello')))).toBeUndefined();
  });

  it('cannot be made to use up the id of the genuine one by somebody else’s signature', () => {
    const story = new Story();
    expect(story.codes(transaction({ keys: [stranger] }))).toEqual(['0:TX_SIGNER_UNKNOWN']);
    expect(story.codes(transaction())).toEqual(['ok']);
  });

  it('TX_EXPIRED, TX_EXPIRY_TOO_FAR: outside [height, height + window]', () => {
    expect(new Story().codes(transaction({ expiryHeight: 1 }))).toEqual(['ok']);
    expect(new Story().wait(1).codes(transaction({ expiryHeight: 1 }))).toEqual(['0:TX_EXPIRED']);
    expect(new Story().codes(transaction({ expiryHeight: 11 }))).toEqual(['ok']);
    expect(new Story().codes(transaction({ expiryHeight: 12 }))).toEqual(['0:TX_EXPIRY_TOO_FAR']);
  });

  it('TX_REPLAYED: twice in one block, in the next, or in the last in which it could live', () => {
    const tx = transaction({ expiryHeight: 11 });
    const story = new Story();
    expect(story.codes(tx, tx)).toEqual(['ok', '0:TX_REPLAYED']);
    expect(story.codes(tx)).toEqual(['0:TX_REPLAYED']);
    expect(story.wait(8).codes(tx)).toEqual(['0:TX_REPLAYED']);
    expect(story.height).toBe(11);
    expect(runtime.seenAt(story.view, tx.txId)).toBe(1);
    expect(story.codes(tx)).toEqual(['0:TX_EXPIRED']);
  });

  it('TX_REPLAYED: also when it was refused the first time', () => {
    const story = new Story();
    const tx = transaction({ bodies: [write('x'.repeat(21))] });
    expect(story.codes(tx)).toEqual(['1:NOTES_TOO_LONG']);
    expect(story.codes(tx)).toEqual(['0:TX_REPLAYED']);
  });

  it('TX_AFTER_MISSING, TX_AFTER_FOREIGN: the one before it is not there, or another’s', () => {
    const first = transaction({ bodies: [write('x'.repeat(21))] });
    const foreign = transaction({ sender: 'bolt', keys: [keyB] });
    const second = (after: TransactionView, text: string): TransactionView =>
      transaction({ after: after.txId, bodies: [write(text)] });
    const story = new Story();
    expect(story.codes(second(first, '1'), first, second(first, '2'), foreign, second(foreign, '3'))).toEqual([
      '0:TX_AFTER_MISSING',
      '1:NOTES_TOO_LONG',
      'ok',
      'ok',
      '0:TX_AFTER_FOREIGN',
    ]);
    expect(story.codes(second(first, '1'))).toEqual(['0:TX_REPLAYED']);
    expect(story.codes(second(first, '4'))).toEqual(['ok']);
  });
});

describe('the window of remembered transactions', () => {
  it('forgets a height when nothing of it can live any more, and keeps the state small', () => {
    const story = new Story();
    // Of what the runtime writes, the changes roots (1 || 'c') stay; ids and their lists go.
    const remembered = (): number => story.view.countOf(utf8('\x01t')) + story.view.countOf(utf8('\x01h'));
    const tx = transaction({ bodies: [{ kind: 'notes.erase', content: utf8('nothing') }] });
    story.block(tx);
    expect(remembered()).toBe(2);
    story.wait(10);
    expect(runtime.seenAt(story.view, tx.txId)).toBe(1);
    story.wait(1);
    expect(story.height).toBe(12);
    expect(runtime.seenAt(story.view, tx.txId)).toBeUndefined();
    expect(remembered()).toBe(0);
  });
});

describe('admission', () => {
  it('says before a block what the block would say', () => {
    const story = new Story();
    const tx = transaction();
    story.block(tx);
    const code = (wish: Wish, height = 2): string | undefined =>
      runtime.checkInclusion(story.view, transaction(wish), height, height * 1_000)?.code;
    expect(code({ bodies: [write('new')] })).toBeUndefined();
    expect(code({})).toBe('TX_REPLAYED');
    expect(code({ sender: 'nobody' })).toBe('TX_SENDER_UNKNOWN');
    expect(code({ keys: [keyB] })).toBe('TX_SIGNER_UNKNOWN');
    expect(code({}, 6)).toBe('TX_EXPIRED');
    expect(code({ expiryHeight: 99 })).toBe('TX_EXPIRY_TOO_FAR');
    expect(code({ after: new Uint8Array(32) })).toBe('TX_AFTER_MISSING');
    expect(code({ after: tx.txId, bodies: [write('new')] })).toBeUndefined();
  });

  it('asks the modules what they can say without state', () => {
    expect(runtime.checkBodies(transaction())).toBeUndefined();
    expect(runtime.checkBodies(transaction({ bodies: [write('a'), write('x'.repeat(21))] }))).toEqual({
      code: 'NOTES_TOO_LONG',
      pointer: '/bodies/1/content/text',
      facts: { most: '20' },
    });
  });
});

describe('a dry run', () => {
  it('judges transactions in order as a block would, and writes nothing', () => {
    const story = new Story();
    const result = runtime.dryRun(
      story.view,
      {
        sender: 'bolt',
        transactions: [
          { proceed: false, bodies: [write('a?')] },
          { proceed: true, bodies: [write('a?'), write('b')] },
          { proceed: false, bodies: [write('c'), write('c')] },
          { proceed: false, bodies: [write('c')] },
          { proceed: false, bodies: [] },
          { proceed: false, bodies: [write('d', { context: 1 })] },
        ],
      },
      7,
      7_000,
    );
    if (!result.ok) throw new Error(result.refusal.code);
    expect(
      result.results.map(({ status, failures, warnings }) => [
        status,
        failures.map(({ body, code }) => `${body}:${code}`),
        warnings.map(({ body, code }) => `${body}:${code}`),
      ]),
    ).toEqual([
      [ReceiptStatus.ACCEPTED, [], ['1:NOTES_DOUBTFUL']],
      [ReceiptStatus.PARTIAL, ['1:NOTES_TWICE'], []],
      [ReceiptStatus.REFUSED, ['2:NOTES_TWICE'], []],
      [ReceiptStatus.ACCEPTED, [], []],
      [ReceiptStatus.REFUSED, ['0:TX_BODY_COUNT'], []],
      [ReceiptStatus.REFUSED, ['0:TX_CONTEXT_INVALID'], []],
    ]);
    expect(result.results[3]!.events).toEqual([{ type: 'notes.written', body: 0, content: utf8('7/7000/c/nobody') }]);
    expect(story.note('a?')).toBeUndefined();
  });

  it('TX_SENDER_UNKNOWN: of nobody', () => {
    expect(runtime.dryRun(new Story().view, { sender: 'nobody', transactions: [] }, 1, 1)).toMatchObject({
      ok: false,
      refusal: { code: 'TX_SENDER_UNKNOWN' },
    });
  });
});
