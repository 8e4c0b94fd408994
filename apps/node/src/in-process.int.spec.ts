import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeBody, decodeReceipt, encodeBody, ReceiptStatus } from '@waymark/ledger/chain';
import { fromBase64, utf8 } from '@waymark/ledger/primitives';
import { startInProcessLedger, type InProcessLedger } from './in-process.js';
import { callRpc, notes, noteTransaction, testGenesis, until, type TestGenesis } from './testing/consortium.js';

interface Feed {
  readonly blocks: readonly {
    readonly transactions: string[];
    readonly receipts: string[];
    readonly events: string[][];
  }[];
  readonly anchor: { readonly headers: string[]; readonly certificate: { readonly bitmap: number } };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('a ledger in this process, over JSON-RPC', () => {
  let of: TestGenesis;
  let ledger: InProcessLedger;
  beforeEach(async () => {
    of = testGenesis(1);
    ledger = await startInProcessLedger({
      genesis: of.bytes,
      seeds: of.consensusSeeds,
      modules: [notes],
      pacing: { minBlockMs: 1 },
    });
  });
  afterEach(() => ledger.close());

  const call = <T = Record<string, unknown>>(method: string, params: object = {}): Promise<T> =>
    callRpc<T>(ledger.rpcUrl, method, params);
  const submit = (bytes: Uint8Array): Promise<{ txId: string; result: string }> =>
    call('submitTransaction', { transaction: base64(bytes) });
  const final = (txId: string): Promise<void> =>
    until('final', async () => (await call('transaction', { txId }))['state'] === 'final');
  const refusal = (code: string): object => ({ rpc: { code: -32000, data: { code } } });

  it('says who it is', async () => {
    const status = await call('status');
    expect(status).toMatchObject({
      chainId: 'waymark-spec',
      genesisHash: ledger.genesisHash,
      account: 'processor',
      role: 'validator',
      quarantined: false,
      peers: [],
      mempool: { count: 0, bytes: 0 },
    });
    expect(await call('genesis')).toEqual({ genesis: base64(of.bytes) });
    expect((await fetch(`${ledger.rpcUrl}/health`)).status).toBe(200);
  });

  it('takes a transaction once, makes it final, and knows it afterwards', async () => {
    const { bytes, txId } = noteTransaction(of, 'processor', ['one']);
    expect(await call('transaction', { txId })).toEqual({ state: 'unknown' });
    expect(await submit(bytes)).toEqual({ txId, result: 'accepted' });
    await final(txId);
    expect(await submit(bytes)).toEqual({ txId, result: 'final' });
    const found = await call<{ receipt: string; height: number; txIndex: number }>('transaction', { txId });
    const receipt = decodeReceipt(fromBase64(found.receipt));
    expect(receipt).toMatchObject({
      ok: true,
      value: { sender: 'processor', status: ReceiptStatus.ACCEPTED, height: found.height, txIndex: 0 },
    });
  });

  it('keeps what is final over a restart', async () => {
    const { bytes, txId } = noteTransaction(of, 'processor', ['kept']);
    await submit(bytes);
    await final(txId);
    await ledger.waitForHeight(2);
    const before = await call('headers', { from: 1, limit: 2 });
    await ledger.restart();
    expect(await call('headers', { from: 1, limit: 2 })).toEqual(before);
    expect((await call('transaction', { txId }))['state']).toBe('final');
    const more = noteTransaction(of, 'processor', ['more']);
    await submit(more.bytes);
    await final(more.txId);
  });

  it('refuses what is forged, foreign, expired or not understood, with a code', async () => {
    const { bytes } = noteTransaction(of, 'processor', ['forged']);
    const forged = Uint8Array.from(bytes);
    const at = Buffer.from(bytes).indexOf('forged');
    forged[at] = (forged[at] as number) ^ 1;
    await expect(submit(forged)).rejects.toMatchObject({ rpc: { code: -32000 } });
    const other = testGenesis(1);
    await expect(submit(noteTransaction(other, 'processor', ['foreign']).bytes)).rejects.toMatchObject(
      refusal('TX_CHAIN_FOREIGN'),
    );
    await expect(
      submit(noteTransaction({ ...other, genesisHash: of.genesisHash }, 'processor', ['wrong key']).bytes),
    ).rejects.toMatchObject(refusal('TX_SIGNER_UNKNOWN'));
    await expect(
      submit(noteTransaction(of, 'processor', ['too far'], { expiryHeight: 1_000_000 }).bytes),
    ).rejects.toMatchObject(refusal('TX_EXPIRY_TOO_FAR'));
    await expect(call('submitTransaction', { transaction: '%%%' })).rejects.toMatchObject({ rpc: { code: -32602 } });
    await expect(call('submitTransaction', {})).rejects.toMatchObject({ rpc: { code: -32602 } });
    await expect(call('nonsense')).rejects.toMatchObject({ rpc: { code: -32601 } });
    const notJson = await fetch(ledger.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(await notJson.json()).toMatchObject({ error: { code: -32700 } });
    const tooLarge = await fetch(ledger.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify('x'.repeat(7_000_000)),
    });
    expect(tooLarge.status).toBe(413);
    expect((await call<{ mempool: object }>('status')).mempool).toEqual({ count: 0, bytes: 0 });
  });

  it('refuses a signature that is not the key’s', async () => {
    const { bytes } = noteTransaction(of, 'processor', ['wrong signature']);
    const forged = Uint8Array.from(bytes);
    const publicKey = Buffer.from(bytes).indexOf(Buffer.from([0x12, 0x40])); // field 2 of Signature, 64 bytes
    forged[publicKey + 2 + 10] = (forged[publicKey + 2 + 10] as number) ^ 1;
    await expect(submit(forged)).rejects.toMatchObject(refusal('TX_SIGNATURE_INVALID'));
  });

  it('lets a transaction wait for the one it names, whichever comes first', async () => {
    const first = noteTransaction(of, 'processor', ['first']);
    const second = noteTransaction(of, 'processor', ['second'], { after: Buffer.from(first.txId, 'hex') });
    expect((await submit(second.bytes)).result).toBe('accepted');
    expect((await call('transaction', { txId: second.txId }))['state']).toBe('pending');
    await submit(first.bytes);
    await final(second.txId);
    const places = await Promise.all(
      [first, second].map(({ txId }) => call<{ height: number; txIndex: number }>('transaction', { txId })),
    );
    const [one, two] = places.map(({ height, txIndex }) => height * 100_000 + txIndex);
    expect(one).toBeLessThan(two as number);
  });

  it('judges bodies in a dry run on the last state and writes nothing', async () => {
    const { bytes, txId } = noteTransaction(of, 'processor', ['taken']);
    await submit(bytes);
    await final(txId);
    const body = (text: string): string => base64(encodeBody({ kind: 'notes.write', content: utf8(text) }));
    expect(decodeBody(fromBase64(body('x'))).ok).toBe(true);
    const before = ledger.finalHeight();
    const answer = await call<{
      height: number;
      results: { status: string; failures: object[]; warnings: object[] }[];
    }>('dryRun', {
      sender: 'processor',
      transactions: [
        { bodies: [body('free'), body('taken')], proceed: true },
        { bodies: [body('free')], proceed: false },
        { bodies: [body('bad')], proceed: false },
        { bodies: [body('fresh')], proceed: false },
      ],
    });
    expect(answer.height).toBeGreaterThanOrEqual(before);
    expect(answer.results.map(({ status }) => status)).toEqual(['PARTIAL', 'REFUSED', 'REFUSED', 'ACCEPTED']);
    expect(answer.results[0]?.failures).toMatchObject([{ body: 2, code: 'NOTES_TWICE' }]);
    expect(
      (
        await call<{ results: { status: string }[] }>('dryRun', {
          sender: 'processor',
          transactions: [{ bodies: [body('free')], proceed: false }],
        })
      ).results[0]?.status,
    ).toBe('ACCEPTED');
    await expect(
      call('dryRun', { sender: 'nobody', transactions: [{ bodies: [body('free')], proceed: false }] }),
    ).rejects.toMatchObject({ rpc: { code: -32000 } });
    const many = Array.from({ length: 51 }, () => ({ bodies: [body('x')], proceed: false }));
    await expect(call('dryRun', { sender: 'processor', transactions: many })).rejects.toMatchObject({
      rpc: { code: -32602 },
    });
  });

  it('feeds blocks up to a certified header and waits for the next', async () => {
    const next = ledger.finalHeight() + 1;
    const waiting = call<Feed>('blocks', { from: next, waitMs: 10_000 });
    const { bytes, txId } = noteTransaction(of, 'processor', ['fed']);
    await submit(bytes);
    expect((await waiting).blocks.length).toBeGreaterThan(0);
    await final(txId);
    const { height } = await call<{ height: number }>('transaction', { txId });
    const feed = await call<Feed>('blocks', { from: height, limit: 1, waitMs: 10_000 });
    expect(feed.blocks.flatMap(({ transactions }) => transactions)).toEqual([base64(bytes)]);
    const block = feed.blocks.find(({ transactions }) => transactions.length === 1);
    expect(block?.receipts).toHaveLength(1);
    expect(block?.events[0]).toHaveLength(1);
    expect(feed.anchor.headers.length).toBeGreaterThan(0);
    expect(feed.anchor.certificate.bitmap).toBe(1);
    expect(await call('blocks', { from: 1_000_000, waitMs: 10 })).toMatchObject({ blocks: [], anchor: null });
    await expect(call('blocks', { from: 1, waitMs: 60_000 })).rejects.toMatchObject({ rpc: { code: -32602 } });
  });

  it('gives a proof of acceptance, or says that it is not ready', async () => {
    const { bytes, txId } = noteTransaction(of, 'processor', ['proven', 'too']);
    await expect(call('proof', { txIds: [txId] })).rejects.toMatchObject({ rpc: { code: -32602 } });
    await submit(bytes);
    await final(txId);
    const { height } = await call<{ height: number }>('transaction', { txId });
    await ledger.waitForHeight(height + 3);
    const proof = await call<{
      headers: { height: number; historyPath?: string[] }[];
      transactions: { bodies: object[]; stateHeaderHeight: number }[];
    }>('proof', { txIds: [txId], bodies: { [txId]: [1] } });
    expect(proof.transactions).toHaveLength(1);
    expect(proof.transactions[0]).toMatchObject({ stateHeaderHeight: height + 1, bodies: [{ index: 1 }] });
    expect(proof.headers).toMatchObject([{ height }, { height: height + 1 }]);
    expect(await call('stateProof', { module: 9, key: base64(utf8('proven')) })).toMatchObject({
      proof: { present: { value: base64(utf8('processor')), changedAt: height } },
    });
    const absent = await call<{ proof: object }>('stateProof', { module: 9, key: base64(utf8('never')) });
    expect(absent.proof).not.toHaveProperty('present');
  });
});
