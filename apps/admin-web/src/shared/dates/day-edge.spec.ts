import { describe, expect, it } from '@jest/globals';
import { dayEdge } from './day-edge.js';

describe('the edges of a day', () => {
  it('are the moments where the day begins and ends for the reader', () => {
    expect(dayEdge('2026-01-02', 'from')).toBe(new Date(2026, 0, 2).toISOString());
    expect(dayEdge('2026-01-02', 'to')).toBe(new Date(2026, 0, 3).toISOString());
    expect(dayEdge('2026-01-31', 'to')).toBe(new Date(2026, 1, 1).toISOString());
    expect(dayEdge('yesterday', 'from')).toBeUndefined();
  });
});
