import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTrustRoot, verifyEvidence } from '@waymark/light-client';
import { tellStory } from '@waymark/provenance/trace';
import type { StoryAnswer } from '@waymark/provenance/trace';
import { hashing } from '../../chain/genesis.js';
import { loadSample } from '../../../../cli/src/demo/sample.js';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import {
  commissioning,
  epcisDocument,
  observation,
  party,
  shipping,
  transformation,
  unit,
} from '../../../../../test/support/epcis-documents.js';
import type { TraceAnswer } from './trace.query.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../..');
const sample = loadSample(root);
const can = `https://id.gs1.org${sample.canPath}`;

describe('the bundled sample, captured company by company', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open({
      members: [
        { account: 'farm' },
        ...sample.companies.map(({ account, role, companyPrefixes }) => ({ account, role, companyPrefixes })),
      ],
    });
    for (const { account, document } of sample.turns) {
      const job = await house.captured(account, document, { 'waymark-visibility': 'public' });
      expect(job.errors).toEqual([]);
    }
  }, 180_000);
  afterAll(async () => house?.close(), 60_000);

  const trace = async (id: string, direction: string, as?: string) => {
    const response = await house.fetch(
      `/trace?id=${encodeURIComponent(id)}&direction=${direction}`,
      as === undefined ? {} : { as },
    );
    expect(response.status).toBe(200);
    return (await response.json()) as TraceAnswer;
  };

  it('traces the can back to hatchery and vessel, oldest step first, with names in both languages', async () => {
    const back = await trace(can, 'up');
    const kinds = back.steps.map(({ kind }) => kind);
    expect(kinds[0]).toBe('hatch');
    expect(kinds).toEqual(expect.arrayContaining(['catch', 'land', 'commingle', 'transform', 'pack']));
    expect(back.steps.map(({ time }) => time)).toEqual(back.steps.map(({ time }) => time).sort());
    const places = back.steps.flatMap(({ place }) => (place === undefined ? [] : [back.names[place]]));
    expect(places.length).toBeGreaterThan(10);
    for (const name of places)
      expect([name?.en, name?.['zh-CN']]).toEqual([expect.any(String), expect.stringMatching(/[\u4e00-\u9fff]/)]);
    expect(back.names[can.slice(0, 'https://id.gs1.org/01/'.length + 14)]?.en).toEqual(expect.any(String));
    for (const { record } of back.steps) expect(record?.txId).toMatch(/^[0-9a-f]{64}$/);
  });

  it('traces the hatchery lot forward to the can', async () => {
    const fry = (await trace(can, 'up')).steps[0]?.concerns?.[0] ?? '';
    const forward = await trace(fry, 'down');
    expect(forward.nodes.map(({ item }) => item)).toContain(can);
  });

  it('tells the same story to whoever works it out from the verified records alone', async () => {
    const response = await house.fetch(`/evidence?id=${encodeURIComponent(can)}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/vnd.waymark.evidence+json');
    expect(response.headers.get('content-disposition')).toMatch(/filename="evidence-[\w.-]+\.json"/);
    const evidence: unknown = await response.json();
    const trust = readTrustRoot(readFileSync(house.config.trustFile));
    const verdict = verifyEvidence(evidence, trust!.trust, { nowMs: Date.now() });
    if (!verdict.ok) throw new Error(`${verdict.code} at ${verdict.where}`);
    const story = (await (await house.fetch(`/story?id=${encodeURIComponent(can)}`)).json()) as StoryAnswer;
    const name = ({ txId, bodyIndex }: { txId: string; bodyIndex: number }) => `${txId}/${bodyIndex}`;
    const proven = new Set(verdict.records.map(name));
    for (const record of story.records) expect(proven).toContain(name(record));
    const told = tellStory(
      story.subject,
      story.records.map(({ content, context, ...record }) => ({
        ...record,
        content: Buffer.from(content, 'base64'),
        ...(context !== undefined && { context: Buffer.from(context, 'base64') }),
      })),
      hashing,
    );
    const back = await trace(can, 'up');
    expect(told.steps.map(({ eventHash }) => `ni:///sha-256;${eventHash}?ver=CBV2.0`)).toEqual(
      back.steps.map(({ eventID }) => eventID),
    );
    expect(story.organisations['processor']?.en).toEqual(expect.any(String));
  });

  describe('the Digital Link', () => {
    const get = (target: string, accept?: string) =>
      house.fetch(target, accept === undefined ? {} : { headers: { accept } });

    it('sends a browser to the page, query string and all', async () => {
      const response = await get(`${sample.canPath}?linkType=gs1:defaultLink&17=271231`, 'text/html,*/*;q=0.8');
      expect(response.status).toBe(307);
      expect(response.headers.get('location')).toBe(`http://scan.example${sample.canPath}?17=271231`);
      expect(response.headers.get('link')).toContain('rel="linkset"');
    });

    it('gives a linkset with exactly one default link, every link with href, type and title', async () => {
      for (const response of [
        await get(sample.canPath, 'application/linkset+json'),
        await get(`${sample.canPath}?linkType=linkset`, 'text/html'),
      ]) {
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toContain('application/linkset+json');
        const { linkset } = (await response.json()) as {
          linkset: Record<string, { href: string; type: string; title: string }[]>[];
        };
        const { anchor, ...links } = linkset[0]!;
        expect(anchor).toBe(can);
        expect(links['https://gs1.org/voc/defaultLink']).toHaveLength(1);
        expect(links['https://gs1.org/voc/traceability']).toHaveLength(1);
        for (const link of Object.values(links).flat())
          expect(link).toMatchObject({
            href: expect.stringMatching(/^https?:/),
            type: expect.any(String),
            title: expect.any(String),
          });
      }
    });

    it('gives JSON-LD to a program, under CORS', async () => {
      const response = await house.fetch(sample.canPath, {
        headers: { accept: 'application/ld+json', origin: 'https://shop.example' },
      });
      expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example');
      const item = (await response.json()) as { '@id': string; steps: unknown[] };
      expect(item['@id']).toBe(can);
      expect(item.steps.length).toBeGreaterThan(10);
    });

    it('describes a product by its number alone, with the name its owner gives and its lots and units', async () => {
      const response = await get(sample.canPath.slice(0, '/01/'.length + 14), 'application/ld+json');
      expect(response.status).toBe(200);
      const product = (await response.json()) as { name: Record<string, string>; items: string[] };
      expect(product.items).toContain(can);
      expect(product.name['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
    });

    it('resolves the lot, tolerates a trailing slash, follows another link type, describes itself', async () => {
      const { lotPath } = JSON.parse(readFileSync(path.join(root, 'samples/seafood/scan.json'), 'utf8')) as {
        lotPath: string;
      };
      expect((await get(`${lotPath}/`, 'application/json')).status).toBe(200);
      const trail = await get(`${sample.canPath}?linkType=gs1:traceability`);
      expect([trail.status, trail.headers.get('location')]).toEqual([307, expect.stringContaining('/trace?id=')]);
      expect(
        ((await (await get('/.well-known/gs1resolver')).json()) as { supportedPrimaryKeys: string[] })
          .supportedPrimaryKeys,
      ).toContain('01');
    });

    it.each([
      ['qualifiers out of order', '/01/09521005001010/21/C0001/10/L1', 400, 'GS1_DIGITAL_LINK_QUALIFIER_ORDER'],
      ['a wrong check digit', '/01/09521005001011', 400, 'GS1_CHECK_DIGIT_WRONG'],
      ['a key without its value', '/01/09521005001010/21', 400, 'GS1_DIGITAL_LINK_INCOMPLETE'],
      ['a unit that was never issued', '/01/09521005001010/21/never', 404, 'TRACE_ITEM_UNKNOWN'],
      ['a link type that is not there', `${sample.canPath}?linkType=gs1:recipeInfo`, 404, 'DIGITAL_LINK_TYPE_UNKNOWN'],
    ])('refuses %s', async (_what, target, status, code) => {
      const response = await get(target, 'application/ld+json');
      expect(response.status).toBe(status);
      expect(((await response.json()) as { code: string }).code).toBe(code);
    });

    it('refuses a form that it has not', async () => {
      expect((await get(sample.canPath, 'image/png')).status).toBe(406);
    });
  });
});

