import type { ItemRole } from '../domain/event-facts.js';
import type {
  Trace,
  TraceEdge,
  TraceEvent,
  TraceLimits,
  TraceLink,
  TraceNeed,
  TraceNode,
  TraceQuestion,
  TraceRows,
  TraceSearch,
} from './trace-types.js';
import { stepOf } from './trace-step.js';

export const traceLimits: TraceLimits = { nodesMax: 10_000, depthMax: 64 };

type Side = 'upstream' | 'downstream';

/**
 * Something the search stands at. `item`: a traced thing, from `fromMs` to `untilMs` of interest. `carrier`: what it lay in
 * during that window; followed for what was done to it meanwhile, not for what else lay in it.
 */
interface Visit {
  readonly as: 'item' | 'carrier';
  readonly item: string;
  readonly side: Side;
  readonly isStart: boolean;
  readonly depth: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** The traced item that a carrier carries; an item carries itself. */
  readonly carried: string;
  /** The lot of a traced unit: how others of the lot were packed is not the unit's story. */
  readonly isLotOfUnit?: boolean;
}

/** Lists without repetitions: a row may be loaded twice, for each of its ends. */
class Lists<V> {
  readonly #lists = new Map<string, Map<string, V>>();
  add(key: string, name: string, value: V): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, new Map([[name, value]]));
    else list.set(name, value);
  }
  has(key: string): boolean {
    return this.#lists.has(key);
  }
  of(key: string): Iterable<V> {
    return this.#lists.get(key)?.values() ?? [];
  }
}

/** What one item is to one event. */
interface Part {
  readonly roles: Set<ItemRole>;
  isInstance: boolean;
}

interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

class Search implements TraceSearch {
  readonly #question: TraceQuestion;
  readonly #limits: TraceLimits;
  readonly #cutMs: number;

  readonly #loadedItems = new Set<string>();
  readonly #eventsOf = new Lists<string>();
  readonly #events = new Map<string, TraceEvent | undefined>();
  readonly #parts = new Map<TraceEvent, ReadonlyMap<string, Part>>();
  readonly #asParent = new Lists<TraceEdge>();
  readonly #asChild = new Lists<TraceEdge>();

  #frontier: Visit[] = [];
  /** Windows seen of each thing on each side: a visit inside one tells nothing new. */
  readonly #seen = new Map<string, Window[]>();
  #visits = 0;
  readonly #nodes = new Map<string, TraceNode>();
  readonly #links = new Map<string, TraceLink>();
  /** Event key -> side and the traced items it concerns. */
  readonly #told = new Map<string, { side: 'start' | Side; concerns: Set<string> }>();
  /** Upstream, a consumption belongs to the story only when it leads to the start. */
  readonly #through = new Set<string>();
  #truncated = false;

