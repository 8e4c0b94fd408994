import { describe, expect, it } from '@jest/globals';
import { toHex } from '@waymark/ledger/primitives';
import type { Executed } from '../execution/execution-tree.js';
import { Busy } from '../mempool/admission.js';
import { StateGone, type DryRunAnswer, type DryRunPlace, type DryRunRequest } from './dry-run.js';
import { DRY_RUN_BOUNDS, DryRuns } from './dry-runs.js';

const hash = (n: number) => new Uint8Array(32).fill(n);
const fine: DryRunAnswer = { kind: 'judged', results: [] };
const of = (sender: string): DryRunRequest => ({ sender, transactions: [] });
const never = new AbortController().signal;
/** Lets everything that is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A judge whose answers a test gives, a chain of which blocks go, and a clock that stands. */
function bench() {
  const under: { sender: string; place: DryRunPlace; signal: AbortSignal; answer(): void; fail(e: Error): void }[] = [];
  const order: string[] = [];
  const block = (n: number): Executed =>
    ({ hash: toHex(hash(n)), height: n, view: { get: () => hash(n) } }) as unknown as Executed;
  const chain = { latest: block(1), standing: new Set([toHex(hash(1))]), stored: new Map<number, Uint8Array>() };
  const clock = { nowMs: 0 };
  const runs = new DryRuns({
    judge: {
      judge: (request, place, signal) =>
        new Promise((resolve, reject) => {
          order.push(request.sender);
          under.push({ sender: request.sender, place, signal, answer: () => resolve(fine), fail: reject });
        }),
      close: async () => undefined,
    },
    tree: {
      get latest() {
        return chain.latest;
      },
      get: (name: string) => (chain.standing.has(name) ? chain.latest : undefined),
    },
    store: { hashAt: (height) => chain.stored.get(height) ?? null },
    nowMs: () => clock.nowMs,
    wallMs: () => 7,
  });
  return { runs, under, order, chain, clock, block };
}

describe('dry runs of a node', () => {
  it('are judged one at a time, senders in turn', async () => {
    const { runs, under, order } = bench();
    const all = ['a', 'a', 'a', 'b', 'c'].map((sender) => runs.run(of(sender), never));
    for (let i = 0; i < all.length; i++) {
      await settle();
      expect(under).toHaveLength(i + 1);
      under[i]?.answer();
    }
    await Promise.all(all);
    expect(order).toEqual(['a', 'a', 'b', 'c', 'a']);
  });

  it('wait in short lines: of one sender, and of all', async () => {
    const { runs, under } = bench();
    const mine = Array.from({ length: DRY_RUN_BOUNDS.waitingPerSenderMax }, () => runs.run(of('a'), never));
    await expect(runs.run(of('a'), never)).rejects.toBeInstanceOf(Busy);
    const others = Array.from({ length: DRY_RUN_BOUNDS.waitingMax - mine.length }, (_, i) =>
      runs.run(of(`other-${i}`), never),
    );
    await expect(runs.run(of('late'), never)).rejects.toBeInstanceOf(Busy);
    for (let i = 0; i < mine.length + others.length; i++) {
      await settle();
      under[i]?.answer();
    }
    expect(await Promise.all([...mine, ...others])).toHaveLength(DRY_RUN_BOUNDS.waitingMax);
    const again = runs.run(of('late'), never);
    await settle();
    under.at(-1)?.answer();
    expect((await again).answer).toBe(fine);
  });

  it('of one sender are counted by the second', async () => {
    const { runs, under, clock } = bench();
    const once = async (sender: string) => {
      const run = runs.run(of(sender), never);
      run.catch(() => undefined);
      await settle();
      under.at(-1)?.answer();
      return run;
    };
    for (let i = 0; i < DRY_RUN_BOUNDS.burst; i++) await once('a');
    await expect(runs.run(of('a'), never)).rejects.toThrow(/in a second/);
    await once('b');
    clock.nowMs += 1_000;
    for (let i = 0; i < DRY_RUN_BOUNDS.perSecond; i++) await once('a');
    await expect(runs.run(of('a'), never)).rejects.toBeInstanceOf(Busy);
  });

  it('whose caller has gone leave the line, or end', async () => {
    const { runs, under, order } = bench();
    const [first, second] = [new AbortController(), new AbortController()];
    const running = runs.run(of('a'), first.signal);
    const waiting = runs.run(of('a'), second.signal);
    await settle();
    second.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    first.abort(new Error('gone too'));
    expect(under[0]?.signal.aborted).toBe(true);
    under[0]?.fail(new Error('gone too'));
    await expect(running).rejects.toThrow('gone too');
    expect(order).toEqual(['a']);
    await expect(runs.run(of('a'), first.signal)).rejects.toThrow('gone too');
  });

  it('stand on the last executed block, booked or not, and begin anew when it is given up', async () => {
    const { runs, under, chain, block } = bench();
    const run = runs.run(of('a'), never);
    await settle();
    expect(under[0]?.place).toMatchObject({ height: 2, timeMs: 7 });
    const read = () => under[0]?.place.state.get(new Uint8Array(1));
    expect(read()).toEqual(hash(1));
    // Another branch won.
    chain.latest = block(2);
    chain.standing = new Set([toHex(hash(2))]);
    expect(read).toThrow(StateGone);
    under[0]?.fail(new StateGone('given up'));
    await settle();
    expect(under[1]?.place).toMatchObject({ height: 3 });
    // Booked meanwhile: it stands.
    chain.standing.clear();
    chain.stored.set(2, hash(2));
    expect(under[1]?.place.state.get(new Uint8Array(1))).toEqual(hash(2));
    under[1]?.answer();
    expect(await run).toMatchObject({ height: 2, answer: fine });
  });
});
