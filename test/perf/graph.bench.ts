import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { createConsoleServer, loadPageFiles, loadVerifierFiles } from '@waymark/admin-web';
import { pino } from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { machine, percentile } from '../support/machine.js';
import { chromiumArguments, chromiumPath } from '../support/scan-timing.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const pageFolder = path.join(root, 'apps/admin-web/dist/page');
const ready = chromiumPath() !== undefined && existsSync(path.join(pageFolder, 'index.html'));
const NODES = 2_000;

/** Lots that go through twenty places in ten rounds, each made of some of the round before. */
function graph() {
  const layers = 20;
  const perLayer = NODES / layers;
  const id = (layer: number, n: number) => `https://id.gs1.org/01/09521001000017/10/L${layer}-${n}`;
  const place = (n: number) => `https://id.gs1.org/414/95210010${String(n).padStart(5, '0')}`;
  const states = ['active', 'in_transit', 'recalled', undefined];
  const nodes = Array.from({ length: NODES }, (_, i) => {
    const layer = Math.floor(i / perLayer);
    const n = i % perLayer;
    const time = new Date(Date.UTC(2026, 0, 1 + layer, n % 24)).toISOString();
    const state = states[i % states.length];
    return {
      id: id(layer, n),
      type: 'item',
      kind: 'lot',
      shortName: `9521001000017 · L${layer}-${n}`,
      product: 'https://id.gs1.org/01/09521001000017',
      side: layer === 0 && n === 0 ? 'start' : 'downstream',
      depth: layer,
      time,
      lastTime: time,
      place: place(n % 20),
      signer: 'farm',
      quantity: String((i % 50) + 1),
      unit: 'KGM',
      ...(state !== undefined && { state }),
      more: { up: false, down: layer === layers - 1 },
    };
  });
  const links = nodes.slice(perLayer).flatMap(({ id: to, time }, i) => {
    const layer = Math.floor(i / perLayer);
    return [0, 7].map((shift) => {
      const from = id(layer, (i + shift) % perLayer);
      return {
        id: `${from} ${to}`,
        from,
        to,
        kind: 'input',
        quantity: String((i % 50) + 1),
        unit: 'KGM',
        since: time,
        eventKey: 'x',
      };
    });
  });
  return {
    item: id(0, 0),
    direction: 'both',
    nodes,
    links,
    steps: [],
    names: { 'https://id.gs1.org/01/09521001000017': { en: 'Salmon fillet', 'zh-CN': '三文鱼柳' } },
    organisations: { farm: { en: 'The farm', 'zh-CN': '农场' } },
    truncated: false,
  };
}

/** Times between frames while `act` goes on, in milliseconds. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const state = { times: [] as number[], on: true };
    (globalThis as { framesOfBench?: typeof state }).framesOfBench = state;
    let last = performance.now();
    const tick = (now: number) => {
      state.times.push(now - last);
      last = now;
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  return page.evaluate(() => {
    const state = (globalThis as unknown as { framesOfBench: { times: number[]; on: boolean } }).framesOfBench;
    state.on = false;
    return state.times.slice(2);
  });
}

(ready ? describe : describe.skip)(`the graph of ${NODES} things`, () => {
  let server: Awaited<ReturnType<typeof createConsoleServer>>;
  let browser: Browser;
  let url = '';
  const figures: Record<string, number> = {};
  const note = (name: string, value: number) => {
    figures[name] = Math.round(value * 10) / 10;
    process.stdout.write(`${name.padEnd(48)} ${figures[name]}\n`);
  };

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

  it('is drawn, panned and zoomed', async () => {
    const answer = JSON.stringify(graph());
    const session = JSON.stringify({
      accessToken: 'ws_bench',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      user: { id: 'u', email: 'bench@farm.example', name: 'Bench' },
      organisation: 'farm',
      organisations: [
        { account: 'farm', name: { en: 'The farm', 'zh-CN': '农场' }, role: 'company', roles: ['quality'] },
      ],
      permissions: ['read', 'visibility'],
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const json = (body: string) => ({ status: 200, contentType: 'application/json', body });
    await page.route('**/api/**', (route) => route.fulfill(json('{}')));
    await page.route('**/api/session/refresh', (route) => route.fulfill(json(session)));
    await page.route('**/api/trace/graph?**', (route) => route.fulfill(json(answer)));
    const begun = performance.now();
    await page.goto(`${url}/trace?id=x&view=graph`);
    await page.locator('.react-flow__node-item').first().waitFor({ state: 'attached', timeout: 60_000 });
    note('graph_2000_first_drawing_ms', performance.now() - begun);
    const pane = page.locator('.react-flow__pane');
    const box = await pane.boundingBox();
    if (box === null) throw new Error('the graph is not drawn');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const drag = async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let i = 0; i < 60; i++) await page.mouse.move(x - i * 6, y - i * 2);
      await page.mouse.up();
    };
    const all = await framesDuring(page, drag);
    note('graph_2000_pan_all_frame_p50_ms', percentile(all, 0.5));
    note('graph_2000_pan_all_frame_p95_ms', percentile(all, 0.95));
    const zoom = await framesDuring(page, async () => {
      await page.mouse.move(x, y);
      for (let i = 0; i < 30; i++) await page.mouse.wheel(0, -120);
    });
    note('graph_2000_zoom_frame_p50_ms', percentile(zoom, 0.5));
    note('graph_2000_zoom_frame_p95_ms', percentile(zoom, 0.95));
    const near = await framesDuring(page, drag);
    note('graph_2000_pan_near_frame_p50_ms', percentile(near, 0.5));
    note('graph_2000_pan_near_frame_p95_ms', percentile(near, 0.95));
    note('graph_2000_nodes_in_page_when_near', await page.locator('.react-flow__node').count());
  }, 120_000);
});
