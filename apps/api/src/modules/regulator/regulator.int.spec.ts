import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { examineEvidence, examineRange, readTrustRoot, type RecordFinding } from '@waymark/light-client';
import { loadSample } from '../../../../cli/src/demo/sample.js';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { commissioning, epcisDocument, place, unit, withNames } from '../../../../../test/support/epcis-documents.js';
import type { RangePiece, RegulatorEvents, RegulatorItem, RegulatorOverview } from './dto/regulator-schemas.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../..');
const sample = loadSample(root);
const can = `https://id.gs1.org${sample.canPath}`;

describe('a regulator', () => {
  let house: ApiHouse;
  let key: string;
  beforeAll(async () => {
    house = await ApiHouse.open({
      members: [
        { account: 'farm', companyPrefixes: ['9521999'] },
        ...sample.companies.map(({ account, role, companyPrefixes }) => ({ account, role, companyPrefixes })),
      ],
    });
    for (const { account, document } of sample.turns)
      await house.captured(account, document, { 'waymark-visibility': 'own' });
    const regulator = sample.companies.find(({ role }) => role === 'regulator')?.account ?? '';
    ({ key } = await house.newKey(regulator, ['regulate', 'read']));
  }, 180_000);
  afterAll(async () => house?.close(), 60_000);

  const get = (target: string, as = key) => house.fetch(target, { headers: { authorization: `Bearer ${as}` } });
  const json = async <T>(target: string): Promise<T> => {
    const response = await get(target);
    if (response.status !== 200) throw new Error(`${target}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const list = (query = '') => json<RegulatorEvents>(`/regulator/events?limit=200${query}`);
  const trust = () => {
    const read = readTrustRoot(readFileSync(house.config.trustFile));
    if (read === undefined) throw new Error('no trust root');
    return read.trust;
  };
  const outcomes = (findings: readonly RecordFinding[]) => [...new Set(findings.map(({ outcome }) => outcome))];

  it.each([
    '/regulator/overview',
    '/regulator/events',
    '/regulator/events/export?format=csv',
    `/regulator/item?id=${encodeURIComponent(can)}`,
    `/regulator/evidence?id=${encodeURIComponent(can)}`,
    '/regulator/blocks/evidence?from=1&to=2',
    '/regulator/blocks/evidence/file?from=1&to=2',
  ])('alone may ask %s', async (target) => {
    expect((await house.fetch(target)).status).toBe(401);
    expect((await house.fetch(target, { as: sample.turns[0]!.account })).status).toBe(403);
    expect((await get(target)).status).toBe(200);
  });

  it('sees every event, whatever its visibility, page by page and each once', async () => {
    const all = (await list()).events;
    expect(all.length).toBeGreaterThan(15);
    expect(new Set(all.map(({ visibility }) => visibility))).toEqual(new Set(['own']));
    for (const order of ['recorded', 'happened']) {
      const seen: string[] = [];
      for (let after: string | null = ''; after !== null;) {
        const page: RegulatorEvents = await json(
          `/regulator/events?limit=7&order=${order}${after === '' ? '' : `&after=${after}`}`,
        );
        seen.push(...page.events.map(({ txId, bodyIndex }) => `${txId}/${bodyIndex}`));
        after = page.next;
      }
      expect(seen).toHaveLength(all.length);
      expect(new Set(seen).size).toBe(all.length);
    }
  });

  it('filters by all that an event says, and each filter really leaves something out', async () => {
    const { events: all } = await list();
    const one = all.find(({ step, place, items }) => step !== null && place !== null && items.length > 0)!;
    const matching: [string, (event: (typeof all)[number]) => boolean][] = [
      [`&organisation=${one.signer}`, ({ signer }) => signer === one.signer],
      [`&step=${one.step}`, ({ step }) => step === one.step],
      [`&type=ObjectEvent`, ({ type }) => type === 'ObjectEvent'],
      [
        `&place=${encodeURIComponent(one.place!)}`,
        ({ place, readPoint }) => place === one.place || readPoint === one.place,
      ],
      [`&eventFrom=${one.eventTime}`, ({ eventTime }) => eventTime >= one.eventTime],
      [`&eventTo=${one.eventTime}`, ({ eventTime }) => eventTime < one.eventTime],
      [`&recordFrom=${one.recordTime}`, ({ recordTime }) => recordTime >= one.recordTime],
      [`&heightFrom=${one.height}`, ({ height }) => height >= one.height],
      [`&heightTo=${one.height - 1}`, ({ height }) => height < one.height],
      ['&warnings=only', ({ warnings }) => warnings.length > 0],
      ['&withdrawn=only', ({ withdrawn }) => withdrawn],
    ];
    for (const [query, predicate] of matching) {
      const found = (await list(query)).events.map(({ txId, bodyIndex }) => `${txId}/${bodyIndex}`).sort();
      expect([query, found]).toEqual([
        query,
        all
          .filter(predicate)
          .map(({ txId, bodyIndex }) => `${txId}/${bodyIndex}`)
          .sort(),
      ]);
      expect(found.length).toBeLessThan(all.length);
    }
    const [gtin, lot] = [/\/01\/(\d{14})/.exec(can)?.[1], /\/(?:10|21)\/(.+)$/.exec(can)?.[1]];
    const ofCan = (await list(`&item=${encodeURIComponent(can)}`)).events;
    expect(ofCan.length).toBeGreaterThan(0);
    expect((await list(`&product=${gtin}`)).events.length).toBeGreaterThanOrEqual(ofCan.length);
    expect((await list(`&${can.includes('/21/') ? 'serial' : 'lot'}=${lot}`)).events).toEqual(ofCan);
    expect((await list('&lot=nowhere')).events).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'order=best',
    'eventFrom=yesterday',
    'heightFrom=-1',
    'after=!!!',
    'nonsense=1',
    'warnings=yes',
    'product=12',
  ])('is told what is wrong with %s', async (query) => {
    const response = await get(`/regulator/events?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400, howToFix: expect.any(String) });
  });

  it('takes the events home as JSON-LD and as a table in which nothing is a formula', async () => {
    const document = withNames(
      epcisDocument(commissioning([unit('9521999', '1')], { bizLocation: { id: place('9521999') } })),
      'Location',
      { [place('9521999')]: '=HYPERLINK("http://evil.example","paid")' },
    );
    expect((await house.captured('farm', document)).errors).toEqual([]);
    const csv = await (await get('/regulator/events/export?format=csv')).text();
    expect(csv).toContain("'=HYPERLINK");
    expect(csv).not.toMatch(/(^|,)"?=/m);
    const { events } = await list();
    expect(csv.trim().split('\r\n')).toHaveLength(events.length + 1);
    const response = await get('/regulator/events/export?format=jsonld&organisation=farm');
    expect(response.headers.get('content-disposition')).toContain('events.jsonld');
    expect(response.headers.get('waymark-truncated')).toBe('false');
    const taken = (await response.json()) as {
      epcisBody: { queryResults: { resultsBody: { eventList: unknown[] } } };
    };
    expect(taken.epcisBody.queryResults.resultsBody.eventList).toHaveLength(1);
  });

  it('gets the whole evidence of an item, up- and downstream, and it proves what the list of its records says', async () => {
    const fry = (await json<{ steps: { concerns?: string[] }[] }>(`/trace?id=${encodeURIComponent(can)}&direction=up`))
      .steps[0]!.concerns![0]!;
    const item = await json<RegulatorItem>(`/regulator/item?id=${encodeURIComponent(fry)}`);
    expect(item.truncated).toBe(false);
    const evidence = await json<unknown>(`/regulator/evidence?id=${encodeURIComponent(fry)}`);
    const examined = examineEvidence(evidence, trust(), { nowMs: Date.now() });
    if (!examined.ok) throw new Error(examined.code);
    const findings = Array.from({ length: examined.parts }, (_, part) => examined.check(part)).flat();
    expect(outcomes(findings)).toEqual(['accepted']);
    const proven = new Set(findings.map(({ txId, bodyIndex }) => `${txId}/${bodyIndex}`));
    for (const { txId, bodyIndex } of item.records) expect(proven).toContain(`${txId}/${bodyIndex}`);
    // The can lies downstream of the fry.
    expect(JSON.stringify(findings.map(({ value }) => value))).toContain(can.split('/').pop());
  });

  it('gets every proof of a range of blocks in pieces that follow one another', async () => {
    const { height } = await json<RegulatorOverview>('/regulator/overview');
    let position: { height: number; hash: Uint8Array } | undefined;
    const findings: RecordFinding[] = [];
    for (let from = 1; from <= height;) {
      const piece = await json<RangePiece>(`/regulator/blocks/evidence?from=${from}&to=${Math.min(height, from + 2)}`);
      const examined = examineRange(piece, trust(), { nowMs: Date.now(), from, ...(position && { position }) });
      if (!examined.ok) throw new Error(`${examined.code} at ${examined.where}`);
      for (let part = 0; part < examined.parts; part++) findings.push(...examined.check(part));
      ({ position } = examined);
      from = examined.to + 1;
    }
    expect(outcomes(findings)).toEqual(['accepted']);
    const events = findings.filter(({ kind }) => kind === 'epcis.event');
    expect(events).toHaveLength((await list()).events.length);
  });

  it('gets a file of a range, one piece a line, and a word when there is no such block', async () => {
    const response = await get('/regulator/blocks/evidence/file?from=1&to=3');
    expect(response.headers.get('content-type')).toBe('application/vnd.waymark.range+jsonl');
    const lines = (await response.text()).trimEnd().split('\n');
    const [first] = lines.map((line) => examineRange(JSON.parse(line), trust(), { nowMs: Date.now(), from: 1 }));
    expect(first).toMatchObject({ ok: true, from: 1, to: 3 });
    const beyond = await get('/regulator/blocks/evidence/file?from=999999&to=999999');
    expect(beyond.status).toBe(404);
    expect(await beyond.json()).toMatchObject({ code: 'RANGE_NOT_FINAL' });
    expect((await get('/regulator/blocks/evidence?from=3&to=2')).status).toBe(400);
  });

  it('is served compressed, and answers that carry secrets are not', async () => {
    const target = new URL(`/regulator/evidence?id=${encodeURIComponent(can)}`, house.api!.url);
    const raw = await new Promise<{ headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      http
        .get(target, { headers: { authorization: `Bearer ${key}`, 'accept-encoding': 'br' } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
        })
        .on('error', reject);
    });
    expect(raw.headers['content-encoding']).toBe('br');
    const text = brotliDecompressSync(raw.body).toString();
    expect(JSON.parse(text)).toMatchObject({ format: 'waymark-evidence/1' });
    expect(raw.body.length).toBeLessThan(text.length * 0.7);
  });
});
