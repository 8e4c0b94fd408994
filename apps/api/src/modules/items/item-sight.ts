import type { FeedBlock } from '@waymark/light-client';
import { eventKeyOf } from '@waymark/provenance/domain';
import {
  type CapturedContent,
  ledgerEventTypes,
  type VisibilityChangedContent,
  type WitnessedContent,
} from '@waymark/provenance/module';
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
    ['item'],
  ],
  partial: [{ where: 'sample', columns: ['audience', 'last_event_time', 'item'] }],
  // With the time, so that the newest of many are found without reading their rows.
  beginnings: [{ within: ['audience'], text: 'typed', then: ['item', 'last_event_time'] }],
} as const;

/** The latest value that is not null, and the time and key of the event that says so. */
const latest = (column: string, of = column) =>
  `(array_agg(t.${column} ORDER BY t.event_time DESC, t.event_key DESC) FILTER (WHERE t.${of} IS NOT NULL))[1]`;

const KEY_DIGITS = `substring(c.item from '^https://id\\.gs1\\.org/\\d+/([^/]+)$')`;

const COLUMNS = TABLE.columns.map(({ name }) => name).join(', ');

/** Columns that go together: the later of two events, by time and key, gives them all. */
const TOLD_TOGETHER = [
  ['last_event_time', 'last_event_key', 'signer', 'biz_step'],
  ['disposition_time', 'disposition_key', 'disposition'],
  ['location_time', 'location_key', 'biz_location'],
] as const;

/** What two rows say together, column by column; rows that are not there have nulls. Merging in any order, or twice, gives the same. */
function merged(one: string, other: string): Map<string, string> {
  const columns = new Map([['first_event_time', `least(${one}.first_event_time, ${other}.first_event_time)`]]);
  for (const [time, key, ...said] of TOLD_TOGETHER) {
    const isLater = `${one}.${time} IS NOT NULL AND (${other}.${time} IS NULL OR (${one}.${time}, ${one}.${key}) >= (${other}.${time}, ${other}.${key}))`;
    for (const column of [time, key, ...said])
      columns.set(column, `CASE WHEN ${isLater} THEN ${one}.${column} ELSE ${other}.${column} END`);
  }
  return columns;
}

const WITH_BEFORE = merged('c', 'b');

/**
 * Adds events to the rows of their items, in one statement: adding one twice changes nothing. `where` chooses rows of `event_item i`.
 *
 * `named`: events and their items; `touched`: those of the events that hold; `readers`: the accounts to which an event that is not public is
 * shown in full (`disclosureOf` in `@waymark/provenance/visibility`); `audiences`: the accounts that have a row of an item or get one now;
 * `told`: who is told which event of which item. A company's own row tells what is public too: where it begins now, it begins with what the
 * public row told before.
 *
 * `OFFSET 0` has Postgres look up each row by its key. It cannot know how few rows a block touches, and would read whole tables.
 */
