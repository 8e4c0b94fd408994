import { describe, expect, it } from '@jest/globals';
import { encodeFrames, FRAME_BYTES_MAX, FrameError, FrameReader, FrameType } from './frame.js';

const bytes = (length: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof FrameError) return error.code;
    throw error;
  }
  return 'NONE';
};

describe('frames of a session', () => {
  it('come out as they went in, however the stream is cut', () => {
    const stream = Buffer.concat([
      ...encodeFrames(FrameType.PREPARE, bytes(100), 1),
      ...encodeFrames(FrameType.TX, new Uint8Array(0), 2),
      ...encodeFrames(FrameType.TX, bytes(3_000), 3),
    ]);
    for (const step of [1, 3, 7, 1_000, stream.length]) {
      const reader = new FrameReader();
      const frames = [];
      for (let at = 0; at < stream.length; at += step) frames.push(...reader.push(stream.subarray(at, at + step)));
      expect(frames.map(({ type, payload }) => [type, payload.length])).toEqual([
        [FrameType.PREPARE, 100],
        [FrameType.TX, 0],
        [FrameType.TX, 3_000],
      ]);
      expect(Buffer.from(frames[2]?.payload ?? []).equals(bytes(3_000))).toBe(true);
    }
  });

  it('carry large payloads in chunks below the bound', () => {
    const payload = bytes(5 * 1024 * 1024 + 17);
    const frames = encodeFrames(FrameType.BLOCK_RESP, payload, 9);
    expect(frames.length).toBe(6);
    expect(Math.max(...frames.map(({ length }) => length))).toBeLessThanOrEqual(FRAME_BYTES_MAX);
    const reader = new FrameReader();
    const out = frames.flatMap((frame) => reader.push(frame));
    expect(out).toHaveLength(1);
    expect(out[0]?.type).toBe(FrameType.BLOCK_RESP);
    expect(Buffer.from(out[0]?.payload ?? []).equals(payload)).toBe(true);
  });

  it('let urgent frames pass between the chunks of a large one', () => {
    const chunks = encodeFrames(FrameType.BLOCK_RESP, bytes(3 * 1024 * 1024), 1);
    const vote = encodeFrames(FrameType.COMMIT, bytes(80), 2);
    const reader = new FrameReader();
    const out = [chunks[0], ...vote, ...chunks.slice(1)].flatMap((frame) => reader.push(frame as Buffer));
    expect(out.map(({ type }) => type)).toEqual([FrameType.COMMIT, FrameType.BLOCK_RESP]);
  });

  it('are refused when any one byte is changed', () => {
    const [good] = encodeFrames(FrameType.PREPARE, bytes(40), 1) as [Buffer];
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] as number) ^ 0x40;
      const reader = new FrameReader();
      let outcome = codeOf(() => expect(reader.push(bad)).toHaveLength(0));
      // A length that grew makes the reader wait for more; what comes next cannot make it whole.
      if (outcome === 'NONE') outcome = codeOf(() => reader.push(Buffer.alloc(FRAME_BYTES_MAX)));
      expect(outcome).not.toBe('NONE');
    }
  });

  it('are refused by length, type, order and size of chunks', () => {
    const long = Buffer.alloc(8);
    long.writeUInt32BE(FRAME_BYTES_MAX, 0);
    expect(codeOf(() => new FrameReader().push(long))).toBe('FRAME_LENGTH');
    expect(codeOf(() => new FrameReader().push(Buffer.alloc(8)))).toBe('FRAME_LENGTH');
    const unknown = encodeFrames(0x55 as FrameType, bytes(4), 1)[0] as Buffer;
    expect(codeOf(() => new FrameReader().push(unknown))).toBe('FRAME_TYPE');
    const chunks = encodeFrames(FrameType.BLOCK_RESP, bytes(3 * 1024 * 1024), 1);
    expect(codeOf(() => new FrameReader().push(chunks[1] as Buffer))).toBe('CHUNK_ORDER');
    const reader = new FrameReader();
    reader.push(chunks[0] as Buffer);
    expect(codeOf(() => reader.push(chunks[2] as Buffer))).toBe('CHUNK_ORDER');
    expect(() => encodeFrames(FrameType.BLOCK_RESP, bytes(17 * 1024 * 1024), 1)).toThrow(RangeError);
  });
});
