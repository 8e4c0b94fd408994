import type { Hashing } from '@waymark/epcis/hash';
import { namesOf } from '@waymark/epcis/model';
import type { LocalisedName } from '@waymark/epcis/model';
import { utf8 } from '@waymark/ledger/primitives';
import { eventKeyOf } from '../domain/derive-facts.js';
import type { EventFacts } from '../domain/event-facts.js';
import { decodeMasterdata } from '../module/decoded-bodies.js';
import { ledgerEventTypes } from '../module/ledger-events.js';
import type { CapturedContent } from '../module/ledger-events.js';
import { epcisEventView } from '../views/epcis-event-view.js';
import { eventItemView } from '../views/item-views.js';
import { traceEdgeView } from '../views/trace-edge-view.js';
import type { EpcisEventRow, EventItemRow, TraceEdgeRow } from '../views/rows.js';
import type { FoldInput } from '../views/view.js';
import { factsOf } from './record-facts.js';
import { startTrace } from './start-trace.js';
import { story } from './story.js';
import { inChainOrder } from './chain-order.js';
import type { StoryRecord } from './story-record.js';
import type { StoryStep } from './story-types.js';
import type { TraceEdge, TraceEvent, TraceRows } from './trace-types.js';

/** One step with the record that it tells. */
export interface ToldStep extends StoryStep {
  readonly record: StoryRecord;
  /** As the event gives it; '' when it gives none. */
  readonly timeZoneOffset: string;
  /** Ids of the parties to which it hands over what it handles: destinations that own or possess it from then on. */
  readonly destinations: readonly string[];
}

export interface ToldStory {
  /** Canonical id. */
  readonly item: string;
  /** False when no record names the item. */
  readonly known: boolean;
  /** Oldest first. */
  readonly steps: readonly ToldStep[];
  readonly truncated: boolean;
  /** What the records call a product, place or party: by this account where it says so, else by who said so first. */
  nameOf(id: string, preferredSigner: string): LocalisedName | undefined;
  /** What this account calls it, and nobody else. */
  nameBy(id: string, account: string): LocalisedName | undefined;
}

/**
 * Tells where an item comes from, out of signed records alone: the same fold and the same search as the server's, so that
 * a phone that verified the records can see for itself whether a page says what they say. Records that are no events the
 * ledger could have accepted are left out, as they are on the ledger.
 */
export function tellStory(item: string, records: readonly StoryRecord[], hashing: Hashing): ToldStory {
  const ordered = [...records].sort(inChainOrder);
  const facts = new Map<StoryRecord, EventFacts>();
  const inputs: FoldInput[] = [];
  const recordOf = new Map<string, StoryRecord>();
  const signersOf = new Map<string, Set<string>>();
  for (const record of ordered) {
    if (record.kind !== 'epcis.event') continue;
    const read = factsOf(record, hashing);
    if (read === undefined) continue;
    facts.set(record, read);
    const key = eventKeyOf(read);
    const signers = signersOf.get(key);
    if (signers === undefined) {
      signersOf.set(key, new Set([record.sender]));
      recordOf.set(key, record);
      inputs.push(inputOf(record, read, recordOf.get(read.eventHash)?.sender === record.sender));
    } else signers.add(record.sender);
  }

  const search = startTrace({ item, direction: 'upstream' });
  const load = loaderOf(inputs, signersOf);
  for (let need = search.need(); need !== undefined; need = search.need()) search.absorb(load(need));
  const trace = search.result();
  return {
    item,
    known: trace.known,
    truncated: trace.truncated,
    steps: story(trace).flatMap((step) => {
      const record = recordOf.get(step.eventKey);
      if (record === undefined) return [];
      const { eventTimeZoneOffset = '', parties = [] } = facts.get(record) ?? {};
      const destinations = parties.flatMap(({ id, role, direction }) =>
        direction === 'destination' && (role === 'owning_party' || role === 'possessing_party') ? [id] : [],
      );
      return [{ ...step, record, timeZoneOffset: eventTimeZoneOffset, destinations }];
    }),
    ...namesIn(ordered),
  };
}

