import { describe, expect, it } from '@jest/globals';
import { Wakes } from './wakes.js';

describe('Wakes', () => {
  it('announces the first at once, and all that follow within the pause together', async () => {
    const added: string[] = [];
    const wakes = new Wakes<string>(
      async (_, data) => void added.push(data),
      () => undefined,
    );
    for (const data of ['a1', 'a2', 'a3']) wakes.wake('a', data);
    wakes.wake('b', 'b1');
    expect(added).toEqual(['a1', 'b1']);
    await wakes.close();
    expect(added).toEqual(['a1', 'b1', 'a3']);
  });

  it('never says a job id twice: a job that runs already must not swallow the next', async () => {
    const ids = new Set<string>();
    const wakes = new Wakes<number>(
      async (id) => void ids.add(id),
      () => undefined,
    );
    wakes.wake('a', 1);
    wakes.wake('a', 2);
    await wakes.close();
    expect(ids.size).toBe(2);
  });

  it('tells of an announcement that failed, and goes on', async () => {
    const failed: string[] = [];
    let tries = 0;
    const wakes = new Wakes<number>(
      async () => {
        if (++tries === 1) throw new Error('away');
      },
      (_, key) => void failed.push(key),
    );
    wakes.wake('a', 1);
    wakes.wake('a', 2);
    await wakes.close();
    expect([failed, tries]).toEqual([['a'], 2]);
  });
});
