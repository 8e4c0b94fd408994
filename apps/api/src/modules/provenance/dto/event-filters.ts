import { parseTimeMs } from '@waymark/epcis/model';
import { canonicalId } from '@waymark/epcis/gs1';
import { ProblemError } from '../../../platform/errors/problem.js';
import { pageQuery } from '../../../platform/http/paging.js';
import { recordedWithin } from '../views/first-rows.js';
import { Parameters } from '../views/visible-events.js';

/** Most values in one list parameter. */
const VALUES_MAX = 200;
/** Events on a page at most. */
export const EVENTS_PER_PAGE_MAX = 500;

type Condition = (value: string, sql: Parameters) => string;

const refuse = (
  parameter: string,
  detail: string,
  howToFix = `Correct the parameter ${parameter}, or leave it out.`,
): ProblemError =>
  new ProblemError('query-parameter', { code: 'QUERY_PARAMETER_INVALID', detail, howToFix, facts: { parameter } });

/** EPCIS 2.0 lists are `a|b`; the parameter may also be repeated. */
const list = (value: string) => value.split('|').filter((item) => item !== '');

/** `urn:epcglobal:cbv:bizstep:shipping` and `https://ref.gs1.org/cbv/BizStep-shipping` are the bare word `shipping`. */
const bareWord = (value: string) =>
  /^urn:epcglobal:cbv:(?:bizstep|disp|er):(.+)$/.exec(value)?.[1] ??
  /^https?:\/\/ref\.gs1\.org\/cbv\/(?:BizStep|Disp|ER)-(.+)$/.exec(value)?.[1] ??
  value;

const anyOf =
  (column: string, normal: (value: string) => string = (value) => value): Condition =>
  (value, sql) => {
    const [only, ...more] = list(value).map(normal);
    // One value as `=`: of a list Postgres does not see that the index of the column gives the order of time too.
    return only !== undefined && more.length === 0
      ? `${column} = ${sql.add(only)}`
      : `${column} = ANY(${sql.add(list(value).map(normal))}::text[])`;
  };

const time =
  (name: string, isWithin: (placeholder: string) => string): Condition =>
  (value, sql) => {
    const timeMs = parseTimeMs(value.replace(/ (\d\d:\d\d)$/, '+$1'));
    if (timeMs === undefined)
      throw refuse(
        name,
        `${name} is no date and time with a zone.`,
        'Write it like 2026-01-02T03:04:05Z; encode a plus sign as %2B.',
      );
    return isWithin(sql.add(timeMs));
  };
const bound = (name: string, column: string, operator: '>=' | '<'): Condition =>
  time(name, (placeholder) => `${column} ${operator} ${placeholder}::bigint`);

const IS_DECLARATION = `e.record = 'errorDeclaration'`;
/** Only declarations have these facts; saying so lets Postgres use the index of the few that there are. */
const declared =
  (condition: Condition): Condition =>
  (value, sql) =>
    `(${IS_DECLARATION} AND ${condition(value, sql)})`;

const matches =
  (name: string, roles: readonly string[], instances: boolean): Condition =>
  (value, sql) => {
    const ids = list(value);
    if (ids.some((id) => id.startsWith('urn:epc:idpat:')))
      throw refuse(
        name,
        `${name} takes whole identifiers; patterns (urn:epc:idpat:...) are not matched.`,
        'Name each identifier, separated by |.',
      );
    return `EXISTS (SELECT 1 FROM event_item i WHERE i.event_key = e.event_key AND NOT i.implied AND i.is_instance = ${instances} AND i.role = ANY(${sql.add(roles)}::text[]) AND i.item = ANY(${sql.add(ids.map(canonicalId))}::text[]))`;
  };

const objects = ['object', 'child'];
const everything = ['object', 'child', 'parent', 'input', 'output'];
const EVENT_TYPES = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
]);
const HASH_NAME = /^ni:\/\/\/sha-256;([0-9a-f]{64})(?:\?.*)?$/;

