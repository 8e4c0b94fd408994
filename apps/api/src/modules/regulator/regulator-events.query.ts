import { Inject, Injectable } from '@nestjs/common';
import { canonicalId } from '@waymark/epcis/gs1';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { projected } from '../../platform/database/projected.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { Organisations } from '../../platform/members/organisations.js';
import { pageToken, readPageToken } from '../../platform/http/paging.js';
import { DATABASE } from '../../platform/tokens.js';
import type { CapturedEvent } from '../provenance/query-document.js';
import { firstRows, recordedWithin } from '../provenance/views/first-rows.js';
import { Parameters } from '../provenance/views/visible-events.js';
import { NamesQuery, productOf } from '../trace/names.query.js';
import type {
  RegulatorEvent,
  RegulatorEvents,
  RegulatorEventsFilter,
  RegulatorEventsQuestion,
} from './dto/regulator-schemas.js';

const VIEWER: Viewer = { kind: 'regulator', account: '' };
/** Items shown of an event in a list. */
const ITEMS_SHOWN = 4;
/** Events that an export holds at most. */
export const EXPORT_EVENTS_MAX = 10_000;
/** Bytes of events that a JSON-LD export holds at most. */
const EXPORT_BYTES_MAX = 64 * 1024 * 1024;

interface Row {
  readonly event_key: string;
  readonly event_hash: string;
  readonly event_id: string | null;
  readonly record: 'event' | 'errorDeclaration';
  readonly type: string;
  readonly action: string | null;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly biz_location: string | null;
  readonly read_point: string | null;
  readonly event_time: string;
  readonly record_time: string;
  readonly height: string;
  readonly tx_index: number;
  readonly body_index: number;
  readonly tx_id: string;
  readonly signer: string;
  readonly witnesses: readonly { readonly account: string }[];
  readonly visibility: number;
  readonly declared_in_error: boolean;
  readonly warnings: readonly { readonly code: string; readonly pointer: string }[];
}

const COLUMNS = `e.event_key, e.event_hash, e.event_id, e.record, e.type, e.action, e.biz_step, e.disposition, e.biz_location, e.read_point,
  e.event_time, e.record_time, e.height, e.tx_index, e.body_index, e.tx_id, e.signer, e.witnesses, e.visibility, e.declared_in_error, e.warnings`;

const ORDERS = {
  recorded: {
    columns: ['e.height', 'e.tx_index', 'e.body_index'],
    types: ['bigint', 'integer', 'integer'],
    of: (row: Row) => [row.height, String(row.tx_index), String(row.body_index)],
    token: z.tuple([digits(), digits(), digits()]),
  },
  happened: {
    columns: ['e.event_time', 'e.event_key'],
    types: ['bigint', 'text'],
    of: (row: Row) => [row.event_time, row.event_key],
    token: z.tuple([digits(), z.string().max(200)]),
  },
} as const;

function digits() {
  return z.string().regex(/^-?\d{1,15}$/);
}

const VISIBILITY = { 1: 'public', 2: 'partners', 3: 'own' } as const;

