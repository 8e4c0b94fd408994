import { Inject, Injectable } from '@nestjs/common';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters } from '../provenance/views/visible-events.js';
import type { ItemKind } from './dto/shapes.js';
import { EVERYTHING, PUBLIC } from './item-sight.js';
import { beginsWith } from './dto/item-filters.js';

/** A row of `item_sight`: an item as its audience sees it. */
export interface ItemSightRow {
  readonly item: string;
  readonly kind: ItemKind;
  readonly gtin: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly sample: boolean;
  readonly first_event_time: string;
  readonly last_event_time: string;
  readonly last_event_key: string;
  readonly signer: string;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly disposition_key: string | null;
  readonly biz_location: string | null;
  readonly location_key: string | null;
}

export interface SightOrder {
  /** Columns of `item_sight s` that together name a row. */
  readonly columns: readonly ('last_event_time' | 'typed' | 'item')[];
  readonly descending: boolean;
}

export const BY_ID: SightOrder = { columns: ['item'], descending: false };
export const NEWEST_FIRST: SightOrder = { columns: ['last_event_time', 'item'], descending: true };
export const BY_TYPED: SightOrder = { columns: ['typed', 'item'], descending: false };

/** Which rows of `item_sight s`, and how many. */
export interface SightQuestion {
  readonly where?: (sql: Parameters) => readonly string[];
  /** How `typed` begins. */
  readonly beginning?: string | undefined;
  readonly order: SightOrder;
  /** Values of the order's columns in the row after which to begin. */
  readonly after?: readonly string[] | undefined;
  readonly limit: number;
}

/** Rows looked at, in the order asked for, before the index of beginnings is read instead. */
const NEAR_ROWS = 2_000;

/** Reads what a viewer may see of items: their own rows, and the public ones of items of which they have none. */
@Injectable()
export class ItemSightsQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  async find(viewer: Viewer, question: SightQuestion): Promise<ItemSightRow[]> {
    const sql = new Parameters();
    return this.database.query<ItemSightRow[]>(sightsSql(viewer, question, sql), sql.values);
  }

  /** How many rows fit, the question's limit at most. */
  async count(viewer: Viewer, question: SightQuestion): Promise<number> {
    const sql = new Parameters();
    const [row] = await this.database.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM (${sightsSql(viewer, question, sql)}) AS found`,
      sql.values,
    );
    return row?.n ?? 0;
  }
}

/** Each audience is read from its own index and stops early; the two are merged. */
export function sightsSql(viewer: Viewer, question: SightQuestion, sql: Parameters): string {
  switch (viewer.kind) {
    case 'regulator':
      return ofAudience(sql.add(EVERYTHING), question, sql);
    case 'shopper':
      return ofAudience(sql.add(PUBLIC), question, sql);
    case 'company': {
      const account = sql.add(viewer.account);
      // Looked up row by row: with NOT EXISTS, Postgres may read all that the company has.
      const unseen = `(SELECT true FROM item_sight o WHERE o.audience = ${account} AND o.item = s.item) IS NULL`;
      const own = ofAudience(account, question, sql);
      const others = ofAudience(sql.add(PUBLIC), question, sql, [unseen]);
      return `SELECT * FROM ((${own}) UNION ALL (${others})) AS s ${ordered(question)}`;
    }
  }
}

/** `lookedUp`: conditions that are dear, and asked in the order of the rows until there are enough. */
function ofAudience(
  audience: string,
  question: SightQuestion,
  sql: Parameters,
  lookedUp: readonly string[] = [],
): string {
  const { beginning, order } = question;
  const from = [`s.audience = ${audience}`, ...afterSql(question, sql)];
  const where = [
    ...(question.where?.(sql) ?? []),
    ...(beginning === undefined ? [] : [beginsWith('s.typed', beginning, sql)]),
  ];
  if (beginning === undefined || order.columns.includes('typed'))
    return `SELECT s.* FROM item_sight s WHERE ${[...from, ...where, ...lookedUp].join(' AND ')} ${ordered(question)}`;
  // The index of beginnings gives another order than the one asked for, and a beginning may fit nearly everything or nearly nothing, old
  // things only or new: where those that come first do not fill the page, all that fit are sorted, of which the index tells enough.
  const all = `SELECT s.item, s.last_event_time FROM item_sight s
    WHERE NOT (SELECT is_so FROM enough) AND ${[...from, ...where].join(' AND ')} OFFSET 0`;
  return `
    WITH near AS MATERIALIZED (
      SELECT s.* FROM (SELECT s.* FROM item_sight s WHERE ${from.join(' AND ')} ${ordered({ ...question, limit: NEAR_ROWS })}) s
      WHERE ${[...where, ...lookedUp].join(' AND ')} ${ordered(question)}),
    enough AS MATERIALIZED (SELECT count(*) = ${question.limit} AS is_so FROM near)
    SELECT s.* FROM (
      SELECT n.* FROM near n WHERE (SELECT is_so FROM enough)
      UNION ALL SELECT f.* FROM (
        SELECT s.item FROM (${lookedUp.length === 0 ? all : `SELECT * FROM (${all}) s ${inOrder(question)} OFFSET 0`}) s
        WHERE ${['TRUE', ...lookedUp].join(' AND ')} ${ordered(question)}) k
        JOIN item_sight f ON f.audience = ${audience} AND f.item = k.item) s ${ordered(question)}`;
}

const ordered = (question: SightQuestion) => `${inOrder(question)} LIMIT ${question.limit}`;

/** `typed` is ordered as its index is: by its bytes. */
function inOrder({ order: { columns, descending } }: SightQuestion): string {
  const by = columns.map((column) => {
    if (column === 'typed') return `s.typed USING ${descending ? '~>~' : '~<~'}`;
    return `s.${column} ${descending ? 'DESC' : 'ASC'}`;
  });
  return `ORDER BY ${by.join(', ')}`;
}

function afterSql({ order: { columns, descending }, after }: SightQuestion, sql: Parameters): string[] {
  if (after === undefined) return [];
  const bounds = after.map((value, i) => `${sql.add(value)}::${columns[i] === 'last_event_time' ? 'bigint' : 'text'}`);
  return [`(${columns.map((column) => `s.${column}`).join(', ')}) ${descending ? '<' : '>'} (${bounds.join(', ')})`];
}
