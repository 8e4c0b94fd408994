import { describe, expect, it } from '@jest/globals';
import { lastPart, readablePart } from './readable.js';

describe('parts of identifiers for people', () => {
  it('are decoded', () => {
    expect(readablePart('L%201')).toBe('L 1');
    expect(readablePart('%E6%B0%B4')).toBe('水');
    expect(lastPart('https://id.gs1.org/01/09521234000013/10/A%2FB')).toBe('A/B');
    expect(lastPart('urn:uuid:4f1d')).toBe('urn:uuid:4f1d');
  });

  it.each(['%FF', '50%', '%', '%zz', 'a%C3', '%ED%A0%80'])(
    'stay as they are where they decode to nothing: %s',
    (part) => {
      expect(readablePart(part)).toBe(part);
      expect(lastPart(`https://example.org/atk/${part}`)).toBe(part);
    },
  );

  it('bring out no characters that nobody sees', () => {
    for (const part of ['a%00b', 'a%0Ab', 'L%E2%80%AE1', '%E2%80%8B']) expect(readablePart(part)).toBe(part);
  });

  it('are the whole identifier where it ends in a slash', () => {
    expect(lastPart('https://example.org/')).toBe('https://example.org/');
  });
});
