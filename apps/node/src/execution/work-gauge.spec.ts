import { describe, expect, it } from '@jest/globals';
import { WorkGauge } from './work-gauge.js';

describe('the gauge of work', () => {
  it('learns how much fits, in both directions, and ignores small blocks', () => {
    const gauge = new WorkGauge();
    const atFirst = gauge.bytesWithin(100);
    for (let at = 0; at < 20; at += 1) gauge.note(1_000_000, 100);
    expect(gauge.bytesWithin(100)).toBeGreaterThan(900_000);
    for (let at = 0; at < 20; at += 1) gauge.note(10, 5_000);
    expect(gauge.bytesWithin(100)).toBeGreaterThan(900_000);
    for (let at = 0; at < 20; at += 1) gauge.note(1_000_000, 10_000);
    expect(gauge.bytesWithin(100)).toBeLessThan(atFirst);
  });
});
