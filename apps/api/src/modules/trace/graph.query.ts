import { Injectable } from '@nestjs/common';
import { shortName } from '@waymark/epcis/gs1';
import { kindOf, type Trace, type TraceItemOfEvent, type TraceLink, type TraceStep } from '@waymark/provenance/trace';
import type { Viewer } from '@waymark/provenance/visibility';
import type { GraphLink, GraphNode, GraphStep, TraceGraph } from './dto/graph.js';
import { ItemStatesQuery } from './item-states.query.js';
import { NamesQuery, productOf } from './names.query.js';
import { type RecordFacts, RecordsQuery } from './records.query.js';
import { type DisclosedTrace, stepName, TraceQuery } from './trace.query.js';

export interface GraphQuestion {
  readonly item: string;
  readonly direction: TraceGraph['direction'];
  readonly depth: number;
  readonly nodesMax: number;
}

const DIRECTIONS = { both: 'both', up: 'upstream', down: 'downstream' } as const;
/** Items named in a step of the list, at most. */
const ITEMS_OF_STEP_MAX = 50;
const iso = (timeMs: number) => new Date(timeMs).toISOString();

/** The trace as a drawing needs it: things and the events that turned them into others, nearest first. */
@Injectable()
export class GraphQuery {
  constructor(
    private readonly traces: TraceQuery,
    private readonly names: NamesQuery,
    private readonly records: RecordsQuery,
    private readonly states: ItemStatesQuery,
  ) {}

  /** An item of which nothing may be seen answers like one that does not exist. */
  async graph({ item, direction, depth, nodesMax }: GraphQuestion, viewer: Viewer): Promise<TraceGraph> {
    // One step further than is shown: so it is known where there is more.
    const told = await this.traces.disclosedTrace(item, DIRECTIONS[direction], viewer, { depthMax: depth + 1 });
    const drawing = await this.withStates(draw(told, viewer, depth, nodesMax), viewer);
    const records = await this.records.of(
      told.trace.steps.flatMap(({ eventKey }) => (told.disclosed.get(eventKey) === 'full' ? [eventKey] : [])),
      viewer,
    );
    const steps = told.trace.steps.flatMap((step) =>
      stepRow(step, told.disclosed.get(step.eventKey), records.get(step.eventKey)),
    );
    const ids = new Set([
      ...drawing.nodes.flatMap(({ id, type, place }) => [type === 'item' ? id : [], place ?? []].flat()),
      ...steps.flatMap(({ place, itemsIn = [], itemsOut = [] }) => [
        ...(place === undefined ? [] : [place]),
        ...itemsIn,
        ...itemsOut,
      ]),
    ]);
    return {
      item,
      direction,
      ...drawing,
      steps,
      names: await this.names.of([...ids, ...[...ids].flatMap(productOf)], viewer),
      organisations: this.traces.namesOfAccounts([
        ...steps.map(({ signer }) => signer),
        ...drawing.nodes.map(({ signer }) => signer),
      ]),
      truncated: told.trace.truncated || drawing.truncated,
    };
  }

  /** The state that counts of each thing drawn. */
  private async withStates(drawing: Drawing, viewer: Viewer): Promise<Drawing> {
    const states = await this.states.of(
      drawing.nodes.flatMap(({ id, type }) => (type === 'item' ? [id] : [])),
      viewer,
    );
    const nodes = drawing.nodes.map((node) => {
      const state = states.get(node.id)?.state?.value;
      return state === undefined ? node : { ...node, state };
    });
    return { ...drawing, nodes };
  }
}

type Drawing = Pick<TraceGraph, 'nodes' | 'links' | 'truncated'>;

/** What the steps that may be read in full say of one thing. */
interface Told {
  born: TraceStep;
  bornWith: TraceItemOfEvent | undefined;
  isMade: boolean;
  last: TraceStep;
}

function tellings(steps: readonly TraceStep[]): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const step of steps) {
    const sides = [
      ...step.itemsIn.map((named) => ({ named, out: false })),
      ...step.itemsOut.map((named) => ({ named, out: true })),
    ];
    for (const { named, out } of sides) {
      const makes = out && (named.role === 'output' || (named.role === 'object' && step.action === 'ADD'));
      const before = told.get(named.item);
      if (before === undefined) told.set(named.item, { born: step, bornWith: named, isMade: makes, last: step });
      else {
        if (makes && !before.isMade) Object.assign(before, { born: step, bornWith: named, isMade: true });
        before.last = step;
      }
    }
  }
  return told;
}

function draw({ trace, disclosed }: DisclosedTrace, viewer: Viewer, depthMax: number, nodesMax: number): Drawing {
  const isFull = (eventKey: string) =>
    (disclosed.get(eventKey) ?? (viewer.kind === 'company' ? 'none' : 'full')) === 'full';
  const steps = trace.steps.filter(({ eventKey, declaredInError }) => isFull(eventKey) && !declaredInError);
  const byKey = new Map(steps.map((step) => [step.eventKey, step]));
  const told = tellings(steps);
  const links = trace.links.filter(({ from, to, eventKey }) => isFull(eventKey) && told.has(from) && told.has(to));
  const nodes = new Map<string, GraphNode>();
  let truncated = false;
  for (const { item, isInstance, side, depth } of trace.nodes) {
    const known = told.get(item);
    if (known === undefined || nodes.has(item)) continue;
    if (depth > depthMax || nodes.size >= nodesMax) {
      truncated = true;
      continue;
    }
    nodes.set(item, itemNode(item, isInstance, side, depth, known));
  }
  const drawn = drawnLinks(links, nodes, byKey);
  for (const node of drawn.processes) nodes.set(node.id, node);
  for (const { from, to } of links) {
    const [source, target] = [nodes.get(from), nodes.get(to)];
    if (source === undefined && target !== undefined) target.more.up = true;
    if (target === undefined && source !== undefined) source.more.down = true;
  }
  return { nodes: [...nodes.values()], links: drawn.links, truncated };
}

