import { describe, expect, it } from '@jest/globals';
import { mixedChecks } from '../conformance/index.js';
import type {
  Accelerator,
  AcceleratorClock,
  Demotion,
  Engine,
  InlineEngine,
  Operation,
  OperationAnswers,
  OperationRequests,
} from '../contract/index.js';
import { portableEngine } from '../portable/index.js';
import { answerPortably, portableServiceEngine } from '../portable/service/index.js';
import { KNOWN_ANSWERS, KNOWN_PACKED, KNOWN_SEAL, selectAccelerator, selectHashing } from './index.js';

type Answer = (operation: Operation, request: never, call: number) => unknown;

/** A right engine around one wrong act. Calls are counted from the first after the self-test. */
function engineThat(
  name: string,
  answer: Answer,
  of: Partial<Engine> = {},
): Engine & { closed: number; asked: number } {
  const engine = {
    ...portableServiceEngine,
    name,
    closed: 0,
    asked: 0,
    start(): Accelerator {
      let call = -KNOWN_RUNS;
      return {
        name,
        run: async (operation, request) => {
          engine.asked += 1;
          return answer(operation, request as never, call++) as OperationAnswers[typeof operation];
        },
        close: async () => void engine.closed++,
      };
    },
    ...of,
  };
  return engine;
}

/** Runs of the self-test: all known answers, and one large tree for each of the two operations on trees. */
const KNOWN_RUNS = Object.values(KNOWN_ANSWERS).reduce((sum, list) => sum + list.length, 2);
const right: Answer = (operation, request) => answerPortably(operation, request);
const checks = mixedChecks(12);
const answersRight = answerPortably('verify', checks);
const leaves = Array.from({ length: 21 }, (_, i) => new Uint8Array(i).fill(i));

