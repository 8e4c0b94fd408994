import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalId } from '@waymark/epcis/gs1';
import { utf8 } from '@waymark/ledger/primitives';
import type { FeedBlock } from '@waymark/light-client';
import { disclosureOf, type Viewer } from '@waymark/provenance/visibility';
import type { DataSource } from 'typeorm';
import { EmbeddedPostgres, freePort } from '../../../../../test/support/postgres.js';
import { createProjector } from '../../chain/projection/create-projector.js';
import { ANEW, type Projector } from '../../chain/projection/projector.js';
import { openDatabase } from '../../platform/database/database.js';
import { createLogger } from '../../platform/logging/logger.js';
import { EVERYTHING, PUBLIC } from './item-sight.js';

const ACCOUNTS = ['farm', 'factory', 'shop', 'stranger'];
const ITEMS = ['1', '2', '3', '4'].flatMap((n) => [
  `urn:epc:id:sgtin:9521001.000001.${n}`,
  `urn:epc:id:sscc:9521001.000000000${n}`,
]);
const party = (account: string) => `https://id.gs1.org/417/952100${ACCOUNTS.indexOf(account)}000000`;
const context = utf8(JSON.stringify(['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld']));
const hashOf = (text: string) => createHash('sha256').update(text).digest();
const words = { 1: 'public', 2: 'partners', 3: 'own' } as const;

interface Told {
  readonly key: string;
  readonly timeMs: number;
  readonly items: readonly string[];
  readonly named: readonly string[];
  readonly step: string | null;
  readonly disposition: string | null;
  readonly place: string | null;
  readonly signers: string[];
  visibility: 1 | 2 | 3;
  withdrawn: boolean;
}

type Act =
  | { readonly does: 'capture' | 'withdraw'; readonly of: Told }
  | {
      readonly does: 'witness';
      readonly of: Told;
      readonly by: string;
      readonly count: number;
      readonly again: boolean;
    }
  | { readonly does: 'show'; readonly of: Told; readonly visibility: 1 | 2 | 3 };

/** Chance that is the same in each run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

/** Acts of four companies on eight things, and what is left at their end. Times repeat, so that the key decides between events. */
function story(seed: number, length: number): { acts: Act[]; told: Told[] } {
  const below = chance(seed);
  const one = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const told: Told[] = [];
  const acts = Array.from({ length }, (): Act => {
    const dice = below(10);
    const of = one(told.filter(({ withdrawn }) => !withdrawn));
    if (of === undefined || dice < 6) {
      const event: Told = {
        key: hashOf(`${seed}/${told.length}`).toString('hex'),
        timeMs: Date.UTC(2026, 0, 1 + below(5)),
        items: [...new Set([one(ITEMS), one(ITEMS)])],
        named: below(2) === 0 ? [] : [one(ACCOUNTS)],
        step: one([null, 'packing', 'shipping']),
        disposition: one([null, 'active', 'in_transit']),
        place: one([null, 'https://id.gs1.org/414/9521001000007', 'https://id.gs1.org/414/9521002000006']),
        signers: [one(ACCOUNTS)],
        visibility: one([1, 2, 3]),
        withdrawn: false,
      };
      told.push(event);
      return { does: 'capture', of: { ...event } };
    }
    if (dice < 8) {
      const by = one(ACCOUNTS);
      const again = of.signers.includes(by);
      of.signers.push(by);
      return { does: 'witness', of, by, count: of.signers.length, again };
    }
    if (dice === 8) {
      of.withdrawn = true;
      return { does: 'withdraw', of };
    }
    return { does: 'show', of, visibility: (of.visibility = one([1, 2, 3])) };
  });
  return { acts, told };
}

function documentOf(event: Told): object {
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: new Date(event.timeMs).toISOString(),
    eventTimeZoneOffset: '+00:00',
    epcList: event.items,
    ...(event.step !== null && { bizStep: event.step }),
    ...(event.disposition !== null && { disposition: event.disposition }),
    ...(event.place !== null && { bizLocation: { id: event.place } }),
    ...(event.named.length > 0 && {
      destinationList: event.named.map((account) => ({ type: 'owning_party', destination: party(account) })),
    }),
  };
}

function ledgerEventOf(act: Act): { sender: string; visibility: number; body: object; type: string; content: object } {
  const { of } = act;
  const common = { sender: of.signers[0] ?? '', visibility: of.visibility, body: documentOf(of) };
  const captured = { eventHash: of.key, named: of.named.map((account) => [party(account), account]), warnings: [] };
  switch (act.does) {
    case 'capture':
      return { ...common, type: 'provenance.captured', content: { ...captured, kind: 'event' } };
    case 'withdraw':
      return {
        ...common,
        body: {
          ...common.body,
          errorDeclaration: { declarationTime: '2026-02-01T00:00:00.000Z', reason: 'did_not_occur' },
        },
        type: 'provenance.captured',
        content: { ...captured, kind: 'errorDeclaration', byOwnSigner: true },
      };
    case 'witness':
      return {
        ...common,
        sender: act.by,
        type: 'provenance.witnessed',
        content: { eventHash: of.key, kind: 'event', firstHeight: 1, witnesses: act.count, again: act.again },
      };
    case 'show':
      return {
        ...common,
        type: 'provenance.visibility.changed',
        content: { eventKey: of.key, visibility: words[act.visibility] },
      };
  }
}

