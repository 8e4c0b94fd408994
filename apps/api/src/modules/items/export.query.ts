import { Inject, Injectable } from '@nestjs/common';
import { shortName } from '@waymark/epcis/gs1';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import type { EventFilters } from '../provenance/dto/event-filters.js';
import { EventsQuery } from '../provenance/events.query.js';
import { type CapturedEvent, eventText } from '../provenance/query-document.js';
import { TraceQuery } from '../trace/trace.query.js';
import { BYTE_ORDER_MARK, csvRows } from '../../platform/files/csv.js';
import type { ItemFilters } from './dto/item-filters.js';
import { type ItemRow, VISIBILITY_NAMES } from './dto/shapes.js';
import { ItemsQuery } from './items.query.js';

/** Rows of an export at most; whoever needs more exports by time. */
const EXPORT_ROWS_MAX = 50_000;
/** The last row of a table that ends before the end. */
const cutRow = csvRows([
  ['This file ends here, and there are more rows. Export parts of it, by time for instance, to have them all.'],
]);
const ITEMS_A_PAGE = 200;
const EVENTS_A_PAGE = 200;

const STANDARD_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

interface EventRow {
  readonly event_key: string;
  readonly event_hash: string;
  readonly event_id: string | null;
  readonly type: string;
  readonly action: string | null;
  readonly event_time: string;
  readonly record_time: string;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly read_point: string | null;
  readonly biz_location: string | null;
  readonly signer: string;
  readonly visibility: number;
  readonly declared_in_error: boolean;
  readonly height: string;
  readonly tx_id: string;
  readonly body_index: number;
  readonly content: Buffer;
  readonly context: Buffer | null;
  readonly items: string | null;
}

/** Keys of events for a file. */
export interface ExportKeys {
  readonly keys: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** There are more than the file holds. */
  readonly truncated: boolean;
}

/** Files to take away, written page by page: memory does not grow with the file. */
@Injectable()
export class ExportQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly items: ItemsQuery,
    private readonly events: EventsQuery,
    private readonly traces: TraceQuery,
    private readonly organisations: Organisations,
  ) {}

  /** Rows of a file at most. */
  rowsMax = EXPORT_ROWS_MAX;

  /** Whether the list of items has more rows than a file holds. */
  async areItemsCut(filters: ItemFilters, viewer: Viewer): Promise<boolean> {
    return (await this.items.count(filters, viewer, this.rowsMax + 1)) > this.rowsMax;
  }

  async *itemsCsv(filters: ItemFilters, viewer: Viewer): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvRows([['id', 'name (en)', 'name (zh-CN)', ...ITEM_COLUMNS.map(([title]) => title)]]);
    let token = filters.token;
    for (let rows = 0; rows < this.rowsMax;) {
      const perPage = Math.min(ITEMS_A_PAGE, this.rowsMax - rows);
      const page = await this.items.page({ ...filters, token, perPage }, viewer);
      yield csvRows(
        page.items.map((item) => {
          const name = page.names[item.product ?? item.id];
          return [item.id, name?.en ?? '', name?.['zh-CN'] ?? '', ...ITEM_COLUMNS.map(([, of]) => of(item))];
        }),
      );
      rows += page.items.length;
      if (page.next === undefined) return;
      token = page.next;
    }
    yield cutRow;
  }

  /** Keys of the events of an item's trace that the viewer may read in full, oldest first. */
  async keysOfTrace(item: string, direction: 'both' | 'upstream' | 'downstream', viewer: Viewer): Promise<ExportKeys> {
    const { trace, disclosed } = await this.traces.disclosedTrace(item, direction, viewer);
    const keys = trace.steps.flatMap(({ eventKey }) => (disclosed.get(eventKey) === 'full' ? [eventKey] : []));
    return { keys: inPages(keys), truncated: trace.truncated };
  }

  /** Keys of events by the filters of `GET /epcis/events`, page by page. */
  async keysOfQuery(filters: EventFilters, viewer: Viewer): Promise<ExportKeys> {
    const truncated = (await this.events.count(filters, viewer, this.rowsMax + 1)) > this.rowsMax;
    return { keys: this.pagesOfQuery(filters, viewer), truncated };
  }

  private async *pagesOfQuery(filters: EventFilters, viewer: Viewer): AsyncGenerator<readonly string[]> {
    let token = filters.token;
    for (let rows = 0; rows < this.rowsMax;) {
      const perPage = Math.min(EVENTS_A_PAGE, this.rowsMax - rows);
      const { keys, next } = await this.events.keys({ ...filters, token, perPage }, viewer);
      yield keys;
      rows += keys.length;
      if (next === undefined) return;
      token = next;
    }
  }

  /** An EPCISDocument with these events as they were captured, so that it can be captured elsewhere. */
  async *eventsJson({ keys }: ExportKeys, createdAt: Date): AsyncGenerator<string> {
    yield `{"@context":${JSON.stringify([STANDARD_CONTEXT])},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":${JSON.stringify(createdAt.toISOString())},"epcisBody":{"eventList":[`;
    let isFirst = true;
    for await (const page of keys)
      for (const row of await this.load(page)) {
        yield `${isFirst ? '\n' : ',\n'}${eventText(capturedOf(row), true)}`;
        isFirst = false;
      }
    yield '\n]}}\n';
  }

  async *eventsCsv({ keys, truncated }: ExportKeys): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvRows([EVENT_COLUMNS.map(([title]) => title)]);
    for await (const page of keys) {
      const rows = await this.load(page);
      if (rows.length > 0)
        yield csvRows(rows.map((row) => EVENT_COLUMNS.map(([, of]) => of(row, this.organisations) ?? '')));
    }
    if (truncated) yield cutRow;
  }

  private async load(keys: readonly string[]): Promise<EventRow[]> {
    if (keys.length === 0) return [];
    const rows = await this.database.query<EventRow[]>(
      `SELECT e.event_key, e.event_hash, e.event_id, e.type, e.action, e.event_time, e.record_time, e.biz_step, e.disposition, e.read_point,
         e.biz_location, e.signer, e.visibility, e.declared_in_error, e.height, e.tx_id, e.body_index, e.content, e.context,
         (SELECT string_agg(i.role || ' ' || i.item || coalesce(' ' || i.quantity || ' ' || coalesce(i.uom, ''), ''), ' | ' ORDER BY i.ordinal) FROM event_item i WHERE i.event_key = e.event_key) AS items
       FROM epcis_event e WHERE e.event_key = ANY($1::text[])`,
      [keys],
    );
    const byKey = new Map(rows.map((row) => [row.event_key, row]));
    return keys.flatMap((key) => byKey.get(key) ?? []);
  }
}

