import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { readCodes } from '../../../../../test/support/code-reader.js';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const LOT = 'https://id.gs1.org/01/09521001000017/10/LOT-2026%2F01';
const UNIT = 'urn:epc:id:sgtin:9521001.000001.S%2F1';
const LONGEST = `https://id.gs1.org/01/09521001000017/21/${'A1b2C3d4E5'.repeat(2)}`;
const PALLET = 'urn:epc:id:sscc:9521001.0000000018';

interface Sizes {
  link: string;
  lines: string[];
  grain: string;
  modules: number;
  sizeMmMin: number;
  sizes: { moduleMm: number; sizeMm: number }[];
}

describe('labels', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open({ worker: false });
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const label = (query: Record<string, string | number>) =>
    house.fetch(`/labels?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString()}`, {
      as: 'farm',
    });
  const sizesOf = async (id: string) =>
    (await (await house.fetch(`/labels/sizes?id=${encodeURIComponent(id)}`, { as: 'farm' })).json()) as Sizes;
  const bytesOf = async (response: Response) => {
    expect(response.status).toBe(200);
    return new Uint8Array(await response.arrayBuffer());
  };

  it('says what is in the code and how large it is to be', async () => {
    expect(await sizesOf(LOT)).toMatchObject({
      link: 'http://scan.example/01/09521001000017/10/LOT-2026%2F01',
      lines: ['(01) 09521001000017', '(10) LOT-2026/01'],
      grain: 'lot',
    });
    expect(await sizesOf(UNIT)).toMatchObject({ grain: 'unit', link: expect.stringContaining('/21/S%2F1') });
    expect(await sizesOf(PALLET)).toMatchObject({ grain: 'logistic-unit' });
    const { sizes, modules, sizeMmMin } = await sizesOf(LOT);
    expect(sizeMmMin).toBeGreaterThanOrEqual((modules + 8) * 0.396);
    expect(sizes.length).toBeGreaterThan(3);
  });

  it.each([72, 203, 300, 600])(
    'PNG at %i dots an inch reads back in every size, with and without text',
    async (resolution) => {
      for (const id of [LOT, UNIT, LONGEST, PALLET]) {
        const { sizes, link, modules } = await sizesOf(id);
        for (const { sizeMm } of sizes.slice(0, resolution === 600 ? 2 : 5))
          for (const text of ['true', 'false']) {
            const response = await label({ id, format: 'png', sizeMm, resolution, text });
            const png = await bytesOf(response);
            expect(await readCodes(png)).toEqual([link]);
            const { width, height } = PNG.sync.read(Buffer.from(png));
            expect(width % (modules + 8)).toBe(0);
            expect(text === 'true' ? height > width : height === width).toBe(true);
            // As large as asked for, or a little more: whole pixels for each module.
            const printedMm = (width * 25.4) / resolution;
            expect(printedMm).toBeGreaterThan(sizeMm - 0.15);
            expect(Number(response.headers.get('waymark-label-size-mm'))).toBeCloseTo(printedMm, 0);
            expect(Buffer.from(png).includes('pHYs')).toBe(true);
          }
      }
    },
    240_000,
  );

  it('keeps the quiet zone white and the modules black', async () => {
    const png = PNG.sync.read(
      Buffer.from(await bytesOf(await label({ id: LOT, format: 'png', resolution: 300, text: 'true' }))),
    );
    const { modules } = await sizesOf(LOT);
    const pixels = png.width / (modules + 8);
    const grey = (x: number, y: number) => png.data[(y * png.width + x) * 4];
    for (let i = 0; i < png.width; i++)
      for (let edge = 0; edge < 4 * pixels; edge++)
        expect([grey(i, edge), grey(edge, Math.min(i, png.width - 1))]).toEqual([255, 255]);
    expect(grey(4 * pixels, 4 * pixels)).toBe(0);
  });

  (existsSync(CHROMIUM) ? describe : describe.skip)('SVG in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      });
    }, 60_000);
    afterAll(async () => browser?.close());

    it('reads back in every size, has millimetres, and runs nothing', async () => {
      const page = await browser.newPage();
      for (const id of [LOT, LONGEST]) {
        const { sizes, link } = await sizesOf(id);
        for (const { sizeMm } of sizes)
          for (const text of ['true', 'false']) {
            const response = await label({ id, sizeMm, text });
            expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
            const svg = new TextDecoder().decode(await bytesOf(response));
            expect(svg).toContain(`width="${Number(sizeMm.toFixed(3))}mm"`);
            await page.setContent(`<body style="margin:0">${svg}</body>`);
            expect(await readCodes(await page.locator('svg').screenshot())).toEqual([link]);
          }
      }
    }, 60_000);
  });

  it.each([
    ['no key', { id: 'https://example.org/thing' }, 400, 'LABEL_NO_GS1_KEY'],
    ['script', { id: '<script>alert(1)</script>' }, 400, 'LABEL_NO_GS1_KEY'],
    ['wrong check digit', { id: 'https://id.gs1.org/01/09521001000014/10/L' }, 400, 'GS1_CHECK_DIGIT_WRONG'],
    ['too small', { id: LOT, sizeMm: 8 }, 400, 'LABEL_TOO_SMALL'],
    ['too many points', { id: LOT, format: 'png', sizeMm: 400, resolution: 1200 }, 400, 'LABEL_TOO_LARGE'],
    ['no such format', { id: LOT, format: 'gif' }, 400, 'QUERY_PARAMETER_INVALID'],
  ])('refuses %s', async (_what, query, status, code) => {
    const response = await label(query);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('is for members only', async () => {
    expect((await house.fetch(`/labels?id=${encodeURIComponent(LOT)}`)).status).toBe(401);
  });
});
