import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTrustRoot, verifyEvidence } from '@waymark/light-client';
import { canonicalId } from '@waymark/epcis/gs1';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import {
  commissioning,
  epcisDocument,
  observation,
  packing,
  party,
  place,
  shipping,
  transformation,
  unit,
  withNames,
} from '../../../../../test/support/epcis-documents.js';
import type { CaptureJobAnswer } from '../provenance/capture-jobs.query.js';
import type { TraceGraph } from '../trace/dto/graph.js';
import { ExportQuery } from './export.query.js';
import type { ItemList, ItemPage, SearchAnswer } from './dto/shapes.js';

const FARM = '9521001';
const FACTORY = '9521002';
const SHOP = '9521003';
const lot = (prefix: string, name: string) => `urn:epc:class:lgtin:${prefix}.000001.${name}`;
const sscc = 'urn:epc:id:sscc:9521002.0000000001';
const raw = canonicalId(lot(FARM, 'RAW-7'));
const can = canonicalId(unit(FACTORY, 'CAN1'));
const unitGtin = canonicalId(unit(SHOP, 'EVEN')).slice(22, 36);
const kilos = (item: string, quantity: number) => [{ epcClass: item, quantity, uom: 'KGM' }];
const partners = { 'waymark-visibility': 'partners' };

