import { describe, expect, it } from '@jest/globals';
import type { TraceGraphNode } from '../../client/api.schemas.js';
import { layoutLanes, thickness } from './lane-layout.js';

const node = (id: string, minute: number, place: string): TraceGraphNode => ({
  id,
  type: 'item',
  kind: 'lot',
  shortName: id,
  side: 'upstream',
  depth: 1,
  time: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  lastTime: '2026-01-01T00:00:00.000Z',
  place,
  signer: 'x',
  more: { up: false, down: false },
});
const link = (from: string, to: string) => ({ from, to });

describe('the drawing of a trace', () => {
  const nodes = [node('c', 2, 'shop'), node('a', 0, 'farm'), node('b', 1, 'farm'), node('d', 2, 'shop')];
  const links = [link('a', 'b'), link('b', 'c'), link('b', 'd')];

  it('puts what came of a thing right of it, and each thing into the band of its place', () => {
    const { nodes: placed, lanes } = layoutLanes(nodes, links);
    const at = new Map(placed.map(({ node: { id }, x, y }) => [id, { x, y }]));
    expect(at.get('a')!.x).toBeLessThan(at.get('b')!.x);
    expect(at.get('b')!.x).toBeLessThan(at.get('c')!.x);
    expect(at.get('c')!.x).toBe(at.get('d')!.x);
    expect(at.get('c')!.y).not.toBe(at.get('d')!.y);
    expect(lanes.map(({ place }) => place)).toEqual(['farm', 'shop']);
    for (const {
      node: { place },
      y,
    } of placed) {
      const lane = lanes.find((one) => one.place === place)!;
      expect([y >= lane.y, y < lane.y + lane.height]).toEqual([true, true]);
    }
  });

  it('is the same whatever the order in which things are told', () => {
    const told = layoutLanes(nodes, links);
    const other = layoutLanes([...nodes].reverse(), [...links].reverse());
    const byId = (layout: typeof told) => [...layout.nodes].sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
    expect(byId(other)).toEqual(byId(told));
  });

  it('draws a circle of links, and two thousand things made at once without one over another', () => {
    expect(layoutLanes(nodes, [...links, link('d', 'a')]).nodes).toHaveLength(4);
    const many = Array.from({ length: 2_000 }, (_, i) => node(`n${i}`, 1, 'hall'));
    const { nodes: placed } = layoutLanes(
      [node('s', 0, 'farm'), ...many],
      many.map(({ id }) => link('s', id)),
    );
    expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(2_001);
  });

  it('thickens lines by quantity', () => {
    expect(thickness('100', 100)).toBe(9);
    expect(thickness('25', 100)).toBeGreaterThan(thickness('4', 100));
    expect(thickness(undefined, 100)).toBe(1.5);
  });
});
