import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import fc from 'fast-check';
import { compareBytes, concatBytes, toHex, u16Bytes, u64Bytes, utf8 } from '../primitives/index.js';
import { firstDifference } from './key-bits.js';
import {
  applyChanges,
  blockRecordKey,
  changesRootKey,
  decodeKeyChange,
  keyText,
  openState,
  putEntries,
  StateRecord,
  undoChanges,
  verifyStateProof,
  verifyStateRange,
  type NodeStore,
  type StateChanges,
  type StateOverlay,
  type StateView,
} from './index.js';

/** A store in memory that knows when it is written. */
class MemoryStore implements NodeStore {
  readonly records = new Map<string, Uint8Array>();
  get(key: Uint8Array): Uint8Array | undefined {
    return this.records.get(toHex(key));
  }
  write(overlay: StateOverlay): void {
    for (const [key, value] of overlay.writes)
      if (value === null) this.records.delete(toHex(key));
      else this.records.set(toHex(key), value);
    overlay.flushed();
  }
  /** Records of one kind. */
  of(record: number): string[] {
    return [...this.records.keys()].filter((key) => key.startsWith(`0${record}`));
  }
}

/** Text keys with the value and the height of the last write. */
type Model = Map<string, { readonly value: Uint8Array; readonly changedAt: number }>;
type Entry = readonly [string, string | null];

/** formats.md 4 read aloud: bits as a text, no pages, no batches, everything hashed anew. */
const bitsOf = (key: Uint8Array): string =>
  `${[...key].map((byte) => `1${byte.toString(2).padStart(8, '0')}`).join('')}0`;
function slowRoot(model: Model): Uint8Array {
  const leaves = [...model].map(([name, { value, changedAt }]) => {
    const key = Buffer.from(name, 'latin1');
    return {
      bits: bitsOf(key),
      hash: hashing.sha256(
        concatBytes(Uint8Array.of(0), u16Bytes(key.length), key, u64Bytes(changedAt), hashing.sha256(value)),
      ),
    };
  });
  const subtree = (members: typeof leaves): Uint8Array => {
    if (members.length === 0) return new Uint8Array(32);
    if (members.length === 1) return members[0]!.hash;
    let bit = 0;
    while (new Set(members.map(({ bits }) => bits.charAt(bit))).size === 1) bit += 1;
    const side = (wanted: string): Uint8Array => subtree(members.filter(({ bits }) => bits.charAt(bit) === wanted));
    return hashing.sha256(concatBytes(Uint8Array.of(1), u16Bytes(bit), side('0'), side('1')));
  };
  return subtree(leaves);
}

const bytesOf = (name: string): Uint8Array => new Uint8Array(Buffer.from(name, 'latin1'));
const changesOf = (entries: Iterable<Entry>): StateChanges =>
  new Map(
    [...entries].map(([name, value]) => {
      const key = bytesOf(name);
      return [keyText(key), { key, value: value === null ? null : utf8(value) }];
    }),
  );

/** What a block does to the model: its changes, and the entry of its changes root as formats.md 4 says. */
function applyTo(model: Model, entries: Iterable<Entry>, height: number): void {
  const leaves: Uint8Array[] = [];
  for (const [name, value] of [...entries].sort(([a], [b]) => compareBytes(bytesOf(a), bytesOf(b)))) {
    const before = model.get(name);
    if (value === null && before === undefined) continue;
    leaves.push(
      concatBytes(
        u16Bytes(name.length),
        bytesOf(name),
        u64Bytes(height),
        Uint8Array.of((before === undefined ? 0 : 1) + (value === null ? 0 : 2)),
        u64Bytes(before?.changedAt ?? 0),
        value === null ? new Uint8Array(32) : hashing.sha256(utf8(value)),
      ),
    );
    if (value === null) model.delete(name);
    else model.set(name, { value: utf8(value), changedAt: height });
  }
  if (leaves.length === 0) return;
  const head = (level: Uint8Array[]): Uint8Array => {
    if (level.length === 1) return hashing.sha256(concatBytes(Uint8Array.of(0), level[0]!));
    let power = 1;
    while (power * 2 < level.length) power *= 2;
    return hashing.sha256(concatBytes(Uint8Array.of(1), head(level.slice(0, power)), head(level.slice(power))));
  };
  const value = concatBytes(Uint8Array.of(0, 0, leaves.length >> 8, leaves.length & 255), head(leaves));
  model.set(`\x01c${Buffer.from(u64Bytes(height)).toString('latin1')}`, { value, changedAt: height });
}

