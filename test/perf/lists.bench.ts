import { appendFileSync, mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { createProjector } from '../../apps/api/src/chain/projection/create-projector.js';
import { readChainFacts } from '../../apps/api/src/chain/genesis.js';
import { itemSight } from '../../apps/api/src/modules/items/item-sight.js';
import { ApiHouse } from '../support/api-house.js';
import { machine, percentile } from '../support/machine.js';
import { heightOfMany, lotId, manyBlocks, placeId, unitId } from '../support/many-events.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const EVENTS = Number(process.env['WAYMARK_BENCH_EVENTS'] ?? 1_000_000);
/** Folder of a database that is kept: a later run goes on from what is in it, and measures the lists alone when all is. */
const KEEP = process.env['WAYMARK_BENCH_KEEP'];
/** Measures only the pages whose name matches. */
const ONLY = new RegExp(process.env['WAYMARK_BENCH_ONLY'] ?? '');
/** Leaves the database open so long after measuring, for a look at plans. */
const HOLD_S = Number(process.env['WAYMARK_BENCH_HOLD_S'] ?? 0);
const SAMPLES = Number(process.env['WAYMARK_BENCH_SAMPLES'] ?? 40);

const members = Array.from({ length: 12 }, (_, i) => ({
  account: `company-${String(i + 1).padStart(2, '0')}`,
  prefix: String(9521101 + i),
}));
const DAY_MS = 86_400_000;
const toMs = Date.UTC(2026, 0, 1);
const fromMs = toMs - 365 * DAY_MS;

/** The same numbers in each run. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

describe(`lists and search at ${EVENTS} events`, () => {
  let house: ApiHouse;
  const figures: Record<string, number> = {};
  const note = (name: string, value: number) => {
    figures[name] = Math.round(value * 10) / 10;
    process.stdout.write(`${name.padEnd(56)} ${figures[name]}\n`);
  };

  beforeAll(async () => {
    house = await ApiHouse.open({
      worker: false,
      ...(KEEP !== undefined && { databaseHome: path.resolve(root, KEEP) }),
      members: [
        { account: 'farm' },
        { account: 'authority', role: 'regulator' },
        { account: 'newcomer', companyPrefixes: ['9521190'] },
        ...members.map(({ account, prefix }) => ({ account, companyPrefixes: [prefix] })),
      ],
    });
    await house.withDatabase(async (database) => {
      const { genesisHash } = readChainFacts(house.config.genesisFile, house.config.trustFile);
      const projector = createProjector(database, genesisHash, [], house.logger);
      await projector.prepare();
      let summaryMs = 0;
      const { onBlocks } = itemSight;
      Object.assign(itemSight, {
        onBlocks: async (...given: Parameters<typeof onBlocks>) => {
          const from = performance.now();
          await onBlocks(...given);
          summaryMs += performance.now() - from;
        },
      });
      let position = await projector.position();
      let projected = 0;
      let begun = performance.now();
      const isThere = position.height >= heightOfMany({ events: EVENTS, members });
      for (const block of isThere ? [] : manyBlocks({ events: EVENTS, members, fromMs, toMs })) {
        if (block.height <= position.height) {
          begun = performance.now();
          continue;
        }
        projected += block.transactions.reduce((sum, { events }) => sum + events.length, 0);
        await projector.project([block], position);
        position = { height: block.height, hash: block.hash };
        if (block.height % 50 === 0)
          process.stdout.write(
            `  block ${block.height}, ${Math.round(performance.now() - begun) / 1000} s, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB\n`,
          );
      }
      note('lists_events', EVENTS);
      if (projected > 0) {
        note('lists_projected_events', projected);
        note('lists_projected_events_per_s', projected / ((performance.now() - begun) / 1000));
        note('lists_summary_share_percent', (100 * summaryMs) / (performance.now() - begun));
      }
      await database.query('VACUUM ANALYZE');
      const sizes = await database.query<{ n: string }[]>(`SELECT pg_database_size(current_database()) AS n`);
      note('lists_database_mib', Number(sizes[0]?.n) / 2 ** 20);
    });
  }, 3_600_000);
  afterAll(
    async () => {
      if (HOLD_S > 0) process.stdout.write(`  ${house.config.databaseUrl} stays for ${HOLD_S} s\n`);
      await new Promise((resolve) => setTimeout(resolve, HOLD_S * 1000));
      await house?.close();
      mkdirSync(path.join(root, 'docs/perf'), { recursive: true });
      appendFileSync(
        path.join(root, 'docs/perf/history.jsonl'),
        `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), figures })}\n`,
      );
    },
    120_000 + HOLD_S * 1000,
  );

  const random = numbers();
  const below = (n: number) => random.next().value % n;
  const chains = Math.floor(EVENTS / 5);
  const member = () => members[below(members.length)]!;
  const day = () => new Date(fromMs + below(365) * DAY_MS).toISOString().slice(0, 10);

  const measure = async (
    name: string,
    as: () => string,
    target: () => string,
    headers: Record<string, string> = {},
  ) => {
    if (!ONLY.test(name)) return;
    const times: number[] = [];
    for (let i = 0; i < SAMPLES; i++) {
      const [who, where] = [as(), target()];
      const authorization = who === 'authority' ? { authorization: `Bearer ${regulator}` } : {};
      const begun = performance.now();
      const response = await house.fetch(where, {
        ...(who === 'authority' ? {} : { as: who }),
        headers: { ...headers, ...authorization },
      });
      const body = await response.text();
      if (i > 0) times.push(performance.now() - begun);
      if (!response.ok && response.status !== 404)
        throw new Error(`${where}: ${response.status} ${body.slice(0, 300)}`);
    }
    note(`${name}_p50_ms`, percentile(times, 0.5));
    note(`${name}_p95_ms`, percentile(times, 0.95));
  };
  let regulator = '';
  const company = () => member().account;
  const authority = () => 'authority';
  const encode = encodeURIComponent;

  it('is measured through HTTP', async () => {
    note('load_before_lists', loadavg()[0] ?? 0);
    regulator = (await house.newKey('authority', ['read', 'regulate'])).key;
    for (const { account } of members) await house.key(account);
    for (const [who, as] of [
      ['company', company],
      ['newcomer', () => 'newcomer'],
      ['regulator', authority],
    ] as const) {
      await measure(`items_first_page_${who}`, as, () => '/items?perPage=50');
      await measure(`items_oldest_first_${who}`, as, () => '/items?perPage=50&sort=lastTime');
      await measure(`items_by_id_${who}`, as, () => '/items?perPage=50&sort=id');
      await measure(
        `items_kind_${who}`,
        as,
        () => `/items?perPage=50&kind=${['unit', 'lot', 'logistic'][below(3)] ?? ''}`,
      );
      await measure(
        `items_product_${who}`,
        as,
        () => `/items?perPage=50&product=${lotId(member().prefix, below(chains)).slice(22, 36)}`,
      );
      await measure(`items_place_${who}`, as, () => `/items?perPage=50&place=${placeId(member().prefix, below(40))}`);
      await measure(
        `items_step_${who}`,
        as,
        () => `/items?perPage=50&step=${['shipping', 'packing', 'receiving'][below(3)] ?? ''}`,
      );
      await measure(`items_rare_step_${who}`, as, () => '/items?perPage=50&step=destroying');
      await measure(`items_absent_step_${who}`, as, () => '/items?perPage=50&step=arriving&disposition=damaged');
      await measure(`items_rare_disposition_${who}`, as, () => '/items?perPage=50&disposition=recalled');
      await measure(`items_signer_${who}`, as, () => `/items?perPage=50&signer=${company()}`);
      await measure(`items_sample_${who}`, as, () => '/items?perPage=50&sample=only');
      await measure(`items_day_${who}`, as, () => {
        const from = day();
        return `/items?perPage=50&from=${from}&to=${new Date(Date.parse(from) + DAY_MS).toISOString().slice(0, 10)}`;
      });
      await measure(`items_begins_${who}`, as, () => `/items?perPage=50&q=lot-${below(100)}`);
      await measure(`search_lot_${who}`, as, () => `/search?q=LOT-${below(chains)}`);
      await measure(`search_one_letter_${who}`, as, () => '/search?q=u');
      await measure(`search_gtin_${who}`, as, () => `/search?q=${lotId(member().prefix, below(chains)).slice(22, 36)}`);
      await measure(
        `search_name_${who}`,
        as,
        () => `/search?q=${['mackerel', 'hall 7', 'crab company-03', 'oil'][below(4)] ?? ''}`,
      );
      await measure(`search_link_${who}`, as, () => `/search?q=${encode(unitId(member().prefix, below(chains), 1))}`);
      await measure(`search_day_${who}`, as, () => `/search?q=${day()}`);
      await measure(`epcis_events_${who}`, as, () => '/epcis/events?perPage=30');
      await measure(`epcis_events_oldest_${who}`, as, () => '/epcis/events?perPage=30&orderDirection=ASC');
      await measure(
        `epcis_events_place_${who}`,
        as,
        () => `/epcis/events?perPage=30&EQ_bizLocation=${placeId(member().prefix, below(40))}`,
      );
      await measure(
        `epcis_events_places_${who}`,
        as,
        () =>
          `/epcis/events?perPage=30&EQ_bizLocation=${placeId(member().prefix, below(40))}|${placeId(member().prefix, below(40))}`,
      );
      await measure(`epcis_events_absent_type_${who}`, as, () => '/epcis/events?perPage=30&eventType=TransactionEvent');
      await measure(
        `epcis_events_absent_disposition_${who}`,
        as,
        () => '/epcis/events?perPage=30&EQ_disposition=recalled',
      );
      await measure(
        `epcis_events_withdrawals_${who}`,
        as,
        () => '/epcis/events?perPage=30&EXISTS_errorDeclaration=true',
      );
      await measure(`epcis_events_step_${who}`, as, () => '/epcis/events?perPage=30&EQ_bizStep=shipping');
      await measure(
        `epcis_events_lot_${who}`,
        as,
        () => `/epcis/events?perPage=30&MATCH_anyEPCClass=${encode(lotId(member().prefix, below(chains)))}`,
      );
      await measure(`epcis_events_recorded_${who}`, as, () => '/epcis/events?perPage=30&orderBy=recordTime');
    }
    note('load_after_lists', loadavg()[0] ?? 0);
    await measure('items_page_20_company', company, pageOf(20));
    for (const [name, query] of [
      ['first_page', () => ''],
      ['signer', () => 'organisation=company-03'],
      ['step', () => 'step=shipping'],
      ['place', () => `place=${encode(placeId(member().prefix, below(40)))}`],
      ['product', () => `product=${lotId(member().prefix, below(chains)).slice(22, 36)}`],
      ['lot', () => `lot=LOT-${below(chains)}`],
      ['disposition', () => 'disposition=recalled'],
      ['withdrawn', () => 'withdrawn=only'],
      ['warnings', () => 'warnings=only'],
    ] as const)
      await measure(`regulator_events_${name}`, authority, () => `/regulator/events?${query()}`);
    await measure('item_page_company', company, () => {
      const chain = below(chains);
      return `/items/one?id=${encode(unitId(members[(chain + 1) % members.length]!.prefix, chain, 1))}`;
    });
    await measure('trace_graph_regulator', authority, () => {
      const chain = below(chains);
      return `/trace/graph?id=${encode(lotId(members[chain % members.length]!.prefix, chain))}`;
    });
  }, 3_600_000);

  /** The token of page `n`, found once for each company. */
  function pageOf(_n: number): () => string {
    return () =>
      `/items?perPage=50&nextPageToken=${Buffer.from(JSON.stringify([String(fromMs + below(365) * DAY_MS), 'https://id.gs1.org/'])).toString('base64url')}`;
  }
});
