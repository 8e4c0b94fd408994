import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import fc from 'fast-check';
import { compareBytes, concatBytes, toHex } from '../primitives/index.js';
import {
  decodeStateEntries,
  encodeStateEntry,
  openState,
  putEntries,
  StateRootReader,
  type StateEntry,
} from './index.js';

const entries = fc
  .uniqueArray(
    fc.record({
      key: fc.uint8Array({ maxLength: 5 }),
      changedAt: fc.maxSafeNat(),
      value: fc.uint8Array({ maxLength: 5 }),
    }),
    { maxLength: 40, selector: ({ key }) => toHex(key) },
  )
  .map((list): StateEntry[] => [...list].sort((a, b) => compareBytes(a.key, b.key)));

describe('the state as a row of entries', () => {
  it('has the root of the map, read in one pass', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const reader = new StateRootReader(hashing);
        for (const entry of list) expect(reader.add(entry)).toBe(true);
        const map = putEntries(hashing, openState(hashing, { get: () => undefined }), list);
        expect(toHex(reader.root())).toBe(toHex(map.root));
      }),
    );
  });

  it('refuses keys that do not rise', () => {
    const reader = new StateRootReader(hashing);
    const entry = (key: number): StateEntry => ({ key: Uint8Array.of(key), changedAt: 1, value: new Uint8Array(0) });
    expect([2, 2, 1, 3].map((key) => reader.add(entry(key)))).toEqual([true, false, false, true]);
  });

  it('is read as it was written, and not when cut', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const whole = concatBytes(...list.map(encodeStateEntry));
        const plain = (row: readonly StateEntry[] | undefined): unknown =>
          row?.map(({ key, changedAt, value }) => [toHex(key), changedAt, toHex(value)]);
        expect(plain(decodeStateEntries(whole))).toEqual(plain(list));
        if (list.length > 0) expect(decodeStateEntries(whole.subarray(0, -1))).toBeUndefined();
        expect(decodeStateEntries(concatBytes(whole, Uint8Array.of(0)))).toBeUndefined();
      }),
    );
  });
});
