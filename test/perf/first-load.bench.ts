import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConsoleServer, loadPageFiles, loadVerifierFiles } from '@waymark/admin-web';
import { pino } from 'pino';
import { type Browser, chromium } from 'playwright-core';
import { machine } from '../support/machine.js';
import { chromiumArguments, chromiumPath } from '../support/scan-timing.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const pageFolder = path.join(root, 'apps/admin-web/dist/page');
const ready = chromiumPath() !== undefined && existsSync(path.join(pageFolder, 'index.html'));

/** Bytes of the body as they travel. */
const weigh = (address: string, encoding: 'br' | 'gzip') =>
  new Promise<number>((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': encoding } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });

/** What a browser that was never here fetches of the console before it can be used. */
(ready ? describe : describe.skip)('the first load of the console', () => {
  let server: Awaited<ReturnType<typeof createConsoleServer>>;
  let browser: Browser;
  let url = '';
  const figures: Record<string, number> = {};

  beforeAll(async () => {
    server = await createConsoleServer({
      apiUrl: 'http://127.0.0.1:9',
      files: await loadPageFiles(pageFolder),
      verifier: await loadVerifierFiles(pageFolder),
      logger: pino({ level: 'silent' }),
      trustProxy: [],
    });
    url = await server.listen({ port: 0, host: '127.0.0.1' });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: chromiumArguments });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    mkdirSync(path.join(root, 'docs/perf'), { recursive: true });
    appendFileSync(
      path.join(root, 'docs/perf/history.jsonl'),
      `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), figures })}\n`,
    );
  }, 60_000);

  const session = JSON.stringify({
    accessToken: 'ws_bench',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    user: { id: 'u', email: 'bench@farm.example', name: 'Bench' },
    organisation: 'farm',
    organisations: [
      { account: 'farm', name: { en: 'The farm', 'zh-CN': '农场' }, role: 'company', roles: ['administrator'] },
    ],
    permissions: ['read', 'capture', 'visibility', 'people', 'keys', 'audit'],
  });

  it.each([
    ['sign_in', 'en', 'input[name=password]'],
    ['start_page', 'en', '#main h1'],
    ['start_page', 'zh-CN', '#main h1'],
  ] as const)(
    '%s in %s',
    async (place, language, shown) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: language });
      const answer = (status: number, body: string) => ({ status, contentType: 'application/json', body });
      await page.route('**/api/**', (route) => route.fulfill(answer(404, '{}')));
      await page.route('**/api/session/refresh', (route) =>
        route.fulfill(place === 'sign_in' ? answer(401, '{}') : answer(200, session)),
      );
      const files = new Set<string>();
      page.on('response', (response) => {
        if (!response.url().includes('/api/')) files.add(response.url());
      });
      await page.goto(url);
      await page.locator(shown).first().waitFor();
      await page.waitForLoadState('networkidle');
      for (const encoding of ['br', 'gzip'] as const) {
        let bytes = 0;
        for (const address of files) bytes += await weigh(address, encoding);
        const name = `console_${place}_${language}_${encoding}_kB`;
        figures[name] = Math.round(bytes / 100) / 10;
        process.stdout.write(`${name.padEnd(48)} ${figures[name]}\n`);
      }
      figures[`console_${place}_${language}_files`] = files.size;
      expect(files.size).toBeGreaterThan(5);
      await page.close();
    },
    120_000,
  );
});