/** Lists of at most so many, for whoever has all keys at once. */
function* inPages(keys: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < keys.length; at += EVENTS_A_PAGE) yield keys.slice(at, at + EVENTS_A_PAGE);
}

const iso = (time: string) => new Date(Number(time)).toISOString();

const ITEM_COLUMNS: readonly (readonly [string, (item: ItemRow) => string])[] = [
  ['kind', ({ kind }) => kind],
  ['GTIN', ({ gtin }) => gtin ?? ''],
  ['lot', ({ lot }) => lot ?? ''],
  ['serial', ({ serial }) => serial ?? ''],
  ['last said at', ({ lastTime }) => lastTime],
  ['business step', ({ bizStep }) => bizStep ?? ''],
  ['disposition', ({ disposition }) => disposition ?? ''],
  ['place', ({ place }) => place ?? ''],
  ['signed by', ({ signer }) => signer],
  ['first said at', ({ firstTime }) => firstTime],
  ['record', ({ eventKey }) => eventKey],
  ['block', ({ height }) => String(height)],
];

type Cell = (row: EventRow, organisations: Organisations) => string | null | undefined;
const EVENT_COLUMNS: readonly (readonly [string, Cell])[] = [
  ['event', ({ event_hash }) => `ni:///sha-256;${event_hash}?ver=CBV2.0`],
  ['eventID', ({ event_id }) => event_id],
  ['type', ({ type }) => type],
  ['action', ({ action }) => action],
  ['event time', ({ event_time }) => iso(event_time)],
  ['record time', ({ record_time }) => iso(record_time)],
  ['business step', ({ biz_step }) => biz_step],
  ['disposition', ({ disposition }) => disposition],
  ['read point', ({ read_point }) => read_point],
  ['place', ({ biz_location }) => biz_location],
  ['items', ({ items }) => items],
  ['signed by', ({ signer }) => signer],
  ['signer', ({ signer }, organisations) => organisations.find(signer)?.names.en],
  ['who may see it', ({ visibility }) => VISIBILITY_NAMES[visibility]],
  ['withdrawn', ({ declared_in_error }) => (declared_in_error ? 'yes' : 'no')],
  ['block', ({ height }) => height],
  ['transaction', ({ tx_id }) => tx_id],
  ['body', ({ body_index }) => String(body_index)],
];

const capturedOf = (row: EventRow): CapturedEvent => ({
  eventHash: row.event_hash,
  content: row.content,
  context: row.context,
  recordTimeMs: Number(row.record_time),
  hasEventId: row.event_id !== null,
});

export const exportName = (what: string, id: string | undefined, extension: string): string => {
  const name =
    id === undefined
      ? ''
      : `-${shortName(id)
          .replace(/[^A-Za-z0-9.-]+/g, '-')
          .replace(/^-+|-+$/g, '')}`;
  return `${what}${name}.${extension}`;
};
