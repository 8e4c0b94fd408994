import { Inject, Injectable } from '@nestjs/common';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { DATABASE } from '../../platform/tokens.js';
import type { EventFilters } from './dto/event-filters.js';
import type { CapturedEvent } from './query-document.js';
import { firstRows, firstRowsInOrder } from './views/first-rows.js';
import { Parameters, shownInFull } from './views/visible-events.js';

/** Bytes of events on a page at most; a page ends early rather than pass it. */
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

interface KeyRow {
  readonly event_key: string;
  readonly event_time: string;
  readonly height: string;
  readonly tx_index: number;
  readonly body_index: number;
  readonly size_bytes: number;
}

interface EventRow {
  readonly event_key: string;
  readonly event_hash: string;
  readonly content: Buffer;
  readonly context: Buffer | null;
  readonly record_time: string;
  readonly event_id: string | null;
}

const ORDERS = {
  eventTime: {
    columns: ['e.event_time', 'e.event_key'],
    types: ['bigint', 'text'],
    of: (row: KeyRow) => [row.event_time, row.event_key],
  },
  recordTime: {
    columns: ['e.height', 'e.tx_index', 'e.body_index'],
    types: ['bigint', 'bigint', 'bigint'],
    of: (row: KeyRow) => [row.height, String(row.tx_index), String(row.body_index)],
  },
} as const;

/** Captured events for whoever may read them in full. */
@Injectable()
export class EventsQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  async find(filters: EventFilters, viewer: Viewer): Promise<{ events: CapturedEvent[]; next: string[] | undefined }> {
    const { keys, next } = await this.keys(filters, viewer);
    return { events: await this.load(keys), next };
  }

  /** Keys of a page of events, and where the next begins. */
  async keys(filters: EventFilters, viewer: Viewer): Promise<{ keys: readonly string[]; next: string[] | undefined }> {
    if (filters.maxEventCount !== undefined) await this.refuseTooMany(filters, filters.maxEventCount, viewer);
    const order = ORDERS[filters.orderBy];
    const [place, given] = splitToken(filters, order.columns.length);
    const wanted = Math.min(
      filters.perPage,
      filters.eventCountLimit === undefined ? filters.perPage : Math.max(0, filters.eventCountLimit - given),
    );
    const sql = new Parameters();
    const asked = filters.where(sql);
    const within = [...asked.within];
    if (place !== undefined) {
      const bounds = place.map((value, i) => `${sql.add(value)}::${order.types[i] ?? 'text'}`);
      within.push(`(${order.columns.join(', ')}) ${filters.descending ? '<' : '>'} (${bounds.join(', ')})`);
    }
    const isByOrder = filters.isIndexed || asked.where.length === 0;
    const keys = await this.database.query<KeyRow[]>(
      (isByOrder ? firstRowsInOrder : firstRows)({
        columns: 'e.event_key, e.event_time, e.height, e.tx_index, e.body_index, octet_length(e.content) AS size_bytes',
        order: order.columns,
        descending: filters.descending,
        within,
        where: [shownInFull(viewer, sql), ...asked.where],
        limit: wanted + 1,
      }),
      sql.values,
    );
    const page = withinBytes(keys.slice(0, wanted));
    const last = page.at(-1);
    const reached = given + page.length;
    const more =
      keys.length > page.length && (filters.eventCountLimit === undefined || reached < filters.eventCountLimit);
    return {
      keys: page.map(({ event_key }) => event_key),
      next: more && last !== undefined ? [...order.of(last), String(reached)] : undefined,
    };
  }

  /** By `eventID`, by the CBV hash name, or by the bare hash. What may not be seen is not there. */
  async one(id: string, viewer: Viewer): Promise<CapturedEvent> {
    const hash = /^(?:ni:\/\/\/sha-256;)?([0-9a-f]{64})(?:\?.*)?$/.exec(id)?.[1] ?? null;
    const sql = new Parameters();
    const rows = await this.database.query<{ event_key: string }[]>(
      `SELECT e.event_key FROM epcis_event e WHERE (e.event_id = ${sql.add(id)} OR e.event_hash = ${sql.add(hash)}) AND ${shownInFull(viewer, sql)}
       ORDER BY e.record, e.height, e.tx_index, e.body_index LIMIT 1`,
      sql.values,
    );
    const [event] = await this.load(rows.map(({ event_key }) => event_key));
    if (event === undefined)
      throw notFound(
        'EVENT_UNKNOWN',
        'There is no event of this name that you may see.',
        'Check the eventID; encode it for a URL. If it was captured a moment ago, ask its capture job.',
      );
    return event;
  }

  /** How many there are, counted up to a bound; whatever page is asked for. */
  async count(filters: EventFilters, viewer: Viewer, bound: number): Promise<number> {
    const sql = new Parameters();
    const asked = filters.where(sql);
    const where = [shownInFull(viewer, sql), ...asked.within, ...asked.where];
    const rows = await this.database.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM epcis_event e WHERE ${where.join(' AND ')} LIMIT ${sql.add(bound)}::bigint) AS found`,
      sql.values,
    );
    return Number(rows[0]?.n ?? 0);
  }

  private async refuseTooMany(filters: EventFilters, max: number, viewer: Viewer): Promise<void> {
    if ((await this.count(filters, viewer, max + 1)) > max)
      throw new ProblemError('query-too-large', {
        code: 'QUERY_TOO_LARGE',
        detail: `More than ${max} events match.`,
        howToFix: 'Ask for fewer, raise maxEventCount, or leave it out and follow the pages.',
        facts: { maxEventCount: max },
      });
  }

  private async load(keys: readonly string[]): Promise<CapturedEvent[]> {
    if (keys.length === 0) return [];
    const rows = await this.database.query<EventRow[]>(
      `SELECT event_key, event_hash, content, context, record_time, event_id FROM epcis_event WHERE event_key = ANY($1::text[])`,
      [keys],
    );
    const byKey = new Map(rows.map((row) => [row.event_key, row]));
    return keys.flatMap((key) => {
      const row = byKey.get(key);
      if (row === undefined) return [];
      return [
        {
          eventHash: row.event_hash,
          content: row.content,
          context: row.context,
          recordTimeMs: Number(row.record_time),
          hasEventId: row.event_id !== null,
        },
      ];
    });
  }
}

function splitToken({ token }: EventFilters, columns: number): [place: readonly string[] | undefined, given: number] {
  if (token === undefined) return [undefined, 0];
  const place = token.slice(0, columns);
  const given = Number(token[columns]);
  const numeric = place.every((value, i) => (columns === 2 && i === 1) || /^-?\d{1,18}$/.test(value));
  if (token.length !== columns + 1 || !Number.isSafeInteger(given) || given < 0 || !numeric)
    throw new ProblemError('query-parameter', {
      code: 'QUERY_PARAMETER_INVALID',
      detail: 'The nextPageToken does not belong to this query.',
      howToFix: 'Follow the Link header of the page before without changing it.',
      facts: { parameter: 'nextPageToken' },
    });
  return [place, given];
}

function withinBytes(keys: readonly KeyRow[]): readonly KeyRow[] {
  let sizeBytes = 0;
  const end = keys.findIndex((key) => (sizeBytes += key.size_bytes) > PAGE_BYTES_MAX);
  return end === -1 ? keys : keys.slice(0, Math.max(1, end));
}
