import { describe, expect, it } from '@jest/globals';
import { packBodies, unpackBodies } from './stored-bodies.js';

describe('stored bodies', () => {
  it.each([[[]], [[new Uint8Array(0)]], [[new Uint8Array([1, 2]), new Uint8Array(0), new Uint8Array(70_000).fill(7)]]])(
    'come back as they went in',
    (bodies: Uint8Array[]) => {
      expect(unpackBodies(packBodies(bodies)).map((body) => [...body])).toEqual(bodies.map((body) => [...body]));
    },
  );

  it('are not guessed from torn bytes', () => {
    const packed = packBodies([new Uint8Array([1, 2, 3])]);
    expect(() => unpackBodies(packed.subarray(0, 6))).toThrow(/ends before|outside buffer/);
    expect(() => unpackBodies(packed.subarray(0, 2))).toThrow(/ends before|outside buffer/);
  });
});