describe('who sees what of a trace', () => {
  let house: ApiHouse;
  const FARM = '9521001';
  const FACTORY = '9521002';
  const raw = unit(FARM, 'RAW');
  const made = unit(FACTORY, 'MADE');
  const sold = unit('9521003', 'SOLD');
  beforeAll(async () => {
    house = await ApiHouse.open();
    const partners = { 'waymark-visibility': 'partners' };
    const own = { 'waymark-visibility': 'own' };
    await house.captured(
      'farm',
      epcisDocument(commissioning([raw]), shipping([raw], party(FARM), party(FACTORY))),
      partners,
    );
    await house.captured('farm', epcisDocument(observation([raw], { bizStep: 'sampling' })), own);
    await house.captured(
      'factory',
      epcisDocument(transformation([raw], [made]), shipping([made], party(FACTORY), party('9521003'))),
      partners,
    );
    await house.captured('shop', epcisDocument(transformation([made], [sold])), { 'waymark-visibility': 'public' });
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const seen = async (id: string, as?: string) => {
    const response = await house.fetch(`/trace?id=${encodeURIComponent(id)}`, as === undefined ? {} : { as });
    if (response.status !== 200) return `${response.status} ${((await response.json()) as { code: string }).code}`;
    return ((await response.json()) as TraceAnswer).steps.map(
      ({ signer, bizStep, disclosure }) => `${signer} ${bizStep ?? ''} ${disclosure}`,
    );
  };

  it('gives a company its own in full, what names it in full, and the rest of the way as steps', async () => {
    expect(await seen(sold, 'shop')).toEqual([
      'farm commissioning step',
      'farm shipping step',
      'factory creating_class_instance step',
      'factory shipping full',
      'shop creating_class_instance full',
    ]);
    expect(await seen(raw, 'farm')).toEqual([
      'farm commissioning full',
      'farm shipping full',
      'farm sampling full',
      'factory creating_class_instance step',
      'factory shipping step',
      'shop creating_class_instance full',
    ]);
  });

  it('shows a regulator all, and a shopper what is public', async () => {
    expect(await seen(raw, 'authority')).toHaveLength(6);
    expect(await seen(sold)).toEqual(['shop creating_class_instance full']);
  });

  it('answers for an item of others that is not visible as for one that does not exist', async () => {
    expect(await seen(raw, 'stranger')).toBe('404 TRACE_ITEM_UNKNOWN');
    expect(await seen(raw)).toBe('404 TRACE_ITEM_UNKNOWN');
    expect(await seen('urn:example:absent', 'stranger')).toBe('404 TRACE_ITEM_UNKNOWN');
    for (const target of ['story', 'evidence'])
      expect((await house.fetch(`/${target}?id=${encodeURIComponent(raw)}`)).status).toBe(404);
  });

  it('does not lead a company through events of others from one public fact to another', async () => {
    const fish = unit(FARM, 'FISH');
    const can = unit(FACTORY, 'CAN');
    const open = { 'waymark-visibility': 'public' };
    await house.captured('farm', epcisDocument(commissioning([fish])), open);
    await house.captured('factory', epcisDocument(transformation([fish], [can])), {
      'waymark-visibility': 'partners',
    });
    await house.captured('factory', epcisDocument(observation([can])), open);
    expect(await seen(fish, 'factory')).toHaveLength(3);
    expect(await seen(fish, 'stranger')).toEqual(['farm commissioning full']);
    const answer = await (await house.fetch(`/trace?id=${encodeURIComponent(fish)}`, { as: 'stranger' })).text();
    expect(answer).not.toContain('/21/CAN');
    expect((JSON.parse(answer) as TraceAnswer).links).toEqual([]);
  });

  it('keeps what a step hides out of the answer altogether', async () => {
    const answer = await (await house.fetch(`/trace?id=${encodeURIComponent(sold)}`, { as: 'shop' })).text();
    expect(answer).not.toContain('/21/RAW');
    const { steps } = JSON.parse(answer) as TraceAnswer;
    for (const { disclosure, eventID, step } of steps) {
      expect([disclosure, eventID]).toEqual([disclosure, disclosure === 'full' ? expect.any(String) : undefined]);
      expect(step).toMatch(/^urn:waymark:step:[0-9a-f]{32}$/);
    }
    const all = (await (
      await house.fetch(`/trace?id=${encodeURIComponent(sold)}`, { as: 'authority' })
    ).json()) as TraceAnswer;
    const hidden = all.steps
      .filter(({ signer }) => signer === 'farm')
      .map(({ eventID = '' }) => /[0-9a-f]{64}/.exec(eventID)?.[0] ?? '');
    expect(hidden).toHaveLength(3);
    for (const hash of hidden) expect([hash, answer.includes(hash)]).toEqual([hash, false]);
  });
});
