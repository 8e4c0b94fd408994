import { canonicalId } from '@waymark/epcis/gs1';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import {
  commissioning,
  epcisDocument,
  observation,
  packing,
  unit,
  withNames,
} from '../../../../../test/support/epcis-documents.js';
import type { CaptureJobAnswer } from './capture-jobs.query.js';
import { STREAMS_PER_ORGANISATION_MAX } from './capture-progress.js';
import { CHECKS_AT_ONCE_MAX } from './commands/capture-limits.js';
import type { CaptureCheckAnswer, CaptureJobEventsAnswer } from './dto/capture-answers.js';

const FARM = '9521001';
const FACTORY = '9521002';
const PLACE = canonicalId('urn:epc:id:sgln:9521001.00001.0');

describe('captures by people', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open();
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const check = async (body: string, as = 'farm') => {
    const response = await house.fetch('/capture/check', { as, body });
    expect(response.status).toBe(200);
    return (await response.json()) as CaptureCheckAnswer;
  };
  const rows = async () =>
    house.withDatabase(async (database) =>
      Number((await database.query<{ n: string }[]>('SELECT count(*) AS n FROM capture_job'))[0]?.n),
    );

  describe('checked before they are sent', () => {
    it('a good document: facts of each event, nothing stored', async () => {
      const before = await rows();
      const answer = await check(
        JSON.stringify(
          epcisDocument(
            commissioning([unit(FARM, 'C1'), unit(FARM, 'C2')], {
              bizLocation: { id: 'urn:epc:id:sgln:9521001.00001.0' },
              eventTime: '2026-01-02T02:04:05.000Z',
            }),
            packing(`urn:epc:id:sscc:${FARM}.0000000777`, [unit(FARM, 'C1')]),
          ),
        ),
      );
      expect(answer).toMatchObject({
        verdict: 'fine',
        eventCount: 2,
        counts: { fine: 2, warning: 0, refused: 0 },
        parts: 1,
        ledger: 'asked',
      });
      expect(answer.events[0]).toMatchObject({
        verdict: 'fine',
        judged: true,
        type: 'ObjectEvent',
        action: 'ADD',
        bizStep: 'commissioning',
        eventTime: '2026-01-02T02:04:05.000Z',
        bizLocation: 'urn:epc:id:sgln:9521001.00001.0',
        itemCount: 2,
        firstItem: unit(FARM, 'C1'),
      });
      expect(await rows()).toBe(before);
    });

    it('each fault with its line and column in the text as sent', async () => {
      const lines = [
        '{"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],',
        ' "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-02T03:04:05.000Z",',
        ' "epcisBody": {"eventList": [',
        `  ${JSON.stringify(observation([unit(FARM, 'P1')]))},`,
        '  {"type": "ObjectEvent", "action": "OBSERVE", "eventTimeZoneOffset": "+00:00", "epcList": ["urn:x:1"],',
        '   "eventTime": "yesterday"},',
        '  {"type": "ObjectEvent", "action": "ADD", "bizStep": "commissioning", "eventTimeZoneOffset": "+00:00",',
        `   "eventTime": "2026-01-02T03:04:05.000Z", "epcList": ["${unit(FACTORY, 'P9')}"]}`,
        ' ]}}',
      ];
      const answer = await check(lines.join('\n'));
      expect(answer.verdict).toBe('some-refused');
      expect(answer.events.map(({ verdict }) => verdict)).toEqual(
        ['warning', 'refused', 'refused'].map((v, i) => (i === 0 ? answer.events[0]?.verdict : v)),
      );
      expect(answer.events[1]?.remarks[0]).toMatchObject({
        severity: 'error',
        by: 'document',
        pointer: '/epcisBody/eventList/1/eventTime',
        line: 6,
        column: lines[5]!.indexOf('"yesterday"') + 1,
      });
      // What only the ledger knows: the prefix is another's.
      expect(answer.events[2]?.remarks[0]).toMatchObject({
        severity: 'error',
        by: 'ledger',
        code: 'PROVENANCE_PREFIX_NOT_YOURS',
        line: 8,
      });
      expect(answer.events[2]?.remarks[0]?.howToFix.length).toBeGreaterThan(10);
    });

    it('at most so many at once for one organisation', async () => {
      const body = JSON.stringify(epcisDocument(observation([unit(FARM, 'B1')])));
      house.rpc.forEach(({ treatments }) => treatments.set('dryRun', 'hang'));
      const asked = () => house.rpc.flatMap(({ calls }) => calls).filter((name) => name === 'dryRun').length;
      const before = asked();
      try {
        const under = Array.from({ length: CHECKS_AT_ONCE_MAX }, () => check(body));
        while (asked() < before + CHECKS_AT_ONCE_MAX) await new Promise((resolve) => setTimeout(resolve, 10));
        const refused = await house.fetch('/capture/check', { as: 'farm', body });
        expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
          429,
          'CAPTURE_TOO_MANY_CHECKS',
        ]);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
        // Others are not held up by it, and afterwards there is room again.
        house.rpc.forEach(({ treatments }) => treatments.clear());
        expect((await check(body, 'factory')).verdict).not.toBe('refused');
        expect(await Promise.all(under)).toHaveLength(CHECKS_AT_ONCE_MAX);
        await check(body);
      } finally {
        house.rpc.forEach(({ treatments }) => treatments.clear());
      }
    }, 60_000);

    it('what rests on a capture of a moment ago is fine', async () => {
      await house.stopWorker();
      try {
        await house.capture('farm', epcisDocument(commissioning([unit(FARM, 'Q1')])));
        const later = await check(
          JSON.stringify(epcisDocument(packing(`urn:epc:id:sscc:${FARM}.0000000778`, [unit(FARM, 'Q1')]))),
        );
        expect(later).toMatchObject({ verdict: 'fine', ledger: 'asked' });
      } finally {
        await house.startWorker();
      }
    }, 30_000);

    it.each([
      ['nothing', '', 'EPCIS_DOCUMENT_EMPTY'],
      ['XML', '<?xml version="1.0"?>\n<epcis:EPCISDocument/>', 'EPCIS_DOCUMENT_XML'],
      ['no JSON', 'hello', 'EPCIS_JSON_SYNTAX'],
      ['no EPCIS', '{"hello":"world"}', 'EPCIS_DOCUMENT_KIND_UNKNOWN'],
      ['a single event', JSON.stringify(observation(['urn:x:1'])), 'EPCIS_DOCUMENT_KIND_UNKNOWN'],
      ['absurd nesting', `{"a":${'['.repeat(100_000)}`, 'EPCIS_JSON_TOO_DEEP'],
      ['no UTF-8', '\ud83d', 'EPCIS_JSON_SYNTAX'],
    ])('%s is called by its name', async (_what, body, code) => {
      const answer = await check(body);
      expect(answer).toMatchObject({ verdict: 'refused', events: [], document: [{ severity: 'error', code }] });
      expect(answer.document[0]?.detail.length).toBeGreaterThan(10);
      expect(answer.document[0]?.howToFix.length).toBeGreaterThan(10);
    });

    it('names the place of a syntax error', async () => {
      expect((await check('{\n  "a": 1,\n  "b": tru\n}')).document[0]).toMatchObject({ line: 3, column: 8 });
    });

    it('five megabytes are checked whole, and divided for the capture', async () => {
      const events = Array.from({ length: 2_500 }, (_, i) =>
        observation([unit(FARM, `M${i}`)], { 'ex:note': 'x'.repeat(1_900) }),
      );
      const document = {
        ...epcisDocument(...events),
        '@context': [...epcisDocument()['@context'], { ex: 'https://ex.example/' }],
      };
      const text = JSON.stringify(document);
      expect(text.length).toBeGreaterThan(5_000_000);
      const answer = await check(text);
      expect(answer).toMatchObject({ eventCount: 2_500, ledger: 'partly-asked', counts: { refused: 0 } });
      expect(answer.parts).toBeGreaterThanOrEqual(6);
      expect(answer.events.filter(({ judged }) => judged).length).toBeGreaterThan(1_000);
    }, 30_000);

    it('what is larger than that is refused with a sentence', async () => {
      const response = await house.fetch('/capture/check', { as: 'farm', body: `"${'x'.repeat(9 * 1024 * 1024)}"` });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ code: 'HTTP_BODY_TOO_LARGE' });
    });

    it('says so when no node can be asked', async () => {
      for (const proxy of house.rpc) proxy.treatments.set('*', 'break');
      try {
        expect(await check(JSON.stringify(epcisDocument(observation([unit(FARM, 'N1')]))))).toMatchObject({
          ledger: 'not-asked',
          eventCount: 1,
        });
      } finally {
        for (const proxy of house.rpc) proxy.treatments.clear();
      }
    }, 60_000);

    it('needs the permission to capture', async () => {
      expect((await house.fetch('/capture/check', { body: '{}' })).status).toBe(401);
      const { key } = await house.newKey('farm', ['read']);
      expect(
        (await house.fetch('/capture/check', { body: '{}', headers: { authorization: `Bearer ${key}` } })).status,
      ).toBe(403);
    });
  });

  describe('repeated safely', () => {
    const send = (body: string, headers: Record<string, string>, as = 'farm') =>
      house.fetch('/epcis/capture', { as, body, headers });

    it('the same key and bytes are the first job, also at the same moment', async () => {
      const body = JSON.stringify(epcisDocument(commissioning([unit(FARM, 'I1')])));
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 5 }, () => send(body, { 'idempotency-key': key })));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
      const locations = new Set(answers.map(({ headers }) => headers.get('location')));
      expect(locations.size).toBe(1);
      const [location] = [...locations];
      await house.finished('farm', location ?? '');
      expect((await send(body, { 'idempotency-key': key })).headers.get('location')).toBe(location);
    }, 30_000);

    it('another document, or another behaviour, under the same key is a conflict', async () => {
      const body = JSON.stringify(epcisDocument(commissioning([unit(FARM, 'I2')])));
      const key = randomUUID();
      expect((await send(body, { 'idempotency-key': key })).status).toBe(202);
      for (const [other, headers] of [
        [body.replace('I2', 'I3'), {}],
        [body, { 'gs1-capture-error-behaviour': 'proceed' }],
        [body, { 'waymark-visibility': 'public' }],
      ] as const) {
        const response = await send(other, { 'idempotency-key': key, ...headers });
        expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
          409,
          'CAPTURE_IDEMPOTENCY_KEY_USED',
        ]);
      }
    });

    it('keys of two organisations do not meet', async () => {
      const key = randomUUID();
      const farm = await send(JSON.stringify(epcisDocument(observation([unit(FARM, 'I4')]))), {
        'idempotency-key': key,
      });
      const factory = await send(
        JSON.stringify(epcisDocument(observation([unit(FARM, 'I5')]))),
        { 'idempotency-key': key },
        'factory',
      );
      expect([farm.status, factory.status]).toEqual([202, 202]);
      expect(farm.headers.get('location')).not.toBe(factory.headers.get('location'));
    });

    it.each(['short', 'with space in it', 'ü'.repeat(4)])('refuses the key %s', async (key) => {
      expect((await send('{}', { 'idempotency-key': encodeURI(key).replaceAll('%20', ' ').slice(0, 7) })).status).toBe(
        400,
      );
    });
  });

  describe('followed live', () => {
    /** Reads a stream until it ends, or as many events as wanted. */
    const follow = async (location: string, as = 'farm') => {
      const response = await house.fetch(`${location}/progress`, { as });
      const told: { event: string; data: unknown }[] = [];
      const decoder = new TextDecoder();
      let text = '';
      const done = (async () => {
        for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
          text += decoder.decode(chunk, { stream: true });
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            const block = text.slice(0, end);
            text = text.slice(end + 2);
            const event = /^event: (.*)$/m.exec(block)?.[1];
            const data = /^data: (.*)$/m.exec(block)?.[1];
            if (event !== undefined && data !== undefined) told.push({ event, data: JSON.parse(data) });
          }
        }
      })();
      return { response, told, done };
    };

    it('from queued to final, with each event, and then ends', async () => {
      await house.stopWorker();
      const location = await house.capture('farm', epcisDocument(commissioning([unit(FARM, 'F1')])));
      const { response, told, done } = await follow(location);
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      expect(response.headers.get('cache-control')).toContain('no-transform');
      expect(response.headers.get('x-accel-buffering')).toBe('no');
      await house.startWorker();
      await done;
      const states = told.filter(({ event }) => event === 'job').map(({ data }) => (data as CaptureJobAnswer).state);
      expect(states[0]).toBe('queued');
      expect(states.at(-1)).toBe('final');
      expect(new Set(states).size).toBe(states.length);
      expect(told.at(-1)).toEqual({ event: 'end', data: { why: 'finished' } });
      const last = told.at(-2)?.data as CaptureJobAnswer;
      expect(last.events).toMatchObject([{ index: 0, state: 'final' }]);
    }, 30_000);

    it('hears of it within moments, not by asking', async () => {
      const location = await house.capture('farm', epcisDocument(commissioning([unit(FARM, 'F2')])));
      const started = Date.now();
      const { done } = await follow(location);
      await done;
      // The heart beats every 15 seconds; what is announced comes at once.
      expect(Date.now() - started).toBeLessThan(10_000);
    }, 30_000);

    it("another organisation's job answers like a missing one", async () => {
      const location = await house.capture('farm', epcisDocument(observation([unit(FARM, 'F3')])));
      const missing = await house.fetch(`/epcis/capture/${randomUUID()}/progress`, { as: 'factory' });
      const foreign = await house.fetch(`${location}/progress`, { as: 'factory' });
      expect([missing.status, foreign.status]).toEqual([404, 404]);
    });

    it('ends its streams when the API stops, and bounds them for each organisation', async () => {
      await house.stopWorker();
      const location = await house.capture('farm', epcisDocument(observation([unit(FARM, 'F4')])));
      const streams = [];
      for (let i = 0; i < STREAMS_PER_ORGANISATION_MAX; i++) streams.push(await follow(location));
      expect(streams.map(({ response }) => response.status)).toEqual(streams.map(() => 200));
      const tooMany = await house.fetch(`${location}/progress`, { as: 'farm' });
      expect([tooMany.status, ((await tooMany.json()) as { code: string }).code]).toEqual([
        503,
        'CAPTURE_TOO_MANY_FOLLOWERS',
      ]);
      await house.stopApi();
      await Promise.all(streams.map(({ done }) => done));
      expect(streams.every(({ told }) => told.at(-1)?.event === 'end')).toBe(true);
      await house.startApi();
      await house.startWorker();
    }, 60_000);
  });

  describe('told event by event', () => {
    const told = async (id: string, query = '', as = 'farm') => {
      const response = await house.fetch(`/capture/jobs/${id}/events${query}`, { as });
      expect(response.status).toBe(200);
      return (await response.json()) as CaptureJobEventsAnswer;
    };
    const place = { bizLocation: { id: 'urn:epc:id:sgln:9521001.00001.0' } };

    it('final ones with step, time, place, first item and names; one said to be wrong is marked', async () => {
      const made = commissioning([unit(FARM, 'T1'), unit(FARM, 'T2')], place);
      const packed = packing(`urn:epc:id:sscc:${FARM}.0000000779`, [unit(FARM, 'T1')]);
      const document = withNames(epcisDocument(made, packed), 'Location', { [place.bizLocation.id]: 'Quay' });
      const job = await house.captured('farm', document);
      expect(job.state).toBe('final');
      const wrong = {
        ...packed,
        errorDeclaration: {
          declarationTime: '2026-01-03T00:00:00.000Z',
          reason: 'incorrect_data',
        },
      };
      const later = await house.captured('farm', epcisDocument(wrong));
      const { events, names, ...counted } = await told(job.captureID);
      expect(counted).toEqual({ total: 2, next: null });
      expect(events).toEqual([
        {
          index: 0,
          state: 'final',
          eventID: job.events[0]?.eventID,
          facts: {
            type: 'ObjectEvent',
            action: 'ADD',
            bizStep: 'commissioning',
            eventTime: made.eventTime,
            bizLocation: PLACE,
            itemCount: 2,
            firstItem: canonicalId(unit(FARM, 'T1')),
            withdrawn: false,
          },
        },
        expect.objectContaining({
          facts: expect.objectContaining({
            bizStep: 'packing',
            itemCount: 2,
            firstItem: canonicalId(unit(FARM, 'T1')),
            withdrawn: true,
          }),
        }),
      ]);
      expect(names).toEqual({ [PLACE]: { en: 'Quay', 'zh-CN': 'Quay' } });
      const [declaration] = (await told(later.captureID)).events;
      expect(declaration?.facts).toMatchObject({ errorDeclaration: true, bizStep: 'packing', withdrawn: false });
    }, 30_000);

    it('those on their way from what was sent: waiting, and signed', async () => {
      await house.stopWorker();
      const document = epcisDocument(
        observation([unit(FARM, 'T3')], { ...place, bizStep: 'https://ref.gs1.org/cbv/BizStep-storing' }),
      );
      const location = await house.capture('farm', document);
      const id = location.split('/').at(-1) ?? '';
      const facts = {
        type: 'ObjectEvent',
        bizStep: 'storing',
        bizLocation: PLACE,
        firstItem: canonicalId(unit(FARM, 'T3')),
      };
      expect((await told(id)).events).toMatchObject([{ index: 0, state: 'pending', facts }]);
      for (const proxy of house.rpc) proxy.treatments.set('submitTransaction', 'break');
      try {
        await house.startWorker();
        const state = async () =>
          ((await (await house.fetch(location, { as: 'farm' })).json()) as CaptureJobAnswer).state;
        for (const ends = Date.now() + 15_000; (await state()) !== 'signed';) {
          if (Date.now() > ends) throw new Error('it was not signed');
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        expect((await told(id)).events).toMatchObject([{ index: 0, state: 'pending', facts }]);
      } finally {
        for (const proxy of house.rpc) proxy.treatments.clear();
      }
      await house.finished('farm', location);
      expect((await told(id)).events).toMatchObject([{ index: 0, state: 'final', facts }]);
    }, 60_000);

    it('what somebody else captured first is told from what one sent oneself', async () => {
      const shared = observation([unit(FACTORY, 'T4')], { bizStep: 'inspecting' });
      await house.captured('factory', epcisDocument(shared));
      const job = await house.captured('farm', epcisDocument(shared));
      expect((await told(job.captureID)).events).toMatchObject([
        { state: 'final', facts: { firstItem: canonicalId(unit(FACTORY, 'T4')), eventTime: shared.eventTime } },
      ]);
    }, 30_000);

    it('refused ones too, whoever refused them: the document, the judge', async () => {
      const proceed = { 'gs1-capture-error-behaviour': 'proceed' };
      const document = epcisDocument(
        commissioning([unit(FARM, 'T5')]),
        // What is cut is cut between characters: no database takes half of one.
        observation([unit(FARM, 'T6')], { eventTime: `${'x'.repeat(499)}🐟` }),
        commissioning([unit(FACTORY, 'T7')]),
      );
      const partly = await house.captured('farm', document, proceed);
      expect((await told(partly.captureID, '?state=refused')).events).toMatchObject([
        { index: 1, facts: { firstItem: canonicalId(unit(FARM, 'T6')), eventTime: 'x'.repeat(499) } },
        { index: 2, facts: { firstItem: canonicalId(unit(FACTORY, 'T7')), bizStep: 'commissioning' } },
      ]);
      expect((await told(partly.captureID, '?state=final')).events.map(({ index }) => index)).toEqual([0]);
      const byDocument = await house.captured('farm', document);
      const byJudge = await house.captured('farm', epcisDocument(commissioning([unit(FACTORY, 'T8')])));
      expect((await told(byDocument.captureID)).events.map(({ facts }) => facts?.firstItem)).toEqual(
        [unit(FARM, 'T5'), unit(FARM, 'T6'), unit(FACTORY, 'T7')].map(canonicalId),
      );
      expect((await told(byJudge.captureID)).events).toMatchObject([
        { state: 'refused', facts: { firstItem: canonicalId(unit(FACTORY, 'T8')) } },
      ]);
    }, 60_000);

    it('page by page', async () => {
      const job = await house.captured(
        'farm',
        epcisDocument(...Array.from({ length: 5 }, (_, i) => observation([unit(FARM, `T1${i}`)]))),
      );
      const first = await told(job.captureID, '?perPage=2');
      expect([first.events.map(({ index }) => index), first.next, first.total]).toEqual([[0, 1], 2, 5]);
      const last = await told(job.captureID, '?perPage=2&from=4&state=final');
      expect([last.events.map(({ facts }) => facts?.firstItem), last.next]).toEqual([
        [canonicalId(unit(FARM, 'T14'))],
        null,
      ]);
      const response = await house.fetch(`/capture/jobs/${job.captureID}/events?perPage=101`, { as: 'farm' });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        400,
        'QUERY_PARAMETER_INVALID',
      ]);
    }, 30_000);

    it("another organisation's job answers like a missing one; strangers are asked who they are", async () => {
      const job = await house.captured('farm', epcisDocument(observation([unit(FARM, 'T9')])));
      const ask = (id: string, as?: string) =>
        house.fetch(`/capture/jobs/${id}/events`, as === undefined ? {} : { as });
      const answers = await Promise.all([
        ask(job.captureID, 'factory'),
        ask(randomUUID(), 'factory'),
        ask('x', 'factory'),
        ask(job.captureID),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 401]);
    }, 30_000);
  });

  describe('found again', () => {
    const list = async (query: string, as = 'factory') => {
      const response = await house.fetch(`/epcis/capture?${query}`, { as });
      expect(response.status).toBe(200);
      return (await response.json()) as CaptureJobAnswer[];
    };

    it('by label and file name in any script, state, time and upload', async () => {
      const upload = randomUUID();
      const named = (label: string, fileName: string, part: number) => ({
        'waymark-label': encodeURIComponent(label),
        'waymark-document-name': encodeURIComponent(fileName),
        'waymark-upload': `${upload}; part=${part}/2; first-event=${(part - 1) * 7}`,
      });
      const from = new Date();
      const good = await house.captured(
        'factory',
        epcisDocument(commissioning([unit(FACTORY, 'L1')])),
        named('十月 harvest 100%', 'tuna_1.json', 1),
      );
      const refused = await house.captured(
        'factory',
        epcisDocument(commissioning([unit(FARM, 'L2')])),
        named('<script>alert(1)</script>', 'tuna_2.json', 2),
      );
      expect(good).toMatchObject({
        label: '十月 harvest 100%',
        fileName: 'tuna_1.json',
        upload: { id: upload, part: 1, parts: 2, firstEvent: 0 },
      });
      const ids = (jobs: CaptureJobAnswer[]) => jobs.map(({ captureID }) => captureID);
      expect(ids(await list(`upload=${upload}`))).toEqual([refused.captureID, good.captureID]);
      expect(ids(await list(`text=${encodeURIComponent('十月')}`))).toEqual([good.captureID]);
      expect(ids(await list(`text=${encodeURIComponent('100%')}`))).toEqual([good.captureID]);
      expect(ids(await list('text=TUNA_&state=refused'))).toEqual([refused.captureID]);
      expect(ids(await list(`state=final&from=${encodeURIComponent(from.toISOString())}`))).toEqual([good.captureID]);
      expect(await list(`to=${encodeURIComponent('2020-01-01T00:00:00Z')}`)).toEqual([]);
      expect(await list(`upload=${upload}`, 'farm')).toEqual([]);
      expect((await house.fetch('/epcis/capture?state=odd', { as: 'farm' })).status).toBe(400);
    }, 60_000);

    it.each([
      ['waymark-label', '%E0%A4%A'],
      ['waymark-label', '%00'],
      ['waymark-document-name', 'x'.repeat(201)],
      ['waymark-upload', 'nonsense'],
      ['waymark-upload', `${randomUUID()}; part=3/2; first-event=0`],
    ])('refuses %s: %s', async (name, value) => {
      const response = await house.fetch('/epcis/capture', { as: 'farm', body: '{}', headers: { [name]: value } });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        400,
        'CAPTURE_HEADER_INVALID',
      ]);
    });
  });

  it('knows products and places by name, own ones first', async () => {
    const named = withNames(epcisDocument(observation([unit(FARM, 'K1')])), 'EPCClass', {
      'https://id.gs1.org/01/09521001000017': 'Tuna loin',
      'https://id.gs1.org/01/09521002000016': 'Tuna can',
    });
    await house.captured('farm', named);
    await house.captured(
      'farm',
      withNames(epcisDocument(observation([unit(FARM, 'K2')])), 'Location', {
        'urn:epc:id:sgln:9521001.00001.0': 'Quay',
      }),
    );
    const names = async (query: string, as = 'farm') =>
      (
        (await (await house.fetch(`/capture/names?${query}`, { as })).json()) as {
          names: { id: string; own: boolean; names: { en: string } }[];
        }
      ).names;
    expect((await names('kind=product')).map(({ own, names: { en } }) => [en, own])).toEqual([
      ['Tuna loin', true],
      ['Tuna can', false],
    ]);
    expect((await names('kind=product&text=LOIN')).map(({ names: { en } }) => en)).toEqual(['Tuna loin']);
    expect((await names('kind=product', 'factory'))[0]?.own).toBe(true);
    expect((await names('kind=place')).map(({ names: { en } }) => en)).toEqual(['Quay']);
    expect(await names('kind=party')).toEqual([]);
    expect((await names('kind=product&ownedBy=factory')).map(({ names: { en } }) => en)).toEqual(['Tuna can']);
    expect((await house.fetch('/capture/names?kind=odd', { as: 'farm' })).status).toBe(400);
  }, 30_000);
});
