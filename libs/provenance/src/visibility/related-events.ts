import type { Trace } from '../trace/trace-types.js';

function reach(seeds: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(seeds);
  for (const item of reached) for (const other of next.get(item) ?? []) reached.add(other);
  return reached;
}

/**
 * Event keys of a trace that lie up- or downstream of what this account signed for: its items, all their sources, and all
 * that became of them. Only as far as the trace goes.
 */
export function relatedEvents(trace: Trace, account: string): ReadonlySet<string> {
  const forward = new Map<string, string[]>();
  const back = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, item: string, other: string) => {
    const list = map.get(item);
    if (list === undefined) map.set(item, [other]);
    else list.push(other);
  };
  for (const { from, to } of trace.links) {
    add(forward, from, to);
    add(back, to, from);
  }
  const own = trace.steps.filter(({ signer, signers }) => signer === account || (signers?.includes(account) ?? false));
  const items = new Set(own.flatMap(({ concerns }) => concerns));
  const related = new Set([...reach(items, forward), ...reach(items, back)]);
  return new Set(
    trace.steps.filter(({ concerns }) => concerns.some((item) => related.has(item))).map(({ eventKey }) => eventKey),
  );
}
