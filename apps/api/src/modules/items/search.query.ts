import { Inject, Injectable } from '@nestjs/common';
import { canonicalId, shortName } from '@waymark/epcis/gs1';
import type { LocalName } from '@waymark/ledger/chain';
import { nameTokens } from '@waymark/provenance/views';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';
import { NamesQuery, readableMasterData } from '../trace/names.query.js';
import { beginsWith } from './dto/item-filters.js';
import { SEARCH_GROUPS, type SearchAnswer, type SearchGroupKind, type SearchHit } from './dto/shapes.js';
import { BY_ID, BY_TYPED, type ItemSightRow, ItemSightsQuery, NEWEST_FIRST } from './item-sights.query.js';
import { readTyped, type Typed } from './typed-query.js';

/** Names looked at more closely, at most, of those that the asker may see: what others keep to themselves must not crowd them out. */
const NAMES_LOOKED_AT = 400;

export interface Searcher {
  readonly viewer: Viewer;
  /** Whose capture jobs are found. */
  readonly organisation: string;
}

/** What was found, by kind. */
export type Found = Partial<Record<SearchGroupKind, SearchHit[]>>;

/** Finds anything by what people type, among what the asker may see: each question goes by an index and stops early. */
@Injectable()
export class SearchQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly sights: ItemSightsQuery,
    private readonly names: NamesQuery,
    private readonly organisations: Organisations,
  ) {}

  /** At most `limit` hits in each group. `elsewhere`: what others found for the same words. */
  async search(query: string, searcher: Searcher, limit: number, elsewhere: Promise<Found>): Promise<SearchAnswer> {
    const typed = readTyped(query);
    const parts = await Promise.all([
      this.items(typed, searcher.viewer, limit + 1),
      this.named(typed, searcher.viewer, limit + 1),
      this.jobs(typed, searcher.organisation),
      this.records(typed, searcher.viewer),
      elsewhere,
    ]);
    const found: Found = {};
    for (const part of parts)
      for (const [kind, hits] of Object.entries(part) as [SearchGroupKind, SearchHit[]][])
        found[kind] = [...(found[kind] ?? []), ...hits];
    if (typed.day !== undefined)
      found.days = [{ id: typed.day.text, title: typed.day.text, time: new Date(typed.day.fromMs).toISOString() }];
    return {
      query,
      groups: SEARCH_GROUPS.flatMap((kind) => {
        const hits = [...new Map((found[kind] ?? []).map((hit) => [hit.id, hit])).values()];
        return hits.length === 0 ? [] : [{ kind, hits: hits.slice(0, limit), more: hits.length > limit }];
      }),
    };
  }

  private async items(typed: Typed, viewer: Viewer, limit: number): Promise<Found> {
    const asked: Promise<ItemSightRow[]>[] = [];
    const { id, gtin, day, beginning } = typed;
    if (id !== undefined)
      asked.push(this.sights.find(viewer, { where: (sql) => [`s.item = ${sql.add(id)}`], order: BY_ID, limit: 1 }));
    if (gtin !== undefined) {
      const order = beginning === undefined ? NEWEST_FIRST : BY_TYPED;
      asked.push(this.sights.find(viewer, { where: (sql) => [`s.gtin = ${sql.add(gtin)}`], beginning, order, limit }));
    } else if (beginning !== undefined && id === undefined)
      asked.push(this.sights.find(viewer, { beginning, order: BY_TYPED, limit }));
    if (day !== undefined)
      asked.push(
        this.sights.find(viewer, {
          where: (sql) => [
            `s.last_event_time >= ${sql.add(day.fromMs)}::bigint`,
            `s.last_event_time < ${sql.add(day.toMs)}::bigint`,
          ],
          order: NEWEST_FIRST,
          limit,
        }),
      );
    const rows = (await Promise.all(asked)).flat();
    const products = rows.flatMap(({ gtin: own }) => (own === null ? [] : [`https://id.gs1.org/01/${own}`]));
    const names = await this.names.of(products, viewer);
    return {
      items: rows.map((row) => {
        const name = names[`https://id.gs1.org/01/${row.gtin ?? ''}`];
        return {
          id: row.item,
          title: shortName(row.item),
          kind: row.kind,
          time: new Date(Number(row.last_event_time)).toISOString(),
          ...(name !== undefined && { name }),
        };
      }),
      ...(gtin !== undefined &&
        rows.some((row) => row.gtin === gtin) && {
          products: [productHit(gtin, names[`https://id.gs1.org/01/${gtin}`])],
        }),
    };
  }

  /** Products, places and parties by name; organisations of the consortium by name and account. */
  private async named(typed: Typed, viewer: Viewer, limit: number): Promise<Found> {
    const found: Found = { parties: this.members(typed.text, limit) };
    const [longest] = nameTokens(typed.text).toSorted((a, b) => b.length - a.length);
    const idFound = typed.id === undefined ? [] : [typed.id];
    let ids = idFound;
    if (longest !== undefined) {
      const sql = new Parameters();
      const rows = await this.database.query<{ id: string; text: string }[]>(
        `SELECT n.id, string_agg(n.text, ' ') AS text FROM
           (SELECT DISTINCT t.id, t.signer FROM name_token t JOIN master_data m ON m.id = t.id AND m.signer = t.signer
            WHERE ${beginsWith('t.token', longest, sql)} AND ${readableMasterData(viewer, sql)} LIMIT ${NAMES_LOOKED_AT}) AS k
           JOIN name n ON n.id = k.id AND n.signer = k.signer GROUP BY n.id ORDER BY n.id`,
        sql.values,
      );
      const words = typed.text
        .normalize('NFKC')
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      ids = [
        ...idFound,
        ...rows.flatMap(({ id, text }) => (words.every((word) => text.toLowerCase().includes(word)) ? [id] : [])),
      ];
    }
    const names = await this.names.of(ids.slice(0, limit * 4), viewer);
    for (const [id, name] of Object.entries(names)) {
      const group = groupOf(id);
      if (group === undefined || (found[group]?.length ?? 0) >= limit) continue;
      (found[group] ??= []).push({ id, title: shortName(id), name });
    }
    return found;
  }

  private members(text: string, limit: number): SearchHit[] {
    const wanted = text.toLowerCase();
    if (wanted.length < 2 && !/\p{Script=Han}/u.test(wanted)) return [];
    return this.organisations.all
      .filter(({ account, names }) =>
        [account, names.en, names['zh-CN']].some((name) => name.toLowerCase().includes(wanted)),
      )
      .slice(0, limit)
      .map(({ account, names }) => ({ id: account, title: account, name: names, detail: 'organisation' }));
  }

  private async jobs({ uuid, hash }: Typed, organisation: string): Promise<Found> {
    if (uuid === undefined && hash === undefined) return {};
    const rows = await this.database.query<{ id: string; created_at: Date }[]>(
      `SELECT id, created_at FROM capture_job WHERE organisation = $1 AND ${uuid === undefined ? 'tx_id = $2' : 'id = $2'} LIMIT 1`,
      [organisation, uuid ?? Buffer.from(hash ?? '', 'hex')],
    );
    return { jobs: rows.map(({ id, created_at }) => ({ id, title: id, time: created_at.toISOString() })) };
  }

  /** A record by its event hash or its eventID. */
  private async records({ hash, text }: Typed, viewer: Viewer): Promise<Found> {
    const sql = new Parameters();
    const where =
      hash === undefined
        ? /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)
          ? `e.event_id = ${sql.add(text)}`
          : undefined
        : `e.event_key IN (${sql.add(hash)}, ${sql.add(`${hash}-error`)})`;
    if (where === undefined) return {};
    const rows = await this.database.query<
      { event_key: string; event_time: string; type: string; item: string | null }[]
    >(
      `SELECT e.event_key, e.event_time, e.type, (SELECT i.item FROM event_item i WHERE i.event_key = e.event_key ORDER BY i.ordinal LIMIT 1) AS item
       FROM epcis_event e WHERE ${where} AND ${shownInFull(viewer, sql)} ORDER BY e.event_key LIMIT 3`,
      sql.values,
    );
    return {
      records: rows.map((row) => ({
        id: row.event_key,
        title: row.type,
        time: new Date(Number(row.event_time)).toISOString(),
        ...(row.item !== null && { detail: row.item }),
      })),
    };
  }
}

const productHit = (gtin: string, name: LocalName | undefined): SearchHit => ({
  id: `https://id.gs1.org/01/${gtin}`,
  title: gtin.replace(/^0+/, ''),
  ...(name !== undefined && { name }),
});

function groupOf(id: string): 'products' | 'places' | 'parties' | undefined {
  const canonical = canonicalId(id);
  if (canonical.startsWith('https://id.gs1.org/01/')) return 'products';
  if (canonical.startsWith('https://id.gs1.org/414/') || canonical.startsWith('geo:')) return 'places';
  if (canonical.startsWith('https://id.gs1.org/417/')) return 'parties';
  return undefined;
}