describe('items, search, graph and exports', () => {
  let house: ApiHouse;
  let farmKey: string;
  beforeAll(async () => {
    house = await ApiHouse.open();
    farmKey = (await house.newKey('farm', ['read', 'capture', 'visibility'])).key;
    const harvest = commissioning([], {
      quantityList: kilos(lot(FARM, 'RAW-7'), 125.5),
      bizLocation: { id: place(FARM) },
      disposition: 'active',
      eventTime: '2025-10-02T04:00:00.000Z',
    });
    const named = withNames(epcisDocument(harvest), 'EPCClass', {
      'urn:epc:idpat:sgtin:9521001.000001.*': 'Smoked mackerel in oil',
    });
    await house.captured('farm', named, partners);
    await house.captured(
      'farm',
      withNames(
        epcisDocument(shipping([], party(FARM), party(FACTORY), { quantityList: kilos(lot(FARM, 'RAW-7'), 125.5) })),
        'Location',
        { [place(FARM)]: '北海捕捞码头' },
      ),
      partners,
    );
    await house.captured(
      'factory',
      epcisDocument(
        transformation([], [unit(FACTORY, 'CAN1'), unit(FACTORY, 'CAN2')], {
          inputQuantityList: kilos(lot(FARM, 'RAW-7'), 100),
          bizLocation: { id: place(FACTORY) },
        }),
        packing(sscc, [unit(FACTORY, 'CAN1')]),
      ),
      partners,
    );
    await house.captured('factory', epcisDocument(observation([unit(FACTORY, 'SECRET')])), {
      'waymark-visibility': 'own',
    });
    await house.captured('shop', epcisDocument(commissioning([unit(SHOP, '=CMD')])), {
      'waymark-visibility': 'public',
    });
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const get = async <T>(target: string, as: string, status = 200): Promise<T> => {
    const response = await house.fetch(target, { as });
    const text = await response.text();
    expect([target, response.status, response.status === status ? '' : text]).toEqual([target, status, '']);
    return (text.startsWith('{') ? JSON.parse(text) : text) as T;
  };
  const ids = async (as: string, query = '') => (await get<ItemList>(`/items?${query}`, as)).items.map(({ id }) => id);
  const of = (id: string) => `id=${encodeURIComponent(id)}`;
  const found = async (q: string, as: string) => {
    const { groups } = await get<SearchAnswer>(`/search?q=${encodeURIComponent(q)}`, as);
    return Object.fromEntries(groups.map(({ kind, hits }) => [kind, hits.map(({ id }) => id)]));
  };

  describe('the list', () => {
    it('shows each organisation what it may read in full, and what that says last', async () => {
      expect(new Set(await ids('farm'))).toEqual(new Set([raw, canonicalId(unit(SHOP, '=CMD'))]));
      expect(await ids('stranger')).toEqual([canonicalId(unit(SHOP, '=CMD'))]);
      expect(await ids('authority')).toHaveLength(6);
      const [mine] = (await get<ItemList>('/items?kind=lot', 'farm')).items;
      const [theirs] = (await get<ItemList>('/items?kind=lot', 'factory')).items;
      // The factory was not named in the harvest: it knows the shipping and its own use, and no place from before.
      expect(mine).toMatchObject({
        lot: 'RAW-7',
        bizStep: 'shipping',
        disposition: 'in_transit',
        place: canonicalId(place(FARM)),
      });
      expect(theirs).toMatchObject({ lot: 'RAW-7', bizStep: 'creating_class_instance', signer: 'factory' });
      expect(theirs?.place).toBe(canonicalId(place(FACTORY)));
    });

    it('is filtered, sorted and paged by key without gaps or repetitions', async () => {
      const all = await ids('authority');
      const paged: string[] = [];
      let token: string | undefined;
      do {
        const page = await get<ItemList>(
          `/items?perPage=2${token === undefined ? '' : `&nextPageToken=${token}`}`,
          'authority',
        );
        paged.push(...page.items.map(({ id }) => id));
        token = page.nextPageToken;
      } while (token !== undefined);
      expect(paged).toEqual(all);
      expect(await ids('authority', 'sort=id')).toEqual([...all].sort());
      expect(await ids('factory', 'q=can')).toHaveLength(2);
      expect(await ids('factory', `product=${raw.slice(22, 36)}&lot=RAW-7`)).toEqual([raw]);
      expect(await ids('factory', `place=${encodeURIComponent(place(FACTORY))}&kind=unit`)).toHaveLength(2);
      expect(await ids('factory', 'step=urn:epcglobal:cbv:bizstep:packing&disposition=active')).toEqual([]);
      expect(await ids('farm', 'to=2025-10-03')).toEqual([]);
      // By a party that an event names: the shipping of the raw goods; not for whom that shipping is not told.
      for (const as of ['farm', 'factory', 'authority'])
        expect([as, await ids(as, `party=${encodeURIComponent(party(FACTORY))}`)]).toEqual([as, [raw]]);
      expect(await ids('stranger', `party=${encodeURIComponent(party(FACTORY))}`)).toEqual([]);
    });

    it.each([
      ['a parameter that is unknown', 'colour=red'],
      ['a kind that is none', 'kind=barrel'],
      ['a date that is none', 'from=2025-02-31x'],
      ['a token of another order', `nextPageToken=${Buffer.from('["x","y"]').toString('base64url')}`],
    ])('refuses %s', async (_what, query) => {
      expect(await get<{ code: string }>(`/items?${query}`, 'farm', 400)).toMatchObject({
        code: 'QUERY_PARAMETER_INVALID',
      });
    });

    it('is for those who are known', async () => {
      for (const target of ['/items', '/search?q=x', `/items/one?${of(raw)}`])
        expect((await house.fetch(target)).status).toBe(401);
    });
  });

  describe('the search', () => {
    it('finds by any spelling, among what the asker may see', async () => {
      for (const q of ['raw-7', lot(FARM, 'RAW-7'), '(01)09521001000017(10)RAW-7', raw, `${raw.slice(22, 36)} raw`])
        expect([q, (await found(q, 'farm'))['items']]).toEqual([q, [raw]]);
      expect((await found('raw', 'stranger'))['items']).toBeUndefined();
      expect((await found('secret', 'factory'))['items']).toEqual([canonicalId(unit(FACTORY, 'SECRET'))]);
      expect((await found('secret', 'farm'))['items']).toBeUndefined();
    });

    it('finds products and places by any word of their name, in both scripts', async () => {
      expect((await found('mack', 'factory'))['products']).toHaveLength(1);
      expect((await found('OIL smoked', 'factory'))['products']).toHaveLength(1);
      expect((await found('捕捞', 'factory'))['places']).toEqual([canonicalId(place(FARM))]);
      expect((await found('the fact', 'farm'))['parties']).toEqual(['factory']);
    });

    it('finds days, records and jobs; blocks only for those who look after the chain', async () => {
      expect(await found('2026-01-02', 'factory')).toMatchObject({ days: ['2026-01-02'] });
      const [{ eventKey } = { eventKey: '' }] = (await get<ItemList>('/items?kind=lot', 'farm')).items;
      expect((await found(eventKey, 'farm'))['records']).toEqual([eventKey]);
      expect((await found(eventKey, 'stranger'))['records']).toBeUndefined();
      const job = await house.captured('farm', epcisDocument(observation([unit(FARM, 'J')])), partners);
      expect((await found(job.captureID, 'farm'))['jobs']).toEqual([job.captureID]);
      expect((await found(job.txId ?? '', 'farm'))['jobs']).toEqual([job.captureID]);
      expect((await found(job.captureID, 'factory'))['jobs']).toBeUndefined();
      expect((await found('1', 'farm'))['blocks']).toBeUndefined();
      const { key } = await house.newKey('authority', ['read', 'regulate']);
      const answer = await house.fetch('/search?q=1', { headers: { authorization: `Bearer ${key}` } });
      expect(((await answer.json()) as SearchAnswer).groups.map(({ kind }) => kind)).toContain('blocks');
    });

    it('takes whatever is typed as text', async () => {
      for (const q of ["%'; DROP TABLE item;--", '\\', '%', '_', '\u0000', '👩‍🚀', '<script>'])
        await get(`/search?q=${encodeURIComponent(q)}`, 'farm');
    });
  });

  describe('the page of an item', () => {
    it('says what holds now and by which record, what it lies in, and what happened', async () => {
      const page = await get<ItemPage>(`/items/one?${of(can)}`, 'factory');
      expect(page).toMatchObject({ kind: 'unit', serial: 'CAN1', gtin: can.slice(22, 36) });
      expect(page.facts.map(({ kind, value }) => [kind, value])).toEqual(
        expect.arrayContaining([
          ['step', 'packing'],
          ['place', canonicalId(place(FACTORY))],
        ]),
      );
      for (const { record, level } of page.facts)
        expect([level, record?.txId]).toEqual(['final', expect.stringMatching(/^[0-9a-f]{64}$/)]);
      expect(page.containers.map(({ id }) => id)).toEqual([canonicalId(sscc)]);
      expect(page.history.map(({ bizStep, disclosure }) => `${bizStep ?? ''} ${disclosure}`)).toEqual([
        'packing full',
        'creating_class_instance full',
      ]);
      const box = await get<ItemPage>(`/items/one?${of(sscc)}`, 'factory');
      expect(box.contents.map(({ id }) => id)).toEqual([can]);
    });

    it('shows a partner the outline of what it may not read, and nothing by which to guess it', async () => {
      const page = await get<ItemPage>(`/items/one?${of(raw)}`, 'factory');
      const hidden = page.history.filter(({ disclosure }) => disclosure === 'step');
      expect(hidden.map(({ bizStep }) => bizStep)).toEqual(['commissioning']);
      expect(Object.keys(hidden[0] ?? {}).sort()).toEqual(
        ['bizStep', 'disclosure', 'kind', 'mine', 'place', 'signer', 'step', 'time'].sort(),
      );
      expect(page.facts.map(({ kind }) => kind)).not.toContain('quantity');
      expect((await get<ItemPage>(`/items/one?${of(raw)}`, 'farm')).facts).toEqual(
        expect.arrayContaining([expect.objectContaining({ kind: 'quantity', value: '125.5', unit: 'KGM' })]),
      );
    });

    it('answers for what may not be seen as for what is not there', async () => {
      const [hidden, absent] = await Promise.all([
        get<Record<string, unknown>>(`/items/one?${of(raw)}`, 'stranger', 404),
        get<Record<string, unknown>>(`/items/one?${of(unit(FARM, 'NEVER'))}`, 'stranger', 404),
      ]);
      expect(hidden).toEqual(absent);
    });

    it('proves a fact by the evidence of its record', async () => {
      const page = await get<ItemPage>(`/items/one?${of(can)}`, 'factory');
      const record = page.facts[0]!.record!;
      const evidence = await get<object>(`/evidence/record?key=${record.eventKey}`, 'factory');
      const verdict = verifyEvidence(evidence, readTrustRoot(readFileSync(house.config.trustFile))!.trust, {
        nowMs: Date.now(),
      });
      if (!verdict.ok) throw new Error(verdict.code);
      expect(verdict.records.map(({ txId }) => txId)).toContain(record.txId);
      await get(`/evidence/record?key=${record.eventKey}`, 'stranger', 404);
    });
  });

  describe('what an organisation has captured itself and is not final yet', () => {
    it('is told on the page of the item to that organisation only, as received, and becomes final', async () => {
      await house.stopWorker();
      const moved = observation([unit(FACTORY, 'CAN2')], {
        bizStep: 'storing',
        disposition: 'damaged',
        bizLocation: { id: place(FACTORY) },
      });
      const brandNew = canonicalId(unit(FACTORY, 'NEW1'));
      const other = canonicalId(unit(FACTORY, 'CAN2'));
      const location = await house.capture(
        'factory',
        epcisDocument(moved, commissioning([unit(FACTORY, 'NEW1')])),
        partners,
      );
      const job = location.split('/').at(-1);
      const page = await get<ItemPage>(`/items/one?${of(other)}`, 'factory');
      expect(page.pending).toEqual([expect.objectContaining({ job, state: 'received', bizStep: 'storing' })]);
      expect(page.facts).toContainEqual(
        expect.objectContaining({ kind: 'disposition', value: 'damaged', level: 'received', job, signer: 'factory' }),
      );
      // What is final stays beside it, and keeps its record.
      expect(page.facts.find(({ kind, level }) => kind === 'step' && level === 'final')?.record).toBeDefined();
      const fresh = await get<ItemPage>(`/items/one?${of(brandNew)}`, 'factory');
      expect([fresh.history, fresh.pending.map(({ bizStep }) => bizStep)]).toEqual([[], ['commissioning']]);
      await get(`/items/one?${of(brandNew)}`, 'farm', 404);
      await get(`/items/one?${of(brandNew)}`, 'authority', 404);

      await house.startWorker();
      await house.finished('factory', location);
      const final = await get<ItemPage>(`/items/one?${of(other)}`, 'factory');
      expect(final.pending).toEqual([]);
      expect(final.facts.map(({ kind, value, level }) => `${kind} ${value} ${level}`)).toContain(
        'disposition damaged final',
      );
    }, 60_000);
  });

  describe('the graph', () => {
    it('draws things, what turned them into others, and what lay in what', async () => {
      const graph = await get<TraceGraph>(`/trace/graph?${of(raw)}`, 'factory');
      const kinds = graph.links.map(({ kind }) => kind).sort();
      expect(kinds).toEqual(['contain', 'input', 'output', 'output']);
      expect(graph.links.find(({ kind }) => kind === 'input')).toMatchObject({
        from: raw,
        quantity: '100',
        unit: 'KGM',
      });
      expect(graph.nodes.find(({ type }) => type === 'process')).toMatchObject({ place: canonicalId(place(FACTORY)) });
      expect(graph.nodes.find(({ id }) => id === can)).toMatchObject({ kind: 'unit', side: 'downstream', depth: 1 });
      expect(graph.truncated).toBe(false);
    });

    it('says where there is more than was asked for, and goes on from there', async () => {
      const near = await get<TraceGraph>(`/trace/graph?${of(raw)}&depth=1`, 'authority');
      const node = near.nodes.find(({ id }) => id === can);
      expect([near.truncated, node?.more]).toEqual([true, { up: false, down: true }]);
      const on = await get<TraceGraph>(`/trace/graph?${of(can)}&direction=down&depth=1`, 'authority');
      expect(on.nodes.map(({ id }) => id)).toContain(canonicalId(sscc));
      expect((await get<TraceGraph>(`/trace/graph?${of(raw)}&nodes=10`, 'authority')).nodes.length).toBeLessThanOrEqual(
        12,
      );
    });
  });

  describe('exports', () => {
    it('stand in the audit log of whoever took them', async () => {
      await get<string>('/items/export.csv', 'shop');
      await get<string>('/events/export?format=csv', 'shop');
      const noted = await house.withDatabase((database) =>
        database.query<{ action: string }[]>(
          `SELECT DISTINCT action FROM audit_entry WHERE organisation = 'shop' AND action LIKE '%.exported' ORDER BY action`,
        ),
      );
      expect(noted.map(({ action }) => action)).toEqual(['events.exported', 'items.exported']);
    });

    it('give an EPCIS document that can be captured again', async () => {
      const response = await house.fetch(`/events/export?${of(can)}&direction=up`, { as: 'factory' });
      expect(response.headers.get('content-disposition')).toMatch(/filename="events-[\w.-]+\.jsonld"/);
      const document = (await response.json()) as { type: string; epcisBody: { eventList: unknown[] } };
      expect([document.type, document.epcisBody.eventList.length]).toEqual(['EPCISDocument', 3]);
      const job = await house.captured('authority', document, partners);
      expect(job.errors).toEqual([]);
    });

    it('give CSV that no spreadsheet runs', async () => {
      const text = await get<string>('/items/export.csv', 'shop');
      expect(text.split('\r\n')).toHaveLength(3);
      expect(text).not.toMatch(/(^|,|")=/m);
      expect(text).toContain("'=CMD");
      const events = await get<string>('/events/export?format=csv&EQ_bizStep=commissioning', 'shop');
      expect(events).toContain('commissioning');
      expect(await get<string>(`/events/export?format=csv&${of(raw)}`, 'factory')).not.toContain('125.5 KGM | ');
    });

    it('say where they end before the end', async () => {
      const whole = await house.fetch('/items/export.csv', { as: 'factory' });
      expect(whole.headers.get('waymark-truncated')).toBe('false');
      expect(await whole.text()).not.toMatch(/ends here/);
      const files = house.api!.app.get(ExportQuery, { strict: false });
      const { rowsMax } = files;
      files.rowsMax = 2;
      try {
        for (const [target, rows] of [
          ['/items/export.csv', 2],
          ['/events/export?format=csv', 2],
        ] as const) {
          const cut = await house.fetch(target, { as: 'factory' });
          const lines = (await cut.text()).trimEnd().split('\r\n');
          expect([target, cut.headers.get('waymark-truncated'), lines.length]).toEqual([target, 'true', rows + 2]);
          expect(lines.at(-1)).toMatch(/^"?This file ends here/);
        }
        const json = await house.fetch('/events/export', { as: 'factory' });
        expect(json.headers.get('waymark-truncated')).toBe('true');
      } finally {
        files.rowsMax = rowsMax;
      }
    });

    it('hold nothing that may not be read', async () => {
      await get(`/events/export?${of(raw)}`, 'stranger', 404);
      expect(await get<string>('/events/export?format=csv', 'stranger')).not.toContain('RAW-7');
    });
  });

  describe('the state of an item', () => {
    const thing = unit(FARM, 'STATE1');
    const id = canonicalId(thing);
    const says = (as: string, disposition: string) =>
      house.captured(as, epcisDocument(observation([thing], { disposition })), { 'waymark-visibility': 'public' });
    const told = async (as = 'authority') => {
      const { facts } = await get<ItemPage>(`/items/one?${of(id)}`, as);
      const [row] = (await get<ItemList>('/items?q=state1', as)).items;
      const { nodes } = await get<TraceGraph>(`/trace/graph?${of(id)}`, as);
      const [state, ...more] = facts.filter(({ kind }) => kind === 'disposition');
      expect([more, row?.disposition, nodes.find((node) => node.id === id)?.state]).toEqual([
        [],
        state?.value,
        state?.value,
      ]);
      if (state !== undefined) expect(state.record).toBeDefined();
      const said = facts.filter(({ kind }) => kind === 'said').map(({ signer, value }) => `${signer} ${value}`);
      return [state && `${state.signer} ${state.value}`, said];
    };

    it('is said by its maker and its holder; what others say is theirs', async () => {
      const sscc2 = 'urn:epc:id:sscc:9521001.0000000002';
      await house.captured('farm', epcisDocument(commissioning([thing], { disposition: 'active' })), {
        'waymark-visibility': 'public',
      });
      await says('factory', 'recalled');
      expect(await told()).toEqual(['farm active', ['factory recalled']]);
      // Handed over in a box, unpacked there: the factory holds it now.
      await house.captured(
        'farm',
        epcisDocument(packing(sscc2, [thing]), shipping([sscc2], party(FARM), party(FACTORY))),
        { 'waymark-visibility': 'public' },
      );
      await says('factory', 'sellable_accessible');
      expect(await told()).toEqual(['factory sellable_accessible', []]);
      await says('farm', 'recalled');
      await says('factory', 'sellable_accessible');
      for (const as of ['authority', 'stranger', 'factory'])
        expect(await told(as)).toEqual(['farm recalled', ['factory sellable_accessible']]);
      await says('farm', 'conformant');
      expect(await told()).toEqual(['farm conformant', ['factory sellable_accessible']]);
    }, 60_000);
  });

  describe('identifiers that decode to nothing', () => {
    it('are shown as they stand, and break no page', async () => {
      // No UTF-8 behind the percent signs: once such a child made the page of the whole container fall over, for everybody.
      const odd = [`https://id.gs1.org/01/${unitGtin}/21/%FF`, 'https://example.org/atk/%FF'];
      const box = 'urn:epc:id:sscc:9521003.0000000007';
      await house.captured('shop', epcisDocument(packing(box, [...odd, unit(SHOP, 'EVEN')])), {
        'waymark-visibility': 'public',
      });
      const page = await get<ItemPage>(`/items/one?${of(odd[0]!)}`, 'farm');
      expect(page).toMatchObject({ id: odd[0], kind: 'unit', serial: '%FF' });
      expect(await get<ItemPage>(`/items/one?${of(odd[1]!)}`, 'farm')).toMatchObject({ id: odd[1], shortName: '%FF' });
      const { contents } = await get<ItemPage>(`/items/one?${of(canonicalId(box))}`, 'farm');
      expect(contents.map(({ id }) => id)).toEqual(expect.arrayContaining(odd));
      for (const id of odd) await get(`/trace/graph?${of(id)}`, 'farm');
    });
  });

  describe('who may see a record', () => {
    const change = async (eventKeys: string[], visibility: string, key = farmKey) =>
      house.fetch('/visibility', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ eventKeys, visibility }),
      });
    const changed = async (eventKeys: string[], visibility: string): Promise<CaptureJobAnswer> => {
      const response = await change(eventKeys, visibility);
      expect(response.status).toBe(202);
      return house.finished('farm', response.headers.get('location') ?? '');
    };

    it('is changed by the organisation that captured it, through the ledger: others gain and lose sight of it', async () => {
      const history = (await get<ItemPage>(`/items/one?${of(raw)}`, 'farm')).history;
      const ship = history.find(({ bizStep }) => bizStep === 'shipping')?.record?.eventKey ?? '';
      const harvest = history.find(({ bizStep }) => bizStep === 'commissioning')?.record?.eventKey ?? '';
      expect(await ids('stranger')).not.toContain(raw);
      expect((await changed([ship, harvest], 'public')).errors).toEqual([]);
      expect(await ids('stranger')).toContain(raw);
      const opened = await get<ItemPage>(`/items/one?${of(raw)}`, 'stranger');
      expect(opened.history.map(({ visibility, mine }) => [visibility, mine])).toEqual([
        ['public', false],
        ['public', false],
      ]);
      expect((await changed([ship, harvest], 'own')).success).toBe(true);
      expect(await ids('stranger')).not.toContain(raw);
      await get(`/items/one?${of(raw)}`, 'stranger', 404);
      // The factory keeps what it signed itself, and no more.
      expect((await get<ItemPage>(`/items/one?${of(raw)}`, 'factory')).history.map(({ signer }) => signer)).toEqual([
        'factory',
      ]);
      const again = await change([ship], 'own');
      expect([again.status, await again.json()]).toEqual([202, { changes: 0 }]);
      await changed([ship, harvest], 'partners');
      expect((await get<ItemPage>(`/items/one?${of(raw)}`, 'factory')).history).toHaveLength(3);
    });

    it('is nobody else’s to change, and a key must be allowed to', async () => {
      const [step] = (await get<ItemPage>(`/items/one?${of(raw)}`, 'factory')).history;
      const theirs = step?.record?.eventKey ?? '';
      expect((await change(['0'.repeat(64)], 'public')).status).toBe(404);
      // The farm may not even read the factory's use of its lot: it is not there.
      expect((await change([theirs], 'public')).status).toBe(404);
      const shop = (await get<ItemList>(`/items?kind=unit&signer=shop`, 'farm')).items[0]?.eventKey ?? '';
      const refused = await change([shop], 'own');
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
        403,
        'VISIBILITY_NOT_YOURS',
      ]);
      expect((await change([shop], 'own', await house.key('farm'))).status).toBe(403);
      expect((await change(['x'], 'own')).status).toBe(400);
    });

    it('a withdrawn event tells nothing in lists any more', async () => {
      const event = commissioning([unit(FARM, 'WRONG')]);
      await house.captured('farm', epcisDocument(event), partners);
      expect(await ids('farm', 'q=wrong')).toHaveLength(1);
      await house.captured(
        'farm',
        epcisDocument({
          ...event,
          errorDeclaration: { declarationTime: '2026-02-01T00:00:00.000Z', reason: 'did_not_occur' },
        }),
        partners,
      );
      expect(await ids('farm', 'q=wrong')).toEqual([]);
      expect((await get<ItemPage>(`/items/one?${of(unit(FARM, 'WRONG'))}`, 'farm')).history[0]?.declaredInError).toBe(
        true,
      );
    });

    it('and the same is told after the views are made anew', async () => {
      const before = await Promise.all(
        ['farm', 'factory', 'shop', 'stranger', 'authority'].map((as) => ids(as, 'sort=id')),
      );
      const rows = () =>
        house.withDatabase((database) => database.query('SELECT * FROM item_sight ORDER BY audience, item'));
      const kept: unknown = await rows();
      const { rebuild } = await import('../../rebuild.js');
      await house.stopWorker();
      await rebuild(house.config, house.logger);
      expect(await rows()).toEqual(kept);
      expect(
        await Promise.all(['farm', 'factory', 'shop', 'stranger', 'authority'].map((as) => ids(as, 'sort=id'))),
      ).toEqual(before);
    }, 60_000);
  });
});
