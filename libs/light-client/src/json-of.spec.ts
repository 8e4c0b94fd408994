import { describe, expect, it } from '@jest/globals';
import { jsonOf, jsonOfContent } from './json-of.js';

describe('JSON that others sent', () => {
  it('is its value, or undefined where it is none', () => {
    expect(jsonOf('{"a":[1,null]}')).toEqual({ a: [1, null] });
    expect(jsonOf('null')).toBeNull();
    for (const text of ['', '<html>', '{"a":', '\uFEFF1x']) expect(jsonOf(text)).toBeUndefined();
  });

  it('is undefined for content that is no JSON', () => {
    expect(jsonOfContent(new TextEncoder().encode('"é"'))).toBe('é');
    expect(jsonOfContent(new TextEncoder().encode('é'))).toBeUndefined();
    expect(jsonOfContent(Uint8Array.of(0x22, 0xff, 0x22))).toBeUndefined();
    expect(jsonOfContent(undefined)).toBeUndefined();
  });
});
