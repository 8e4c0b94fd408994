import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import fc from 'fast-check';
import { compareBytes, concatBytes, toHex, utf8 } from '../primitives/index.js';
import {
  applyChanges,
  keyText,
  openState,
  verifyStateProof,
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
}

type Model = Map<string, string>;

/** formats.md 4 read aloud: no pages, no batches, everything hashed anew. */
function slowRoot(model: Model): Uint8Array {
  const leaves = [...model].map(([key, value]) => {
    const keyHash = hashing.sha256(utf8(key));
    return { keyHash, hash: hashing.sha256(concatBytes(Uint8Array.of(0), keyHash, hashing.sha256(utf8(value)))) };
  });
  const subtree = (members: typeof leaves, depth: number): Uint8Array => {
    if (members.length === 0) return new Uint8Array(32);
    if (members.length === 1) return members[0]!.hash;
    const bit = (keyHash: Uint8Array): number => (keyHash[depth >> 3]! >> (7 - (depth % 8))) & 1;
    const left = subtree(
      members.filter((leaf) => bit(leaf.keyHash) === 0),
      depth + 1,
    );
    const right = subtree(
      members.filter((leaf) => bit(leaf.keyHash) === 1),
      depth + 1,
    );
    return hashing.sha256(concatBytes(Uint8Array.of(1), left, right));
  };
  return subtree(leaves, 0);
}

const recordsOf = (store: MemoryStore): string[] =>
  [...store.records].map(([key, value]) => `${key}=${toHex(value)}`).sort();

const changesOf = (entries: Iterable<readonly [string, string | null]>): StateChanges =>
  new Map(
    [...entries].map(([name, value]) => {
      const key = utf8(name);
      return [keyText(key), { key, value: value === null ? null : utf8(value) }];
    }),
  );
const applyTo = (model: Model, entries: Iterable<readonly [string, string | null]>): void => {
  for (const [key, value] of entries)
    if (value === null) model.delete(key);
    else model.set(key, value);
};

const name = fc.integer({ min: 0, max: 60 }).map((number) => `key-${number}`);
const batch = fc.uniqueArray(fc.tuple(name, fc.option(fc.string({ maxLength: 4 }), { nil: null })), {
  maxLength: 40,
  selector: ([key]) => key,
});

function expectSame(view: StateView, model: Model): void {
  expect(toHex(view.root)).toBe(toHex(slowRoot(model)));
  for (let number = 0; number <= 60; number += 1) {
    const key = `key-${number}`;
    const expected = model.get(key);
    const proof = view.prove(utf8(key));
    expect(view.get(utf8(key))).toEqual(expected === undefined ? undefined : utf8(expected));
    expect(proof.value).toEqual(expected === undefined ? undefined : utf8(expected));
    expect(verifyStateProof(hashing, view.root, utf8(key), proof)).toBe(true);
  }
}

