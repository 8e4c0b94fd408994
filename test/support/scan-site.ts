/** The scan page's own server over a fake API, in this process, with the page bundled from source. */
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { createScanServer, createStoryClient, loadPageAssets, type PageAssets } from '@waymark/scan-web';

export interface Answer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: string;
}
/** What the fake API answers to `/story?id=`, `/evidence?id=` and everything else. */
export type FakeApi = (path: string, id: string) => Answer | undefined;

export interface ScanSite {
  readonly url: string;
  close(): Promise<void>;
}

let built: Promise<PageAssets> | undefined;

async function buildAssets(): Promise<PageAssets> {
  const { buildPage } = (await import(new URL('../../apps/scan-web/build.mjs', import.meta.url).href)) as {
    buildPage(options: { outFolder: string; fromSource: boolean }): Promise<unknown>;
  };
  const outFolder = await mkdtemp(path.join(tmpdir(), 'waymark-page-'));
  await buildPage({ outFolder, fromSource: true });
  return loadPageAssets(outFolder);
}

export async function openScanSite(api: FakeApi, trustFile: Uint8Array): Promise<ScanSite> {
  const assets = await (built ??= buildAssets());
  const fake = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const answer = api(url.pathname, url.searchParams.get('id') ?? '') ?? {
      status: 404,
      contentType: 'application/problem+json',
      body: '{"status":404}',
    };
    response.writeHead(answer.status ?? 200, { 'content-type': answer.contentType ?? 'application/json' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(fake.address() as AddressInfo).port}/`;
  const server = await createScanServer({
    apiUrl,
    stories: createStoryClient(apiUrl, 2_000),
    trustFile,
    assets,
    logger: pino({ level: 'silent' }),
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    async close() {
      await server.close();
      fake.closeAllConnections();
      await new Promise((resolve) => fake.close(resolve));
    },
  };
}
