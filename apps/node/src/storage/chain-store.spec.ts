import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeHashing as hashing } from '@waymark/accel/node';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import { HEADER_BYTES } from '@waymark/ledger/chain';
import { rangeRoot, toHex, utf8, verifyInclusion } from '@waymark/ledger/primitives';
import { ClassicLevel } from 'classic-level';
import { BlockPruned, ChainStore, StoreUnusable, type FinalBlock } from './chain-store.js';
import { bytesKey, Namespace } from './namespaces.js';
import { RecordDamaged } from './segment-store.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waymark-chain-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const genesisHash = new Uint8Array(32).fill(1);
const open = (over: { genesisHash?: Uint8Array; segmentBytesMax?: number } = {}): ReturnType<typeof ChainStore.open> =>
  ChainStore.open({
    dir,
    hashing,
    genesisHash,
    segmentBytesMax: 1_000_000,
    genesisWrites: () => [[utf8('g'), utf8('genesis')]],
    ...over,
  });

function block(height: number): FinalBlock {
  const header = new Uint8Array(HEADER_BYTES).fill(height);
  const transaction = utf8(`transaction of ${height}`);
  return {
    height,
    hash: hashing.sha256(header),
    header,
    transactions: [transaction],
    certificate: certificateOf(header),
    txIds: [hashing.sha256(transaction)],
    receipts: [utf8(`receipt ${height}`)],
    events: [[utf8('a'), utf8('b')]],
    stateWrites: [
      [utf8(`k${height}`), utf8(`v${height}`)],
      [utf8(`k${height - 1}`), null],
    ],
  };
}
const certificateOf = (header: Uint8Array): CommitCertificate => ({
  kind: 'C',
  epoch: 0,
  view: header[0] as number,
  blockHash: toHex(hashing.sha256(header)),
  bitmap: 1,
  signatures: [new Uint8Array(64)],
});
async function book(store: ChainStore, ...heights: number[]): Promise<void> {
  for (const height of heights) {
    const each = block(height);
    const [place] = await store.appendRecords([each], certificateOf(each.header));
    await store.book(each, place as NonNullable<typeof place>, certificateOf(each.header));
  }
}