/** Keys that begin with one another, share long beginnings, or nothing. */
const name = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((number) => `key-${number}`),
  fc.integer({ min: 0, max: 12 }).map((length) => 'aaaaaaaaaaaa'.slice(0, length)),
  fc.constantFrom('\x00', '\x00\x00', '\x00\x01', '\xff', '\xff\xff', '\x80', '\x7f\xff', '\x03m09521', '\x03m095'),
);
const batch = fc.uniqueArray(fc.tuple(name, fc.option(fc.string({ maxLength: 4 }), { nil: null })), {
  maxLength: 40,
  selector: ([key]) => key,
});

function expectSame(view: StateView, model: Model): void {
  expect(toHex(view.root)).toBe(toHex(slowRoot(model)));
  expect(view.size).toBe(model.size);
  const asked = new Set([...model.keys(), '', 'a', 'aaa', 'key-', 'key-1', 'key-7', 'nobody', '\x00', '\xff', '\x80z']);
  for (const key of asked) {
    const expected = model.get(key);
    const proof = view.prove(bytesOf(key));
    expect(view.get(bytesOf(key))).toEqual(expected?.value);
    expect(proof.present).toEqual(expected);
    expect(verifyStateProof(hashing, view.root, bytesOf(key), proof)).toBe(true);
  }
  const order = [...model.keys()].map(bytesOf).sort(compareBytes);
  for (const prefix of ['', 'a', 'aaaa', 'key-', 'key-1', 'nobody', '\x01c', '\xff', '\x03m', 'key-40x']) {
    const expected = order.filter((key) => toHex(key).startsWith(toHex(bytesOf(prefix))));
    const range = view.proveRange(bytesOf(prefix));
    expect(range.entries.map(({ key }) => toHex(key))).toEqual(expected.map(toHex));
    expect(view.countOf(bytesOf(prefix))).toBe(expected.length);
    expect(verifyStateRange(hashing, view.root, bytesOf(prefix), range)).toBe(true);
    const behind = order.filter((key) => compareBytes(key, bytesOf(prefix)) >= 0);
    expect([...view.entries(bytesOf(prefix))].map(({ key }) => toHex(key))).toEqual(behind.map(toHex));
  }
}

/** Every page in the store is reached from the entry, once; nothing is left behind. */
function expectNoWaste(store: MemoryStore, view: StateView): void {
  expect(store.of(StateRecord.VALUE)).toHaveLength(view.size);
  const reached = new Set<string>();
  const counting: NodeStore = {
    get: (key) => {
      const value = store.get(key);
      if (key[0] === StateRecord.PAGE && value !== undefined) reached.add(toHex(key));
      return value;
    },
  };
  expect([...openState(hashing, counting).entries(new Uint8Array(0))]).toHaveLength(view.size);
  expect([...reached].sort()).toEqual(store.of(StateRecord.PAGE).sort());
}

