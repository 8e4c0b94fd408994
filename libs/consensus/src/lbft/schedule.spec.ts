import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { leaderSchedule } from './schedule.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const seed = sha256(new TextEncoder().encode('a seed'));

/** The schedule written a second time, straight from the text of 2.5 step 7, with BigInt throughout. */
function byTheText(count: number, view: number): number {
  const k = view - 1;
  const round = Math.floor(k / count);
  const list = [...Array(count).keys()];
  for (let j = count - 1; j >= 1; j--) {
    const roundBytes = Buffer.alloc(8);
    roundBytes.writeBigUInt64BE(BigInt(round));
    const jBytes = Buffer.alloc(4);
    jBytes.writeUInt32BE(j);
    const digest = createHash('sha256')
      .update(Buffer.concat([Buffer.from('fy'), seed, roundBytes, jBytes]))
      .digest();
    const i = Number(digest.readBigUInt64BE(0) % BigInt(j + 1));
    [list[j], list[i]] = [list[i]!, list[j]!];
  }
  return list[k % count]!;
}

describe('the leader schedule', () => {
  it.each([1, 2, 3, 4, 7, 21])('lets each of %i proposers lead once a round, in an order drawn anew', (count) => {
    const leaderOf = leaderSchedule(seed, count, sha256);
    const orders = Array.from({ length: 20 }, (_, round) =>
      Array.from({ length: count }, (_, position) => leaderOf(round * count + position + 1)),
    );
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    if (count > 2) expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(2);
  });

  it('is the one of the protocol text', () => {
    for (const count of [1, 3, 5]) {
      const leaderOf = leaderSchedule(seed, count, sha256);
      for (const view of [1, 2, 3, 4, 77, 1_000_003, 2 ** 40]) expect(leaderOf(view)).toBe(byTheText(count, view));
    }
  });

  it('does not depend on the order in which it is asked', () => {
    const leaderOf = leaderSchedule(seed, 3, sha256);
    const forward = [1, 2, 3, 4, 5, 6, 7].map(leaderOf);
    expect([7, 6, 5, 4, 3, 2, 1].map(leaderOf).reverse()).toEqual(forward);
  });

  it('has no view 0', () => {
    expect(() => leaderSchedule(seed, 3, sha256)(0)).toThrow(RangeError);
  });
});
