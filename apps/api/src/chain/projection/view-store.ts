import { createHash } from 'node:crypto';
import type { Column, ColumnType, FoldResult, Lookup, Scalar, View, ViewTable } from '@waymark/provenance/views';
import type { EntityManager } from 'typeorm';

/** Any view; the projector does not know what its rows mean. */
export type AnyView = View<object>;

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  numeric: 'numeric',
  boolean: 'boolean',
  timeMs: 'bigint',
  bytes: 'bytea',
  json: 'jsonb',
};

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const columnOf = (table: ViewTable, name: string): Column => {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`view ${table.name} has no column ${name}`);
  return column;
};

/** Text as Postgres can keep it: no U+0000, no half of a surrogate pair. */
const storable = (text: string) => Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');

function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableJson);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storableJson(inner)]));
  return value;
}

function toSql(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) {
    if (column.nullable === true) return null;
    throw new Error(`column ${column.name} is not nullable`);
  }
  if (column.type === 'json') return JSON.stringify(storableJson(value));
  if (column.type === 'bytes') return Buffer.from(value as Uint8Array);
  return typeof value === 'string' ? storable(value) : value;
}

function fromSql(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (column.type === 'bigint' || column.type === 'timeMs') return Number(value);
  if (column.type === 'bytes') return new Uint8Array(value as Buffer);
  return value;
}

/** Parameters past this many values in one array are split over several statements. */
const SET_SIZE_MAX = 10_000;

function* inSets<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < list.length; at += SET_SIZE_MAX) yield list.slice(at, at + SET_SIZE_MAX);
}

/** The SQL that makes a view's table. View tables are disposable: made from their declaration, never migrated. */
export function createTableSql(table: ViewTable): string[] {
  const columns = table.columns.map(
    (column) => `${quote(column.name)} ${sqlTypes[column.type]}${column.nullable === true ? '' : ' NOT NULL'}`,
  );
  return [
    `CREATE TABLE ${quote(table.name)} (${columns.join(', ')}, PRIMARY KEY (${table.primaryKey.map(quote).join(', ')}))`,
    ...table.indexes.map(
      (index, i) =>
        `CREATE INDEX ${quote(`${table.name}_${i + 1}`)} ON ${quote(table.name)} (${index.map(quote).join(', ')})`,
    ),
    ...(table.partial ?? []).map(
      ({ where, columns: index }, i) =>
        `CREATE INDEX ${quote(`${table.name}_part_${i + 1}`)} ON ${quote(table.name)} (${index.map(quote).join(', ')}) WHERE ${where}`,
    ),
    ...(table.beginnings ?? []).map(
      ({ within = [], text, then = [] }, i) =>
        `CREATE INDEX ${quote(`${table.name}_begin_${i + 1}`)} ON ${quote(table.name)} (${[...within.map(quote), `${quote(text)} text_pattern_ops`, ...then.map(quote)].join(', ')})`,
    ),
  ];
}

/** Changes when any declaration changes: then the views are made anew and rebuilt from height 1. */
export function fingerprintOf(tables: readonly ViewTable[]): string {
  return createHash('sha256').update(JSON.stringify(tables)).digest('hex');
}

/** The rows of all lookups, each once. */
export async function loadRows(
  manager: EntityManager,
  table: ViewTable,
  lookups: readonly Lookup[],
): Promise<Record<string, unknown>[]> {
  const found = new Map<string, Record<string, unknown>>();
  for (const lookup of lookups) {
    const columns = lookup.columns.map((name) => columnOf(table, name));
    for (const values of inSets(lookup.values)) {
      const arrays = columns.map((column, i) => values.map((value) => toSql(column, value[i])));
      const unnest = columns.map((column, i) => `$${i + 1}::${sqlTypes[column.type]}[]`).join(', ');
      const rows = await manager.query<Record<string, unknown>[]>(
        `SELECT * FROM ${quote(table.name)} WHERE (${lookup.columns.map(quote).join(', ')}) IN (SELECT * FROM unnest(${unnest}))`,
        arrays,
      );
      for (const row of rows) {
        const read = Object.fromEntries(
          table.columns.map((column) => [column.name, fromSql(column, row[column.name])]),
        );
        found.set(JSON.stringify(table.primaryKey.map((name) => read[name])), read);
      }
    }
  }
  return [...found.values()];
}

/** Writes what a fold returned, set by set. */
export async function writeRows(manager: EntityManager, table: ViewTable, result: FoldResult<object>): Promise<void> {
  const key = table.primaryKey.map(quote).join(', ');
  for (const deletes of inSets<readonly Scalar[]>(result.deletes)) {
    const columns = table.primaryKey.map((name) => columnOf(table, name));
    const arrays = columns.map((column, i) => deletes.map((value) => toSql(column, value[i])));
    const unnest = columns.map((column, i) => `$${i + 1}::${sqlTypes[column.type]}[]`).join(', ');
    await manager.query(`DELETE FROM ${quote(table.name)} WHERE (${key}) IN (SELECT * FROM unnest(${unnest}))`, arrays);
  }
  const others = table.columns.filter((column) => !table.primaryKey.includes(column.name));
  const update =
    others.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${others.map(({ name }) => `${quote(name)} = EXCLUDED.${quote(name)}`).join(', ')}`;
  for (const rows of inSets(result.upserts)) {
    const arrays = table.columns.map((column) =>
      rows.map((row) => toSql(column, (row as Record<string, unknown>)[column.name])),
    );
    const unnest = table.columns.map((column, i) => `$${i + 1}::${sqlTypes[column.type]}[]`).join(', ');
    await manager.query(
      `INSERT INTO ${quote(table.name)} (${table.columns.map(({ name }) => quote(name)).join(', ')}) SELECT * FROM unnest(${unnest}) ON CONFLICT (${key}) ${update}`,
      arrays,
    );
  }
}