const addEvents = (where: string) => `
  WITH named AS MATERIALIZED (
    SELECT DISTINCT i.event_key, i.item FROM event_item i WHERE ${where} AND i.role <> 'transformation'),
  touched AS MATERIALIZED (
    SELECT e.* FROM (SELECT DISTINCT event_key FROM named) n, LATERAL (
      SELECT e.event_key, e.event_time, e.signer, e.witnesses, e.visibility, e.biz_step, e.disposition, e.biz_location
      FROM epcis_event e WHERE e.event_key = n.event_key AND e.record = 'event' AND NOT e.declared_in_error OFFSET 0) e),
  readers AS MATERIALIZED (
    SELECT t.event_key, t.signer AS audience FROM touched t WHERE t.visibility <> 1
    UNION SELECT t.event_key, w.account FROM touched t, LATERAL (
      SELECT w->>'account' AS account FROM jsonb_array_elements(t.witnesses) w) w WHERE t.visibility <> 1
    UNION SELECT t.event_key, p.account FROM touched t, LATERAL (
      SELECT p.account FROM party_named p WHERE p.event_key = t.event_key AND p.account IS NOT NULL OFFSET 0) p WHERE t.visibility = 2),
  audiences AS MATERIALIZED (
    SELECT s.item, s.audience FROM (SELECT DISTINCT item FROM named) n, LATERAL (
      SELECT s.item, s.audience FROM item_sight s WHERE s.item = n.item AND s.audience NOT IN ('${PUBLIC}', '${EVERYTHING}') OFFSET 0) s
    UNION SELECT n.item, r.audience FROM readers r JOIN named n USING (event_key)),
  told AS (
    SELECT '${EVERYTHING}' AS audience, n.item, n.event_key FROM named n
    UNION ALL SELECT '${PUBLIC}', n.item, n.event_key FROM named n JOIN touched t USING (event_key) WHERE t.visibility = 1
    UNION ALL SELECT r.audience, n.item, n.event_key FROM named n JOIN readers r USING (event_key)
    UNION ALL SELECT a.audience, n.item, n.event_key FROM named n JOIN touched t USING (event_key) JOIN audiences a USING (item) WHERE t.visibility = 1)
  INSERT INTO item_sight AS s (${COLUMNS})
  SELECT c.audience, c.item,
    CASE WHEN c.item LIKE 'https://id.gs1.org/00/%' THEN 'logistic' WHEN i.gtin IS NULL THEN 'other'
         WHEN i.is_instance THEN 'unit' WHEN i.lot IS NOT NULL THEN 'lot' ELSE 'product' END,
    i.gtin, i.lot, i.serial, lower(coalesce(i.serial, i.lot, ${KEY_DIGITS}, c.item)),
    coalesce(upper(coalesce(i.lot, i.serial)) LIKE 'SAMPLE%', false),
    ${TABLE.columns.flatMap(({ name }) => WITH_BEFORE.get(name) ?? []).join(', ')}
  FROM (
    SELECT told.audience, told.item, min(t.event_time) AS first_event_time, max(t.event_time) AS last_event_time,
      ${latest('event_key')} AS last_event_key, ${latest('signer')} AS signer, ${latest('biz_step', 'event_key')} AS biz_step,
      ${latest('disposition')} AS disposition, ${latest('event_time', 'disposition')} AS disposition_time, ${latest('event_key', 'disposition')} AS disposition_key,
      ${latest('biz_location')} AS biz_location, ${latest('event_time', 'biz_location')} AS location_time, ${latest('event_key', 'biz_location')} AS location_key
    FROM told JOIN touched t USING (event_key) GROUP BY told.audience, told.item
  ) c
  CROSS JOIN LATERAL (SELECT * FROM item i WHERE i.id = c.item OFFSET 0) i
  LEFT JOIN LATERAL (
    SELECT * FROM item_sight b WHERE b.audience = '${PUBLIC}' AND b.item = c.item AND c.audience NOT IN ('${PUBLIC}', '${EVERYTHING}')
      AND NOT EXISTS (SELECT 1 FROM item_sight own WHERE own.audience = c.audience AND own.item = c.item) OFFSET 0) b ON true
  ON CONFLICT (audience, item) DO UPDATE SET
    ${[...merged('EXCLUDED', 's')].map(([column, value]) => `${column} = ${value}`).join(', ')}`;

const ADD_EVENTS = addEvents('i.event_key = ANY($1::text[])');
const ADD_EVENTS_OF_ITEMS = addEvents('i.item = ANY($1::text[])');

/**
 * Each item once for every audience that sees any event of it in full, with what the latest of these events say: lists and search go by
 * it, so that nobody learns from a list what the events would not tell them. Withdrawn events do not count; an item of which nothing
 * else is left stands in no list.
 */
export const itemSight: Summary = {
  table: TABLE,
  async onBlocks(manager, blocks) {
    const { added, changed } = touchedBy(blocks);
    if (added.length > 0) await manager.query(ADD_EVENTS, [added]);
    if (changed.length === 0) return;
    const rows = await manager.query<{ item: string }[]>(
      `SELECT DISTINCT item FROM event_item WHERE event_key = ANY($1::text[]) AND role <> 'transformation'`,
      [changed],
    );
    const items = rows.map(({ item }) => item);
    await manager.query(`DELETE FROM item_sight WHERE item = ANY($1::text[])`, [items]);
    await manager.query(ADD_EVENTS_OF_ITEMS, [items]);
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