/** All events of the consortium, for a regulator only: nothing here asks who may see what. */
@Injectable()
export class RegulatorEventsQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly names: NamesQuery,
    private readonly organisations: Organisations,
  ) {}

  async page(question: RegulatorEventsQuestion): Promise<RegulatorEvents> {
    const rows = await this.rows(question, question.order, question.limit + 1, question.after);
    const shown = rows.slice(0, question.limit);
    const last = shown.at(-1);
    const items = await this.items(shown.map(({ event_key }) => event_key));
    const events = shown.map((row) => eventOf(row, items.get(row.event_key)));
    const ids = events.flatMap(({ place, readPoint, items: named }) => [
      ...(place === null ? [] : [place]),
      ...(readPoint === null ? [] : [readPoint]),
      ...named.flatMap(({ id }) => [id, ...productOf(id)]),
    ]);
    return {
      events,
      names: await this.names.of(ids, VIEWER),
      organisations: this.namesOf(events.flatMap(({ signer, witnesses }) => [signer, ...witnesses])),
      next: rows.length > shown.length && last !== undefined ? pageToken(ORDERS[question.order].of(last)) : null,
    };
  }

  /** What a table holds: newest first, at most `EXPORT_EVENTS_MAX`. */
  async table(filter: RegulatorEventsFilter): Promise<{ events: RegulatorEvent[]; truncated: boolean }> {
    const rows = await this.rows(filter, 'recorded', EXPORT_EVENTS_MAX + 1);
    const shown = rows.slice(0, EXPORT_EVENTS_MAX);
    const items = await this.items(shown.map(({ event_key }) => event_key));
    return {
      events: shown.map((row) => eventOf(row, items.get(row.event_key))),
      truncated: rows.length > shown.length,
    };
  }

  /** The events as captured, oldest first, within bounds of number and size. */
  async captured(filter: RegulatorEventsFilter): Promise<{ events: CapturedEvent[]; truncated: boolean }> {
    const sql = new Parameters();
    const where = conditions(filter, sql);
    const rows = await this.database.query<
      {
        event_hash: string;
        content: Buffer;
        context: Buffer | null;
        record_time: string;
        event_id: string | null;
        before: string;
      }[]
    >(
      `SELECT event_hash, content, context, record_time, event_id, before FROM (
         SELECT e.event_hash, e.content, e.context, e.record_time, e.event_id, e.height, e.tx_index, e.body_index,
           sum(octet_length(e.content)) OVER (ORDER BY e.height DESC, e.tx_index DESC, e.body_index DESC) AS before
         FROM epcis_event e WHERE ${where} ORDER BY e.height DESC, e.tx_index DESC, e.body_index DESC LIMIT ${EXPORT_EVENTS_MAX + 1}) AS newest
       WHERE before <= ${EXPORT_BYTES_MAX} ORDER BY height, tx_index, body_index`,
      sql.values,
    );
    const count = await this.count(filter);
    const shown = rows.slice(-EXPORT_EVENTS_MAX);
    return {
      events: shown.map((row) => ({
        eventHash: row.event_hash,
        content: row.content,
        context: row.context,
        recordTimeMs: Number(row.record_time),
        hasEventId: row.event_id !== null,
      })),
      truncated: count > shown.length,
    };
  }

  namesOf(accounts: readonly string[]): RegulatorEvents['organisations'] {
    return Object.fromEntries(
      [...new Set(accounts)].flatMap((account) => {
        const found = this.organisations.find(account);
        return found === undefined ? [] : [[account, found.names] as const];
      }),
    );
  }

  async namesOfPlaces(ids: readonly string[]): Promise<RegulatorEvents['names']> {
    return this.names.of(ids, VIEWER);
  }

  /** Height up to which the views are. */
  async height(): Promise<number> {
    return (await projected(this.database)).height;
  }

  private async count(filter: RegulatorEventsFilter): Promise<number> {
    const sql = new Parameters();
    const rows = await this.database.query<{ n: string }[]>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM epcis_event e WHERE ${conditions(filter, sql)} LIMIT ${EXPORT_EVENTS_MAX + 1}) AS found`,
      sql.values,
    );
    return Number(rows[0]?.n ?? 0);
  }

  private async rows(
    filter: RegulatorEventsFilter,
    orderName: keyof typeof ORDERS,
    limit: number,
    after?: string,
  ): Promise<Row[]> {
    const order = ORDERS[orderName];
    const sql = new Parameters();
    const { recorded, happened, others } = conditionsOf(filter, sql);
    const [byOrder, where] =
      orderName === 'recorded' ? [recorded, [...happened, ...others]] : [happened, [...recorded, ...others]];
    const within = [...byOrder];
    if (after !== undefined) {
      const bounds = placeOf(after, order.token).map((value, i) => `${sql.add(value)}::${order.types[i] ?? 'text'}`);
      within.push(`(${order.columns.join(', ')}) < (${bounds.join(', ')})`);
    }
    return this.database.query<Row[]>(
      firstRows({
        columns: COLUMNS,
        order: order.columns,
        descending: true,
        within,
        where,
        limit,
      }),
      sql.values,
    );
  }

  private async items(
    keys: readonly string[],
  ): Promise<Map<string, { items: { id: string; role: string }[]; itemCount: number }>> {
    const rows = await this.database.query<{ event_key: string; item: string; role: string; n: string }[]>(
      `SELECT event_key, item, role, n FROM (
         SELECT event_key, item, role, row_number() OVER (PARTITION BY event_key ORDER BY ordinal) AS place, count(*) OVER (PARTITION BY event_key) AS n
         FROM event_item WHERE event_key = ANY($1::text[]) AND NOT implied) AS named
       WHERE place <= ${ITEMS_SHOWN} ORDER BY event_key, place`,
      [keys],
    );
    const found = new Map<string, { items: { id: string; role: string }[]; itemCount: number }>();
    for (const { event_key, item, role, n } of rows) {
      const entry = found.get(event_key) ?? { items: [], itemCount: Number(n) };
      entry.items.push({ id: item, role });
      found.set(event_key, entry);
    }
    return found;
  }
}

function eventOf(
  row: Row,
  named: { items: { id: string; role: string }[]; itemCount: number } = { items: [], itemCount: 0 },
): RegulatorEvent {
  return {
    eventID: row.event_id ?? `ni:///sha-256;${row.event_hash}?ver=CBV2.0`,
    record: row.record,
    type: row.type,
    action: row.action,
    step: row.biz_step,
    disposition: row.disposition,
    place: row.biz_location,
    readPoint: row.read_point,
    eventTime: new Date(Number(row.event_time)).toISOString(),
    recordTime: new Date(Number(row.record_time)).toISOString(),
    height: Number(row.height),
    txId: row.tx_id,
    bodyIndex: row.body_index,
    signer: row.signer,
    witnesses: row.witnesses.slice(1).map(({ account }) => account),
    visibility: VISIBILITY[row.visibility as 1 | 2 | 3],
    withdrawn: row.declared_in_error,
    warnings: row.warnings.map(({ code, pointer }) => ({ code, pointer })),
    ...named,
  };
}

