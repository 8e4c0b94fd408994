import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { toHex, utf8 } from '../primitives/index.js';
import {
  applyChanges,
  blockRecordKey,
  keyText,
  openState,
  proveHistory,
  verifyStateHistory,
  type ProvenChange,
  type StateHistory,
  type StateOverlay,
  type StateView,
} from './index.js';

const records = new Map<string, Uint8Array>();
const base = openState(hashing, { get: (key) => records.get(toHex(key)) });
const write = (overlay: StateOverlay): void => {
  for (const [key, value] of overlay.writes)
    if (value === null) records.delete(toHex(key));
    else records.set(toHex(key), value);
  overlay.flushed();
};
const block = (view: StateView, height: number, ...changes: readonly [string, string | null][]): StateOverlay =>
  applyChanges(
    hashing,
    view,
    new Map(
      changes.map(([name, value]) => [
        keyText(utf8(name)),
        { key: utf8(name), value: value === null ? null : utf8(value) },
      ]),
    ),
    height,
  );
const lot = utf8('lot');
write(block(base, 0, ['lot', 'made'], ['other', '0']));
write(block(base, 4, ['lot', 'held'], ['third', '4']));
write(block(base, 5, ['other', '5']));
write(block(base, 9, ['lot', 'recalled']));
/** Not final yet, on top of what lies in the store. */
const top = block(base, 12, ['lot', 'closed'], ['a', '1'], ['z', '1']);

describe('the history of a key', () => {
  const prove = (
    ...args: Parameters<typeof proveHistory> extends [unknown, ...infer Rest] ? Rest : never
  ): StateHistory => {
    const found = proveHistory(hashing, ...args);
    if (found === undefined) throw new Error('no history');
    return found;
  };
  const history = prove(top, lot, 12, 100);
  const texts = (verdict: ReturnType<typeof verifyStateHistory>): unknown =>
    verdict.ok
      ? verdict.versions.map(({ height, value }) => [height, value && Buffer.from(value).toString()])
      : verdict;
  const verify = (given: StateHistory, from = 12, root = top.root): ReturnType<typeof verifyStateHistory> =>
    verifyStateHistory(hashing, root, lot, from, given);

  it('shows every value with its height, back to the first, under one root', () => {
    const verdict = verify(history);
    expect(texts(verdict)).toEqual([
      [12, 'closed'],
      [9, 'recalled'],
      [4, 'held'],
      [0, 'made'],
    ]);
    expect(verdict.ok && verdict.next).toBeUndefined();
  });

  it('is told in pieces, and says where to go on', () => {
    const piece = prove(top, lot, 12, 2);
    const verdict = verify(piece);
    expect([texts(verdict), verdict.ok && verdict.next]).toEqual([
      [
        [12, 'closed'],
        [9, 'recalled'],
      ],
      4,
    ]);
    const rest = verify(prove(top, lot, 4, 9), 4);
    // The first of a later piece is known by its hash: its value is what the piece before ended with.
    expect(texts(rest)).toEqual([
      [4, undefined],
      [0, 'made'],
    ]);
  });

  it('cannot leave out, bend, exchange or invent a change', () => {
    const [newest, second, ...rest] = history.changes as readonly [ProvenChange, ProvenChange];
    const defect = (changes: readonly ProvenChange[], from?: number): unknown => {
      const verdict = verify({ changes }, from);
      return verdict.ok ? undefined : [verdict.defect, verdict.at];
    };
    expect(defect([newest, ...rest])).toEqual(['CHANGE_FOREIGN', 1]);
    expect(defect(history.changes, 9)).toEqual(['CHANGE_FOREIGN', 0]);
    expect(defect([newest, { ...second, leaf: second.leaf.slice(1) }])).toEqual(['CHANGE_FOREIGN', 1]);
    expect(defect([newest, { ...second, value: utf8('fine') }])).toEqual(['VALUE_FOREIGN', 1]);
    expect(defect([newest, { ...second, root: newest.root }])).toEqual(['CHANGES_ROOT_INVALID', 1]);
    expect(defect([{ ...newest, index: 0 }])).toEqual(['CHANGE_PATH_INVALID', 0]);
    expect(defect([{ ...newest, path: newest.path.slice(1) }])).toEqual(['CHANGE_PATH_INVALID', 0]);
    for (const at of newest.leaf.keys()) {
      const leaf = newest.leaf.slice();
      leaf[at] = (leaf[at] as number) ^ 1;
      expect(defect([{ ...newest, leaf }])).toBeDefined();
    }
    expect(verify(history, 12, base.root)).toEqual({ ok: false, defect: 'CHANGES_ROOT_INVALID', at: 0 });
  });

  it('goes on without the values that are no longer kept, and ends where the changes are not', () => {
    records.delete(toHex(blockRecordKey(3, 9)));
    expect(texts(verify(prove(top, lot, 12, 9)))).toEqual([
      [12, 'closed'],
      [9, 'recalled'],
      [4, undefined],
      [0, 'made'],
    ]);
    records.delete(toHex(blockRecordKey(2, 4)));
    const shorter = verify(prove(top, lot, 12, 9));
    expect([texts(shorter), shorter.ok && shorter.next]).toEqual([
      [
        [12, 'closed'],
        [9, 'recalled'],
      ],
      4,
    ]);
    expect(proveHistory(hashing, top, lot, 4, 9)).toBeUndefined();
    expect(proveHistory(hashing, top, utf8('nobody'), 12, 9)).toBeUndefined();
  });

  it('begins anew with a key that was deleted', () => {
    write(top);
    write(block(base, 13, ['lot', null]));
    const end = verifyStateHistory(hashing, base.root, lot, 13, prove(base, lot, 13, 1));
    expect(end.ok && [end.versions[0]?.valueHash, end.next]).toEqual([undefined, 12]);
    write(block(base, 14, ['lot', 'made again']));
    const anew = verifyStateHistory(hashing, base.root, lot, 14, prove(base, lot, 14, 9));
    expect([texts(anew), anew.ok && anew.next]).toEqual([[[14, 'made again']], undefined]);
  });
});
