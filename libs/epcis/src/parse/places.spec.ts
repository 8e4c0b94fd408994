import { describe, expect, it } from '@jest/globals';
import { placesOf } from './places.js';

describe('places in a text', () => {
  const text = `{\r
  "a/b": {"c": [1, {"d~": "é🐟", "e": true}]},
  "list": [
    {"x": 1},
      [2]
  ]
}`;
  const at = (pointer: string) => {
    const place = placesOf(text, [pointer]).get(pointer);
    return place === undefined ? undefined : [place.line, place.column, text.slice(place.offset, place.offset + 4)];
  };

  it.each([
    ['', [1, 1, '{\r\n ']],
    ['/a~1b', [2, 10, '{"c"']],
    ['/a~1b/c/1/d~0', [2, 27, '"é🐟']],
    ['/a~1b/c/1/e', [2, 39, 'true']],
    ['/list/0/x', [4, 11, '1},\n']],
    ['/list/1/0', [5, 8, '2]\n ']],
    // What is not there: the nearest value around it.
    ['/list/0/missing', [4, 5, '{"x"']],
    ['/list/7', [3, 11, '[\n  ']],
    ['/nowhere/at/all', [1, 1, '{\r\n ']],
  ])('%s', (pointer, place) => expect(at(pointer)).toEqual(place));

  it('finds many at once, and what stands before a fault', () => {
    const broken = '{"a": [10, 20,\n tru';
    expect([...placesOf(broken, ['/a/1', '/a/2']).values()].map(({ line, column }) => [line, column])).toEqual([
      [1, 12],
      [2, 2],
    ]);
    expect(placesOf('', ['/a']).get('/a')).toEqual({ line: 1, column: 1, offset: 0 });
  });

  it('does not fall over absurd nesting', () => {
    const deep = `${'['.repeat(300_000)}1`;
    expect(placesOf(deep, ['/0/0']).get('/0/0')).toEqual({ line: 1, column: 3, offset: 2 });
  });
});