function itemNode(item: string, isInstance: boolean, side: GraphNode['side'], depth: number, known: Told): GraphNode {
  const [product] = productOf(item);
  const { born, bornWith, last } = known;
  return {
    id: item,
    type: 'item',
    kind: item.startsWith('https://id.gs1.org/00/')
      ? 'logistic'
      : product === undefined
        ? 'other'
        : isInstance
          ? 'unit'
          : 'lot',
    shortName: shortName(item),
    ...(product !== undefined && { product }),
    side,
    depth,
    time: iso(born.timeMs),
    lastTime: iso(last.timeMs),
    ...(born.place !== undefined && { place: born.place }),
    signer: born.signer,
    ...(bornWith?.quantity !== undefined && { quantity: bornWith.quantity }),
    ...(bornWith?.uom !== undefined && { unit: bornWith.uom }),
    ...(last.bizStep !== undefined && { lastStep: last.bizStep }),
    eventKey: born.eventKey,
    more: { up: false, down: false },
  };
}

/** A transformation of many into many is drawn as one node between them, so that a hundred lots in and out are no ten thousand lines. */
function drawnLinks(
  links: readonly TraceLink[],
  nodes: ReadonlyMap<string, GraphNode>,
  steps: ReadonlyMap<string, TraceStep>,
): { links: GraphLink[]; processes: GraphNode[] } {
  const drawn = new Map<string, GraphLink>();
  const processes = new Map<string, GraphNode>();
  for (const link of links) {
    const ends = [nodes.get(link.from), nodes.get(link.to)];
    const near = ends.find((node) => node !== undefined);
    if (near === undefined) continue;
    const step = steps.get(link.eventKey);
    if (link.kind !== 'transform' || step === undefined) {
      if (ends.every((node) => node !== undefined)) {
        const named = step?.itemsIn.find(({ item }) => item === link.from);
        put(drawn, { from: link.from, to: link.to, kind: link.kind === 'member' ? 'member' : 'contain' }, link, named);
      }
      continue;
    }
    const process = `process:${stepName(link.eventKey)}`;
    if (!processes.has(process)) processes.set(process, processNode(process, step, near));
    const quantityOf = (list: readonly TraceItemOfEvent[], item: string) => list.find((named) => named.item === item);
    if (ends[0] !== undefined)
      put(drawn, { from: link.from, to: process, kind: 'input' }, link, quantityOf(step.itemsIn, link.from));
    if (ends[1] !== undefined)
      put(drawn, { from: process, to: link.to, kind: 'output' }, link, quantityOf(step.itemsOut, link.to));
  }
  return { links: [...drawn.values()], processes: [...processes.values()] };
}

function put(
  links: Map<string, GraphLink>,
  ends: Pick<GraphLink, 'from' | 'to' | 'kind'>,
  { eventKey, fromMs, untilMs }: Pick<Trace['links'][number], 'eventKey' | 'fromMs' | 'untilMs'>,
  named: TraceItemOfEvent | undefined,
): void {
  const id = `${ends.kind}|${ends.from}|${ends.to}|${stepName(eventKey)}`;
  links.set(id, {
    id,
    ...ends,
    ...(named?.quantity !== undefined && { quantity: named.quantity }),
    ...(named?.uom !== undefined && { unit: named.uom }),
    since: iso(fromMs),
    ...(untilMs !== undefined && { until: iso(untilMs) }),
    eventKey,
  });
}

function processNode(id: string, step: TraceStep, near: GraphNode): GraphNode {
  return {
    id,
    type: 'process',
    kind: kindOf(step),
    shortName: step.bizStep ?? step.type,
    side: near.side === 'start' ? step.side : near.side,
    depth: near.depth,
    time: iso(step.timeMs),
    lastTime: iso(step.timeMs),
    ...(step.place !== undefined && { place: step.place }),
    signer: step.signer,
    ...(step.bizStep !== undefined && { bizStep: step.bizStep }),
    eventKey: step.eventKey,
    more: { up: false, down: false },
  };
}

function stepRow(step: TraceStep, disclosure: string | undefined, record: RecordFacts | undefined): GraphStep[] {
  if (disclosure !== 'full' && disclosure !== 'step') return [];
  const outline = {
    step: stepName(step.eventKey),
    kind: kindOf(step),
    time: iso(step.timeMs),
    side: step.side,
    ...(step.bizStep !== undefined && { bizStep: step.bizStep }),
    ...(step.place !== undefined && { place: step.place }),
    signer: step.signer,
  };
  if (disclosure === 'step' || record === undefined) return [{ ...outline, disclosure: 'step' }];
  const list = (items: readonly TraceItemOfEvent[]) =>
    [...new Set(items.map(({ item }) => item))].slice(0, ITEMS_OF_STEP_MAX);
  return [
    {
      ...outline,
      disclosure: 'full',
      ...(step.disposition !== undefined && { disposition: step.disposition }),
      record: {
        eventKey: record.eventKey,
        txId: record.txId,
        bodyIndex: record.bodyIndex,
        height: record.height,
      },
      declaredInError: step.declaredInError,
      itemsIn: list(step.itemsIn),
      itemsOut: list(step.itemsOut),
    },
  ];
}
