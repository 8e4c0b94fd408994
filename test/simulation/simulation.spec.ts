import { describe, expect, it } from '@jest/globals';
import { simulate } from './simulate.js';

const one = process.env['SIM_SEED'];
const count = Number(process.env['SIM_SEEDS'] ?? 70);
const first = Number(process.env['SIM_FIRST'] ?? 1);

/** The one command that replays a seed. */
const replay = (seed: number): string =>
  `SIM_SEED=${seed} node --experimental-vm-modules node_modules/jest/bin/jest.js test/simulation/simulation.spec.ts --selectProjects simulation`;

function run(seed: number): ReturnType<typeof simulate> {
  try {
    return simulate(seed);
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}\nreplay: ${replay(seed)}`, { cause: error });
  }
}

describe('a cluster in a storm', () => {
  it('agrees, never signs against itself and goes on after healing, whatever the seed', () => {
    const seeds = one === undefined ? Array.from({ length: count }, (_, index) => first + index) : [Number(one)];
    const results = seeds.map(run);
    expect(results.every(({ finalHeight }) => finalHeight > 0)).toBe(true);
    // The storm must be one: crashes happened, liars were caught.
    if (seeds.length >= 20) {
      expect(results.reduce((sum, { crashes }) => sum + crashes, 0)).toBeGreaterThan(seeds.length);
      expect(results.some(({ convictions }) => convictions > 0)).toBe(true);
    }
  }, 600_000);

  it('does the same twice when the seed is the same (I24)', () => {
    expect(run(11).digest).toBe(run(11).digest);
    expect(run(11).digest).not.toBe(run(12).digest);
  }, 120_000);
});