/** The record as the views fold it; what the ledger event says is worked out from the records themselves. */
function inputOf(record: StoryRecord, facts: EventFacts, byOwnSigner: boolean): FoldInput {
  const content: CapturedContent = {
    eventHash: facts.eventHash,
    kind: facts.record,
    named: [],
    byOwnSigner,
    warnings: [],
  };
  return {
    height: record.height,
    blockTimeMs: 0,
    txIndex: 0,
    bodyIndex: record.bodyIndex,
    txId: record.txId,
    sender: record.sender,
    body: { kind: record.kind, content: record.content, visibility: 1 },
    ...(record.context === undefined ? {} : { context: record.context }),
    ledgerEvent: { type: ledgerEventTypes.captured, content: utf8(JSON.stringify(content)) },
  };
}

/** The rows that a search asks for, out of memory. */
function loaderOf(inputs: readonly FoldInput[], signersOf: ReadonlyMap<string, ReadonlySet<string>>) {
  const events = epcisEventView.fold(inputs, []).upserts.filter(({ record }) => record === 'event');
  const items = eventItemView.fold(inputs, []).upserts;
  const edges = traceEdgeView.fold(inputs, []).upserts.filter(({ kind }) => kind !== 'release');
  const isEvent = new Set(events.map(({ event_key }) => event_key));
  return (need: { readonly items: readonly string[]; readonly eventKeys: readonly string[] }): TraceRows => {
    const wanted = new Set(need.items);
    const keys = new Set(need.eventKeys);
    return {
      participations: items
        .filter(({ item, event_key }) => wanted.has(item) && isEvent.has(event_key))
        .map(({ item, event_key }) => ({ item, eventKey: event_key })),
      edges: edges.filter(({ parent, child }) => wanted.has(parent) || wanted.has(child)).map(edgeOf),
      events: events
        .filter(({ event_key }) => keys.has(event_key))
        .map((row) => eventOf(row, items, [...(signersOf.get(row.event_key) ?? [])])),
    };
  };
}

const edgeOf = ({ kind, event_key, parent, child, from_time, until_time }: TraceEdgeRow): TraceEdge => ({
  kind: kind === 'member' ? 'member' : 'contain',
  eventKey: event_key,
  parent,
  child,
  fromMs: from_time,
  ...(until_time === null ? {} : { untilMs: until_time }),
});

function eventOf(row: EpcisEventRow, items: readonly EventItemRow[], signers: readonly string[]): TraceEvent {
  const optional = {
    action: row.action ?? undefined,
    bizStep: row.biz_step ?? undefined,
    disposition: row.disposition ?? undefined,
    bizLocation: row.biz_location ?? undefined,
    readPoint: row.read_point ?? undefined,
  };
  return {
    eventKey: row.event_key,
    eventHash: row.event_hash,
    type: row.type,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<TraceEvent>),
    eventTimeMs: row.event_time,
    signer: row.signer,
    signers,
    visibility: row.visibility,
    declaredInError: row.declared_in_error,
    items: items
      .filter(({ event_key }) => event_key === row.event_key)
      .map(({ item, role, is_instance, implied, quantity, uom }) => ({
        item,
        role: role as TraceEvent['items'][number]['role'],
        isInstance: is_instance,
        implied,
        ...(quantity === null ? {} : { quantity }),
        ...(uom === null ? {} : { uom }),
      })),
  };
}

/** Names by id and signer; an account's last word replaces its earlier ones. */
function namesIn(ordered: readonly StoryRecord[]): Pick<ToldStory, 'nameOf' | 'nameBy'> {
  const names = new Map<string, Map<string, LocalisedName>>();
  for (const record of ordered) {
    if (record.kind !== 'epcis.masterdata') continue;
    const decoded = decodeMasterdata(record);
    if (!decoded.ok) continue;
    for (const [id, name] of namesOf([{ element: decoded.value.element }])) {
      const bySigner = names.get(id) ?? new Map<string, LocalisedName>();
      names.set(id, bySigner.set(record.sender, name));
    }
  }
  return {
    nameOf: (id, preferredSigner) => names.get(id)?.get(preferredSigner) ?? names.get(id)?.values().next().value,
    nameBy: (id, account) => names.get(id)?.get(account),
  };
}
