import { ledgerEventTypes } from '../module/ledger-events.js';
import { DistinctValues, recordOf } from './provenance-record.js';
import type { EventItemRow, ItemRow, PartyNamedRow } from './rows.js';
import type { View } from './view.js';

const nullable = true;

/** Which event names which item, in which role: what traces and filters go by. */
export const eventItemView: View<EventItemRow> = {
  table: {
    name: 'event_item',
    columns: [
      { name: 'event_key', type: 'text' },
      { name: 'ordinal', type: 'integer' },
      { name: 'item', type: 'text' },
      { name: 'role', type: 'text' },
      { name: 'is_instance', type: 'boolean' },
      { name: 'implied', type: 'boolean' },
      { name: 'quantity', type: 'numeric', nullable },
      { name: 'uom', type: 'text', nullable },
      { name: 'gtin', type: 'text', nullable },
      { name: 'event_time', type: 'timeMs' },
    ],
    primaryKey: ['event_key', 'ordinal'],
    indexes: [
      ['item', 'event_time'],
      ['gtin', 'event_time'],
    ],
  },
  eventTypes: [ledgerEventTypes.captured],
  keysOf: () => [],
  fold(inputs) {
    const upserts: EventItemRow[] = [];
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'captured') continue;
      const { facts, eventKey } = record;
      facts.items.forEach(({ id, role, isInstance, implied, quantity, uom, gs1 }, ordinal) => {
        upserts.push({
          event_key: eventKey,
          ordinal,
          item: id,
          role,
          is_instance: isInstance,
          implied,
          quantity: quantity ?? null,
          uom: uom ?? null,
          gtin: gs1?.gtin ?? null,
          event_time: facts.eventTimeMs,
        });
      });
    }
    return { upserts, deletes: [] };
  },
};

/** Each item once: what it is, and what the latest event (by event time) says of it. */
export const itemView: View<ItemRow> = {
  table: {
    name: 'item',
    columns: [
      { name: 'id', type: 'text' },
      { name: 'is_instance', type: 'boolean' },
      { name: 'gtin', type: 'text', nullable },
      { name: 'lot', type: 'text', nullable },
      { name: 'serial', type: 'text', nullable },
      { name: 'first_event_time', type: 'timeMs' },
      { name: 'last_event_time', type: 'timeMs' },
      { name: 'disposition', type: 'text', nullable },
      { name: 'biz_step', type: 'text', nullable },
      { name: 'biz_location', type: 'text', nullable },
      { name: 'last_event_key', type: 'text' },
    ],
    primaryKey: ['id'],
    indexes: [['gtin', 'lot']],
  },
  eventTypes: [ledgerEventTypes.captured],
  keysOf(inputs) {
    const ids = new DistinctValues();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'captured' || record.facts.record !== 'event') continue;
      for (const { id, role } of record.facts.items) if (role !== 'transformation') ids.add(id);
    }
    return [{ columns: ['id'], values: ids.list() }];
  },
  fold(inputs, existing) {
    const rows = new Map(existing.map((row) => [row.id, row]));
    const touched = new Set<string>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'captured' || record.facts.record !== 'event') continue;
      const { facts, eventKey } = record;
      for (const { id, role, isInstance, gs1 } of facts.items) {
        if (role === 'transformation') continue;
        const before = rows.get(id);
        touched.add(id);
        const isLatest = before === undefined || facts.eventTimeMs >= before.last_event_time;
        rows.set(id, {
          id,
          is_instance: isInstance,
          gtin: gs1?.gtin ?? null,
          lot: gs1?.lot ?? null,
          serial: gs1?.serial ?? null,
          first_event_time: Math.min(before?.first_event_time ?? facts.eventTimeMs, facts.eventTimeMs),
          last_event_time: isLatest ? facts.eventTimeMs : before.last_event_time,
          disposition: isLatest ? (facts.disposition ?? before?.disposition ?? null) : before.disposition,
          biz_step: isLatest ? (facts.bizStep ?? null) : before.biz_step,
          biz_location: isLatest ? (facts.bizLocation ?? before?.biz_location ?? null) : before.biz_location,
          last_event_key: isLatest ? eventKey : before.last_event_key,
        });
      }
    }
    return { upserts: [...touched].flatMap((id) => rows.get(id) ?? []), deletes: [] };
  },
};

/** Which parties and places an event names, and whose they are: who may see it, and filters by source and destination. */
export const partyNamedView: View<PartyNamedRow> = {
  table: {
    name: 'party_named',
    columns: [
      { name: 'event_key', type: 'text' },
      { name: 'party', type: 'text' },
      { name: 'role', type: 'text' },
      { name: 'direction', type: 'text' },
      { name: 'account', type: 'text', nullable },
    ],
    primaryKey: ['event_key', 'party', 'role', 'direction'],
    indexes: [['account', 'event_key'], ['party']],
  },
  eventTypes: [ledgerEventTypes.captured],
  keysOf: () => [],
  fold(inputs) {
    const rows = new Map<string, PartyNamedRow>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'captured') continue;
      const accounts = new Map(record.content.named);
      for (const { id, role, direction } of record.facts.parties) {
        const account = accounts.get(id) ?? null;
        rows.set(JSON.stringify([record.eventKey, id, role, direction]), {
          event_key: record.eventKey,
          party: id,
          role,
          direction,
          account,
        });
      }
    }
    return { upserts: [...rows.values()], deletes: [] };
  },
};