describe('the chain store', () => {
  it('gives back everything of a booked block, over a restart', async () => {
    const first = await open();
    await book(first.store, 1, 2, 3);
    await first.store.close();
    const { store, unbooked } = await open();
    expect([store.finalHeight, unbooked]).toEqual([3, []]);
    const two = block(2);
    expect((await store.block(2)).transactions.map((bytes) => Buffer.from(bytes).toString())).toEqual([
      'transaction of 2',
    ]);
    expect(store.heightOf(two.hash)).toBe(2);
    expect(store.heightOf(genesisHash)).toBe(0);
    expect(store.transaction(two.txIds[0] as Uint8Array)).toEqual({ height: 2, index: 0 });
    expect(Buffer.from(store.receipts(2)[0] ?? []).toString()).toBe('receipt 2');
    expect(store.events(2)[0]?.map((bytes) => Buffer.from(bytes).toString())).toEqual(['a', 'b']);
    expect(store.certificate(2)?.view).toBe(2);
    expect(store.tipCertificate?.view).toBe(3);
    expect(
      [store.state.get(utf8('g')), store.state.get(utf8('k2')), store.state.get(utf8('k3'))].map(
        (value) => value && Buffer.from(value).toString(),
      ),
    ).toEqual(['genesis', undefined, 'v3']);
    const root = rangeRoot(hashing, store.range);
    expect(verifyInclusion(hashing, two.hash, 2, 4, store.historyPath(2, 4), root)).toBe(true);
    await store.close();
  });

  it('does not find a transaction under a txId that its sender never signed', async () => {
    const { store } = await open();
    const one = {
      ...block(1),
      transactions: [utf8('foreign'), utf8('own')],
      txIds: [null, hashing.sha256(utf8('own'))],
    };
    const [place] = await store.appendRecords([one], certificateOf(one.header));
    await store.book(one, place as NonNullable<typeof place>, certificateOf(one.header));
    expect(store.transaction(hashing.sha256(utf8('foreign')))).toBeNull();
    expect(store.transaction(hashing.sha256(utf8('own')))).toEqual({ height: 1, index: 1 });
    await store.close();
  });

  it('hands out what was durable and not booked when the process ended, and cuts what was torn', async () => {
    const first = await open();
    await book(first.store, 1);
    await first.store.appendRecords([block(2), block(3)], certificateOf(block(3).header));
    await first.store.close();
    const [name] = await readdir(join(dir, 'blocks'));
    const path = join(dir, 'blocks', name as string);
    const content = await readFile(path);
    await writeFile(path, content.subarray(0, content.length - 3));
    const second = await open();
    expect(second.unbooked.map(({ height, tip }) => [height, tip.view])).toEqual([[2, 3]]);
    expect(second.cutBytes).toBeGreaterThan(0);
    expect(second.store.finalHeight).toBe(1);
    await book(second.store, 2, 3);
    await second.store.close();
    const third = await open();
    expect([third.store.finalHeight, third.unbooked]).toEqual([3, []]);
    expect((await third.store.block(3)).transactions).toHaveLength(1);
    await third.store.close();
  });

  it('tells a damaged record and takes a repaired one in its place', async () => {
    const first = await open();
    await book(first.store, 1, 2, 3);
    await first.store.close();
    const [name] = await readdir(join(dir, 'blocks'));
    const path = join(dir, 'blocks', name as string);
    const content = await readFile(path);
    const at = content.indexOf('transaction of 2');
    content[at] = 0;
    await writeFile(path, content);
    const { store } = await open();
    await expect(store.block(2)).rejects.toThrow(RecordDamaged);
    await expect(store.replaceRecord(2, block(3))).rejects.toThrow('not block 2');
    await store.replaceRecord(2, block(2));
    expect((await store.block(2)).transactions.map((bytes) => Buffer.from(bytes).toString())).toEqual([
      'transaction of 2',
    ]);
    await store.close();
    const again = await open();
    expect([again.store.finalHeight, again.unbooked]).toEqual([3, []]);
    expect((await again.store.block(2)).transactions).toHaveLength(1);
    await again.store.close();
  });

  it('refuses a folder that holds another chain, and a block that does not follow', async () => {
    const { store } = await open();
    await book(store, 1);
    await expect(book(store, 3)).rejects.toThrow('cannot be booked');
    await store.close();
    await expect(open({ genesisHash: new Uint8Array(32) })).rejects.toMatchObject({ code: 'STORE_FOREIGN' });
  });

  it('refuses what an earlier or a later version wrote, and says what to do', async () => {
    const { store } = await open();
    await store.close();
    const written = async (format: string): Promise<void> => {
      const db = new ClassicLevel<Uint8Array, Uint8Array>(join(dir, 'state'), {
        keyEncoding: 'view',
        valueEncoding: 'view',
      });
      await db.put(bytesKey(Namespace.META, utf8('format')), Buffer.concat([utf8(format), genesisHash]));
      await db.close();
    };
    for (const [format, code, sentence] of [
      ['waymark-store/1\n', 'STORE_FORMAT_OLD', 'Move the folder away'],
      ['waymark-store/99\n', 'STORE_FORMAT_UNKNOWN', 'later version'],
      ['something', 'STORE_FORMAT_UNKNOWN', 'something else'],
    ] as const) {
      await written(format);
      const error: unknown = await open().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StoreUnusable);
      expect(error).toMatchObject({ code, message: expect.stringContaining(sentence) as unknown });
    }
  });

  it('lets old blocks go and keeps their headers, their history and all newer blocks', async () => {
    const small = (): ReturnType<typeof ChainStore.open> => open({ segmentBytesMax: 5_000 });
    const first = await small();
    await book(first.store, ...Array.from({ length: 150 }, (_, at) => at + 1));
    const rangeBefore = first.store.rangeAt(30);
    await expect(first.store.prune(51, false)).rejects.toThrow('at least 100 below the last (150)');
    const filesBefore = (await readdir(join(dir, 'blocks'))).length;
    const removed = await first.store.prune(40, true);
    expect(removed).toBeGreaterThan(1);
    expect(await readdir(join(dir, 'blocks'))).toHaveLength(filesBefore - removed);
    await first.store.close();
    const { store, unbooked } = await small();
    expect([store.finalHeight, store.prunedTo, unbooked]).toEqual([150, 40, []]);
    await expect(store.block(40)).rejects.toThrow(BlockPruned);
    expect(() => store.receipts(40)).toThrow(BlockPruned);
    expect(() => store.events(1)).toThrow(BlockPruned);
    expect(store.header(1)?.header).toEqual(block(1).header);
    expect(store.rangeAt(30)).toEqual(rangeBefore);
    const path = store.historyPath(3, 151);
    expect(verifyInclusion(hashing, block(3).hash, 3, 151, path, rangeRoot(hashing, store.range))).toBe(true);
    for (const height of [41, 42, 99, 150]) {
      expect((await store.block(height)).transactions).toEqual(block(height).transactions);
      expect(store.receipts(height)).toHaveLength(1);
    }
    expect(await store.prune(40, true)).toBe(0);
    await book(store, 151);
    await store.close();
  });
});
