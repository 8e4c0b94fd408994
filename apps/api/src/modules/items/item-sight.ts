import type { FeedBlock } from '@waymark/light-client';
import { eventKeyOf } from '@waymark/provenance/domain';
import {
  type CapturedContent,
  ledgerEventTypes,
  type VisibilityChangedContent,
  type WitnessedContent,
} from '@waymark/provenance/module';
import type { EntityManager } from 'typeorm';
import type { Summary } from '../../chain/projection/projector.js';

const nullable = true;

/** Audience of the rows that tell all there is: what a regulator sees. */
export const EVERYTHING = '@';
/** Audience of the rows that tell what is public. Any other audience is an account. */
export const PUBLIC = '*';

const TABLE = {
  name: 'item_sight',
  columns: [
    { name: 'audience', type: 'text' },
    { name: 'item', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'gtin', type: 'text', nullable },
    { name: 'lot', type: 'text', nullable },
    { name: 'serial', type: 'text', nullable },
    /** What people type of an item: lower-case serial, lot, or the digits of its key. */
    { name: 'typed', type: 'text' },
    { name: 'sample', type: 'boolean' },
    { name: 'first_event_time', type: 'timeMs' },
    { name: 'last_event_time', type: 'timeMs' },
    { name: 'last_event_key', type: 'text' },
    { name: 'signer', type: 'text' },
    { name: 'biz_step', type: 'text', nullable },
    { name: 'disposition', type: 'text', nullable },
    { name: 'disposition_time', type: 'timeMs', nullable },
    { name: 'disposition_key', type: 'text', nullable },
    { name: 'biz_location', type: 'text', nullable },
    { name: 'location_time', type: 'timeMs', nullable },
    { name: 'location_key', type: 'text', nullable },
  ],
  primaryKey: ['audience', 'item'],
  indexes: [
    ['audience', 'last_event_time', 'item'],
    ['audience', 'gtin', 'last_event_time', 'item'],
    ['audience', 'biz_location', 'last_event_time', 'item'],
    ['audience', 'biz_step', 'last_event_time', 'item'],
    ['audience', 'disposition', 'last_event_time', 'item'],
    ['audience', 'signer', 'last_event_time', 'item'],
    ['audience', 'sample', 'last_event_time', 'item'],
    ['item'],
  ],
  beginnings: [['audience', 'typed']],
} as const;

/** The latest value that is not null, with the time and key of the event that says so. */
const latest = (column: string) =>
  `(array_agg(e.${column} ORDER BY e.event_time DESC, e.event_key DESC) FILTER (WHERE e.${column} IS NOT NULL))[1]`;
const latestOf = (column: string, of: string) =>
  `(array_agg(e.${column} ORDER BY e.event_time DESC, e.event_key DESC) FILTER (WHERE e.${of} IS NOT NULL))[1]`;

const KEY_DIGITS = `substring(k.item from '^https://id\\.gs1\\.org/\\d+/([^/]+)$')`;

const COLUMNS = TABLE.columns.map(({ name }) => name).join(', ');

const wins = (time: string, key: string) =>
  `(EXCLUDED.${time}, EXCLUDED.${key}) >= (s.${time}, s.${key}) OR s.${time} IS NULL`;
const take = (column: string, time: string, key: string) =>
  `${column} = CASE WHEN EXCLUDED.${time} IS NOT NULL AND (${wins(time, key)}) THEN EXCLUDED.${column} ELSE s.${column} END`;

/** Adds events to the rows of their items; `pairs` gives audience, item and event_key. Adding one twice changes nothing. */
const add = (pairs: string) => `
  INSERT INTO item_sight AS s (${COLUMNS})
  SELECT k.audience, k.item,
    CASE WHEN k.item LIKE 'https://id.gs1.org/00/%' THEN 'logistic' WHEN i.gtin IS NULL THEN 'other'
         WHEN i.is_instance THEN 'unit' WHEN i.lot IS NOT NULL THEN 'lot' ELSE 'product' END,
    i.gtin, i.lot, i.serial, lower(coalesce(i.serial, i.lot, ${KEY_DIGITS}, k.item)),
    coalesce(upper(coalesce(i.lot, i.serial)) LIKE 'SAMPLE%', false),
    k.first_event_time, k.last_event_time, k.last_event_key, k.signer, k.biz_step,
    k.disposition, k.disposition_time, k.disposition_key, k.biz_location, k.location_time, k.location_key
  FROM (
    SELECT p.audience, p.item, min(e.event_time) AS first_event_time, max(e.event_time) AS last_event_time,
      ${latest('event_key')} AS last_event_key, ${latest('signer')} AS signer,
      (array_agg(e.biz_step ORDER BY e.event_time DESC, e.event_key DESC))[1] AS biz_step,
      ${latest('disposition')} AS disposition, ${latestOf('event_time', 'disposition')} AS disposition_time, ${latestOf('event_key', 'disposition')} AS disposition_key,
      ${latest('biz_location')} AS biz_location, ${latestOf('event_time', 'biz_location')} AS location_time, ${latestOf('event_key', 'biz_location')} AS location_key
    FROM (${pairs}) p JOIN epcis_event e ON e.event_key = p.event_key
    GROUP BY p.audience, p.item
  ) k JOIN item i ON i.id = k.item
  ON CONFLICT (audience, item) DO UPDATE SET
    first_event_time = least(s.first_event_time, EXCLUDED.first_event_time),
    ${['signer', 'biz_step'].map((column) => take(column, 'last_event_time', 'last_event_key')).join(', ')},
    ${['disposition', 'disposition_time', 'disposition_key'].map((column) => take(column, 'disposition_time', 'disposition_key')).join(', ')},
    ${['biz_location', 'location_time', 'location_key'].map((column) => take(column, 'location_time', 'location_key')).join(', ')},
    ${['last_event_time', 'last_event_key'].map((column) => take(column, 'last_event_time', 'last_event_key')).join(', ')}`;

