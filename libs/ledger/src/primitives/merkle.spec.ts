import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import fc from 'fast-check';
import {
  appendLeaf,
  decodeRange,
  EMPTY_RANGE,
  rangeOf,
  historyNodesOf,
  encodeRange,
  historyPath,
  inclusionPath,
  inclusionPaths,
  rangeRoot,
  rootFromInclusionPath,
  toHex,
  treeHead,
  treeHeadByDefinition,
  u32Bytes,
  verifyConsistency,
  verifyInclusion,
  type HistoryNodes,
} from './index.js';

const leavesOf = (count: number): Uint8Array[] => Array.from({ length: count }, (_, at) => u32Bytes(at));

describe('an RFC 6962 tree', () => {
  it('has the head that the definition gives, for every size up to 40', () => {
    for (let count = 0; count <= 40; count += 1)
      expect(treeHead(hashing, leavesOf(count))).toEqual(treeHeadByDefinition(hashing, leavesOf(count)));
  });

  it('proves each leaf at its place and at no other', () => {
    for (const count of [1, 2, 3, 5, 8, 13]) {
      const leaves = leavesOf(count);
      const root = treeHead(hashing, leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = inclusionPath(hashing, leaves, index);
        expect(verifyInclusion(hashing, leaf, index, count, path, root)).toBe(true);
        for (let other = 0; other < count; other += 1)
          if (other !== index) expect(verifyInclusion(hashing, leaf, other, count, path, root)).toBe(false);
        expect(verifyInclusion(hashing, leaf, index, count, [...path, root], root)).toBe(false);
        if (path.length > 0) expect(verifyInclusion(hashing, leaf, index, count, path.slice(1), root)).toBe(false);
      }
      expect(inclusionPaths(hashing, leaves, [0, count - 1])).toEqual([
        inclusionPath(hashing, leaves, 0),
        inclusionPath(hashing, leaves, count - 1),
      ]);
    }
    expect(() => inclusionPath(hashing, leavesOf(2), 2)).toThrow(RangeError);
    expect(rootFromInclusionPath(hashing, new Uint8Array(31), 0, 1, [])).toBeUndefined();
    expect(rootFromInclusionPath(hashing, new Uint8Array(32), 0, 2, [new Uint8Array(31)])).toBeUndefined();
  });

  it('says nothing of consistency when sizes or hashes make no sense', () => {
    const root = treeHead(hashing, leavesOf(3));
    expect(verifyConsistency(hashing, 3, 3, [], root, root)).toBe(true);
    expect(verifyConsistency(hashing, 3, 2, [], root, root)).toBe(false);
    expect(verifyConsistency(hashing, 3, 3, [root], root, root)).toBe(false);
    expect(verifyConsistency(hashing, 2, 3, [], root, root)).toBe(false);
    expect(verifyConsistency(hashing, 0, 3, [], treeHead(hashing, []), root)).toBe(false);
  });
});

describe('a history that grows', () => {
  const grow = (count: number) => {
    const stored = new Map<string, Uint8Array>();
    let range = EMPTY_RANGE;
    for (const leaf of leavesOf(count)) {
      const step = appendLeaf(hashing, range, leaf);
      range = step.range;
      for (const node of step.nodes) stored.set(`${node.level}/${node.index}`, node.hash);
    }
    const nodes: HistoryNodes = { get: (level, index) => stored.get(`${level}/${index}`) };
    return { range, nodes, stored };
  };

  it('is found again at every size from its nodes, and goes on from the nodes of a range alone', () => {
    const { nodes } = grow(40);
    for (let size = 0; size <= 40; size += 1) {
      const range = rangeOf(nodes, size);
      expect(toHex(rangeRoot(hashing, range))).toBe(toHex(treeHead(hashing, leavesOf(size))));
      expect(historyNodesOf(range).map(({ level, index, hash }) => nodes.get(level, index) === hash)).toEqual(
        range.hashes.map(() => true),
      );
    }
    expect(() => rangeOf(nodes, 41)).toThrow(RangeError);
    const begin = rangeOf(nodes, 21);
    const own = new Map(historyNodesOf(begin).map(({ level, index, hash }) => [`${level}/${index}`, hash]));
    let range = begin;
    for (const leaf of leavesOf(40).slice(21)) {
      const step = appendLeaf(hashing, range, leaf);
      range = step.range;
      for (const node of step.nodes) own.set(`${node.level}/${node.index}`, node.hash);
    }
    const path = historyPath(hashing, { get: (level, index) => own.get(`${level}/${index}`) }, 30, 40);
    expect(path.map(toHex)).toEqual(inclusionPath(hashing, leavesOf(40), 30).map(toHex));
  });

  it('has the head of the whole tree at every size, also after a restart', () => {
    let range = EMPTY_RANGE;
    expect(rangeRoot(hashing, range)).toEqual(treeHead(hashing, []));
    for (let count = 1; count <= 40; count += 1) {
      range = decodeRange(encodeRange(appendLeaf(hashing, range, u32Bytes(count - 1)).range));
      expect(toHex(rangeRoot(hashing, range))).toBe(toHex(treeHead(hashing, leavesOf(count))));
    }
    expect(() => decodeRange(encodeRange(range).slice(1))).toThrow(RangeError);
  });

  it('gives, from stored nodes, the paths of every earlier size', () => {
    const { nodes, stored } = grow(40);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (size, seed) => {
        const index = seed % size;
        expect(historyPath(hashing, nodes, index, size)).toEqual(inclusionPath(hashing, leavesOf(size), index));
      }),
    );
    expect(() => historyPath(hashing, nodes, 40, 40)).toThrow(RangeError);
    stored.delete('0/38');
    expect(() => historyPath(hashing, nodes, 39, 40)).toThrow(/not stored/);
  });
});