const conditions: Readonly<Record<string, Condition>> = {
  eventType: (value, sql) => {
    const unknown = list(value).find((type) => !EVENT_TYPES.has(type));
    if (unknown !== undefined)
      throw refuse('eventType', `There is no event type ${unknown}.`, `Choose among ${[...EVENT_TYPES].join(', ')}.`);
    return anyOf('e.type')(value, sql);
  },
  EQ_action: (value, sql) => {
    if (list(value).some((action) => !['ADD', 'OBSERVE', 'DELETE'].includes(action)))
      throw refuse('EQ_action', 'EQ_action is ADD, OBSERVE or DELETE.');
    return anyOf('e.action')(value, sql);
  },
  EQ_bizStep: anyOf('e.biz_step', bareWord),
  EQ_disposition: anyOf('e.disposition', bareWord),
  EQ_readPoint: anyOf('e.read_point', canonicalId),
  EQ_bizLocation: anyOf('e.biz_location', canonicalId),
  EQ_transformationID: anyOf('e.transformation_id'),
  EQ_eventID: (value, sql) => {
    const ids = list(value);
    const hashes = ids.flatMap((id) => HASH_NAME.exec(id)?.[1] ?? []);
    return `(e.event_id = ANY(${sql.add(ids)}::text[]) OR e.event_hash = ANY(${sql.add(hashes)}::text[]))`;
  },
  GE_eventTime: bound('GE_eventTime', 'e.event_time', '>='),
  LT_eventTime: bound('LT_eventTime', 'e.event_time', '<'),
  GE_recordTime: time('GE_recordTime', (placeholder) => recordedWithin('>=', placeholder)),
  LT_recordTime: time('LT_recordTime', (placeholder) => recordedWithin('<', placeholder)),
  MATCH_epc: matches('MATCH_epc', objects, true),
  MATCH_parentID: matches('MATCH_parentID', ['parent'], true),
  MATCH_inputEPC: matches('MATCH_inputEPC', ['input'], true),
  MATCH_outputEPC: matches('MATCH_outputEPC', ['output'], true),
  MATCH_anyEPC: matches('MATCH_anyEPC', everything, true),
  MATCH_epcClass: matches('MATCH_epcClass', objects, false),
  MATCH_inputEPCClass: matches('MATCH_inputEPCClass', ['input'], false),
  MATCH_outputEPCClass: matches('MATCH_outputEPCClass', ['output'], false),
  MATCH_anyEPCClass: matches('MATCH_anyEPCClass', everything, false),
  EXISTS_errorDeclaration: (value) => {
    if (value !== 'true' && value !== 'false')
      throw refuse('EXISTS_errorDeclaration', 'EXISTS_errorDeclaration is true or false.');
    return value === 'true' ? IS_DECLARATION : 'TRUE';
  },
  GE_errorDeclarationTime: declared(bound('GE_errorDeclarationTime', 'e.error_declaration_time', '>=')),
  LT_errorDeclarationTime: declared(bound('LT_errorDeclarationTime', 'e.error_declaration_time', '<')),
  EQ_errorReason: declared(anyOf('e.error_reason', bareWord)),
};
/** Conditions that the order itself answers. */
const BOUNDS: Readonly<Record<'eventTime' | 'recordTime', readonly string[]>> = {
  eventTime: ['GE_eventTime', 'LT_eventTime'],
  recordTime: ['GE_recordTime', 'LT_recordTime'],
};

/** Names of the filters, for the description of the API. */
export const FILTER_NAMES: readonly string[] = Object.keys(conditions);
const OTHERS = new Set(['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount', 'perPage', 'nextPageToken']);

export interface EventFilters {
  /** Puts the conditions' parameters into `sql` and returns the conditions: `within` are those that the order answers. */
  readonly where: (sql: Parameters) => { readonly within: string[]; readonly where: string[] };
  /** Whether an index gives what fits in the order asked for: by event time, and no filter has several values. */
  readonly isIndexed: boolean;
  readonly orderBy: 'eventTime' | 'recordTime';
  readonly descending: boolean;
  readonly perPage: number;
  /** Where the page before ended. */
  readonly token: readonly string[] | undefined;
  readonly eventCountLimit: number | undefined;
  readonly maxEventCount: number | undefined;
}

/** Reads the query of `GET /epcis/events`. A parameter we do not know is refused: leaving it out would answer another question. */
export function eventFilters(query: Readonly<Record<string, unknown>>): EventFilters {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    if (conditions[name] === undefined && !OTHERS.has(name))
      throw refuse(
        name,
        `The query parameter ${name} is not known here.`,
        `Leave it out, or use one of ${[...FILTER_NAMES, ...OTHERS].join(', ')}.`,
      );
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const text = values.join('|');
    if (text === '') throw refuse(name, `The query parameter ${name} has no value.`);
    if (list(text).length > VALUES_MAX) throw refuse(name, `${name} has more than ${VALUES_MAX} values.`);
    given.set(name, text);
  }
  const orderBy = given.get('orderBy') ?? 'eventTime';
  if (orderBy !== 'eventTime' && orderBy !== 'recordTime')
    throw refuse('orderBy', 'orderBy is eventTime or recordTime.');
  const direction = given.get('orderDirection') ?? 'DESC';
  if (direction !== 'ASC' && direction !== 'DESC') throw refuse('orderDirection', 'orderDirection is ASC or DESC.');
  const eventCountLimit = count(given, 'eventCountLimit');
  const maxEventCount = count(given, 'maxEventCount');
  if (eventCountLimit !== undefined && maxEventCount !== undefined)
    throw refuse('maxEventCount', 'eventCountLimit and maxEventCount exclude each other.');
  // Judged now, so that a wrong value is refused before the database is asked.
  const part = (sql: Parameters, isWithin: boolean) =>
    [...given].flatMap(([name, value]) =>
      BOUNDS[orderBy].includes(name) === isWithin ? (conditions[name]?.(value, sql) ?? []) : [],
    );
  const where = (sql: Parameters) => ({ within: part(sql, true), where: part(sql, false) });
  where(new Parameters());
  return {
    where,
    isIndexed:
      orderBy === 'eventTime' &&
      [...given].every(([name, value]) => conditions[name] === undefined || list(value).length === 1),
    orderBy,
    descending: direction === 'DESC',
    ...pageQuery(query, EVENTS_PER_PAGE_MAX),
    eventCountLimit,
    maxEventCount,
  };
}

function count(given: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw refuse(name, `${name} is a whole number above 0.`);
  return value;
}