/** Blocks of so many acts, each act a transaction of its own. */
function blocksOf(acts: readonly Act[], actsABlock: (n: number) => number): FeedBlock[] {
  const blocks: FeedBlock[] = [];
  for (let at = 0; at < acts.length;) {
    const height = blocks.length + 1;
    const some = acts.slice(at, (at += actsABlock(height)));
    blocks.push({
      height,
      hash: hashOf(`block ${height}`),
      header: { time: Date.UTC(2026, 1, 1) + height },
      transactions: some.map((act, txIndex) => {
        const { sender, visibility, body, type, content } = ledgerEventOf(act);
        return {
          transaction: {
            txId: hashOf(`${height}/${txIndex}`),
            header: { sender },
            bodies: [
              { kind: 'epcis.context', content: context, visibility: 1, context: 0 },
              { kind: 'epcis.event', content: utf8(JSON.stringify(body)), visibility, context: 1 },
            ],
          },
          receipt: { txIndex, height },
          events: [{ type, body: 1, content: utf8(JSON.stringify(content)) }],
        };
      }),
    } as unknown as FeedBlock);
  }
  return blocks;
}

interface Sight {
  readonly first: number;
  readonly last: readonly [timeMs: number, key: string];
  readonly signer: string;
  readonly step: string | null;
  readonly disposition: readonly [value: string, key: string] | null;
  readonly place: readonly [value: string, key: string] | null;
}

/** What a list should show of an item to whom these events are told, by the plain words of the rule. */
function sightOf(events: readonly Told[]): Sight | undefined {
  const newestFirst = events.toSorted((a, b) => b.timeMs - a.timeMs || (a.key < b.key ? 1 : -1));
  const newest = newestFirst[0];
  if (newest === undefined) return undefined;
  const said = (what: 'disposition' | 'place') => {
    const event = newestFirst.find((candidate) => candidate[what] !== null);
    return event === undefined ? null : ([event[what] ?? '', event.key] as const);
  };
  return {
    first: Math.min(...events.map(({ timeMs }) => timeMs)),
    last: [newest.timeMs, newest.key],
    signer: newest.signers[0] ?? '',
    step: newest.step,
    disposition: said('disposition'),
    place: said('place'),
  };
}

/** Rows by audience and item. A company has a row of its own where it is told more than everybody. */
function expected(told: readonly Told[]): Map<string, Sight> {
  const rows = new Map<string, Sight>();
  const holding = told.filter(({ withdrawn }) => !withdrawn);
  const audiences: readonly (readonly [audience: string, viewer: Viewer])[] = [
    [EVERYTHING, { kind: 'regulator', account: 'authority' }],
    [PUBLIC, { kind: 'shopper' }],
    ...ACCOUNTS.map((account) => [account, { kind: 'company', account }] as const),
  ];
  for (const [audience, viewer] of audiences)
    for (const item of ITEMS) {
      const seen = holding.filter(
        (event) =>
          event.items.includes(item) &&
          disclosureOf({ ...event, signers: event.signers, related: false }, viewer) === 'full',
      );
      const sight = sightOf(seen);
      const isMore = viewer.kind !== 'company' || seen.some(({ visibility }) => visibility !== 1);
      if (sight !== undefined && isMore) rows.set(`${audience} ${canonicalId(item)}`, sight);
    }
  return rows;
}

describe('what each organisation sees of an item', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'waymark-sight-'));
  const logger = createLogger('test', 'fatal');
  const genesis = new Uint8Array(32);
  let postgres: EmbeddedPostgres;
  let database: DataSource;
  beforeAll(async () => {
    postgres = new EmbeddedPostgres({ home, port: await freePort() });
    await postgres.start();
    database = await openDatabase({ url: postgres.url, connectionsMax: 2 }, logger);
  }, 120_000);
  afterAll(async () => {
    await database?.destroy();
    await postgres?.stop();
    postgres?.close();
    EmbeddedPostgres.remove(home);
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const fill = async (projector: Projector, blocks: readonly FeedBlock[], together: number) => {
    await projector.prepare();
    for (let at = 0; at < blocks.length; at += together)
      await projector.project(blocks.slice(at, at + together), await projector.position());
  };
  const rowsOf = (schema: string) =>
    database.query<Record<string, unknown>[]>(`SELECT * FROM ${schema}.item_sight ORDER BY audience, item`);
  const sights = async () =>
    new Map(
      (await rowsOf('public')).map((row) => [
        `${String(row['audience'])} ${String(row['item'])}`,
        {
          first: Number(row['first_event_time']),
          last: [Number(row['last_event_time']), row['last_event_key']],
          signer: row['signer'],
          step: row['biz_step'],
          disposition: row['disposition'] === null ? null : [row['disposition'], row['disposition_key']],
          place: row['biz_location'] === null ? null : [row['biz_location'], row['location_key']],
        },
      ]),
    );

  it.each([1, 2, 3, 4, 5])(
    'is what the rule of visibility tells, whether filled block by block or anew in one go (story %i)',
    async (seed) => {
      // As after a change of what the views declare: the tables are made anew.
      await database.query(`UPDATE projection_schema SET fingerprint = 'another'`);
      const { acts, told } = story(seed, 90);
      const below = chance(seed + 100);
      const blocks = blocksOf(acts, () => 1 + below(6));
      const live = createProjector(database, genesis, [], logger);
      await fill(live, blocks, 1);
      expect(await sights()).toEqual(expected(told));

      const anew = createProjector(database, genesis, [], logger, ANEW);
      await fill(anew, blocks, 40);
      expect(await rowsOf('waymark_anew')).toEqual(await rowsOf('public'));
      await anew.discard();
    },
    60_000,
  );
});