describe('the authenticated state', () => {
  it('has the root of the plain twin after any blocks, flushed or not, and after a restart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(batch, fc.boolean()), { maxLength: 7 }),
        fc.constantFrom(0, 1, 3, 1_000),
        (blocks, pagesMax) => {
          const store = new MemoryStore();
          const model: Model = new Map();
          let view: StateView = openState(hashing, store, pagesMax);
          const waiting: StateOverlay[] = [];
          for (const [at, [entries, flush]] of blocks.entries()) {
            const overlay = applyChanges(hashing, view, changesOf(entries), at);
            applyTo(model, entries, at);
            waiting.push(overlay);
            view = overlay;
            if (flush) for (const final of waiting.splice(0)) store.write(final);
          }
          expectSame(view, model);
          for (const final of waiting) store.write(final);
          expectSame(view, model);
          expectSame(openState(hashing, store), model);
          if (blocks.length > 0) expectNoWaste(store, view);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has the same root whatever the order of insertion, also for many keys, with few pages in memory', () => {
    const named = Array.from({ length: 3_000 }, (_, at) => [`key-${at}`, `${at}`] as const);
    const atOnce = applyChanges(hashing, openState(hashing, new MemoryStore()), changesOf(named), 5);
    const entries = [...atOnce.entries(new Uint8Array(0))];
    for (const pagesMax of [0, 20, 10_000]) {
      const store = new MemoryStore();
      const base = openState(hashing, store, pagesMax);
      const backwards = [...entries].reverse();
      for (let from = 0; from < backwards.length; from += 370)
        store.write(putEntries(hashing, base, backwards.slice(from, from + 370)));
      expect(toHex(base.root)).toBe(toHex(atOnce.root));
      expectNoWaste(store, base);
      // Most of them go: pages are given up with them.
      const gone = changesOf(named.slice(7).map(([key]) => [key, null]));
      store.write(applyChanges(hashing, base, gone, 6));
      expect(base.size).toBe(7 + 2);
      expectNoWaste(store, base);
      expect(store.of(StateRecord.PAGE).length).toBeLessThan(4);
      const undone = undoChanges(hashing, base, 6);
      expect(toHex(undone.root)).toBe(toHex(atOnce.root));
      store.write(undone);
      expectNoWaste(store, base);
    }
  });

  it('has a frozen root', () => {
    expect(toHex(openState(hashing, new MemoryStore()).root)).toBe('00'.repeat(32));
    const overlay = applyChanges(
      hashing,
      openState(hashing, new MemoryStore()),
      changesOf([
        ['a', '1'],
        ['ab', '2'],
        ['b', '3'],
      ]),
      7,
    );
    // Computed once by a program in another language, from formats.md 4.
    expect(toHex(overlay.root)).toBe('d8a9d6094bc80f1251f3627f8dbffbd11c98700356278765b3829846f0ccc551');
  });

  it('keeps branches apart, and what is below them', () => {
    const base = openState(hashing, new MemoryStore());
    const parent = applyChanges(hashing, base, changesOf([['a', '1']]), 1);
    const two = [
      ['a', '2'],
      ['b', '2'],
    ] as const;
    const left = applyChanges(hashing, parent, changesOf(two), 2);
    const right = applyChanges(hashing, parent, changesOf([['a', null]]), 2);
    expect([left, right, parent, base].map((view) => view.get(utf8('a')))).toEqual([
      utf8('2'),
      undefined,
      utf8('1'),
      undefined,
    ]);
    const model: Model = new Map();
    applyTo(model, [['a', '1']], 1);
    const other: Model = new Map(model);
    applyTo(model, two, 2);
    applyTo(other, [['a', null]], 2);
    expect([toHex(left.root), toHex(right.root)]).toEqual([toHex(slowRoot(model)), toHex(slowRoot(other))]);
    for (const nothing of [new Map(), changesOf([['nobody', null]])]) {
      const same = applyChanges(hashing, left, nothing, 3);
      expect([toHex(same.root), same.writes]).toEqual([toHex(left.root), []]);
    }
  });

  it('keeps two branches of many pages apart until one is final', () => {
    const store = new MemoryStore();
    const base = openState(hashing, store, 2);
    const first = Array.from({ length: 400 }, (_, at) => [`key-${at}`, 'v'] as const);
    store.write(applyChanges(hashing, base, changesOf(first), 1));
    const left = applyChanges(hashing, base, changesOf(first.slice(0, 390).map(([key]) => [key, null])), 2);
    const right = applyChanges(hashing, base, changesOf(first.map(([key]) => [`${key}+`, 'w'])), 2);
    const model: Model = new Map();
    applyTo(model, first, 1);
    const kept: Model = new Map(model);
    applyTo(
      kept,
      first.map(([key]) => [`${key}+`, 'w']),
      2,
    );
    applyTo(
      model,
      first.slice(0, 390).map(([key]) => [key, null]),
      2,
    );
    expect([toHex(left.root), toHex(right.root)]).toEqual([toHex(slowRoot(model)), toHex(slowRoot(kept))]);
    store.write(right);
    expectSame(right, kept);
    expectNoWaste(store, right);
  });

  it('is not flushed in the wrong order', () => {
    const base = openState(hashing, new MemoryStore());
    const first = applyChanges(hashing, base, changesOf([['a', '1']]), 1);
    const second = applyChanges(hashing, first, changesOf([['b', '1']]), 2);
    expect(() => second.flushed()).toThrow(/before the one below/);
    const foreign = { ...base, root: base.root } as StateView;
    expect(() => applyChanges(hashing, foreign, new Map(), 1)).toThrow(TypeError);
  });

  it('tells of a damaged store instead of going on', () => {
    const store = new MemoryStore();
    const base = openState(hashing, store);
    const all = Array.from({ length: 200 }, (_, at) => [`k${at}`, 'v'] as const);
    store.write(applyChanges(hashing, base, changesOf(all), 1));
    const pages = store.of(StateRecord.PAGE).sort();
    const readAll = (): unknown => [...openState(hashing, store).entries(new Uint8Array(0))];
    for (const page of pages.slice(1)) {
      const whole = store.records.get(page)!;
      store.records.delete(page);
      expect(readAll).toThrow(/missing/);
      expect(() => applyChanges(hashing, openState(hashing, store), changesOf(all), 2)).toThrow(/missing/);
      for (const bad of [
        whole.slice(1),
        whole.slice(0, -1),
        whole.slice(0, 1),
        concatBytes(whole, new Uint8Array(9)),
      ]) {
        store.records.set(page, bad);
        expect(readAll).toThrow(RangeError);
      }
      store.records.set(page, whole);
    }
    const entry = store.records.get(pages[0]!)!;
    for (const bad of [entry.slice(1), entry.slice(0, -1), entry.slice(0, 4), concatBytes(entry, new Uint8Array(32))]) {
      store.records.set(pages[0]!, bad);
      expect(() => openState(hashing, store).root).toThrow(RangeError);
    }
  });

  it('bears keys that begin with one another as long as a key may be', () => {
    const entries = Array.from({ length: 513 }, (_, length) => ({
      key: new Uint8Array(length).fill(0xff),
      changedAt: 1,
      value: Uint8Array.of(1),
    }));
    // Beside each of them one that differs in every bit of its last byte: a walk of more than 4,000 steps.
    const beside = entries.slice(1).flatMap(({ key }) =>
      Array.from({ length: 8 }, (_, bit) => {
        const other = key.slice();
        other[other.length - 1] = 0xff ^ (1 << bit);
        return { key: other, changedAt: 2, value: Uint8Array.of(2) };
      }),
    );
    const store = new MemoryStore();
    const base = openState(hashing, store);
    store.write(putEntries(hashing, base, [...entries, ...beside]));
    const longest = entries.at(-1)!.key;
    const proof = openState(hashing, store).prove(longest);
    expect(proof.steps.length).toBeGreaterThan(4_000);
    expect(verifyStateProof(hashing, base.root, longest, proof)).toBe(true);
    store.write(applyChanges(hashing, base, new Map([[keyText(longest), { key: longest, value: null }]]), 3));
    expectNoWaste(store, base);
  });
});

