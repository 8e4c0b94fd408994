import { Inject, Injectable } from '@nestjs/common';
import type { ItemRole } from '@waymark/provenance/domain';
import {
  startTrace,
  type Trace,
  type TraceEdge,
  type TraceEvent,
  type TraceItemOfEvent,
  type TraceNeed,
  type TraceQuestion,
  type TraceRows,
} from '@waymark/provenance/trace';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, walkable } from '../provenance/views/visible-events.js';

interface EdgeRow {
  readonly kind: 'contain' | 'member';
  readonly event_key: string;
  readonly parent: string;
  readonly child: string;
  readonly from_time: string;
  readonly until_time: string | null;
}

interface EventRow {
  readonly event_key: string;
  readonly event_hash: string;
  readonly type: string;
  readonly action: string | null;
  readonly event_time: string;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly biz_location: string | null;
  readonly read_point: string | null;
  readonly signer: string;
  readonly witnesses: readonly { readonly account: string }[];
  readonly visibility: number;
  readonly declared_in_error: boolean;
}

interface ItemRow {
  readonly event_key: string;
  readonly item: string;
  readonly role: ItemRole;
  readonly is_instance: boolean;
  readonly implied: boolean;
  readonly quantity: string | null;
  readonly uom: string | null;
}

const present = <Key extends string>(key: Key, value: string | null): { [K in Key]?: string } =>
  value === null ? {} : ({ [key]: value } as { [K in Key]?: string });

function without({ participations, edges, events }: TraceRows, hidden: ReadonlySet<string>): TraceRows {
  const isOpen = ({ eventKey }: { readonly eventKey: string }) => !hidden.has(eventKey);
  return { participations: participations.filter(isOpen), edges: edges.filter(isOpen), events: events.filter(isOpen) };
}

/** Feeds the lib's search with rows: set after set, and only such as the viewer's trace may walk through. */
@Injectable()
export class TraceSearchQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  /** `hidden`: keys of events that this trace must not walk through. */
  async trace(question: TraceQuestion, viewer: Viewer, hidden: ReadonlySet<string> = new Set()): Promise<Trace> {
    const search = startTrace(question);
    for (let need = search.need(); need !== undefined; need = search.need())
      search.absorb(without(await this.load(need, viewer), hidden));
    return search.result();
  }

  private async load(need: TraceNeed, viewer: Viewer): Promise<TraceRows> {
    const [participations, edges, events] = await Promise.all([
      this.participations(need.items, viewer),
      this.edges(need.items, viewer),
      this.events(need.eventKeys, viewer),
    ]);
    return { participations, edges, events };
  }

  private async participations(
    items: readonly string[],
    viewer: Viewer,
  ): Promise<{ item: string; eventKey: string }[]> {
    if (items.length === 0) return [];
    const sql = new Parameters();
    const rows = await this.database.query<{ item: string; event_key: string }[]>(
      `SELECT DISTINCT i.item, i.event_key FROM event_item i JOIN epcis_event e ON e.event_key = i.event_key
       WHERE i.item = ANY(${sql.add(items)}::text[]) AND e.record = 'event' AND ${walkable(viewer, sql)}`,
      sql.values,
    );
    return rows.map((row) => ({ item: row.item, eventKey: row.event_key }));
  }

  private async edges(items: readonly string[], viewer: Viewer): Promise<TraceEdge[]> {
    if (items.length === 0) return [];
    const sql = new Parameters();
    const list = sql.add(items);
    const rows = await this.database.query<EdgeRow[]>(
      `SELECT t.kind, t.event_key, t.parent, t.child, t.from_time, t.until_time FROM trace_edge t JOIN epcis_event e ON e.event_key = t.event_key
       WHERE t.kind IN ('contain', 'member') AND (t.parent = ANY(${list}::text[]) OR t.child = ANY(${list}::text[])) AND ${walkable(viewer, sql)}`,
      sql.values,
    );
    return rows.map((row) => ({
      kind: row.kind,
      eventKey: row.event_key,
      parent: row.parent,
      child: row.child,
      fromMs: Number(row.from_time),
      ...(row.until_time !== null && { untilMs: Number(row.until_time) }),
    }));
  }

  private async events(keys: readonly string[], viewer: Viewer): Promise<TraceEvent[]> {
    if (keys.length === 0) return [];
    const sql = new Parameters();
    const rows = await this.database.query<EventRow[]>(
      `SELECT e.event_key, e.event_hash, e.type, e.action, e.event_time, e.biz_step, e.disposition, e.biz_location, e.read_point, e.signer, e.witnesses, e.visibility, e.declared_in_error
       FROM epcis_event e WHERE e.event_key = ANY(${sql.add(keys)}::text[]) AND ${walkable(viewer, sql)}`,
      sql.values,
    );
    const items = await this.database.query<ItemRow[]>(
      `SELECT event_key, item, role, is_instance, implied, quantity, uom FROM event_item WHERE event_key = ANY($1::text[]) ORDER BY event_key, ordinal`,
      [rows.map(({ event_key }) => event_key)],
    );
    const byEvent = new Map<string, TraceItemOfEvent[]>();
    for (const row of items) {
      const list = byEvent.get(row.event_key) ?? [];
      list.push({
        item: row.item,
        role: row.role,
        isInstance: row.is_instance,
        implied: row.implied,
        ...present('quantity', row.quantity),
        ...present('uom', row.uom),
      });
      byEvent.set(row.event_key, list);
    }
    return rows.map((row) => ({
      eventKey: row.event_key,
      eventHash: row.event_hash,
      type: row.type,
      ...present('action', row.action),
      eventTimeMs: Number(row.event_time),
      ...present('bizStep', row.biz_step),
      ...present('disposition', row.disposition),
      ...present('bizLocation', row.biz_location),
      ...present('readPoint', row.read_point),
      signer: row.signer,
      signers: [...new Set([row.signer, ...row.witnesses.map(({ account }) => account)])],
      visibility: row.visibility,
      declaredInError: row.declared_in_error,
      items: byEvent.get(row.event_key) ?? [],
    }));
  }
}
