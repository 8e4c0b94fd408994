import { describe, expect, it } from '@jest/globals';
import { addressOf } from '../../app/palette/found.js';
import { dayEdge } from './day-edge.js';

describe('the edges of a day', () => {
  it('are the moments where the day begins and ends for the reader', () => {
    expect(dayEdge('2026-01-02', 'from')).toBe(new Date(2026, 0, 2).toISOString());
    expect(dayEdge('2026-01-02', 'to')).toBe(new Date(2026, 0, 3).toISOString());
    expect(dayEdge('2026-01-31', 'to')).toBe(new Date(2026, 1, 1).toISOString());
    expect(dayEdge('yesterday', 'from')).toBeUndefined();
  });

  it('are both in what a found day, month or party leads to', () => {
    const hit = (id: string) => ({ id, title: id });
    expect(addressOf('days', hit('2026-02-11')).search).toEqual({ from: '2026-02-11', to: '2026-02-11' });
    expect(addressOf('days', hit('2026-02')).search).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(addressOf('parties', hit('https://id.gs1.org/417/9521002000000')).search).toEqual({
      party: 'https://id.gs1.org/417/9521002000000',
    });
  });
});