describe('a proof of state', () => {
  const entries = Array.from({ length: 50 }, (_, at) => [`key-${at}`, `${at}`] as const);
  const view = applyChanges(hashing, openState(hashing, new MemoryStore()), changesOf(entries), 3);
  const key = utf8('key-7');
  const proof = view.prove(key);
  const verify = (...args: [Uint8Array, Uint8Array, Parameters<typeof verifyStateProof>[3]]): boolean =>
    verifyStateProof(hashing, ...args);

  it('is refused with another value, height, key or root, and with a bent, missing or misplaced step', () => {
    const present = proof.present!;
    expect(verify(view.root, key, proof)).toBe(true);
    expect(verify(view.root, key, { ...proof, present: { ...present, value: utf8('8') } })).toBe(false);
    expect(verify(view.root, key, { ...proof, present: { ...present, changedAt: 4 } })).toBe(false);
    expect(verify(view.root, key, { steps: proof.steps })).toBe(false);
    expect(verify(view.root, utf8('key-8'), proof)).toBe(false);
    expect(verify(new Uint8Array(32), key, proof)).toBe(false);
    const { steps } = proof;
    const [first, second, ...rest] = steps as [(typeof steps)[0], (typeof steps)[0]];
    for (const bad of [
      steps.slice(1),
      steps.slice(0, -1),
      [second, first, ...rest],
      [first, first, ...steps],
      [{ ...first, bit: first.bit + 1 }, second, ...rest],
      [{ ...first, bit: -1 }, second, ...rest],
      [{ ...first, sibling: new Uint8Array(32) }, second, ...rest],
      [{ ...first, sibling: first.sibling.slice(1) }, second, ...rest],
    ])
      expect(verify(view.root, key, { ...proof, steps: bad })).toBe(false);
  });

  it('fails when any one bit of it is another, for presence, absence and ranges', () => {
    const flips = (bytes: Uint8Array): Uint8Array[] =>
      [...bytes.keys()].map((at) => {
        const bent = bytes.slice();
        bent[at] = (bent[at] as number) ^ (1 << (at % 8));
        return bent;
      });
    for (const name of ['key-7', 'key-49', 'absent', 'key-7x', 'z']) {
      const honest = view.prove(utf8(name));
      for (const [at, step] of honest.steps.entries()) {
        const others = [
          ...flips(step.sibling).map((sibling) => ({ ...step, sibling })),
          { ...step, bit: step.bit + 1 },
          { ...step, bit: step.bit - 1 },
        ];
        for (const other of others)
          expect(verify(view.root, utf8(name), { ...honest, steps: honest.steps.with(at, other) })).toBe(false);
      }
      const { otherLeaf, present } = honest;
      if (otherLeaf !== undefined) {
        for (const bent of flips(otherLeaf.key))
          expect(verify(view.root, utf8(name), { ...honest, otherLeaf: { ...otherLeaf, key: bent } })).toBe(false);
        for (const valueHash of flips(otherLeaf.valueHash))
          expect(verify(view.root, utf8(name), { ...honest, otherLeaf: { ...otherLeaf, valueHash } })).toBe(false);
      }
      if (present !== undefined)
        for (const value of flips(present.value))
          expect(verify(view.root, utf8(name), { ...honest, present: { ...present, value } })).toBe(false);
    }
    const prefix = utf8('key-1');
    const range = view.proveRange(prefix);
    const rangeHolds = (bent: typeof range): boolean => verifyStateRange(hashing, view.root, prefix, bent);
    expect(range.entries).toHaveLength(11);
    expect(rangeHolds(range)).toBe(true);
    for (const [at, entry] of range.entries.entries()) {
      expect(rangeHolds({ ...range, entries: range.entries.filter((_, index) => index !== at) })).toBe(false);
      for (const bent of flips(entry.key))
        expect(rangeHolds({ ...range, entries: range.entries.with(at, { ...entry, key: bent }) })).toBe(false);
      for (const value of flips(entry.value))
        expect(rangeHolds({ ...range, entries: range.entries.with(at, { ...entry, value }) })).toBe(false);
      expect(rangeHolds({ ...range, entries: range.entries.with(at, { ...entry, changedAt: 9 }) })).toBe(false);
    }
    for (const [at, step] of range.steps.entries())
      for (const sibling of flips(step.sibling))
        expect(rangeHolds({ ...range, steps: range.steps.with(at, { ...step, sibling }) })).toBe(false);
    // The whole of a wider range is no proof of a narrower one, nor the other way round.
    expect(verifyStateRange(hashing, view.root, utf8('key-'), range)).toBe(false);
    expect(rangeHolds(view.proveRange(utf8('key-')))).toBe(false);
    expect(rangeHolds(view.proveRange(utf8('key-11')))).toBe(false);
    expect(rangeHolds({ entries: [], ...view.prove(prefix) })).toBe(false);
  });

  it('cannot show that a key is absent by its own leaf or by one that stands elsewhere', () => {
    const place = view.prove(utf8('absent'));
    expect([place.present, verify(view.root, utf8('absent'), place)]).toEqual([undefined, true]);
    for (const [other] of entries) {
      const path = view.prove(utf8(other));
      const otherLeaf = {
        key: utf8(other),
        changedAt: path.present!.changedAt,
        valueHash: hashing.sha256(path.present!.value),
      };
      const claim = { steps: path.steps, otherLeaf };
      expect(verify(view.root, utf8(other), claim)).toBe(false);
      const stands = toHex(place.otherLeaf!.key) === toHex(utf8(other));
      expect(verify(view.root, utf8('absent'), claim)).toBe(stands);
    }
    const hashOfOddLength = { ...place.otherLeaf!, valueHash: new Uint8Array(31) };
    expect(verify(view.root, utf8('absent'), { ...place, otherLeaf: hashOfOddLength })).toBe(false);
    expect(verify(view.root, utf8('absent'), { steps: [] })).toBe(false);
    expect(verify(new Uint8Array(32), utf8('absent'), { steps: [] })).toBe(true);
  });

  it('cannot leave a key out of a range by taking it for what lies beside the prefix', () => {
    const both = applyChanges(
      hashing,
      openState(hashing, new MemoryStore()),
      changesOf([
        ['lot-1', 'fine'],
        ['lot-2', 'recalled'],
        ['other', ''],
      ]),
      1,
    );
    const honest = both.proveRange(utf8('lot-'));
    expect(honest.entries).toHaveLength(2);
    // The second key's leaf as a step of the first one's path: all hashes are right.
    const { steps } = both.prove(utf8('lot-1'));
    expect(steps.length).toBe(honest.steps.length + 1);
    const claim = { entries: honest.entries.slice(0, 1), steps };
    expect(verifyStateRange(hashing, both.root, utf8('lot-1'), claim)).toBe(true);
    expect(verifyStateRange(hashing, both.root, utf8('lot-'), claim)).toBe(false);
  });

  it('has steps as a map has them, even under a root made up to fit others', () => {
    const leaf = hashing.sha256(
      concatBytes(Uint8Array.of(0), u16Bytes(1), utf8('a'), u64Bytes(1), hashing.sha256(utf8('1'))),
    );
    const sibling = new Uint8Array(32).fill(7);
    const rootOf = (bits: readonly number[]): Uint8Array =>
      bits.reduce((hash, bit) => {
        const right = bitsOf(utf8('a')).charAt(bit) === '1';
        return hashing.sha256(
          concatBytes(Uint8Array.of(1), u16Bytes(bit), ...(right ? [sibling, hash] : [hash, sibling])),
        );
      }, leaf);
    const holds = (bits: readonly number[]): boolean =>
      verifyStateProof(hashing, rootOf(bits), utf8('a'), {
        present: { value: utf8('1'), changedAt: 1 },
        steps: bits.map((bit) => ({ bit, sibling })),
      });
    expect([[7, 3], [3, 7], [3, 3], [4_608], [4_609]].map(holds)).toEqual([true, false, false, true, false]);
  });

  it('refuses a key beyond the bound, whatever is shown', () => {
    expect(verify(new Uint8Array(32), new Uint8Array(513), { steps: [] })).toBe(false);
    expect(verify(new Uint8Array(32), new Uint8Array(512), { steps: [] })).toBe(true);
  });
});

