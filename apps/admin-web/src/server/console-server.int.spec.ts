import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createConsoleServer } from './console-server.js';
import { NONCE_PLACE } from './page-files.js';

interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const listening = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('the console’s web server before the API', () => {
  let api: Server;
  let elsewhere: Server;
  let atElsewhere = 0;
  let seen: Seen[] = [];
  const servers: FastifyInstance[] = [];
  let direct: string;
  let behindProxy: string;

  const serve = async (apiUrl: string, trustProxy: readonly string[]) => {
    const server = await createConsoleServer({
      apiUrl,
      files: { document: `<style nonce="${NONCE_PLACE}"></style>`, assets: new Map() },
      verifier: new Map(),
      logger: pino({ level: 'silent' }),
      trustProxy,
    });
    servers.push(server);
    return server.listen({ port: 0, host: '127.0.0.1' });
  };

  beforeAll(async () => {
    api = createServer((incoming, answer) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (more: string) => (body += more));
      incoming.on('end', () => {
        seen.push({ url: incoming.url ?? '', headers: incoming.headers, body });
        answer.setHeader('content-type', 'application/json').end('{}');
      });
    });
    elsewhere = createServer((_incoming, answer) => {
      atElsewhere += 1;
      answer.end();
    });
    for (const server of [api, elsewhere])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    direct = await serve(listening(api), []);
    behindProxy = await serve(listening(api), ['127.0.0.1']);
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    for (const server of [api, elsewhere]) await new Promise((resolve) => server.close(resolve));
  });

  /** As it is written: `fetch` would tidy the path and forbid some headers. */
  const raw = (
    base: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: { readonly text: string; readonly chunked?: boolean },
  ) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      seen = [];
      const asked = request(
        base,
        { path, method: body === undefined ? 'GET' : 'POST', headers, agent: false },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (more: string) => (text += more));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        },
      );
      asked.on('error', reject);
      if (body?.chunked === true) asked.write(body.text);
      asked.end(body?.chunked === true ? undefined : body?.text);
    });

  it('asks the API and nobody else, however the address is written', async () => {
    const other = listening(elsewhere).slice('http:'.length);
    for (const path of [
      `/api/${other}/x`,
      `/api${other}/x`,
      `/api/${listening(elsewhere)}/x`,
      `/api/%2f${other.slice(1)}/x`,
      `/api/\\${other.slice(2)}/x`,
      `/api/@${other.slice(2)}/x`,
      '/api/../../etc/passwd',
      '/api/..%2f..%2fetc/passwd',
    ])
      await raw(direct, path);
    expect(atElsewhere).toBe(0);
    expect((await raw(direct, '/api/items?id=https%3A%2F%2Fid.gs1.org%2F01%2F1')).status).toBe(200);
    expect(seen.map(({ url }) => url)).toEqual(['/items?id=https%3A%2F%2Fid.gs1.org%2F01%2F1']);
  });

  it('takes large bodies from clients that ask first whether they may send them', async () => {
    const answer = await raw(
      direct,
      '/api/epcis/capture',
      { expect: '100-continue', 'content-length': '2' },
      { text: '{}' },
    );
    expect(answer.status).toBe(200);
    expect(seen.map(({ body, headers }) => [body, headers.expect])).toEqual([['{}', undefined]]);
  });

  it('says itself who asks: nobody is believed about that but a proxy of ours', async () => {
    const claims = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
    };
    await raw(direct, '/api/session/ways', claims);
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(seen[0]?.headers['x-forwarded-host']).not.toContain('evil');
    await raw(behindProxy, '/api/session/ways', claims);
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' });
    // What the client itself had put there is not the proxy's word.
    await raw(behindProxy, '/api/session/ways', { ...claims, 'x-forwarded-for': '198.51.100.6, 203.0.113.9' });
    expect(seen[0]?.headers['x-forwarded-for']).toBe('203.0.113.9');
  });

  it('knows proxies of ours by their addresses', async () => {
    const claims = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
    await raw(await serve(listening(api), ['10.9.9.9', '127.0.0.0/8']), '/api/session/ways', claims);
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' });
    await raw(await serve(listening(api), ['10.9.9.9', '192.0.2.0/24']), '/api/session/ways', claims);
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    await expect(serve(listening(api), ['1.2.3.4.5'])).rejects.toThrow(/1\.2\.3\.4\.5/);
  });

  it('passes on what concerns the request, and nothing that concerns one connection', async () => {
    await raw(direct, '/api/session', {
      cookie: 'waymark_refresh=wr_1',
      authorization: 'Bearer ws_1',
      'sec-fetch-site': 'cross-site',
      connection: 'keep-alive, x-hop',
      'keep-alive': 'timeout=600',
      te: 'trailers',
    });
    expect(seen[0]?.headers).toMatchObject({
      cookie: 'waymark_refresh=wr_1',
      authorization: 'Bearer ws_1',
      'sec-fetch-site': 'cross-site',
    });
    expect(seen[0]?.headers['connection'] ?? 'keep-alive').toBe('keep-alive');
    expect(seen[0]?.headers['transfer-encoding']).toBeUndefined();
  });

  it('takes no body of unknown or absurd size', async () => {
    const json = { 'content-type': 'application/json' };
    expect((await raw(direct, '/api/epcis/capture', json, { text: '{"a":1}' })).status).toBe(200);
    expect(seen[0]?.body).toBe('{"a":1}');
    expect((await raw(direct, '/api/epcis/capture', json, { text: '{}', chunked: true })).status).toBe(411);
    expect(seen).toEqual([]);
    const huge = { ...json, 'content-length': String(64 * 1024 * 1024) };
    expect((await raw(direct, '/api/epcis/capture', huge, { text: '', chunked: false })).status).toBe(413);
    expect(seen).toEqual([]);
  });

  it('runs no script but its own files, with a nonce that is new each time', async () => {
    const [one, two] = [await raw(direct, '/items'), await raw(direct, '/items')];
    const policy = String(one.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(one.text).toContain(`nonce="${nonce}"`);
    expect(two.text).not.toContain(nonce);
    expect(one.headers['cache-control']).toBe('no-store');
  });

  it('says that the API is away, and not why', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', () => resolve()));
    const address = listening(gone);
    await new Promise((resolve) => gone.close(resolve));
    const answer = await raw(await serve(address, []), '/api/items');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '15']);
    expect(answer.text).not.toContain(address.slice('http://'.length));
  });
});
