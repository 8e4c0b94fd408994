import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalId } from '@waymark/epcis/gs1';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import {
  commissioning,
  epcisDocument,
  observation,
  packing,
  party,
  shipping,
  unit,
} from '../../../../../test/support/epcis-documents.js';
import { ApiKeys } from '../../platform/auth/api-keys.js';
import { createLogger } from '../../platform/logging/logger.js';
import { rebuild } from '../../rebuild.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  howToFix: string;
  pointer?: string;
}
interface QueryDocument {
  epcisBody: { queryResults: { resultsBody: { eventList: Record<string, unknown>[] } } };
}

const FARM = '9521001';
const FACTORY = '9521002';
const isPublic = { 'waymark-visibility': 'public' };

describe('captures: from a document to final events', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open();
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const events = async (query: string, as?: string) => {
    const response = await house.fetch(`/epcis/events?${query}`, as === undefined ? {} : { as });
    expect(response.status).toBe(200);
    return ((await response.json()) as QueryDocument).epcisBody.queryResults.resultsBody.eventList;
  };
  const problemOf = async (response: Response): Promise<Problem> => {
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as Problem;
    expect(problem.status).toBe(response.status);
    expect(problem.code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)+$/);
    expect(problem.howToFix.length).toBeGreaterThan(5);
    return problem;
  };
  const post = async (body: string, headers: Record<string, string> = {}) =>
    house.fetch('/epcis/capture', { as: 'farm', body, headers });
  const stored = async () =>
    house.withDatabase(async (database) =>
      Number((await database.query<{ n: string }[]>('SELECT count(*) AS n FROM capture_job'))[0]?.n),
    );

  it('answers 202 with the job, and gives the event back exactly as captured once it is final', async () => {
    const document = epcisDocument(
      commissioning([unit(FARM, 'A1')], { 'ex:weight': 1.5, bizLocation: { id: 'urn:epc:id:sgln:9521001.00001.0' } }),
    );
    const withExtension = { ...document, '@context': [...document['@context'], { ex: 'https://example.org/' }] };
    const response = await house.fetch('/epcis/capture', {
      as: 'farm',
      body: JSON.stringify(withExtension),
      headers: isPublic,
    });
    expect(response.status).toBe(202);
    expect(response.headers.get('gs1-epcis-version')).toBe('2.0');
    const job = await house.finished('farm', response.headers.get('location') ?? '');
    expect(job).toMatchObject({
      running: false,
      success: true,
      captureErrorBehaviour: 'rollback',
      errors: [],
      state: 'final',
      events: [{ index: 0, state: 'final' }],
    });
    expect(job.txId).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(job.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(job.createdAt));
    const [event] = await events(`MATCH_epc=${encodeURIComponent(canonicalId(unit(FARM, 'A1')))}`);
    expect(event).toMatchObject(document.epcisBody.eventList[0] as Record<string, unknown>);
    expect(Date.parse(event?.['recordTime'] as string)).toBeGreaterThan(Date.parse('2026-01-01'));
    const one = await house.fetch(`/epcis/events/${encodeURIComponent(event?.['eventID'] as string)}`);
    expect(((await one.json()) as QueryDocument).epcisBody.queryResults.resultsBody.eventList).toHaveLength(1);
  }, 30_000);

  it('keeps the order of captures: what is packed was commissioned before', async () => {
    const locations: string[] = [];
    for (let i = 0; i < 5; i++) {
      locations.push(await house.capture('farm', epcisDocument(commissioning([unit(FARM, `O${i}`)])), isPublic));
      locations.push(
        await house.capture(
          'farm',
          epcisDocument(packing(`urn:epc:id:sscc:${FARM}.000000000${i}`, [unit(FARM, `O${i}`)])),
          isPublic,
        ),
      );
    }
    const jobs = [];
    for (const location of locations) jobs.push(await house.finished('farm', location));
    expect(jobs.map(({ success }) => success)).toEqual(Array.from({ length: 10 }, () => true));
    const places = await house.withDatabase((database) =>
      database.query<{ h: string }[]>(
        `SELECT lpad(e.height::text, 9, '0') || lpad(e.tx_index::text, 5, '0') AS h FROM epcis_event e JOIN capture_job j ON encode(j.tx_id, 'hex') = e.tx_id ORDER BY j.seq`,
      ),
    );
    const order = places.map(({ h }) => h);
    expect(order).toEqual([...order].sort());
  }, 60_000);

  it('takes the same document twice as one event with two witnesses', async () => {
    const document = epcisDocument(observation([unit(FARM, 'T1')]));
    await house.captured('farm', document, isPublic);
    expect(await house.captured('factory', document, isPublic)).toMatchObject({ success: true });
    expect(await events(`MATCH_anyEPC=${encodeURIComponent(unit(FARM, 'T1'))}`)).toHaveLength(1);
  }, 30_000);

  describe('refused before anything is stored', () => {
    it.each([
      ['malformed JSON', '{"type":', 400, 'EPCIS_JSON_SYNTAX'],
      ['no EPCIS document', '{"hello":"world"}', 400, 'EPCIS_DOCUMENT_KIND_UNKNOWN'],
      ['no list of events', JSON.stringify({ ...epcisDocument(), epcisBody: {} }), 400, 'EPCIS_EVENT_LIST_MISSING'],
    ])('%s', async (_what, body, status, code) => {
      const before = await stored();
      const problem = await problemOf(await post(body));
      expect(problem).toMatchObject({ status, code, type: 'epcisException:ValidationException' });
      expect(await stored()).toBe(before);
    });

    it('more than the announced limits, which the answer repeats', async () => {
      const limits = await house.fetch('/epcis/capture', { method: 'OPTIONS' });
      expect(limits.status).toBe(204);
      const eventsMax = Number(limits.headers.get('gs1-epcis-capture-limit'));
      const before = await stored();
      const tooMany = await post(
        JSON.stringify(epcisDocument(...Array.from({ length: eventsMax + 1 }, (_, i) => observation([`urn:x:${i}`])))),
      );
      expect(await problemOf(tooMany)).toMatchObject({
        status: 413,
        type: 'epcisException:CaptureLimitExceededException',
      });
      const tooLarge = await post(
        JSON.stringify(
          epcisDocument(
            observation(['urn:x:y'], {
              'ex:padding': 'x'.repeat(Number(limits.headers.get('gs1-epcis-capture-file-size-limit'))),
            }),
          ),
        ),
      );
      expect(await problemOf(tooLarge)).toMatchObject({ status: 413 });
      for (const response of [tooMany, tooLarge])
        expect(response.headers.get('gs1-epcis-capture-limit')).toBe(String(eventsMax));
      expect(await stored()).toBe(before);
    });

    it('another content type, an unknown mode, an unknown visibility, another version', async () => {
      const body = JSON.stringify(epcisDocument(observation(['urn:x:y'])));
      expect((await problemOf(await post('<epcis/>', { 'content-type': 'application/xml' }))).status).toBe(415);
      expect((await problemOf(await post(body, { 'GS1-Capture-Error-Behaviour': 'maybe' }))).code).toBe(
        'CAPTURE_HEADER_INVALID',
      );
      expect((await problemOf(await post(body, { 'Waymark-Visibility': 'friends' }))).status).toBe(400);
      expect((await problemOf(await post(body, { 'GS1-EPCIS-Version': '1.2' }))).status).toBe(406);
    });

    it('no key, a wrong key, a key without the scope, a revoked key', async () => {
      const body = JSON.stringify(epcisDocument(observation(['urn:x:y'])));
      expect(await problemOf(await house.fetch('/epcis/capture', { body }))).toMatchObject({
        status: 401,
        code: 'AUTH_KEY_MISSING',
        type: 'epcisException:SecurityException',
      });
      expect((await problemOf(await post(body, { authorization: 'Bearer wm_wrong' }))).code).toBe('AUTH_KEY_UNKNOWN');
      const reader = await house.newKey('farm', ['read']);
      expect(await problemOf(await post(body, { authorization: `Bearer ${reader.key}` }))).toMatchObject({
        status: 403,
        code: 'AUTH_PERMISSION_MISSING',
      });
      const revoked = await house.newKey('farm', ['capture']);
      await house.withDatabase((database) => new ApiKeys(database).revoke(revoked.id));
      expect((await problemOf(await post(body, { authorization: `Bearer ${revoked.key}` }))).status).toBe(401);
    });
  });

  describe('faults of events are errors of the job, with index, pointer and what to do', () => {
    const good = () => observation([unit(FARM, 'G1')]);
    it.each([
      [
        'an event in the future',
        () => observation(['urn:x:y'], { eventTime: new Date(Date.now() + 3_600_000).toISOString() }),
        'EPCIS_EVENT_TIME_IN_FUTURE',
        '/epcisBody/eventList/1/eventTime',
      ],
      [
        'a wrong check digit',
        () => observation(['https://id.gs1.org/01/09521001000014/21/1']),
        'EPCIS_GS1_CHECK_DIGIT_WRONG',
        '/epcisBody/eventList/1/epcList/0',
      ],
      [
        'a unit commissioned under the prefix of another company',
        () => commissioning([unit(FACTORY, '77')]),
        'PROVENANCE_PREFIX_NOT_YOURS',
        '/epcisBody/eventList/1/epcList/0',
      ],
    ])(
      '%s',
      async (_what, event, code, pointer) => {
        const job = await house.captured('farm', epcisDocument(good(), event()), isPublic);
        expect(job).toMatchObject({ running: false, success: false, state: 'refused' });
        expect(job.errors[0]).toMatchObject({ code, pointer, index: 1, type: 'epcisException:ValidationException' });
        expect(job.errors[0]?.howToFix).toMatch(/\w+/);
        expect(job.events.map(({ state }) => state)).toEqual(['refused', 'refused']);
      },
      30_000,
    );

    it('a wrong shape', async () => {
      const job = await house.captured('farm', epcisDocument(good(), { ...good(), action: 'LOOK' }), isPublic);
      expect(job.success).toBe(false);
      expect(job.errors[0]).toMatchObject({ index: 1, pointer: '/epcisBody/eventList/1/action' });
    }, 30_000);

    it('stores nothing of a document that is rolled back', async () => {
      const epc = unit(FARM, 'ROLLBACK');
      await house.captured('farm', epcisDocument(observation([epc]), commissioning([unit(FACTORY, '78')])), isPublic);
      expect(await events(`MATCH_anyEPC=${encodeURIComponent(epc)}`)).toEqual([]);
    }, 30_000);

    it('captures as many as possible when asked to proceed', async () => {
      const kept = unit(FARM, 'PROCEED');
      const document = epcisDocument(
        observation([kept]),
        commissioning([unit(FACTORY, '79')]),
        observation([unit(FARM, 'PROCEED2')], { eventTime: new Date(Date.now() + 3_600_000).toISOString() }),
      );
      const job = await house.captured('farm', document, { ...isPublic, 'GS1-Capture-Error-Behaviour': 'proceed' });
      expect(job).toMatchObject({ success: false, captureErrorBehaviour: 'proceed', state: 'final' });
      expect(job.events.map(({ state }) => state)).toEqual(['final', 'refused', 'refused']);
      expect(job.errors.map(({ index }) => index).sort()).toEqual([1, 2]);
      expect(await events(`MATCH_anyEPC=${encodeURIComponent(kept)}`)).toHaveLength(1);
    }, 30_000);
  });

  it('refuses a unit commissioned twice once its owner switched ledger serialisation on, and says so in the job', async () => {
    const gtin = canonicalId(unit(FARM, 'S1', '00002'))
      .slice('https://id.gs1.org/01/'.length)
      .slice(0, 14);
    const response = await house.fetch(`/products/${gtin}/serialisation`, {
      as: 'farm',
      body: JSON.stringify({ enabled: true }),
    });
    expect(response.status).toBe(202);
    expect(await house.finished('farm', response.headers.get('location') ?? '')).toMatchObject({
      success: true,
      state: 'final',
    });
    const epc = unit(FARM, 'S1', '00002');
    expect((await house.captured('farm', epcisDocument(commissioning([epc])))).success).toBe(true);
    const again = await house.captured('farm', epcisDocument(commissioning([epc])));
    expect(again.errors[0]).toMatchObject({
      code: 'PROVENANCE_ALREADY_COMMISSIONED',
      pointer: '/epcisBody/eventList/0/epcList/0',
    });
    const foreign = await house.fetch(`/products/${gtin}/serialisation`, {
      as: 'factory',
      body: JSON.stringify({ enabled: false }),
    });
    expect((await house.finished('factory', foreign.headers.get('location') ?? '')).errors[0]).toMatchObject({
      code: 'PROVENANCE_PREFIX_NOT_YOURS',
    });
  }, 60_000);

  it('shows an event in full to whom it concerns, by its visibility', async () => {
    const send = (visibility: string) =>
      house.captured('farm', epcisDocument(shipping([unit(FARM, `V-${visibility}`)], party(FARM), party(FACTORY))), {
        'waymark-visibility': visibility,
      });
    for (const visibility of ['public', 'partners', 'own']) expect((await send(visibility)).success).toBe(true);
    const seen = async (as?: string) => {
      const found = [];
      for (const visibility of ['public', 'partners', 'own'])
        if ((await events(`MATCH_epc=${encodeURIComponent(unit(FARM, `V-${visibility}`))}`, as)).length > 0)
          found.push(visibility);
      return found;
    };
    expect(await seen()).toEqual(['public']);
    expect(await seen('stranger')).toEqual(['public']);
    expect(await seen('factory')).toEqual(['public', 'partners']);
    expect(await seen('farm')).toEqual(['public', 'partners', 'own']);
    expect(await seen('authority')).toEqual(['public', 'partners', 'own']);
  }, 60_000);

  it('lets nobody read the jobs of another organisation', async () => {
    const location = await house.capture('farm', epcisDocument(observation(['urn:x:mine'])));
    expect((await house.fetch(location, { as: 'factory' })).status).toBe(404);
    const list = (await (await house.fetch('/epcis/capture?perPage=3', { as: 'factory' })).json()) as {
      captureID: string;
    }[];
    expect(list.map(({ captureID }) => `/epcis/capture/${captureID}`)).not.toContain(location);
    await house.finished('farm', location);
  }, 30_000);

  describe('the query', () => {
    const ids = Array.from({ length: 7 }, (_, i) => `urn:example:query:${i}`);
    beforeAll(async () => {
      await house.captured(
        'shop',
        epcisDocument(
          ...ids.map((id, i) =>
            observation([id], {
              bizStep: 'stocking',
              eventTime: `2026-01-0${i + 1}T00:00:00.000+02:00`,
              eventTimeZoneOffset: '+02:00',
            }),
          ),
        ),
        isPublic,
      );
    }, 30_000);
    const epcs = (list: Record<string, unknown>[]) => list.flatMap((event) => event['epcList'] as string[]);

    it('orders, limits and pages by the Link header', async () => {
      const collected: string[] = [];
      let next: string | undefined = '/epcis/events?EQ_bizStep=stocking&perPage=3&orderBy=eventTime&orderDirection=ASC';
      const sizes: number[] = [];
      while (next !== undefined) {
        const response: Response = await house.fetch(next);
        const page = ((await response.json()) as QueryDocument).epcisBody.queryResults.resultsBody.eventList;
        sizes.push(page.length);
        collected.push(...epcs(page));
        next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
      }
      expect(sizes).toEqual([3, 3, 1]);
      expect(collected).toEqual(ids);
      expect(epcs(await events('EQ_bizStep=stocking&eventCountLimit=2'))).toEqual([ids[6], ids[5]]);
      expect(epcs(await events('EQ_bizStep=stocking&orderBy=recordTime&orderDirection=ASC'))).toEqual(ids);
    });

    it('answers what cannot stand in any event, and tokens of its own making, without a fault', async () => {
      expect(await events('EQ_bizStep=a%00b')).toEqual([]);
      expect((await house.fetch('/trace?id=urn:x:%00')).status).toBe(404);
      expect((await house.fetch('/epcis/events/%00')).status).toBe(404);
      const token = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
      expect(await events(`eventCountLimit=5&nextPageToken=${token('0', 'a', '1000')}`)).toEqual([]);
      expect(
        (await house.fetch(`/epcis/events?orderBy=recordTime&nextPageToken=${token('1', '999999999999', '1', '0')}`))
          .status,
      ).toBe(200);
      for (const wrong of ['/epcis/capture?nextPageToken=', '/epcis/events?nextPageToken='])
        expect((await house.fetch(wrong + token('x'), { as: 'farm' })).status).toBe(400);
    });

    it('filters by time, step in any spelling, and identifier', async () => {
      expect(
        epcs(await events('EQ_bizStep=urn:epcglobal:cbv:bizstep:stocking&GE_eventTime=2026-01-05T22:00:00Z')),
      ).toEqual([ids[6], ids[5]]);
      expect(
        epcs(await events(`EQ_bizStep=stocking&LT_eventTime=${encodeURIComponent('2026-01-02T00:00:00+02:00')}`)),
      ).toEqual([ids[0]]);
      expect(epcs(await events(`MATCH_anyEPC=${ids[1]}|${ids[2]}&EQ_action=OBSERVE&eventType=ObjectEvent`))).toEqual([
        ids[2],
        ids[1],
      ]);
      expect(await events(`MATCH_parentID=${ids[1]}`)).toEqual([]);
    });

    it.each([
      ['FOO=1', 400, 'epcisException:QueryParameterException'],
      ['GE_eventTime=yesterday', 400, 'epcisException:QueryParameterException'],
      ['orderDirection=UP', 400, 'epcisException:QueryParameterException'],
      ['perPage=0', 400, 'epcisException:QueryParameterException'],
      ['perPage=501', 400, 'epcisException:QueryParameterException'],
      ['nextPageToken=zzz', 400, 'epcisException:QueryParameterException'],
      ['eventCountLimit=1&maxEventCount=1', 400, 'epcisException:QueryParameterException'],
      ['EQ_bizStep=stocking&maxEventCount=6', 413, 'epcisException:QueryTooLargeException'],
    ])('refuses %s', async (query, status, type) => {
      expect(await problemOf(await house.fetch(`/epcis/events?${query}`))).toMatchObject({ status, type });
    });
  });

  it('rebuilds the views to the same rows from height 1', async () => {
    const tables = [
      'epcis_event',
      'event_item',
      'item',
      'party_named',
      'trace_edge',
      'master_data',
      'name',
      'serialised_product',
    ];
    const content = () =>
      house.withDatabase(async (database) => {
        const rows: Record<string, unknown> = {};
        for (const table of tables)
          rows[table] = (
            await database.query<{ all: string }[]>(
              `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM ${table} t`,
            )
          )[0]?.all;
        return rows;
      });
    await house.stopWorker();
    const before = await content();
    expect(before['epcis_event']).not.toBe('');
    await house.withDatabase((database) => database.query(`UPDATE epcis_event SET biz_step = 'nonsense'`));
    await rebuild(house.config, createLogger('test', 'fatal'));
    expect(await content()).toEqual(before);
    await house.startWorker();
  }, 60_000);
});
