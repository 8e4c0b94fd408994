/** Rows of `epcis_event e`, in an order, and how many at most. */
export interface FirstRows {
  /** What is read of each row. */
  readonly columns: string;
  /** Columns that together name a row. */
  readonly order: readonly string[];
  readonly descending: boolean;
  /** Conditions that the index of the order answers while it is read: where to begin and to end. */
  readonly within: readonly string[];
  /** The other conditions. */
  readonly where: readonly string[];
  readonly limit: number;
}

/** Rows looked at, in the order asked for, before the indexes of the conditions are asked instead. */
const NEAR_ROWS = 2_000;

const every = (conditions: readonly string[]) => (conditions.length === 0 ? 'TRUE' : conditions.join(' AND '));

function ordered({ order, descending }: FirstRows, limit: number): string {
  return `ORDER BY ${order.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ')} LIMIT ${limit}`;
}

/** For conditions that leave most rows, or have an index of their own in the same order. */
export function firstRowsInOrder(rows: FirstRows): string {
  return `SELECT ${rows.columns} FROM epcis_event e WHERE ${every([...rows.within, ...rows.where])} ${ordered(rows, rows.limit)}`;
}

/**
 * For conditions whose indexes give another order: they may fit nearly everything or nearly nothing, old events only or new ones, and Postgres
 * cannot know. Where the rows that come first do not fill the page, all that fit are fetched by their indexes and sorted: `OFFSET 0` keeps
 * Postgres from going through all events in order instead, until enough are found.
 */
export function firstRows(rows: FirstRows): string {
  const { columns, within, where, limit } = rows;
  if (where.length === 0) return firstRowsInOrder(rows);
  return `
    WITH near AS MATERIALIZED (
      SELECT e.event_key FROM (SELECT e.* FROM epcis_event e WHERE ${every(within)} ${ordered(rows, NEAR_ROWS)}) e
      WHERE ${every(where)} ${ordered(rows, limit)}),
    enough AS MATERIALIZED (SELECT count(*) = ${limit} AS is_so FROM near)
    SELECT ${columns} FROM (
      SELECT n.event_key FROM near n WHERE (SELECT is_so FROM enough)
      UNION ALL SELECT f.event_key FROM (
        SELECT e.event_key FROM (
          SELECT ${['e.event_key', ...rows.order.filter((column) => column !== 'e.event_key')].join(', ')} FROM epcis_event e
          WHERE NOT (SELECT is_so FROM enough) AND ${every([...within, ...where])} OFFSET 0) e ${ordered(rows, limit)}) f) k
    JOIN epcis_event e ON e.event_key = k.event_key ${ordered(rows, limit)}`;
}

/**
 * Recorded at or after a time (`>=`), or before it (`<`); `time` is a placeholder, in ms. Blocks follow one another in time: the height of the
 * first such event, or of the last, bounds them, so that the order of recording begins and ends there.
 */
export function recordedWithin(operator: '>=' | '<', time: string): string {
  const [bound, direction] = operator === '>=' ? ['>=', 'ASC'] : ['<=', 'DESC'];
  return `(e.record_time ${operator} ${time}::bigint AND e.height ${bound} (SELECT r.height FROM epcis_event r
    WHERE r.record_time ${operator} ${time}::bigint ORDER BY r.record_time ${direction}, r.height ${direction} LIMIT 1))`;
}
