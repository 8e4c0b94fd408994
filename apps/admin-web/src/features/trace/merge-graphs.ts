import type { TraceGraph } from '../../client/api.schemas.js';

/** Several answers as one drawing: what a later one knows of a thing's neighbours wins over "there is more". */
export function mergeGraphs([first, ...others]: readonly [TraceGraph, ...TraceGraph[]]): TraceGraph {
  if (others.length === 0) return first;
  const nodes = new Map(first.nodes.map((node) => [node.id, node]));
  const links = new Map(first.links.map((link) => [link.id, link]));
  const names = { ...first.names };
  const organisations = { ...first.organisations };
  const steps = new Map(first.steps.map((step) => [step.step, step]));
  for (const graph of others) {
    for (const node of graph.nodes) {
      const before = nodes.get(node.id);
      if (before === undefined) nodes.set(node.id, { ...node, side: node.side === 'start' ? 'downstream' : node.side });
      else {
        const isCentre = node.id === graph.item;
        const asked = (way: 'up' | 'down') =>
          isCentre && (graph.direction === way || graph.direction === 'both')
            ? node.more[way]
            : before.more[way] && node.more[way];
        nodes.set(node.id, { ...before, more: { up: asked('up'), down: asked('down') } });
      }
    }
    for (const step of graph.steps) if (!steps.has(step.step)) steps.set(step.step, step);
    for (const link of graph.links) links.set(link.id, link);
    Object.assign(names, graph.names);
    Object.assign(organisations, graph.organisations);
  }
  return {
    ...first,
    nodes: [...nodes.values()],
    links: [...links.values()],
    steps: [...steps.values()].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)),
    names,
    organisations,
  };
}