  constructor(question: TraceQuestion) {
    this.#question = question;
    this.#limits = { ...traceLimits, ...question.limits };
    this.#cutMs = question.atMs ?? Number.POSITIVE_INFINITY;
    const sides: Side[] = question.direction === 'both' ? ['upstream', 'downstream'] : [question.direction];
    for (const side of sides)
      this.#visit({
        as: 'item',
        item: question.item,
        side,
        isStart: true,
        depth: 0,
        fromMs: Number.NEGATIVE_INFINITY,
        untilMs: this.#cutMs,
        carried: question.item,
      });
  }

  need(): TraceNeed | undefined {
    for (;;) {
      if (this.#frontier.length === 0) return undefined;
      const items = this.#missingItems();
      if (items.length > 0) return { items, eventKeys: [] };
      const eventKeys = this.#missingEvents();
      if (eventKeys.length > 0) return { items: [], eventKeys };
      const frontier = this.#frontier;
      this.#frontier = [];
      for (const visit of frontier) this.#expand(visit);
    }
  }

  absorb(rows: TraceRows): void {
    for (const { item, eventKey } of rows.participations) this.#eventsOf.add(item, eventKey, eventKey);
    for (const edge of rows.edges) {
      const name = JSON.stringify([edge.kind, edge.eventKey, edge.parent, edge.child]);
      if (this.#loadedItems.has(edge.parent)) this.#asParent.add(edge.parent, name, edge);
      if (this.#loadedItems.has(edge.child)) this.#asChild.add(edge.child, name, edge);
    }
    for (const event of rows.events) this.#events.set(event.eventKey, event);
  }

  result(): Trace {
    const steps = [...this.#told].flatMap(([eventKey, { side, concerns }]) => {
      const event = this.#events.get(eventKey);
      return event === undefined ? [] : [stepOf(event, side, [...concerns].sort(compareText))];
    });
    steps.sort((a, b) => a.timeMs - b.timeMs || compareText(a.eventKey, b.eventKey));
    const { item } = this.#question;
    return {
      item,
      known: this.#eventsOf.has(item) || this.#asParent.has(item) || this.#asChild.has(item),
      nodes: [...this.#nodes.values()].sort(
        (a, b) => a.depth - b.depth || compareText(a.side, b.side) || compareText(a.item, b.item),
      ),
      links: [...this.#links].sort(([a], [b]) => compareText(a, b)).map(([, link]) => link),
      steps,
      truncated: this.#truncated,
    };
  }

  /** Room for so many more rows; fewer when a limit is near. */
  #take(wanted: Iterable<string>, record: (key: string) => void): string[] {
    const taken: string[] = [];
    for (const key of [...wanted].sort(compareText)) {
      if (this.#loadedItems.size + this.#events.size >= this.#limits.nodesMax) {
        this.#truncated = true;
        break;
      }
      taken.push(key);
      record(key);
    }
    return taken;
  }

  #missingItems(): string[] {
    const wanted = new Set(this.#frontier.map(({ item }) => item).filter((item) => !this.#loadedItems.has(item)));
    return this.#take(wanted, (item) => this.#loadedItems.add(item));
  }

  #missingEvents(): string[] {
    const wanted = new Set<string>();
    for (const { item } of this.#frontier)
      for (const key of this.#eventsOf.of(item)) if (!this.#events.has(key)) wanted.add(key);
    return this.#take(wanted, (key) => this.#events.set(key, undefined));
  }

  #visit(visit: Visit): void {
    if (visit.fromMs > visit.untilMs) return;
    if (visit.depth > this.#limits.depthMax) {
      this.#truncated = true;
      return;
    }
    const key = JSON.stringify([
      visit.as,
      visit.side,
      visit.item,
      visit.as === 'carrier' ? visit.carried : '',
      visit.isLotOfUnit === true,
    ]);
    const seen = this.#seen.get(key) ?? [];
    if (seen.some(({ fromMs, untilMs }) => fromMs <= visit.fromMs && untilMs >= visit.untilMs)) return;
    this.#visits += 1;
    if (this.#visits > this.#limits.nodesMax * 4) {
      this.#truncated = true;
      return;
    }
    seen.push(visit);
    this.#seen.set(key, seen);
    this.#frontier.push(visit);
  }

  #addNode({ as, item, side, depth, ...visit }: Visit, isInstance: boolean): void {
    const isStart = visit.isStart && as === 'item';
    const key = isStart ? item : JSON.stringify([side, item]);
    if (!this.#nodes.has(key)) this.#nodes.set(key, { item, isInstance, side: isStart ? 'start' : side, depth });
  }

  #link(link: TraceLink): void {
    this.#links.set(JSON.stringify([link.from, link.to, link.kind, link.eventKey]), link);
  }

  #tell(eventKey: string, visit: Visit): void {
    const side = visit.isStart ? 'start' : visit.side;
    const told = this.#told.get(eventKey);
    if (told === undefined) this.#told.set(eventKey, { side, concerns: new Set([visit.carried]) });
    else {
      told.concerns.add(visit.carried);
      if (side === 'start') told.side = 'start';
    }
  }

  #expand(visit: Visit): void {
    const { item } = visit;
    if (!this.#loadedItems.has(item)) return;
    const events = [...this.#eventsOf.of(item)]
      .flatMap((key) => this.#events.get(key) ?? [])
      .filter(({ eventTimeMs }) => eventTimeMs <= this.#cutMs);
    const isInstance = events.some((event) => this.#partOf(event, item).isInstance);
    if (visit.as === 'item' || visit.side === 'downstream') this.#addNode(visit, isInstance);
    for (const event of events) this.#followEvent(visit, event);
    if (visit.isLotOfUnit !== true) this.#followCarriers(visit);
    if (visit.as === 'item') this.#followContents(visit);
    if (visit.as === 'item') this.#followTies(visit);
  }

  #partOf(event: TraceEvent, item: string): Part {
    let parts = this.#parts.get(event);
    if (parts === undefined) {
      const made = new Map<string, Part>();
      for (const { item: named, role, isInstance } of event.items) {
        const part = made.get(named) ?? { roles: new Set(), isInstance: false };
        part.roles.add(role);
        part.isInstance ||= isInstance;
        made.set(named, part);
      }
      this.#parts.set(event, made);
      parts = made;
    }
    return parts.get(item) ?? { roles: new Set(), isInstance: false };
  }

  #followEvent(visit: Visit, event: TraceEvent): void {
    const { item, side } = visit;
    const { roles } = this.#partOf(event, item);
    const { eventTimeMs: timeMs, eventKey } = event;
    const isInWindow = timeMs >= visit.fromMs && timeMs <= visit.untilMs;
    const bringsForth =
      roles.has('output') || (roles.has('object') && event.type === 'ObjectEvent' && event.action === 'ADD');
    const usesUp = roles.has('input');
    // Times are given by people: where a thing comes from, and what became of it, is followed whatever they say.
    const isCause = visit.as === 'item' && (side === 'upstream' ? bringsForth : usesUp);
    if (!isCause && (!isInWindow || (visit.isLotOfUnit === true && roles.has('child')))) return;
    const isAside = side === 'upstream' && usesUp && !bringsForth && !visit.isStart && !this.#through.has(eventKey);
    if (!isAside) this.#tell(eventKey, visit);
    if (event.declaredInError) return;

    const isKnot = roles.has('transformation');
    const comesFrom = side === 'upstream' && (roles.has('output') || isKnot);
    const goesTo = side === 'downstream' && (usesUp || isKnot);
    if (!comesFrom && !goesTo) return;
    const far = comesFrom ? 'input' : 'output';
    for (const other of event.items) {
      const isFar = other.role === far || (other.role === 'transformation' && !isKnot);
      if (!isFar || other.item === item) continue;
      if (comesFrom) this.#through.add(eventKey);
      const [from, to] = comesFrom ? [other.item, item] : [item, other.item];
      this.#link({ from, to, kind: 'transform', eventKey, fromMs: timeMs });
      this.#visit({
        as: 'item',
        item: other.item,
        side,
        isStart: false,
        depth: visit.depth + 1,
        fromMs: comesFrom ? Number.NEGATIVE_INFINITY : timeMs,
        untilMs: comesFrom ? timeMs : this.#cutMs,
        carried: other.item,
      });
    }
  }

  /** What the thing lay in while it is of interest. */
  #followCarriers(visit: Visit): void {
    for (const edge of this.#asChild.of(visit.item)) {
      if (edge.kind !== 'contain' || edge.fromMs > this.#cutMs) continue;
      const fromMs = Math.max(visit.fromMs, edge.fromMs);
      const untilMs = Math.min(visit.untilMs, edge.untilMs ?? Number.POSITIVE_INFINITY);
      if (fromMs > untilMs) continue;
      if (visit.side === 'downstream') this.#link(containing(edge));
      this.#visit({ ...visit, as: 'carrier', item: edge.parent, depth: visit.depth + 1, fromMs, untilMs });
    }
  }

  /** What lay in the thing: its sources; forward, what goes on when it is unpacked. A carrier's contents are not asked for. */
  #followContents(visit: Visit): void {
    const { item, side, isStart } = visit;
    const atMs = isStart ? this.#question.atMs : side === 'upstream' ? visit.untilMs : undefined;
    for (const edge of this.#asParent.of(item)) {
      if (edge.kind !== 'contain' || edge.fromMs > this.#cutMs) continue;
      const endMs = edge.untilMs ?? Number.POSITIVE_INFINITY;
      if (endMs < visit.fromMs || (atMs !== undefined && (edge.fromMs > atMs || endMs < atMs))) continue;
      this.#link(containing(edge));
      this.#visit({
        as: 'item',
        item: edge.child,
        side,
        isStart: false,
        depth: visit.depth + 1,
        fromMs: side === 'upstream' ? Number.NEGATIVE_INFINITY : edge.fromMs,
        untilMs: side === 'upstream' ? Math.min(visit.untilMs, endMs) : this.#cutMs,
        carried: edge.child,
      });
    }
  }

  /** A unit comes from its lot; a lot goes on in its units. */
  #followTies(visit: Visit): void {
    const { item, side } = visit;
    const edges = side === 'upstream' ? this.#asChild.of(item) : this.#asParent.of(item);
    for (const edge of edges) {
      if (edge.kind !== 'member' || edge.fromMs > this.#cutMs) continue;
      this.#link({ from: edge.parent, to: edge.child, kind: 'member', eventKey: edge.eventKey, fromMs: edge.fromMs });
      const other = side === 'upstream' ? edge.parent : edge.child;
      this.#visit({
        ...visit,
        item: other,
        isStart: false,
        depth: visit.depth + 1,
        carried: other,
        isLotOfUnit: side === 'upstream',
      });
    }
  }
}

const containing = ({ parent, child, eventKey, fromMs, untilMs }: TraceEdge): TraceLink => ({
  from: child,
  to: parent,
  kind: 'contain',
  eventKey,
  fromMs,
  ...(untilMs === undefined ? {} : { untilMs }),
});

/** Begins a trace; see `TraceSearch`. Deterministic: the same rows give the same trace, in whatever order they come. */
export function startTrace(question: TraceQuestion): TraceSearch {
  return new Search(question);
}