/** Accounts to whom an event that is not public is shown in full (`disclosureOf` in `@waymark/provenance/visibility`). */
const READERS = `
  SELECT e.event_key, e.signer AS audience FROM touched e WHERE e.visibility <> 1
  UNION SELECT e.event_key, w->>'account' FROM touched e, jsonb_array_elements(e.witnesses) w WHERE e.visibility <> 1
  UNION SELECT e.event_key, n.account FROM touched e JOIN party_named n ON n.event_key = e.event_key WHERE e.visibility = 2 AND n.account IS NOT NULL`;

/** `touched`: events that hold; `named`: which of their items. */
const withTouched = (where: string) => `
  WITH named AS MATERIALIZED (SELECT DISTINCT i.event_key, i.item FROM event_item i WHERE ${where} AND i.role <> 'transformation'),
  touched AS MATERIALIZED (SELECT e.event_key, e.signer, e.witnesses, e.visibility FROM epcis_event e
    WHERE e.event_key IN (SELECT event_key FROM named) AND e.record = 'event' AND NOT e.declared_in_error)`;

async function addEvents(manager: EntityManager, where: string, values: readonly unknown[]): Promise<void> {
  const begin = withTouched(where);
  await manager.query(
    begin +
      add(`SELECT '${EVERYTHING}' AS audience, n.item, n.event_key FROM named n JOIN touched e ON e.event_key = n.event_key
           UNION ALL SELECT '${PUBLIC}', n.item, n.event_key FROM named n JOIN touched e ON e.event_key = n.event_key WHERE e.visibility = 1`),
    [...values],
  );
  // A company's own row tells what is public too: it begins as a copy of that, and grows with it.
  const audiences = TABLE.columns.map(({ name }) => (name === 'audience' ? 'r.audience' : `s.${name}`)).join(', ');
  await manager.query(
    `${begin} INSERT INTO item_sight (${COLUMNS}) SELECT DISTINCT ON (r.audience, s.item) ${audiences}
     FROM (${READERS}) r JOIN named n ON n.event_key = r.event_key JOIN item_sight s ON s.audience = '${PUBLIC}' AND s.item = n.item
     ON CONFLICT (audience, item) DO NOTHING`,
    [...values],
  );
  await manager.query(
    begin +
      add(`SELECT r.audience, n.item, n.event_key FROM (${READERS}) r JOIN named n ON n.event_key = r.event_key
           UNION SELECT s.audience, n.item, n.event_key FROM named n JOIN touched e ON e.event_key = n.event_key
             JOIN item_sight s ON s.item = n.item AND s.audience NOT IN ('${PUBLIC}', '${EVERYTHING}') WHERE e.visibility = 1`),
    [...values],
  );
}

/**
 * Each item once for every audience that sees any event of it in full, with what the latest of these events say: lists and search go by
 * it, so that nobody learns from a list what the events would not tell them. Withdrawn events do not count; an item of which nothing
 * else is left stands in no list.
 */
export const itemSight: Summary = {
  table: TABLE,
  async onBlocks(manager, blocks) {
    const { added, changed } = touchedBy(blocks);
    if (added.length > 0) await addEvents(manager, 'i.event_key = ANY($1::text[])', [added]);
    if (changed.length === 0) return;
    const rows = await manager.query<{ item: string }[]>(
      `SELECT DISTINCT item FROM event_item WHERE event_key = ANY($1::text[]) AND role <> 'transformation'`,
      [changed],
    );
    const items = rows.map(({ item }) => item);
    await manager.query(`DELETE FROM item_sight WHERE item = ANY($1::text[])`, [items]);
    await addEvents(manager, 'i.item = ANY($1::text[])', [items]);
  },
};

/** Events that these blocks add, and events of which they change who sees them or whether they hold. */
function touchedBy(blocks: readonly FeedBlock[]): { added: string[]; changed: string[] } {
  const added = new Set<string>();
  const changed = new Set<string>();
  for (const { events } of blocks.flatMap(({ transactions }) => transactions))
    for (const { type, content } of events) {
      const read = () => JSON.parse(Buffer.from(content).toString('utf8')) as unknown;
      if (type === ledgerEventTypes.captured) {
        const captured = read() as CapturedContent;
        if (captured.kind === 'event') added.add(eventKeyOf({ eventHash: captured.eventHash, record: 'event' }));
        else if (captured.byOwnSigner === true) changed.add(captured.eventHash);
      } else if (type === ledgerEventTypes.witnessed) {
        const witnessed = read() as WitnessedContent;
        if (witnessed.kind === 'event' && !witnessed.again) changed.add(witnessed.eventHash);
      } else if (type === ledgerEventTypes.visibilityChanged)
        changed.add((read() as VisibilityChangedContent).eventKey);
    }
  return { added: [...added], changed: [...changed] };
}
