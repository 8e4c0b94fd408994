import { canonicalId } from '@waymark/epcis/gs1';
import { parseTimeMs } from '@waymark/epcis/model';
import { z } from 'zod';
import { ProblemError } from '../../../platform/errors/problem.js';
import { pageQuery } from '../../../platform/http/paging.js';
import { parseWith } from '../../../platform/http/parse-with.js';
import type { Parameters } from '../../provenance/views/visible-events.js';
import { itemKind } from './shapes.js';

export const ITEMS_PER_PAGE_MAX = 200;
/** Most values in one filter. */
const VALUES_MAX = 50;

const text = z.string().min(1).max(500);
const several = (description: string) =>
  text
    .max(4_000)
    .optional()
    .meta({ description: `${description} Several: a|b.` });

/** Query of `GET /items` and of the export, as described. */
export const itemListQuery = z.object({
  kind: several('unit, lot, product, logistic or other.'),
  product: several('GTIN, or any spelling of the product.'),
  lot: text.optional().meta({ description: 'Lot, exactly.' }),
  q: text.max(100).optional().meta({ description: 'How the serial, the lot or the digits of the key begin.' }),
  place: several('Any spelling of the place where it was last said to be.'),
  step: several('Business step that was last said.'),
  disposition: several('Disposition that was last said.'),
  signer: several('Account that signed what was said last.'),
  party: text.optional().meta({
    description: 'Any spelling of a party or place that an event of the item names, as far as you may read it.',
  }),
  from: text.optional().meta({ description: 'Last said at or after: a date, or date and time with zone.' }),
  to: text.optional().meta({ description: 'Last said before.' }),
  sample: z.enum(['with', 'without', 'only']).optional().meta({ description: 'Sample data; default with.' }),
  sort: z.enum(['-lastTime', 'lastTime', 'id', '-id']).default('-lastTime'),
  perPage: z.string().optional(),
  nextPageToken: z.string().optional(),
});

export interface ItemFilters {
  readonly where: (sql: Parameters) => string[];
  /** Canonical id of somebody whom an event of the item names, one that the asker may read in full. */
  readonly party: string | undefined;
  /** How `typed` begins, lower case. */
  readonly beginning: string | undefined;
  readonly sort: z.infer<typeof itemListQuery>['sort'];
  readonly perPage: number;
  readonly token: readonly string[] | undefined;
}

const list = (value: string) => value.split('|').filter((one) => one !== '');
const bareWord = (value: string) =>
  value.replace(/^(?:urn:epcglobal:cbv:(?:bizstep|disp):|https?:\/\/ref\.gs1\.org\/cbv\/(?:BizStep|Disp)-)/, '');
const gtinOf = (value: string) =>
  /^\d{8,14}$/.test(value) ? value.padStart(14, '0') : (/\/01\/(\d{14})/.exec(canonicalId(value))?.[1] ?? value);

function refuse(parameter: string, detail: string, howToFix: string): ProblemError {
  return new ProblemError('query-parameter', {
    code: 'QUERY_PARAMETER_INVALID',
    detail,
    howToFix,
    facts: { parameter },
  });
}

function timeOf(parameter: string, value: string): number {
  const timeMs = parseTimeMs(
    /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value.replace(/ (\d\d:\d\d)$/, '+$1'),
  );
  if (timeMs === undefined)
    throw refuse(
      parameter,
      `${parameter} is no date.`,
      'Write it like 2025-10-02 or 2025-10-02T00:00:00Z; encode a plus sign as %2B.',
    );
  return timeMs;
}

/** Reads the query of the list. A parameter we do not know is refused: leaving it out would answer another question. */
export function itemFilters(query: Readonly<Record<string, unknown>>): ItemFilters {
  const given = parseWith(itemListQuery.strict(), query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
  for (const [name, value] of Object.entries(given))
    if (typeof value === 'string' && list(value).length > VALUES_MAX)
      throw refuse(name, `${name} has more than ${VALUES_MAX} values.`, 'Ask for fewer at once.');
  const unknownKind = list(given.kind ?? '').find((kind) => !itemKind.safeParse(kind).success);
  if (unknownKind !== undefined)
    throw refuse('kind', `There is no kind ${unknownKind}.`, `Choose among ${itemKind.options.join(', ')}.`);
  const from = given.from === undefined ? undefined : timeOf('from', given.from);
  const to = given.to === undefined ? undefined : timeOf('to', given.to);
  const any = (column: string, value: string | undefined, normal: (one: string) => string) => (sql: Parameters) => {
    if (value === undefined) return [];
    const [only, ...more] = list(value).map(normal);
    return more.length === 0 && only !== undefined
      ? [`s.${column} = ${sql.add(only)}`]
      : [`s.${column} = ANY(${sql.add([only, ...more])}::text[])`];
  };
  const same = (one: string) => one;
  const conditions = [
    any('kind', given.kind, same),
    any('gtin', given.product, gtinOf),
    any('biz_location', given.place, canonicalId),
    any('biz_step', given.step, bareWord),
    any('disposition', given.disposition, bareWord),
    any('signer', given.signer, same),
    (sql: Parameters) => {
      if (given.lot === undefined) return [];
      return [`s.typed = ${sql.add(given.lot.toLowerCase())}`, `s.lot = ${sql.add(given.lot)}`];
    },
    (sql: Parameters) => (from === undefined ? [] : [`s.last_event_time >= ${sql.add(from)}::bigint`]),
    (sql: Parameters) => (to === undefined ? [] : [`s.last_event_time < ${sql.add(to)}::bigint`]),
    () => (given.sample === 'without' ? ['NOT s.sample'] : given.sample === 'only' ? ['s.sample'] : []),
  ];
  return {
    where: (sql) => conditions.flatMap((condition) => condition(sql)),
    party: given.party === undefined ? undefined : canonicalId(given.party),
    beginning: given.q?.toLowerCase(),
    sort: given.sort,
    ...pageQuery(query, ITEMS_PER_PAGE_MAX),
  };
}

/** "Begins with", by the index for beginnings whatever the collation; `text` is taken literally. */
export function beginsWith(column: string, text: string, sql: Parameters): string {
  return `(${column} ~>=~ ${sql.add(text)} AND ${column} ~<~ ${sql.add(`${text}\u{10ffff}`)})`;
}