describe('what a block changed', () => {
  it('is kept with what it replaced, and left out of its own list', () => {
    const store = new MemoryStore();
    const base = openState(hashing, store);
    store.write(applyChanges(hashing, base, changesOf([['a', '1']]), 0));
    const block = applyChanges(
      hashing,
      base,
      changesOf([
        ['b', '2'],
        ['a', '3'],
      ]),
      9,
    );
    const before = block.changesAt(9);
    store.write(block);
    const after = openState(hashing, store).changesAt(9)!;
    expect(after).toEqual(before);
    expect(after.leaves.map((leaf) => decodeKeyChange(leaf))).toEqual([
      { key: utf8('a'), height: 9, before: 0, valueHash: hashing.sha256(utf8('3')) },
      { key: utf8('b'), height: 9, before: undefined, valueHash: hashing.sha256(utf8('2')) },
    ]);
    expect(after.replaced).toEqual([utf8('1'), undefined]);
    store.records.delete(toHex(blockRecordKey(3, 9)));
    expect(base.changesAt(9)?.replaced).toBeUndefined();
    expect(() => undoChanges(hashing, base, 9)).toThrow(/no longer kept/);
    expect(base.get(changesRootKey(9))).toHaveLength(36);
  });
});

describe('the bits of keys', () => {
  it('are ordered as their bytes, and none begin with all of another', () => {
    const key = fc.uint8Array({ maxLength: 6 });
    fc.assert(
      fc.property(key, key, (a, b) => {
        const [left, right] = [bitsOf(a), bitsOf(b)];
        expect(Math.sign(compareBytes(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0);
        const differs = [...left].findIndex((bit, at) => bit !== (right.charAt(at) || '0'));
        expect(firstDifference(a, b) ?? -1).toBe(compareBytes(a, b) === 0 ? -1 : differs);
      }),
    );
  });
});
