import { ledgerEventTypes } from '../module/ledger-events.js';
import type { EventFacts } from '../domain/event-facts.js';
import { DistinctValues, isRetraction, recordOf } from './provenance-record.js';
import type { TraceEdgeRow } from './rows.js';
import type { Lookup, View } from './view.js';

const nullable = true;

/** A `release` row of everything in the parent has no child. */
const everything = '';

const isContaining = ({ type }: EventFacts) => type === 'AggregationEvent' || type === 'AssociationEvent';

/** Containment and release rows that an event by itself gives, ends not yet known. */
function rowsOf(facts: EventFacts, eventKey: string): TraceEdgeRow[] {
  const ended = { until_time: null, until_event_key: null };
  const rows: TraceEdgeRow[] = facts.ties.map(({ lot, unit }) => ({
    event_key: eventKey,
    kind: 'member',
    parent: lot,
    child: unit,
    from_time: facts.eventTimeMs,
    ...ended,
    quantity: null,
    uom: null,
  }));
  const parent = facts.items.find(({ role }) => role === 'parent');
  if (parent === undefined || !isContaining(facts)) return rows;
  const kind = facts.action === 'DELETE' ? 'release' : 'contain';
  const from_time = facts.eventTimeMs;
  if (facts.releasesAll)
    rows.push({
      event_key: eventKey,
      kind,
      parent: parent.id,
      child: everything,
      from_time,
      ...ended,
      quantity: null,
      uom: null,
    });
  for (const { id, role, quantity, uom, implied } of facts.items) {
    if (role !== 'child' || implied) continue;
    rows.push({
      event_key: eventKey,
      kind,
      parent: parent.id,
      child: id,
      from_time,
      ...ended,
      quantity: quantity ?? null,
      uom: uom ?? null,
    });
  }
  return rows;
}

const keyOf = ({ event_key, kind, parent, child }: TraceEdgeRow) => JSON.stringify([event_key, kind, parent, child]);

/** Releases by parent and child. */
class Releases {
  readonly #lists = new Map<string, TraceEdgeRow[]>();

  constructor(rows: Iterable<TraceEdgeRow>) {
    for (const row of rows) {
      if (row.kind !== 'release') continue;
      const key = JSON.stringify([row.parent, row.child]);
      const list = this.#lists.get(key);
      if (list === undefined) this.#lists.set(key, [row]);
      else list.push(row);
    }
  }

  /** The first release of this child, or of everything, at or after the packing. Equal times: the lower event key. */
  endOf({ parent, child, from_time }: TraceEdgeRow): TraceEdgeRow | undefined {
    let first: TraceEdgeRow | undefined;
    for (const which of [child, everything]) {
      for (const release of this.#lists.get(JSON.stringify([parent, which])) ?? []) {
        if (release.from_time < from_time) continue;
        const isEarlier =
          first === undefined ||
          release.from_time < first.from_time ||
          (release.from_time === first.from_time && release.event_key < first.event_key);
        if (isEarlier) first = release;
      }
    }
    return first;
  }
}

/**
 * What lay in what, from when until when, by event time, whatever the order in which it was captured; and which units
 * belong to which lot. An event that its own signer declares wrong loses its rows.
 */
export const traceEdgeView: View<TraceEdgeRow> = {
  table: {
    name: 'trace_edge',
    columns: [
      { name: 'event_key', type: 'text' },
      { name: 'kind', type: 'text' },
      { name: 'parent', type: 'text' },
      { name: 'child', type: 'text' },
      { name: 'from_time', type: 'timeMs' },
      { name: 'until_time', type: 'timeMs', nullable },
      { name: 'until_event_key', type: 'text', nullable },
      { name: 'quantity', type: 'numeric', nullable },
      { name: 'uom', type: 'text', nullable },
    ],
    primaryKey: ['event_key', 'kind', 'parent', 'child'],
    indexes: [['parent', 'child'], ['child'], ['until_event_key']],
  },
  eventTypes: [ledgerEventTypes.captured],
  keysOf(inputs) {
    const parents = new DistinctValues();
    const pairs = new DistinctValues();
    const retracted = new DistinctValues();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'captured') continue;
      const { facts } = record;
      if (facts.record === 'event' || isRetraction(record)) {
        for (const { kind, parent, child } of rowsOf(facts, '')) {
          if (kind === 'member') continue;
          if (child === everything) parents.add(parent);
          else {
            pairs.add(parent, child);
            pairs.add(parent, everything);
          }
        }
      }
      if (isRetraction(record)) retracted.add(facts.eventHash);
    }
    const lookups: Lookup[] = [
      { columns: ['parent'], values: parents.list() },
      { columns: ['parent', 'child'], values: pairs.list() },
      { columns: ['event_key'], values: retracted.list() },
    ];
    return lookups.filter(({ values }) => values.length > 0);
  },
  fold(inputs, existing) {
    const rows = new Map(existing.map((row) => [keyOf(row), row]));
    const before = new Map(rows);
    const gone = new Map<string, TraceEdgeRow>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'captured') continue;
      const { facts, eventKey } = record;
      if (facts.record === 'event') {
        for (const row of rowsOf(facts, eventKey)) {
          const earlier = rows.get(keyOf(row));
          rows.set(keyOf(row), earlier === undefined ? row : { ...earlier, quantity: row.quantity, uom: row.uom });
        }
      } else if (isRetraction(record)) {
        for (const [key, row] of rows) {
          if (row.event_key !== facts.eventHash) continue;
          rows.delete(key);
          gone.set(key, row);
        }
      }
    }
    // Ends are worked out anew from what is left: an unpacking captured late, or taken back, moves them.
    const releases = new Releases(rows.values());
    const upserts: TraceEdgeRow[] = [];
    for (const [key, row] of rows) {
      const end = row.kind === 'contain' ? releases.endOf(row) : undefined;
      const next: TraceEdgeRow =
        row.kind === 'contain'
          ? { ...row, until_time: end?.from_time ?? null, until_event_key: end?.event_key ?? null }
          : row;
      const old = before.get(key);
      if (
        old?.until_event_key === next.until_event_key &&
        old.until_time === next.until_time &&
        old.quantity === next.quantity
      )
        continue;
      upserts.push(next);
    }
    const deletes = [...gone.values()]
      .filter((row) => before.has(keyOf(row)))
      .map(({ event_key, kind, parent, child }) => [event_key, kind, parent, child]);
    return { upserts, deletes };
  },
};
