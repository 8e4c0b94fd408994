import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { StoryAnswer } from '@waymark/provenance/trace';
import { openSampleChain, type SampleChain } from '../../../../test/support/sample-chain.js';
import type { PageAssets } from './page-assets.js';
import { createScanServer } from './scan-server.js';
import { createStoryClient, type StoryClient, type StoryOutcome } from './story-client.js';

const asset = (text: string, contentType: string) => ({
  contentType,
  bodies: { identity: Buffer.from(text), gzip: Buffer.from(`gzip ${text}`) },
});
const assets: PageAssets = {
  script: 'page-1.js',
  style: 'page-1.css',
  icon: 'icon-1.svg',
  files: new Map([['page-1.js', asset('script', 'text/javascript; charset=utf-8')]]),
};
const logger = pino({ level: 'silent' });
const html = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

let sample: SampleChain;
let server: FastifyInstance;
let api: Server;
let apiUrl: string;
let outcome: StoryOutcome | undefined;
const asked: string[] = [];

beforeAll(async () => {
  sample = openSampleChain({ nowMs: Date.UTC(2026, 1, 1) });
  api = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/linkset+json', 'x-path': request.url ?? '' });
    response.end('{"linkset":[]}');
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}/`;
  const stories: StoryClient = {
    story: async (id) => {
      asked.push(id);
      return outcome ?? { kind: 'found', story: sample.storyOf(id) };
    },
  };
  server = await createScanServer({ apiUrl, stories, trustFile: sample.chain.trustFile, assets, logger });
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await server.close();
  await new Promise((resolve) => api.close(resolve));
});

interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawPayload: Buffer;
  readonly body: string;
}

/** A request as it goes over the wire: nothing is decompressed or followed. */
function ask(port: number, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const rawPayload = Buffer.concat(chunks);
        resolve({
          statusCode: response.statusCode ?? 0,
          headers: response.headers,
          rawPayload,
          body: rawPayload.toString(),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}
const portOf = (listening: FastifyInstance) => (listening.server.address() as AddressInfo).port;
const get = (url: string, headers: Record<string, string> = html) => ask(portOf(server), url, headers);
const withOutcome = async (given: StoryOutcome, url: string) => {
  outcome = given;
  const response = await get(url);
  outcome = undefined;
  return response;
};

describe('the page of an item', () => {
  it('is HTML with the story in it, readable without scripts', async () => {
    const response = await get(sample.canPath);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain('<h1 id="name">Tuna in spring water, can of 185 g</h1>');
    expect(response.body).toContain('Made by Harbour Foods');
    expect(response.body).toContain('Comes from Coral Bay Hatchery, tank hall and Fishing vessel Morning Star 1.');
    expect(response.body.match(/data-step=/g)).toHaveLength(20);
    expect(asked.at(-1)).toBe(sample.canId);
  });

  it('speaks the language of the browser, and another when asked', async () => {
    expect((await get(sample.canPath, { ...html, 'accept-language': 'zh-TW,zh;q=0.9,en;q=0.5' })).body).toMatch(
      /^<!doctype html><html lang="zh-CN">.*清水金枪鱼罐头/s,
    );
    expect(
      (await get(sample.canPath, { ...html, 'accept-language': 'fr,en;q=0.5,zh;q=0.3' })).headers['content-language'],
    ).toBe('en');
    expect(
      (await get(`${sample.canPath}?lang=zh-CN`, { ...html, 'accept-language': 'en' })).headers['content-language'],
    ).toBe('zh-CN');
    expect(
      (await get(`${sample.canPath}?lang=xx`, { ...html, 'accept-language': 'zh' })).headers['content-language'],
    ).toBe('zh-CN');
  });

  it('claims nothing before the phone has checked', async () => {
    const { body } = await get(sample.canPath);
    expect(body).toContain('data-verdict="unchecked"');
    expect(body).toContain('Not yet checked on this phone.');
    expect(body).not.toContain('tone-green');
    expect(body).not.toContain('Checked on this phone');
  });

  it('carries the trust root of its file, never one of the API, and shows its fingerprint', async () => {
    const trusting = { ...sample.storyOf(sample.canId), trustRoot: 'mine' } as StoryAnswer;
    const { body } = await withOutcome({ kind: 'found', story: trusting }, sample.canPath);
    const inlined = /<script type="application\/json" id="trust-root">(.*?)<\/script>/s.exec(body)?.[1] ?? '';
    expect(JSON.parse(inlined)).toEqual(sample.chain.trust);
    expect(body).toMatch(/<code class="fingerprint">[0-9A-F]{4}(-[0-9A-F]{4}){3}<\/code>/);
    expect(body).not.toContain('mine');
  });

  it('cannot be broken out of by what companies write', async () => {
    const story = sample.storyOf(sample.canId);
    const organisations = {
      ...story.organisations,
      processor: {
        en: '</script><script>alert(1)</script>',
        'zh-CN': '<img src=x onerror=alert(1)>',
        companyPrefixes: ['9521005'],
      },
    };
    const { body } = await withOutcome({ kind: 'found', story: { ...story, organisations } }, sample.canPath);
    expect(body).not.toContain('<script>alert');
    expect(body).toContain('&lt;/script>&lt;script>alert(1)');
  });

  it('loads nothing inline and forbids everything that it does not need', async () => {
    const { headers, body } = await get(sample.canPath);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
      vary: 'accept, accept-language, accept-encoding',
    });
    expect(body).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application\/json))/);
  });

  it('comes compressed to who takes it', async () => {
    const plain = (await get(sample.canPath)).body;
    const brotli = await get(sample.canPath, { ...html, 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain);
    const gzip = await get(sample.canPath, { ...html, 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain);
  });
});

describe('what is not there', () => {
  it('says so and what to do, in the reader’s language', async () => {
    const missing = await withOutcome({ kind: 'notFound' }, sample.canPath);
    expect([
      missing.statusCode,
      missing.body.includes('Nothing is known about this code'),
      missing.body.includes('ask the shop'),
    ]).toEqual([404, true, true]);
    expect((await withOutcome({ kind: 'notFound' }, `${sample.canPath}?lang=zh-CN`)).body).toContain(
      '没有关于这个编码的记录',
    );
  });

  it('asks for the lot when the code names a product only', async () => {
    const product = await withOutcome({ kind: 'notFound' }, '/01/09521005001010');
    expect([product.statusCode, product.body.includes('names a product, not a lot')]).toEqual([404, true]);
  });

  it('refuses a wrong check digit without asking the API', async () => {
    const before = asked.length;
    const response = await get('/01/09521005001011/21/C0001');
    expect([response.statusCode, response.body.includes('This is not a product code'), asked.length]).toEqual([
      400,
      true,
      before,
    ]);
  });

  it('says that the API does not answer, and when to come back', async () => {
    const down = await withOutcome({ kind: 'unavailable', cause: 'refused' }, sample.canPath);
    expect([
      down.statusCode,
      down.headers['retry-after'],
      down.body.includes('cannot be reached at the moment'),
    ]).toEqual([503, '15', true]);
  });

  it('tells nothing about an item that the records do not name', async () => {
    expect(
      (await withOutcome({ kind: 'found', story: { ...sample.storyOf(sample.canId), records: [] } }, sample.canPath))
        .statusCode,
    ).toBe(404);
  });

  it('carries the same headers on pages without an item', async () => {
    for (const url of ['/', '/nowhere', '/assets/none.js', '/health'])
      expect((await get(url)).headers['content-security-policy']).toContain("default-src 'none'");
    expect((await get('/nowhere')).statusCode).toBe(404);
  });
});

describe('machines', () => {
  it('get the API’s own answer at the same address', async () => {
    for (const accept of ['application/linkset+json', 'application/ld+json', 'application/json']) {
      const response = await get(`${sample.canPath}?x=1`, { accept });
      expect([response.statusCode, response.headers['x-path'], response.body]).toEqual([
        200,
        `${sample.canPath}?x=1`,
        '{"linkset":[]}',
      ]);
      expect(response.headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect((await get(`${sample.canPath}?linkType=linkset`)).headers['x-path']).toContain('linkType=linkset');
  });

  it('that take anything get the page', async () => {
    expect((await get(sample.canPath, { accept: '*/*' })).headers['content-type']).toContain('text/html');
    expect((await get(sample.canPath, {})).headers['content-type']).toContain('text/html');
  });

  it('get the proof through the same origin', async () => {
    expect((await get(`/evidence?id=${encodeURIComponent(sample.canId)}`, {})).headers['x-path']).toBe(
      `/evidence?id=${encodeURIComponent(sample.canId)}`,
    );
  });

  it('are told in a problem answer when the API is gone', async () => {
    const lonely = await createScanServer({
      apiUrl: 'http://127.0.0.1:1/',
      stories: createStoryClient('http://127.0.0.1:1/', 500),
      trustFile: sample.chain.trustFile,
      assets,
      logger,
    });
    try {
      await lonely.listen({ port: 0, host: '127.0.0.1' });
      const evidence = await ask(portOf(lonely), '/evidence?id=x', {});
      expect([evidence.statusCode, evidence.headers['content-type'], evidence.headers['retry-after']]).toEqual([
        503,
        'application/problem+json; charset=utf-8',
        '15',
      ]);
      expect(JSON.parse(evidence.body)).toMatchObject({ status: 503, code: 'SCAN_API_UNAVAILABLE' });
      expect((await ask(portOf(lonely), sample.canPath, html)).statusCode).toBe(503);
    } finally {
      await lonely.close();
    }
  });
});

describe('the page’s files', () => {
  it('are kept for ever, compressed where taken', async () => {
    const script = await get('/assets/page-1.js', { 'accept-encoding': 'gzip, br' });
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect((await get('/assets/page-1.js', {})).body).toBe('script');
    expect((await get('/assets/..%2fmain.js')).statusCode).toBe(404);
  });
});

describe('the start', () => {
  it('fails when the trust root file is none', async () => {
    await expect(
      createScanServer({
        apiUrl,
        stories: createStoryClient(apiUrl, 500),
        trustFile: Buffer.from('{}'),
        assets,
        logger,
      }),
    ).rejects.toThrow('trust root');
  });
});
