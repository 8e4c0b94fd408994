import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@waymark/provenance/visibility';
import type { DataSource } from 'typeorm';
import { EmbeddedPostgres, freePort } from '../../../../../test/support/postgres.js';
import { createProjector } from '../../chain/projection/create-projector.js';
import { openDatabase } from '../../platform/database/database.js';
import { createLogger } from '../../platform/logging/logger.js';
import { type FirstRows, firstRows, firstRowsInOrder, recordedWithin } from '../provenance/views/first-rows.js';
import { Parameters } from '../provenance/views/visible-events.js';
import { BY_ID, BY_TYPED, NEWEST_FIRST, type SightOrder, sightsSql } from './item-sights.query.js';

/** More than are looked at in the order asked for before the indexes of the conditions are asked. */
const ROWS = 9_000;

describe('the first rows of many', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'waymark-first-rows-'));
  const logger = createLogger('test', 'fatal');
  let postgres: EmbeddedPostgres;
  let database: DataSource;
  beforeAll(async () => {
    postgres = new EmbeddedPostgres({ home, port: await freePort() });
    await postgres.start();
    database = await openDatabase({ url: postgres.url, connectionsMax: 2 }, logger);
    await createProjector(database, new Uint8Array(32), [], logger).prepare();
    // Event n happened before event n + 1 and was recorded in another order; old ones lie at other places than new ones.
    await database.query(`
      INSERT INTO epcis_event (event_key, event_hash, record, height, tx_index, body_index, tx_id, signer, visibility, captured_visibility,
        content, type, event_time, record_time, biz_location, declared_in_error, warnings, witnesses, witness_count)
      SELECT md5(n::text), md5(n::text), 'event', h, n % 7, n, 'ab', 'farm', 1 + n % 3, 1, '\\x7b7d', 'ObjectEvent', n / 3, h * 100,
        CASE WHEN n < 300 THEN 'old' WHEN n % 4 = 0 THEN 'often' WHEN n % 1000 = 1 THEN 'rare' END, false, '[]', '[]', 1
      FROM (SELECT n, 1 + (n * 7919) % ${ROWS} / 5 AS h FROM generate_series(0, ${ROWS - 1}) n) k`);
    await database.query(`
      INSERT INTO item_sight (audience, item, kind, typed, sample, first_event_time, last_event_time, last_event_key, signer)
      SELECT a.audience, 'https://id.gs1.org/01/09521001000017/21/' || n, 'unit',
        CASE WHEN n < 300 THEN 'old' WHEN n % 4 = 0 THEN 'often' WHEN n % 1000 = 1 THEN 'rare' ELSE 'än' END || '-' || n % 50, false, 0, n / 3, md5(n::text), a.audience
      FROM generate_series(0, ${ROWS - 1}) n JOIN (VALUES ('@', 1), ('*', 2), ('farm', 3)) a (audience, every) ON n % a.every = 0`);
    await database.query('ANALYZE');
  }, 120_000);
  afterAll(async () => {
    await database?.destroy();
    await postgres?.stop();
    postgres?.close();
    EmbeddedPostgres.remove(home);
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const places = ['old', 'often', 'rare', 'never'];
  const orders = [
    ['e.event_time', 'e.event_key'],
    ['e.height', 'e.tx_index', 'e.body_index'],
  ] as const;

  it.each(places.flatMap((place) => orders.map((order) => [place, order.join(', '), order] as const)))(
    'of events at the place "%s" by %s are those of the plain question, both ways and from any place on',
    async (place, _columns, order) => {
      for (const descending of [true, false])
        for (const within of [[], [`e.event_time < 1500`], [`e.height >= 700`, `e.visibility <> 2`]]) {
          const rows: FirstRows = {
            columns: 'e.event_key, e.biz_location',
            order,
            descending,
            within,
            where: [`e.biz_location = '${place}'`, 'e.visibility < 3'],
            limit: 40,
          };
          expect(await database.query(firstRows(rows))).toEqual(await database.query(firstRowsInOrder(rows)));
        }
    },
  );

  it.each([
    ['>=', 50_000],
    ['<', 50_000],
    ['>=', 10_000_000],
    ['<', 0],
    ['<', 50_050],
  ] as const)('of what was recorded %s a time are bounded by height and stay the same (%i)', async (operator, time) => {
    const count = (where: string) =>
      database.query<{ n: string }[]>(`SELECT count(*) AS n FROM epcis_event e WHERE ${where}`, [time]);
    expect(await count(recordedWithin(operator, '$1'))).toEqual(await count(`e.record_time ${operator} $1::bigint`));
  });

  const viewers: readonly Viewer[] = [
    { kind: 'regulator', account: 'authority' },
    { kind: 'shopper' },
    { kind: 'company', account: 'farm' },
    { kind: 'company', account: 'stranger' },
  ];
  const byId = new Map<string, SightOrder>([
    ['newest first', NEWEST_FIRST],
    ['oldest first', { ...NEWEST_FIRST, descending: false }],
    ['by id', BY_ID],
    ['as typed', BY_TYPED],
  ]);

  it.each(viewers.flatMap((viewer) => [...byId.keys()].map((name) => [viewer.kind, name, viewer] as const)))(
    'of what a %s sees of items, %s, that begin somehow are those of all that begin so',
    async (_kind, name, viewer) => {
      const order = byId.get(name) as SightOrder;
      const audiences = viewer.kind === 'regulator' ? ['@'] : viewer.kind === 'shopper' ? ['*'] : ['*', viewer.account];
      for (const beginning of ['old', 'often-1', 'rare', 'never', 'ä', '']) {
        const all = await database.query<{ item: string; typed: string; last_event_time: string }[]>(
          `SELECT DISTINCT ON (s.item) s.item, s.typed, s.last_event_time FROM item_sight s WHERE s.audience = ANY($1::text[]) AND starts_with(s.typed, $2)`,
          [audiences, beginning],
        );
        const compare = (a: (typeof all)[number], b: (typeof all)[number]) => {
          for (const column of order.columns) {
            const [x, y] =
              column === 'last_event_time' ? [Number(a[column]), Number(b[column])] : [a[column], b[column]];
            if (x !== y) return (x < y ? -1 : 1) * (order.descending ? -1 : 1);
          }
          return 0;
        };
        const expected = all.toSorted(compare).map(({ item }) => item);
        const paged: string[] = [];
        let after: string[] | undefined;
        for (let page = 0; page < 3; page++) {
          const sql = new Parameters();
          const rows = await database.query<typeof all>(
            sightsSql(viewer, { beginning, order, after, limit: 60 }, sql),
            sql.values,
          );
          paged.push(...rows.map(({ item }) => item));
          const last = rows.at(-1);
          if (last === undefined || order.columns.includes('typed')) break;
          after = order.columns.map((column) => last[column]);
        }
        expect([beginning, paged]).toEqual([beginning, expected.slice(0, order.columns.includes('typed') ? 60 : 180)]);
      }
    },
  );
});
