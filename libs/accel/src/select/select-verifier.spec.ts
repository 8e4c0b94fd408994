import { describe, expect, it } from '@jest/globals';
import { mixedChecks } from '../conformance/index.js';
import type { Demotion, Engine, SignatureCheck, Verifier } from '../contract/index.js';
import { portableEngine, verifySignature } from '../portable/index.js';
import { selectHashing, selectVerifier } from './index.js';

type Answer = (checks: readonly SignatureCheck[], call: number) => boolean[] | Promise<boolean[]>;

/** A right engine around one wrong act. Call 0 is the self-test. */
function engineThat(name: string, answer: Answer): Engine & { closed: number } {
  const engine = {
    ...portableEngine,
    name,
    closed: 0,
    openVerifier(): Verifier {
      let call = 0;
      return {
        name,
        verifyMany: async (checks) => answer(checks, call++),
        close: async () => void engine.closed++,
      };
    },
  };
  return engine;
}

const right = (checks: readonly SignatureCheck[]) => checks.map(verifySignature);
const checks = mixedChecks(12);

describe('choosing a verifier', () => {
  it('takes the first engine that gives the known answers', async () => {
    const verifier = await selectVerifier([engineThat('fast', right), engineThat('second', right)]);
    expect(verifier.name).toBe('fast');
    expect(await verifier.verifyMany(checks)).toEqual(right(checks));
    expect(verifier.demotions).toEqual([]);
    await verifier.close();
  });

  it.each<[string, Answer]>([
    ['says yes to everything', (list) => list.map(() => true)],
    ['says no to everything', (list) => list.map(() => false)],
    ['answers undefined', (list) => list.map(() => undefined as unknown as boolean)],
    ['answers too few', (list) => right(list).slice(1)],
    ['answers too many', (list) => [...right(list), true]],
    ['throws', () => Promise.reject(new Error('no device'))],
  ])('turns down an engine that %s in its self-test, and closes it', async (_, answer) => {
    const told: Demotion[] = [];
    const bad = engineThat('bad', answer);
    const verifier = await selectVerifier([bad, engineThat('good', right)], {
      onDemotion: (demotion) => told.push(demotion),
    });
    expect(verifier.name).toBe('good');
    expect(told.map(({ engine, reason }) => [engine, reason])).toEqual([['bad', 'self-test-failed']]);
    expect(bad.closed).toBe(1);
    await verifier.close();
  });

  it('passes over an engine that this machine does not have', async () => {
    const absent: Engine = {
      ...portableEngine,
      name: 'absent',
      openVerifier: () => {
        throw new Error('no such library');
      },
    };
    const verifier = await selectVerifier([absent]);
    expect(verifier.name).toBe('portable');
    expect(verifier.demotions).toEqual([{ engine: 'absent', reason: 'unavailable', detail: 'no such library' }]);
    await verifier.close();
  });

  it.each<[string, Answer, Demotion['reason']]>([
    ['breaks', (list, call) => (call === 2 ? Promise.reject(new Error('thread died')) : right(list)), 'engine-failed'],
    ['answers too few', (list, call) => (call === 2 ? [true] : right(list)), 'engine-failed'],
    ['lies', (list, call) => (call === 2 ? list.map(() => true) : right(list)), 'cross-check-failed'],
  ])('loses no work when an engine %s while in use: the next one does it again', async (_, answer, reason) => {
    const bad = engineThat('bad', answer);
    const verifier = await selectVerifier([bad, engineThat('good', right)], { crossCheckEvery: 1 });
    expect(await verifier.verifyMany(checks)).toEqual(right(checks));
    expect(verifier.name).toBe('bad');
    expect(await verifier.verifyMany(checks)).toEqual(right(checks));
    expect(verifier.name).toBe('good');
    expect(verifier.demotions.map((demotion) => demotion.reason)).toEqual([reason]);
    expect(bad.closed).toBe(1);
    await verifier.close();
  });

  it('demotes once when many calls fail together, and answers them all', async () => {
    const bad = engineThat('bad', (list, call) => (call === 0 ? right(list) : Promise.reject(new Error('gone'))));
    const verifier = await selectVerifier([bad, engineThat('good', right)]);
    const lists = [mixedChecks(3), mixedChecks(5), mixedChecks(8)];
    expect(await Promise.all(lists.map((list) => verifier.verifyMany(list)))).toEqual(lists.map(right));
    expect(verifier.demotions).toHaveLength(1);
    await verifier.close();
  });

  it('compares every n-th answer over many calls, not the first of each call', async () => {
    // A lie in the 10th answer after the self-test is found, one in the 9th is not.
    const lieAt = (position: number) =>
      engineThat('liar', (list, call) => (call === position ? list.map((c) => !verifySignature(c)) : right(list)));
    const one = mixedChecks(1);
    for (const [position, found] of [
      [10, false],
      [11, true],
    ] as const) {
      const verifier = await selectVerifier([lieAt(position)], { crossCheckEvery: 10 });
      for (let call = 1; call <= 11; call++) await verifier.verifyMany(one);
      expect(verifier.demotions).toHaveLength(found ? 1 : 0);
      await verifier.close();
    }
  });

  it('rejects after close', async () => {
    const verifier = await selectVerifier([]);
    await verifier.close();
    await expect(verifier.verifyMany(checks)).rejects.toThrow('closed');
  });
});

describe('choosing a hash function', () => {
  it('turns down one that gives a wrong digest or throws', () => {
    const told: string[] = [];
    const wrong: Engine = { ...portableEngine, name: 'wrong', hashing: { sha256: () => new Uint8Array(32) } };
    const throwing: Engine = {
      ...portableEngine,
      name: 'throwing',
      hashing: {
        sha256: () => {
          throw new Error('no');
        },
      },
    };
    expect(selectHashing([wrong, throwing], ({ engine }) => told.push(engine))).toBe(portableEngine.hashing);
    expect(told).toEqual(['wrong', 'throwing']);
  });
});
