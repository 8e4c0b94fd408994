import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { readCodes } from '../support/code-reader.js';
import { ConsoleHouse, consolePageFolder } from '../support/console-house.js';
import { checkAccessibility, widerThanWindow } from '../support/console-site.js';
import { commissioning, epcisDocument, observation, unit, withNames } from '../support/epcis-documents.js';
import { chromiumPath } from '../support/scan-timing.js';

jest.setTimeout(120_000);

const missing =
  chromiumPath() === undefined
    ? ' (skipped: no Chromium; set CHROMIUM_PATH)'
    : existsSync(path.join(consolePageFolder, 'index.html'))
      ? ''
      : ' (skipped: the console is not built; run `npm run build`)';
const whereBrowser = missing === '' ? describe : describe.skip;
/** Where pictures go, to be looked at by people; none are made without it. */
const pictures = process.env['CONSOLE_PICTURES'];

const FARM = '9521001';
const GTIN = '09521001000017';
const GLN = '9521001000109';
const SCRIPT = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

whereBrowser(`whoever captures, at the console${missing}`, () => {
  let site: ConsoleHouse;
  let context: BrowserContext;
  let page: Page;
  let email: string;
  let faults: string[];

  beforeAll(async () => {
    site = await ConsoleHouse.open();
    email = await site.person('farm', 'capture');
    await site.house.captured(
      'farm',
      withNames(epcisDocument(observation([unit(FARM, 'S0')])), 'EPCClass', {
        [`https://id.gs1.org/01/${GTIN}`]: 'Tuna loin',
      }),
    );
    await site.house.captured(
      'farm',
      withNames(epcisDocument(observation([unit(FARM, 'S1')])), 'Location', {
        [`https://id.gs1.org/414/${GLN}`]: 'North quay',
      }),
    );
    ({ context, page, faults } = await site.visit(email, '/capture/new'));
  }, 240_000);
  afterAll(async () => site?.close(), 60_000);

  const picture = async (name: string, of = page) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await of.screenshot({ path: path.join(pictures, `capture-${name}.png`), fullPage: true });
  };
  const jobs = async () =>
    (await (await site.house.fetch('/epcis/capture?perPage=100', { as: 'farm' })).json()) as {
      captureID: string;
      state: string;
      label?: string;
      upload?: { id: string; parts: number };
      errors: unknown[];
    }[];
  const paste = async (text: string) => {
    await page.goto('/capture/new');
    await page.locator('h1').waitFor();
    const other = page.getByRole('button', { name: 'Take another document' });
    const field = page.getByLabel('Or paste the text of the document');
    await other.or(field).first().waitFor();
    if (await other.isVisible()) await other.click();
    await field.fill(text);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
  };
  const send = () => page.getByRole('button', { name: /^Send / });
  const finished = async () => {
    await page.waitForURL('**/capture/jobs/*');
    await page
      .locator('header')
      .getByText(/^(Final|Refused)$/)
      .first()
      .waitFor();
  };

  it('pastes a document, sees it checked, sends it and follows it to final', async () => {
    await paste(JSON.stringify(epcisDocument(commissioning([unit(FARM, 'E1'), unit(FARM, 'E2')])), null, 2));
    await page.getByText('Everything can be captured.').waitFor();
    await picture('checked');
    await page.getByLabel('Your name for this capture').fill(`Landing ${SCRIPT}`);
    await page.getByRole('radio', { name: /Everybody/ }).check();
    await send().click();
    await finished();
    const table = page.getByRole('region', { name: 'Events' });
    await table.getByText('Final', { exact: true }).waitFor();
    await picture('final');
    const [job] = await jobs();
    expect(job).toMatchObject({ state: 'final', label: `Landing ${SCRIPT}` });
    await page.goto('/capture');
    await page.getByRole('link', { name: /^Landing/ }).waitFor();
    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
    await picture('history');
  });

  it('is shown the one event that is refused, with its place in the text; chooses "as much as possible"', async () => {
    const text = JSON.stringify(
      epcisDocument(
        commissioning([unit(FARM, 'R1')]),
        { ...observation([unit(FARM, 'R1')]), eventTime: 'yesterday' },
        commissioning([unit('9521002', 'R2')]),
      ),
      null,
      2,
    );
    const line = text.split('\n').findIndex((one) => one.includes('"yesterday"')) + 1;
    await paste(text);
    await page.getByText('Some events will be refused.').waitFor();
    const refused = page.getByRole('row').filter({ hasText: 'No. 2' });
    await refused.getByText(new RegExp(`Line ${line}, column \\d+`)).waitFor();
    await refused.getByRole('button', { name: 'Show the place in the text' }).first().click();
    expect(await refused.locator('mark').first().textContent()).toBe('"yesterday"');
    // What only the ledger knows is told before anything is sent.
    await page.getByText('only its owner may bring units').first().waitFor();
    await picture('refused');
    expect(await send().isDisabled()).toBe(true);
    await page.getByText('keep the document from being sent').waitFor();
    await page.getByRole('radio', { name: /As much as possible/ }).check();
    await send().click();
    await finished();
    const table = page.getByRole('region', { name: 'Events' });
    await table.getByText('Refused', { exact: true }).first().waitFor();
    await table.getByText('Final', { exact: true }).first().waitFor();
    await picture('partly');
  });

  it('writes down a harvest with the form; a missing digit is offered', async () => {
    await page.goto('/capture/form/harvest');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Some fields need your attention.').waitFor();
    await page.getByRole('combobox', { name: 'Product' }).fill('tuna');
    await page.getByRole('option', { name: /Tuna loin/ }).click();
    expect(await page.getByRole('combobox', { name: 'Product' }).inputValue()).toBe(GTIN);
    await page.getByRole('combobox', { name: 'Place' }).fill(GLN.slice(0, -1));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Take ${GLN}` }).click();
    await page.getByRole('textbox', { name: 'Lot', exact: true }).fill('L-77');
    await page.getByRole('textbox', { name: 'Quantity' }).fill('12,5');
    // A reload loses nothing.
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Lot', exact: true }).inputValue()).toBe('L-77');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText(/Everything can be captured/).waitFor();
    await page.getByText('The document that is sent (EPCIS 2.0)').click();
    await page.getByText(`https://id.gs1.org/01/${GTIN}/10/L-77`).first().waitFor();
    await picture('form');
    await send().click();
    await finished();
    expect((await jobs())[0]).toMatchObject({ state: 'final', errors: [] });
    await page.goto('/capture/form/harvest');
    await page.getByRole('textbox', { name: 'Lot', exact: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Lot', exact: true }).inputValue()).toBe('');
  });

  it('loses the network in the middle: exactly one job, and is told', async () => {
    const before = (await jobs()).length;
    await paste(JSON.stringify(epcisDocument(commissioning([unit(FARM, 'N1')]))));
    await page.getByText('Everything can be captured.').waitFor();
    // The request arrives, its answer is lost on the way; then the network is away altogether.
    let lost = 0;
    await page.route('**/api/epcis/capture', async (route) => {
      if (lost++ > 0) return route.fallback();
      await route.fetch();
      await context.setOffline(true);
      return route.abort('internetdisconnected');
    });
    await send().click();
    await page.getByText('The connection is lost.').waitFor();
    await picture('offline');
    await context.setOffline(false);
    await finished();
    await page.unroute('**/api/epcis/capture');
    expect((await jobs()).length).toBe(before + 1);
    expect(lost).toBeGreaterThan(1);
  });

  it('a reload in the middle of sending goes on under the same key', async () => {
    const before = (await jobs()).length;
    await paste(JSON.stringify(epcisDocument(commissioning([unit(FARM, 'N2')]))));
    await page.getByText('Everything can be captured.').waitFor();
    await page.route('**/api/epcis/capture', async (route) => {
      await route.fetch();
      return route.abort('connectionreset');
    });
    await send().click();
    await page.getByText('The connection is lost.').waitFor();
    await page.unroute('**/api/epcis/capture');
    await page.reload();
    await finished();
    expect((await jobs()).length).toBe(before + 1);
  });

  it('five megabytes are pasted, checked whole and sent in parts', async () => {
    const events = Array.from({ length: 2_600 }, (_, i) =>
      commissioning([unit(FARM, `V${i}`)], { 'ex:note': 'x'.repeat(1_900) }),
    );
    const document = epcisDocument(...events);
    const text = JSON.stringify({ ...document, '@context': [...document['@context'], { ex: 'https://ex.example/' }] });
    expect(text.length).toBeGreaterThan(5_000_000);
    await page.goto('/capture/new');
    const field = page.getByLabel('Or paste the text of the document');
    await field.waitFor();
    await field.evaluate((element, pasted) => {
      const data = new DataTransfer();
      data.setData('text', pasted);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
    await page.getByText(/It will be sent in \d+ parts/).waitFor({ timeout: 60_000 });
    await picture('large');
    await send().click();
    await page.waitForURL('**/capture/jobs/*', { timeout: 90_000 });
    await page
      .getByRole('region', { name: 'Parts of this upload' })
      .getByText(/Part 1 of/)
      .waitFor();
    const sent = (await jobs()).filter(({ upload }) => upload !== undefined);
    expect(sent.length).toBe(sent[0]?.upload?.parts);
    expect(new Set(sent.map(({ upload }) => upload?.id)).size).toBe(1);
  }, 240_000);

  it.each([
    ['no EPCIS', '{"hello":"world"}', 'This is neither an EPCISDocument nor an EPCISQueryDocument.'],
    ['XML', '<epcis:EPCISDocument/>', 'This is XML; only EPCIS 2.0 in JSON is read here.'],
    ['no JSON', '{"type": tru}', 'The document is no valid JSON'],
    ['script', SCRIPT, 'This is XML'],
  ])('%s is told by its name, and nothing can be sent', async (_what, text, sentence) => {
    await paste(text);
    await page.getByText(sentence).first().waitFor();
    await page.getByText('Nothing of this document can be captured.').waitFor();
    expect(await send().count()).toBe(0);
    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  });

  it('finds a capture again by its name', async () => {
    await page.goto('/capture');
    await page.getByLabel('Name or file').fill('Landing');
    await page.waitForURL('**text=Landing**');
    await expect(page.getByRole('link', { name: /^Landing/ }).count()).resolves.toBe(1);
    await page.goto('/capture?state=refused&text=nothing-of-the-kind');
    await page.getByText('Nothing fits these filters.').waitFor();
  });

  it('takes a label home that a phone reads', async () => {
    await page.goto('/labels');
    await page.getByLabel('Product number (GTIN)').fill(GTIN);
    await page.getByRole('textbox', { name: 'Lot', exact: true }).fill('L-77');
    await page.getByRole('button', { name: 'Show the label' }).click();
    const link = `http://scan.example/01/${GTIN}/10/L-77`;
    const shown = page.getByRole('img', { name: /^Label of/ });
    await shown.waitFor();
    await picture('label');
    for (const name of ['Download PNG', 'Download SVG']) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      const bytes = readFileSync(await file.path());
      if (name.endsWith('PNG')) expect(await readCodes(bytes)).toEqual([link]);
      else expect(bytes.toString('utf8')).toMatch(/^<svg /);
    }
    expect(await readCodes(await shown.screenshot())).toEqual([link]);
    // What is printed is the labels alone, each of which is read.
    await page.emulateMedia({ media: 'print' });
    const sheet = await page.screenshot({ fullPage: true });
    expect(await readCodes(sheet)).toContain(link);
    await page.emulateMedia({ media: 'screen' });
    await page.goto('/labels?id=https%3A%2F%2Fexample.org%2Fx');
    await page.getByText('not an identifier that a GS1 code can carry').waitFor();
  });

  it('another company does not find the job', async () => {
    const [job] = await jobs();
    const other = await site.visit(await site.person('factory', 'capture'), `/capture/jobs/${job?.captureID ?? ''}`);
    await other.page.getByText('There is no such capture of your organisation.').waitFor();
    await other.context.close();
  });

  describe.each([
    ['desktop', {}],
    ['desktop in the dark, Chinese', { dark: true, language: 'zh-CN' }],
    ['phone', { phone: true }],
    ['phone in the dark, Chinese', { phone: true, dark: true, language: 'zh-CN' }],
  ] as const)('on a %s', (name, look) => {
    it('every page is accessible and fits', async () => {
      const visit = await site.visit(email, '/capture', look);
      const all = await jobs();
      const job = all.find(({ errors }) => errors.length > 0) ?? all[0];
      const addresses = {
        history: '/capture',
        new: '/capture/new',
        harvest: '/capture/form/harvest',
        ship: '/capture/form/ship',
        job: `/capture/jobs/${job?.captureID ?? ''}`,
        labels: `/labels?id=${encodeURIComponent(`https://id.gs1.org/01/${GTIN}/10/L-77`)}`,
      };
      const found: Record<string, unknown> = {};
      for (const [title, address] of Object.entries(addresses)) {
        await visit.page.goto(address);
        await visit.page.locator('h1').waitFor();
        await visit.page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
        await picture(`${name.replace(/[^a-z]+/gi, '-')}-${title}`, visit.page);
        const faultsOf = await checkAccessibility(visit.page);
        if (faultsOf.length > 0) found[title] = faultsOf;
        const wider = await widerThanWindow(visit.page);
        if (wider > 0) found[`${title}: wider than the window`] = wider;
      }
      await visit.context.close();
      expect(found).toEqual({});
      expect(visit.faults).toEqual([]);
    });
  });

  it('met no fault on the way', () => {
    expect(faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
