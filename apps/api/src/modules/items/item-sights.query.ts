import { Inject, Injectable } from '@nestjs/common';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters } from '../provenance/views/visible-events.js';
import type { ItemKind } from './dto/shapes.js';
import { EVERYTHING, PUBLIC } from './item-sight.js';

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
  readonly columns: readonly string[];
  readonly descending: boolean;
}

/** Reads what a viewer may see of items: their own rows, and the public ones of items of which they have none. */
@Injectable()
export class ItemSightsQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  /** The first rows in this order that meet the conditions. */
  async find(
    viewer: Viewer,
    where: (sql: Parameters) => readonly string[],
    order: SightOrder,
    limit: number,
  ): Promise<ItemSightRow[]> {
    const sql = new Parameters();
    return this.database.query<ItemSightRow[]>(sightsSql(viewer, where, order, limit, sql), sql.values);
  }
}

/** Each audience is read from its own index and stops early; the two are merged. */
export function sightsSql(
  viewer: Viewer,
  where: (sql: Parameters) => readonly string[],
  order: SightOrder,
  limit: number,
  sql: Parameters,
): string {
  const conditions = where(sql)
    .map((condition) => ` AND ${condition}`)
    .join('');
  const direction = order.descending ? 'DESC' : 'ASC';
  const by = (name: string) =>
    `ORDER BY ${order.columns.map((column) => `${name}${column} ${direction}`).join(', ')} LIMIT ${limit}`;
  const of = (audience: string, more = '') =>
    `SELECT s.* FROM item_sight s WHERE s.audience = ${audience}${conditions}${more} ${by('s.')}`;
  switch (viewer.kind) {
    case 'regulator':
      return of(sql.add(EVERYTHING));
    case 'shopper':
      return of(sql.add(PUBLIC));
    case 'company': {
      const account = sql.add(viewer.account);
      const unseen = ` AND NOT EXISTS (SELECT 1 FROM item_sight o WHERE o.audience = ${account} AND o.item = s.item)`;
      return `SELECT * FROM ((${of(account)}) UNION ALL (${of(sql.add(PUBLIC), unseen)})) AS seen ${by('')}`;
    }
  }
}