/** Time that goes only when it is told to. */
class HandClock implements AcceleratorClock {
  now = 0;
  private timers: { at: number; act: () => void }[] = [];
  nowMs(): number {
    return this.now;
  }
  after(delayMs: number, act: () => void): () => void {
    const timer = { at: this.now + delayMs, act };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
  pass(ms: number): void {
    this.now += ms;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { act } of due) act();
  }
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('choosing an engine', () => {
  it('takes the first engine that gives the known answers', async () => {
    const service = await selectAccelerator([engineThat('fast', right), engineThat('second', right)]);
    expect(service.name).toBe('fast');
    expect(await service.verifyMany(checks)).toEqual(answersRight);
    expect(service.demotions).toEqual([]);
    await service.close();
  });

  it.each<[string, Answer]>([
    [
      'says yes to everything',
      (op, request) => (op === 'verify' ? [...(request as [])].map(() => true) : right(op, request, 0)),
    ],
    [
      'says no to everything',
      (op, request) => (op === 'verify' ? [...(request as [])].map(() => false) : right(op, request, 0)),
    ],
    ['answers undefined', () => undefined],
    ['answers too few', (op, request) => (op === 'hash' ? [] : right(op, request, 0))],
    ['gives another root', (op, request) => (op === 'merkle-root' ? new Uint8Array(32) : right(op, request, 0))],
    [
      'opens every box',
      (op, request) =>
        op === 'open' ? [...(request as [])].map(() => KNOWN_SEAL.request.content) : right(op, request, 0),
    ],
    [
      'takes streams with a tail',
      (op, request) =>
        op === 'decompress' ? [...(request as [])].map(() => KNOWN_PACKED.content) : right(op, request, 0),
    ],
    [
      'packs nothing',
      (op, request) => (op === 'compress' ? [...(request as [])].map(() => new Uint8Array(0)) : right(op, request, 0)),
    ],
    ['throws', () => Promise.reject(new Error('no device'))],
  ])('turns down an engine that %s in its self-test, and closes it', async (_, answer) => {
    const told: Demotion[] = [];
    const bad = engineThat('bad', answer);
    const service = await selectAccelerator([bad, engineThat('good', right)], {
      onDemotion: (demotion) => told.push(demotion),
    });
    expect(service.name).toBe('good');
    expect(told.map(({ engine, code }) => [engine, code])).toEqual([['bad', 'ACCEL_SELF_TEST_FAILED']]);
    expect(told[0]?.operation).not.toBeNull();
    expect(bad.closed).toBe(1);
    await service.close();
  });

  it('passes over an engine that this machine does not have', async () => {
    const absent = engineThat('absent', right, {
      start: () => {
        throw new Error('no such library');
      },
    });
    const service = await selectAccelerator([absent]);
    expect(service.name).toBe('portable');
    expect(service.demotions).toEqual([
      { code: 'ACCEL_ENGINE_UNAVAILABLE', engine: 'absent', operation: null, detail: 'no such library' },
    ]);
    await service.close();
  });

  it('asks an engine only for what it offers, and the others for the rest', async () => {
    const hasher = engineThat('hasher', right, { operations: ['hash'] });
    const service = await selectAccelerator([hasher, engineThat('other', right)]);
    const before = hasher.asked;
    expect(await service.run('merkle-root', leaves)).toEqual(answerPortably('merkle-root', leaves));
    expect(hasher.asked).toBe(before);
    await service.run('hash', leaves);
    expect(hasher.asked).toBe(before + 1);
    await service.close();
  });

  it('asks for each size the engine that was quickest there, one on the calling thread counted twice', async () => {
    const clock = new HandClock();
    const taking = (name: string, onCallingThread: boolean, ms: (items: number) => number) =>
      engineThat(
        name,
        (operation, request) => {
          clock.now += ms((request as readonly unknown[]).length);
          return right(operation, request, 0);
        },
        { onCallingThread, operations: ['verify'] },
      );
    const service = await selectAccelerator(
      [taking('pool', false, (items) => 5 + items * 0.02), taking('here', true, (items) => items * 0.03)],
      { clock, operations: ['verify'], calibrationMs: 100_000, timeoutMs: 1e9 },
    );
    const [one, , many] = service.choices();
    expect(one).toMatchObject({ operation: 'verify', fromSize: 1 });
    expect(one?.engines.indexOf('here')).toBeLessThan(one?.engines.indexOf('pool') ?? 0);
    // 128 signatures: 2 x 3.8 ms here, 7.6 ms in the pool, whose thread is another's: the pool.
    expect(many?.engines.indexOf('pool')).toBeLessThan(many?.engines.indexOf('here') ?? 0);
    await service.close();
  });
});

describe('watching the engines', () => {
  const requests: { readonly [O in Operation]: OperationRequests[O] } = {
    verify: checks,
    hash: leaves,
    'merkle-root': leaves,
    'merkle-paths': { leaves, indexes: [0, 20] },
    seal: [KNOWN_SEAL.request],
    open: [{ ...KNOWN_SEAL.request, box: KNOWN_SEAL.box }],
    compress: [KNOWN_PACKED.content],
    decompress: [{ packed: KNOWN_PACKED.packed, sizeBytesMax: 1_000 }],
  };
  const lies: { readonly [O in Operation]: OperationAnswers[O] } = {
    verify: checks.map(() => true),
    hash: leaves.map(() => new Uint8Array(32)),
    'merkle-root': new Uint8Array(32),
    'merkle-paths': { root: new Uint8Array(32), paths: [[], []] },
    seal: [new Uint8Array(KNOWN_SEAL.box.length)],
    open: [null],
    compress: [KNOWN_PACKED.packed.slice(1)],
    decompress: [null],
  };

  it.each(Object.keys(requests) as Operation[])(
    'a lie about %s is found, and the batch is answered rightly',
    async (operation) => {
      const bad = engineThat('bad', (op, request, call) => (call === 0 ? lies[op] : right(op, request, call)));
      const service = await selectAccelerator([bad, engineThat('good', right)], { crossCheckEvery: 1 });
      expect(await service.run(operation, requests[operation])).toEqual(answerPortably(operation, requests[operation]));
      expect(service.demotions).toMatchObject([{ code: 'ACCEL_ANSWER_WRONG', engine: 'bad', operation }]);
      expect(service.name).toBe('good');
      expect(bad.closed).toBe(1);
      await service.close();
    },
  );

  it.each<[string, Answer]>([
    ['breaks', () => Promise.reject(new Error('thread died'))],
    ['answers too few', () => [true]],
    ['answers nothing', () => undefined],
  ])('loses no work when an engine %s while in use: the next one does it again', async (_, answer) => {
    const bad = engineThat('bad', (op, request, call) =>
      call === 1 ? answer(op, request, call) : right(op, request, call),
    );
    const service = await selectAccelerator([bad, engineThat('good', right)]);
    expect(await service.verifyMany(checks)).toEqual(answersRight);
    expect(service.name).toBe('bad');
    expect(await service.verifyMany(checks)).toEqual(answersRight);
    expect(service.name).toBe('good');
    expect(service.demotions).toMatchObject([{ code: 'ACCEL_ENGINE_FAILED', engine: 'bad', operation: 'verify' }]);
    await service.close();
  });

  it('gives up an engine that hangs, in use and while starting', async () => {
    const clock = new HandClock();
    const never = new Promise<never>(() => undefined);
    const asleep = engineThat('asleep', right, { start: () => never });
    const hangs = engineThat('hangs', (op, request, call) => (call >= 0 ? never : right(op, request, call)));
    const opening = selectAccelerator([asleep, hangs], { clock, timeoutMs: 500, calibrationMs: 0 });
    await turn();
    clock.pass(500);
    const service = await opening;
    const answer = service.verifyMany(checks);
    await turn();
    clock.pass(499);
    await turn();
    expect(service.demotions).toHaveLength(1);
    clock.pass(1);
    expect(await answer).toEqual(answersRight);
    expect(service.demotions.map(({ code, engine, operation }) => [code, engine, operation])).toEqual([
      ['ACCEL_ENGINE_UNAVAILABLE', 'asleep', null],
      ['ACCEL_ENGINE_TIMEOUT', 'hangs', 'verify'],
    ]);
    await service.close();
  });

  it('demotes once when many calls fail together, and answers them all', async () => {
    const bad = engineThat('bad', (op, request, call) =>
      call < 0 ? right(op, request, call) : Promise.reject(new Error('gone')),
    );
    const service = await selectAccelerator([bad, engineThat('good', right)]);
    const lists = [mixedChecks(3), mixedChecks(5), mixedChecks(8)];
    expect(await Promise.all(lists.map((list) => service.verifyMany(list)))).toEqual(
      lists.map((list) => answerPortably('verify', list)),
    );
    expect(service.demotions).toHaveLength(1);
    await service.close();
  });

  it('compares every n-th answer over many calls, not the first of each call', async () => {
    // The first answer is looked at, then the eleventh: a lie in the tenth is not found, one in the eleventh is.
    const one = checks.slice(1, 2);
    for (const [lieAt, found] of [
      [9, false],
      [10, true],
    ] as const) {
      const liar = engineThat('liar', (op, request, call) => (call === lieAt ? [true] : right(op, request, call)));
      const service = await selectAccelerator([liar], { crossCheckEvery: 10 });
      for (let call = 0; call <= 10; call += 1) await service.verifyMany(one);
      expect(service.demotions).toHaveLength(found ? 1 : 0);
      await service.close();
    }
  });

  it('spends at most its share on comparing trees: the first, and then one in so many leaves', async () => {
    // Calls 0, 10, 20: with one in ten.
    for (const [lieAt, found] of [
      [8, false],
      [9, true],
    ] as const) {
      const liar = engineThat('liar', (op, request, call) =>
        call === lieAt ? new Uint8Array(32) : right(op, request, call),
      );
      const service = await selectAccelerator([liar], { crossCheckEvery: 5 });
      for (let call = 0; call <= 9; call += 1) await service.run('merkle-root', leaves);
      expect(service.demotions).toHaveLength(found ? 1 : 0);
      await service.close();
    }
  });

  it('asks an engine again that may come back, not one that lied', async () => {
    const clock = new HandClock();
    let gone = true;
    const away = engineThat('away', right, {
      mayComeBack: true,
      start: () => {
        if (gone) throw new Error('nobody listens');
        return { name: 'away', run: async (op, request) => answerPortably(op, request), close: async () => undefined };
      },
    });
    const liar = engineThat('liar', (op, request, call) => (call < 0 ? right(op, request, call) : lies[op]), {
      mayComeBack: true,
    });
    const told: Demotion[] = [];
    const service = await selectAccelerator([liar, away], {
      clock,
      calibrationMs: 0,
      comeBackMs: 1_000,
      crossCheckEvery: 1,
      onDemotion: (demotion) => told.push(demotion),
    });
    expect(await service.verifyMany(checks)).toEqual(answersRight);
    expect(told.map(({ engine }) => engine)).toEqual(['away', 'liar']);
    clock.pass(1_000); // still gone: not told again
    await turn();
    gone = false;
    clock.pass(1_000);
    for (let i = 0; i < 100 && service.name !== 'away'; i += 1) await turn();
    expect(service.name).toBe('away');
    clock.pass(10_000);
    await turn();
    expect(service.choices()[0]?.engines).toEqual(['away', 'portable']);
    expect(told).toHaveLength(2);
    await service.close();
  });

  it('gives a call up when asked to, which is nobody’s fault', async () => {
    const slow = engineThat('slow', (op, request, call) =>
      call < 0 ? right(op, request, call) : new Promise(() => undefined),
    );
    const service = await selectAccelerator([slow]);
    const stop = new AbortController();
    const answer = service.run('verify', checks, { signal: stop.signal });
    stop.abort(new Error('no longer wanted'));
    await expect(answer).rejects.toThrow('no longer wanted');
    expect(service.demotions).toEqual([]);
    await service.close();
  });

  it('refuses a request that is the caller’s mistake, before any engine', async () => {
    const service = await selectAccelerator([]);
    await expect(service.run('merkle-paths', { leaves, indexes: [21] })).rejects.toThrow('no leaf 21 among 21');
    await expect(service.run('seal', [{ ...KNOWN_SEAL.request, nonce: new Uint8Array(12) }])).rejects.toThrow(
      '24 bytes',
    );
    await expect(service.run('decompress', [{ packed: KNOWN_PACKED.packed, sizeBytesMax: -1 }])).rejects.toThrow(
      'sizeBytesMax',
    );
    await service.close();
  });

  it('rejects after close', async () => {
    const service = await selectAccelerator([]);
    await service.close();
    await expect(service.verifyMany(checks)).rejects.toThrow('closed');
  });
});

describe('choosing a hash function', () => {
  it('turns down one that gives a wrong digest or throws', () => {
    const told: string[] = [];
    const wrong: InlineEngine = { ...portableEngine, name: 'wrong', hashing: { sha256: () => new Uint8Array(32) } };
    const throwing: InlineEngine = {
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