function conditions(filter: RegulatorEventsFilter, sql: Parameters): string {
  const { recorded, happened, others } = conditionsOf(filter, sql);
  return ['TRUE', ...recorded, ...happened, ...others].join(' AND ');
}

/** `recorded`, `happened`: the conditions of which an index gives the rows in that order. */
function conditionsOf(
  filter: RegulatorEventsFilter,
  sql: Parameters,
): { recorded: string[]; happened: string[]; others: string[] } {
  const recorded: string[] = [];
  const happened: string[] = [];
  const where: string[] = [];
  const values = (text: string) => text.split('|').filter((value) => value !== '');
  const anyOf = (column: string, text: string) => `${column} = ANY(${sql.add(values(text))}::text[])`;
  const names = (condition: string) =>
    `EXISTS (SELECT 1 FROM event_item i WHERE i.event_key = e.event_key AND NOT i.implied AND ${condition})`;
  if (filter.organisation !== undefined) {
    const accounts = values(filter.organisation);
    const witnessed = accounts.map((account) => `e.witnesses @> ${sql.add(JSON.stringify([{ account }]))}::jsonb`);
    where.push(
      `(e.signer = ANY(${sql.add(accounts)}::text[]) OR (e.witness_count > 1 AND (${witnessed.join(' OR ') || 'FALSE'})))`,
    );
  }
  if (filter.item !== undefined) where.push(names(`i.item = ${sql.add(canonicalId(filter.item))}`));
  if (filter.product !== undefined) where.push(names(`i.gtin = ${sql.add(filter.product.padStart(14, '0'))}`));
  for (const part of ['lot', 'serial'] as const)
    if (filter[part] !== undefined)
      where.push(names(`i.item IN (SELECT id FROM item WHERE ${part} = ${sql.add(filter[part])})`));
  if (filter.place !== undefined) {
    const place = sql.add(canonicalId(filter.place));
    where.push(`(e.biz_location = ${place} OR e.read_point = ${place})`);
  }
  if (filter.step !== undefined) where.push(anyOf('e.biz_step', filter.step));
  if (filter.disposition !== undefined) where.push(anyOf('e.disposition', filter.disposition));
  if (filter.type !== undefined) where.push(anyOf('e.type', filter.type));
  const ms = (time: string) => sql.add(Date.parse(time));
  if (filter.eventFrom !== undefined) happened.push(`e.event_time >= ${ms(filter.eventFrom)}::bigint`);
  if (filter.eventTo !== undefined) happened.push(`e.event_time < ${ms(filter.eventTo)}::bigint`);
  if (filter.recordFrom !== undefined) recorded.push(recordedWithin('>=', ms(filter.recordFrom)));
  if (filter.recordTo !== undefined) recorded.push(recordedWithin('<', ms(filter.recordTo)));
  if (filter.heightFrom !== undefined) recorded.push(`e.height >= ${sql.add(filter.heightFrom)}::bigint`);
  if (filter.heightTo !== undefined) recorded.push(`e.height <= ${sql.add(filter.heightTo)}::bigint`);
  if (filter.warnings === 'only') recorded.push(`jsonb_array_length(e.warnings) > 0`);
  if (filter.withdrawn === 'only') recorded.push(`(e.declared_in_error OR e.record = 'errorDeclaration')`);
  return { recorded, happened, others: where };
}

function placeOf(after: string, token: z.ZodType<string[]>): string[] {
  try {
    return readPageToken(after, token);
  } catch (error) {
    throw new ProblemError(
      'query-parameter',
      {
        code: 'QUERY_PARAMETER_INVALID',
        detail: 'The parameter after does not belong to this query.',
        howToFix: 'Take it from `next` of the page before, with the same order.',
        facts: { parameter: 'after' },
      },
      { cause: error },
    );
  }
}
