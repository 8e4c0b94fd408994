import { Inject, Injectable } from '@nestjs/common';
import { shortName } from '@waymark/epcis/gs1';
import type { LocalName } from '@waymark/ledger/chain';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { ProblemError } from '../../platform/errors/problem.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Parameters, shownInFull } from '../provenance/views/visible-events.js';
import { ItemStatesQuery } from '../trace/item-states.query.js';
import { NamesQuery } from '../trace/names.query.js';
import type { ItemFilters } from './dto/item-filters.js';
import type { ItemRow } from './dto/shapes.js';
import { BY_ID, type ItemSightRow, ItemSightsQuery, NEWEST_FIRST, type SightOrder } from './item-sights.query.js';

const ORDERS: Readonly<Record<ItemFilters['sort'], SightOrder>> = {
  '-lastTime': NEWEST_FIRST,
  lastTime: { columns: ['last_event_time', 'item'], descending: false },
  id: BY_ID,
  '-id': { columns: ['item'], descending: true },
};

export interface ItemsPage {
  readonly items: readonly ItemRow[];
  readonly names: Record<string, LocalName>;
  readonly organisations: Record<string, LocalName>;
  readonly next: string[] | undefined;
}

/** The list of items, page by page. */
@Injectable()
export class ItemsQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly sights: ItemSightsQuery,
    private readonly names: NamesQuery,
    private readonly organisations: Organisations,
    private readonly states: ItemStatesQuery,
  ) {}

  async page(filters: ItemFilters, viewer: Viewer): Promise<ItemsPage> {
    const order = ORDERS[filters.sort];
    const rows = await this.sights.find(viewer, {
      where: whereFor(filters, viewer),
      beginning: filters.beginning,
      order,
      after: placeOf(filters.token, order),
      limit: filters.perPage + 1,
    });
    const shown = rows.slice(0, filters.perPage);
    const last = shown.at(-1);
    const states = await this.states.of(
      shown.flatMap(({ item, disposition }) => (disposition === null ? [] : [item])),
      viewer,
    );
    const heights = await this.heights(shown.map((row) => row.last_event_key));
    const items = shown.map((row) =>
      itemRowOf(row, heights.get(row.last_event_key) ?? 0, states.get(row.item)?.state?.value),
    );
    return {
      items,
      names: await this.names.of(
        [
          ...items.flatMap(({ id, product, place: where }) => [id, product ?? [], where ?? []].flat()),
          ...(filters.party === undefined ? [] : [filters.party]),
        ],
        viewer,
      ),
      organisations: namesOfAccounts(
        this.organisations,
        items.map(({ signer }) => signer),
      ),
      next:
        rows.length > filters.perPage && last !== undefined
          ? order.columns.map((column) => (column === 'item' ? last.item : last.last_event_time))
          : undefined,
    };
  }

  /** How many there are, counted up to a bound. */
  async count(filters: ItemFilters, viewer: Viewer, bound: number): Promise<number> {
    const order = ORDERS[filters.sort];
    const after = placeOf(filters.token, order);
    return this.sights.count(viewer, {
      where: whereFor(filters, viewer),
      beginning: filters.beginning,
      order,
      after,
      limit: bound,
    });
  }

  private async heights(keys: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.query<{ event_key: string; height: string }[]>(
      `SELECT event_key, height FROM epcis_event WHERE event_key = ANY($1::text[])`,
      [keys],
    );
    return new Map(rows.map(({ event_key, height }) => [event_key, Number(height)]));
  }
}

/** The conditions of the filters, and the one that goes by what the viewer may see. */
const whereFor =
  ({ where, party }: ItemFilters, viewer: Viewer) =>
  (sql: Parameters): string[] =>
    party === undefined
      ? where(sql)
      : [
          ...where(sql),
          `s.item IN (SELECT i.item FROM party_named n JOIN epcis_event e USING (event_key) JOIN event_item i USING (event_key)
             WHERE n.party = ${sql.add(party)} AND e.record = 'event' AND NOT e.declared_in_error AND ${shownInFull(viewer, sql)})`,
        ];

export function namesOfAccounts(organisations: Organisations, accounts: readonly string[]): Record<string, LocalName> {
  return Object.fromEntries(
    [...new Set(accounts)].flatMap((account) => {
      const found = organisations.find(account);
      return found === undefined ? [] : [[account, found.names] as const];
    }),
  );
}

const iso = (time: string) => new Date(Number(time)).toISOString();

function itemRowOf(row: ItemSightRow, height: number, state: string | undefined): ItemRow {
  return {
    id: row.item,
    shortName: shortName(row.item),
    kind: row.kind,
    ...(row.gtin !== null && { gtin: row.gtin, product: `https://id.gs1.org/01/${row.gtin}` }),
    ...(row.lot !== null && { lot: row.lot }),
    ...(row.serial !== null && { serial: row.serial }),
    sample: row.sample,
    firstTime: iso(row.first_event_time),
    lastTime: iso(row.last_event_time),
    signer: row.signer,
    ...(row.biz_step !== null && { bizStep: row.biz_step }),
    ...(state !== undefined && { disposition: state }),
    ...(row.biz_location !== null && { place: row.biz_location }),
    eventKey: row.last_event_key,
    height,
  };
}

function placeOf(token: ItemFilters['token'], { columns }: SightOrder): readonly string[] | undefined {
  if (token === undefined) return undefined;
  const fits = columns.every((column, i) => column === 'item' || /^-?\d{1,18}$/.test(token[i] ?? ''));
  if (token.length !== columns.length || !fits)
    throw new ProblemError('query-parameter', {
      code: 'QUERY_PARAMETER_INVALID',
      detail: 'The nextPageToken does not belong to this query.',
      howToFix: 'Take the token of the page before without changing sort or filters.',
      facts: { parameter: 'nextPageToken' },
    });
  return token;
}
