import { describe, expect, it } from '@jest/globals';
import { nextPage, pageQuery } from './paging.js';

describe('pages', () => {
  it('carries the place where a page ended to the next request', () => {
    const { link } = nextPage('/epcis/events?EQ_bizStep=shipping&nextPageToken=old', ['12', 'key "1"']);
    const target = /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1] ?? '';
    const query = Object.fromEntries(new URL(target, 'http://x').searchParams);
    expect(query).toMatchObject({ EQ_bizStep: 'shipping' });
    expect(pageQuery(query, 100)).toEqual({ perPage: 30, token: ['12', 'key "1"'] });
  });

  it('ends without a link', () => {
    expect(nextPage('/x', undefined)).toEqual({});
  });

  it.each([
    { perPage: '0' },
    { perPage: '101' },
    { perPage: '1.5' },
    { nextPageToken: '###' },
    { nextPageToken: ['a', 'b'] },
  ])('refuses %j', (query) => {
    expect(() => pageQuery(query, 100)).toThrow();
  });
});
