import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordDamaged, SegmentStore, type RecordPlace } from './segment-store.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waymark-segments-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const record = (height: number): { height: number; payload: Uint8Array } => ({
  height,
  payload: new Uint8Array(50 + height).fill(height),
});

async function filled(count: number, segmentBytesMax = 1_000_000): Promise<RecordPlace[]> {
  const { store } = await SegmentStore.open(dir, { segmentBytesMax, known: null });
  const places: RecordPlace[] = [];
  for (let height = 1; height <= count; height += 1) places.push(...(await store.append([record(height)])));
  await store.close();
  return places;
}

describe('the segment store', () => {
  it('gives every record back, over several files', async () => {
    const places = await filled(20, 200);
    expect(new Set(places.map(({ segment }) => segment)).size).toBeGreaterThan(5);
    const { store, after, cutBytes } = await SegmentStore.open(dir, {
      segmentBytesMax: 200,
      known: places.at(-1) ?? null,
    });
    expect([after, cutBytes]).toEqual([[], 0]);
    for (const [index, place] of places.entries()) {
      const read = await store.read(place);
      expect(read.height).toBe(index + 1);
      expect(Buffer.from(read.payload).equals(record(index + 1).payload)).toBe(true);
    }
    await store.close();
  });

  it('gives whole records behind the known one and cuts a torn one, wherever it is torn', async () => {
    const places = await filled(3);
    const [name] = await readdir(dir);
    const path = join(dir, name as string);
    const whole = await readFile(path);
    const [first, second] = places as [RecordPlace, RecordPlace];
    for (let cut = second.offset; cut <= whole.length; cut += 1) {
      await writeFile(path, whole.subarray(0, cut));
      const { store, after, cutBytes } = await SegmentStore.open(dir, { segmentBytesMax: 1_000_000, known: first });
      const kept = places.slice(1).filter(({ offset, length }) => offset + length <= cut);
      expect(after.map(({ record: { height } }) => height)).toEqual(kept.map((_, index) => index + 2));
      const end = kept.at(-1) ?? first;
      expect(cutBytes).toBe(cut - end.offset - end.length);
      const [place] = await store.append([record(9)]);
      expect((await store.read(place as RecordPlace)).height).toBe(9);
      await store.close();
    }
  });

  it('tells a flipped byte and a lost file', async () => {
    const places = await filled(3);
    const [name] = await readdir(dir);
    const path = join(dir, name as string);
    const content = await readFile(path);
    const [first, second, third] = places as [RecordPlace, RecordPlace, RecordPlace];
    for (let at = second.offset; at < third.offset; at += 5) {
      const bad = Buffer.from(content);
      bad[at] = (bad[at] as number) ^ 1;
      await writeFile(path, bad);
      const { store } = await SegmentStore.open(dir, { segmentBytesMax: 1_000_000, known: third });
      await expect(store.read(second)).rejects.toThrow(RecordDamaged);
      expect((await store.read(first)).height).toBe(1);
      expect((await store.read(third)).height).toBe(3);
      await store.close();
    }
    const { store } = await SegmentStore.open(dir, { segmentBytesMax: 1_000_000, known: third });
    await expect(store.read({ ...first, segment: 77 })).rejects.toThrow(RecordDamaged);
    await store.close();
  });
});
