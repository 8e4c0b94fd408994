import { describe, expect, it } from '@jest/globals';
import { addressOf } from './found.js';

describe('where a hit of the search leads', () => {
  it('is days with both edges in, and what names a party', () => {
    const hit = (id: string) => ({ id, title: id });
    expect(addressOf('days', hit('2026-02-11')).search).toEqual({ from: '2026-02-11', to: '2026-02-11' });
    expect(addressOf('days', hit('2026-02')).search).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(addressOf('parties', hit('https://id.gs1.org/417/9521002000000')).search).toEqual({
      party: 'https://id.gs1.org/417/9521002000000',
    });
  });
});
