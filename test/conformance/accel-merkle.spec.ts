// The trees of the acceleration service are the ledger's own (libs/ledger/src/primitives/merkle.ts), whichever engine hashes.
import { afterAll, describe, expect, it } from '@jest/globals';
import { portableHashing, portableServiceEngine, type Engine } from '@waymark/accel';
import { nativeEngine, nativeHashing } from '@waymark/accel/node';
import { inclusionPaths, treeHead, treeHeadByDefinition, utf8, verifyInclusion } from '@waymark/ledger/primitives';
import { builtPoolEngine } from '../support/accel-engines.js';

const pool = await builtPoolEngine();
const engines: readonly Engine[] = [portableServiceEngine, nativeEngine, ...(pool.engine ? [pool.engine] : [])];
const running = await Promise.all(engines.map(async (engine) => ({ name: engine.name, at: await engine.start() })));
afterAll(() => Promise.all(running.map(({ at }) => at.close())));

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => utf8(`${'leaf '.repeat(i % 7)}${i}`));
const COUNTS = [...Array.from({ length: 34 }, (_, i) => i), 255, 256, 257, 1_500];

describe.each(running)('trees by $name', ({ at }) => {
  it('have the heads that RFC 6962 defines', async () => {
    for (const count of COUNTS)
      expect(await at.run('merkle-root', leavesOf(count))).toEqual(
        treeHeadByDefinition(portableHashing, leavesOf(count)),
      );
  });

  it('have the ledger’s paths, which prove their leaves', async () => {
    for (const count of COUNTS.slice(1)) {
      const leaves = leavesOf(count);
      const indexes = [...new Set([0, count >> 1, count - 1])];
      const { root, paths } = await at.run('merkle-paths', { leaves, indexes });
      expect(paths).toEqual(inclusionPaths(portableHashing, leaves, indexes));
      indexes.forEach((index, i) =>
        expect(verifyInclusion(portableHashing, leaves[index]!, index, count, paths[i]!, root)).toBe(true),
      );
    }
  });
});

it('the ledger has the same heads when its engine has a way of its own', () => {
  expect(nativeHashing.merkleRoot).toBeDefined();
  for (const count of COUNTS)
    expect(treeHead(nativeHashing, leavesOf(count))).toEqual(treeHeadByDefinition(portableHashing, leavesOf(count)));
});
