import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeLogFrame, LogFrameType } from '@waymark/consensus/signing';
import { readSegment, WriteAheadLog, type WriteAheadLogOptions } from './write-ahead-log.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waymark-wal-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const payload = (text: string): Uint8Array => new TextEncoder().encode(text);
const options = (over: Partial<WriteAheadLogOptions> = {}): WriteAheadLogOptions => ({
  dir,
  viewOf: (_type, bytes) => bytes[0] ?? 0,
  serialOf: (type, bytes) => (type === LogFrameType.VOTE ? (bytes[1] ?? 0) : null),
  ...over,
});
const texts = (frames: readonly { readonly payload: Uint8Array }[]): string[] =>
  frames.map((frame) => new TextDecoder().decode(frame.payload));

describe('the write-ahead log', () => {
  it('gives back what was flushed, in order, over several runs', async () => {
    for (const run of [1, 2, 3]) {
      const { log, frames, damage } = await WriteAheadLog.open(options());
      expect(damage).toBe('NONE');
      expect(texts(frames)).toEqual(
        Array.from({ length: run - 1 }, (_, index) => [`a${index + 1}`, `b${index + 1}`]).flat(),
      );
      log.append(LogFrameType.CERTIFICATE, payload(`a${run}`));
      const first = log.flush();
      log.append(LogFrameType.VOTE, payload(`b${run}`));
      await Promise.all([first, log.flush(), log.flush()]);
      await log.close();
    }
    const { log, frames } = await WriteAheadLog.open(options());
    expect(frames.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    await log.close();
  });

  it('survives a cut at every byte: whole frames stay, the torn one goes', async () => {
    const frames = ['one', 'two', 'three'].map((text, index) =>
      encodeLogFrame({ type: LogFrameType.VOTE, seq: index + 1, payload: payload(text) }),
    );
    const whole = Buffer.concat(frames);
    const ends = frames.map((_, index) => frames.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0));
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const read = readSegment(whole.subarray(0, cut));
      const expected = ends.filter((end) => end <= cut).length;
      expect(texts(read.frames)).toEqual(['one', 'two', 'three'].slice(0, expected));
      expect(read.validBytes).toBe([0, ...ends][expected]);
      expect(read.damage).toBe(cut === read.validBytes ? 'NONE' : 'TORN');
    }
  });

  it('steps over a flipped byte in the middle, keeps what follows and says so', () => {
    const frames = ['one', 'two', 'three'].map((text, index) =>
      encodeLogFrame({ type: LogFrameType.VOTE, seq: index + 1, payload: payload(text) }),
    );
    const whole = Buffer.concat(frames);
    const [first, second] = frames as [Uint8Array, Uint8Array];
    for (let at = first.length; at < first.length + second.length; at += 1) {
      const bad = Buffer.from(whole);
      bad[at] = (bad[at] as number) ^ 0x08;
      const read = readSegment(bad);
      expect(texts(read.frames)).toEqual(['one', 'three']);
      expect(read.damage).toBe('MIDDLE');
    }
  });

  it('cuts a torn file and goes on in a new one', async () => {
    const first = await WriteAheadLog.open(options());
    first.log.append(LogFrameType.VOTE, payload('kept'));
    await first.log.flush();
    await first.log.close();
    const [name] = await readdir(dir);
    const path = join(dir, name as string);
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.from([0, 0, 0, 40, 1, 2, 3])]));
    const second = await WriteAheadLog.open(options());
    expect(second.damage).toBe('TORN');
    expect(texts(second.frames)).toEqual(['kept']);
    second.log.append(LogFrameType.VOTE, payload('more'));
    await second.log.flush();
    await second.log.close();
    const third = await WriteAheadLog.open(options());
    expect(third.damage).toBe('NONE');
    expect(texts(third.frames)).toEqual(['kept', 'more']);
    await third.log.close();
  });

  it('removes only segments whose every view is final', async () => {
    const { log } = await WriteAheadLog.open(options({ segmentBytesMax: 10 }));
    for (const view of [1, 2, 9, 3]) {
      log.append(LogFrameType.VOTE, Uint8Array.from([view, 0, 0]));
      await log.flush();
    }
    const signed = 100;
    expect(await log.prune(2, signed)).toBe(2);
    expect(await log.prune(8, signed)).toBe(0);
    expect(await log.prune(9, signed)).toBe(1);
    await log.close();
    const again = await WriteAheadLog.open(options());
    expect(again.frames.map((frame) => frame.payload[0])).toEqual([3]);
    await again.log.close();
  });

  it('keeps votes until both copies of the sign-state are past them, also after a start', async () => {
    const { log } = await WriteAheadLog.open(options({ segmentBytesMax: 10 }));
    for (const serial of [7, 8]) {
      log.append(LogFrameType.VOTE, Uint8Array.from([1, serial]));
      await log.flush();
    }
    expect(await log.prune(9, 7)).toBe(0);
    expect(await log.prune(9, 8)).toBe(1);
    await log.close();
    const { log: again } = await WriteAheadLog.open(options({ segmentBytesMax: 10 }));
    again.append(LogFrameType.BLOCK, Uint8Array.from([1]));
    await again.flush();
    expect(await again.prune(9, -1)).toBe(0);
    expect(await again.prune(9, 8)).toBe(0);
    expect(await again.prune(9, 9)).toBe(1);
    await again.close();
  });
});
