import { describe, expect, it } from '@jest/globals';
import { BAN_MS, Conduct } from './conduct.js';
import { encodeFrames, FrameType } from './frame.js';
import { Lanes } from './lanes.js';
import { TokenBucket } from './token-bucket.js';

describe('the score of a peer', () => {
  it('resets its session after three offences and bans it after three resets in ten minutes', () => {
    const conduct = new Conduct();
    const verdicts = Array.from({ length: 9 }, (_, at) => conduct.offence(at * 1_000));
    expect(verdicts).toEqual(['NOTED', 'NOTED', 'RESET', 'NOTED', 'NOTED', 'RESET', 'NOTED', 'NOTED', 'BAN']);
    expect(conduct.banned(8_000 + BAN_MS - 1)).toBe(true);
    expect(conduct.banned(8_000 + BAN_MS)).toBe(false);
  });

  it('forgets resets that are long past', () => {
    const conduct = new Conduct();
    const hour = 3_600_000;
    const verdicts = Array.from({ length: 9 }, (_, at) => conduct.offence(at * hour));
    expect(verdicts).not.toContain('BAN');
  });
});

describe('the rate of a peer', () => {
  it('lets a burst pass and then says how long to wait', () => {
    const bucket = new TokenBucket(1_000, 500, 0);
    expect(bucket.take(500, 0)).toBe(0);
    expect(bucket.take(100, 0)).toBe(100);
    expect(bucket.take(0, 99)).toBe(1);
    expect(bucket.take(0, 100)).toBe(0);
    expect(bucket.take(500, 10_000)).toBe(0);
    expect(bucket.take(1, 10_000)).toBe(1);
  });
});

describe('what waits to be sent', () => {
  const frame = (type: FrameType, length = 10): Buffer[] => encodeFrames(type, new Uint8Array(length), 1);

  it('leaves by urgency: votes, proposals, transactions, catch-up', () => {
    const lanes = new Lanes();
    for (const type of [FrameType.BLOCK_RESP, FrameType.TX, FrameType.PROPOSE, FrameType.COMMIT])
      lanes.push(type, frame(type));
    const order = [];
    for (let next = lanes.shift(); next !== null; next = lanes.shift()) order.push(next[0]?.[4]);
    expect(order).toEqual([FrameType.COMMIT, FrameType.PROPOSE, FrameType.TX, FrameType.BLOCK_RESP]);
  });

  it('loses the oldest of a full lane, never of another', () => {
    const lanes = new Lanes();
    lanes.push(FrameType.COMMIT, frame(FrameType.COMMIT));
    for (let index = 0; index < 50; index += 1) lanes.push(FrameType.TX, frame(FrameType.TX, 1_000_000));
    expect(lanes.dropped).toBeGreaterThan(10);
    expect(lanes.shift()?.[0]?.[4]).toBe(FrameType.COMMIT);
    let left = 0;
    while (lanes.shift() !== null) left += 1;
    expect(left).toBe(50 - lanes.dropped);
  });
});