describe('the authenticated state', () => {
  it('has the root of the plain twin after any blocks, flushed or not, and after a restart', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(batch, fc.boolean()), { maxLength: 6 }), (blocks) => {
        const store = new MemoryStore();
        const model: Model = new Map();
        let view: StateView = openState(hashing, store);
        const waiting: StateOverlay[] = [];
        for (const [entries, flush] of blocks) {
          const overlay = applyChanges(hashing, view, changesOf(entries));
          applyTo(model, entries);
          waiting.push(overlay);
          view = overlay;
          if (flush) for (const final of waiting.splice(0)) store.write(final);
        }
        expectSame(view, model);
        for (const final of waiting) store.write(final);
        expectSame(view, model);
        expectSame(openState(hashing, store), model);
        // Nothing is left behind: the store holds what it would hold had all been written at once.
        const fresh = new MemoryStore();
        fresh.write(applyChanges(hashing, openState(hashing, fresh), changesOf(model)));
        expect(recordsOf(store)).toEqual(recordsOf(fresh));
        if (model.size === 0) expect(store.records.size).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('has the same root whatever the order of insertion, also for many keys', () => {
    const entries = Array.from({ length: 1_000 }, (_, at) => [`key-${at}`, `${at}`] as const);
    const atOnce = applyChanges(hashing, openState(hashing, new MemoryStore()), changesOf(entries));
    const store = new MemoryStore();
    const base = openState(hashing, store);
    const backwards = [...entries].reverse();
    for (let from = 0; from < backwards.length; from += 300)
      store.write(applyChanges(hashing, base, changesOf(backwards.slice(from, from + 300))));
    expect(toHex(base.root)).toBe(toHex(atOnce.root));
    expect(toHex(base.root)).toBe(toHex(slowRoot(new Map(entries))));
    // Half of them go: what is stored is what the other half alone would leave.
    const half = entries.filter((_, at) => at % 2 === 0);
    store.write(
      applyChanges(hashing, base, changesOf(entries.filter((_, at) => at % 2 === 1).map(([key]) => [key, null]))),
    );
    const fresh = new MemoryStore();
    fresh.write(applyChanges(hashing, openState(hashing, fresh), changesOf(half)));
    expect(recordsOf(store)).toEqual(recordsOf(fresh));
    store.write(applyChanges(hashing, base, changesOf(entries.slice(1).map(([key]) => [key, null]))));
    expect(toHex(base.root)).toBe(toHex(slowRoot(new Map(entries.slice(0, 1)))));
    expect(store.records.size).toBe(2);
  });

  it('has a frozen root', () => {
    expect(toHex(openState(hashing, new MemoryStore()).root)).toBe('00'.repeat(32));
    const overlay = applyChanges(
      hashing,
      openState(hashing, new MemoryStore()),
      changesOf([
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ]),
    );
    // Computed once by a program in another language, from formats.md 4.
    expect(toHex(overlay.root)).toBe('8e2a164a410203f51300d7c6645b7a37f549768457be109acc126c63573a9e0a');
  });

  it('keeps branches apart, and what is below them', () => {
    const base = openState(hashing, new MemoryStore());
    const parent = applyChanges(hashing, base, changesOf([['a', '1']]));
    const left = applyChanges(
      hashing,
      parent,
      changesOf([
        ['a', '2'],
        ['b', '2'],
      ]),
    );
    const right = applyChanges(hashing, parent, changesOf([['a', null]]));
    expect([left.get(utf8('a')), right.get(utf8('a')), parent.get(utf8('a')), base.get(utf8('a'))]).toEqual([
      utf8('2'),
      undefined,
      utf8('1'),
      undefined,
    ]);
    expect(toHex(right.root)).toBe('00'.repeat(32));
    expect(toHex(left.root)).toBe(
      toHex(
        slowRoot(
          new Map([
            ['a', '2'],
            ['b', '2'],
          ]),
        ),
      ),
    );
    expect(applyChanges(hashing, left, new Map()).root).toEqual(left.root);
    expect(applyChanges(hashing, left, new Map()).writes).toEqual([]);
  });

  it('is not flushed in the wrong order', () => {
    const base = openState(hashing, new MemoryStore());
    const first = applyChanges(hashing, base, changesOf([['a', '1']]));
    const second = applyChanges(hashing, first, changesOf([['b', '1']]));
    expect(() => second.flushed()).toThrow(/before the one below/);
    expect(() =>
      applyChanges(hashing, { ...base, root: base.root, get: base.get, prove: base.prove }, new Map()),
    ).toThrow(TypeError);
  });

  it('tells of a damaged store instead of going on', () => {
    const store = new MemoryStore();
    const base = openState(hashing, store);
    store.write(
      applyChanges(hashing, base, changesOf(Array.from({ length: 200 }, (_, at) => [`k${at}`, 'v'] as const))),
    );
    const deep = [...store.records.keys()].find((key) => key.startsWith('0102'));
    expect(deep).toBeDefined();
    store.records.delete(deep!);
    const again = openState(hashing, store);
    const all = Array.from({ length: 200 }, (_, at) => [`k${at}`, 'w'] as const);
    expect(() => applyChanges(hashing, again, changesOf(all))).toThrow(/missing/);
    expect(() => all.forEach(([key]) => again.prove(utf8(key)))).toThrow(/missing/);
    const top = store.records.get('0100')!;
    for (const bad of [top.slice(1), top.slice(0, -1), top.slice(0, 4), concatBytes(top, new Uint8Array(32))]) {
      store.records.set('0100', bad);
      expect(() => openState(hashing, store).root).toThrow(/damaged/);
    }
  });
});

describe('a proof of state', () => {
  const entries = Array.from({ length: 50 }, (_, at) => [`key-${at}`, `${at}`] as const);
  const view = applyChanges(hashing, openState(hashing, new MemoryStore()), changesOf(entries));
  const key = utf8('key-7');
  const proof = view.prove(key);

  it('is refused with another value, no value, another key, another root, a bent or missing sibling', () => {
    const verify = (...args: [Uint8Array, Uint8Array, Parameters<typeof verifyStateProof>[3]]): boolean =>
      verifyStateProof(hashing, ...args);
    expect(verify(view.root, key, proof)).toBe(true);
    expect(verify(view.root, key, { ...proof, value: utf8('8') })).toBe(false);
    expect(verify(view.root, key, { siblings: proof.siblings })).toBe(false);
    expect(verify(view.root, utf8('key-8'), proof)).toBe(false);
    expect(verify(new Uint8Array(32), key, proof)).toBe(false);
    expect(verify(view.root, key, { ...proof, siblings: proof.siblings.slice(1) })).toBe(false);
    expect(verify(view.root, key, { ...proof, siblings: [new Uint8Array(32), ...proof.siblings.slice(1)] })).toBe(
      false,
    );
    expect(verify(view.root, key, { ...proof, siblings: [new Uint8Array(31), ...proof.siblings.slice(1)] })).toBe(
      false,
    );
    expect(verify(view.root, key, { ...proof, siblings: new Array<Uint8Array>(257).fill(new Uint8Array(32)) })).toBe(
      false,
    );
  });

  it('cannot show that a key is absent by its own leaf or by one that stands elsewhere', () => {
    const keyHash = hashing.sha256(key);
    const valueHash = hashing.sha256(proof.value!);
    expect(
      verifyStateProof(hashing, view.root, key, { siblings: proof.siblings, otherLeaf: { keyHash, valueHash } }),
    ).toBe(false);
    // A leaf on the wrong side, under a root that somebody made up to hold it there.
    const strange = { keyHash: new Uint8Array(32).fill(0x80), valueHash };
    const leafHash = hashing.sha256(concatBytes(Uint8Array.of(0), strange.keyHash, valueHash));
    const madeUp = hashing.sha256(concatBytes(Uint8Array.of(1), leafHash, new Uint8Array(32)));
    const onTheLeft = Array.from({ length: 20 }, (_, at) => utf8(`${at}`)).find(
      (name) => hashing.sha256(name)[0]! < 128,
    )!;
    expect(verifyStateProof(hashing, madeUp, onTheLeft, { siblings: [new Uint8Array(32)], otherLeaf: strange })).toBe(
      false,
    );
    const absent = utf8('absent');
    const place = view.prove(absent);
    expect(place.value).toBeUndefined();
    expect(verifyStateProof(hashing, view.root, absent, place)).toBe(true);
    for (const [other] of entries) {
      const path = view.prove(utf8(other));
      const otherLeaf = { keyHash: hashing.sha256(utf8(other)), valueHash: hashing.sha256(path.value!) };
      const stands = place.otherLeaf !== undefined && compareBytes(place.otherLeaf.keyHash, otherLeaf.keyHash) === 0;
      expect(verifyStateProof(hashing, view.root, absent, { siblings: path.siblings, otherLeaf })).toBe(stands);
    }
    expect(
      verifyStateProof(hashing, view.root, absent, {
        siblings: place.siblings,
        otherLeaf: { keyHash: new Uint8Array(31), valueHash: new Uint8Array(32) },
      }),
    ).toBe(false);
  });
});
