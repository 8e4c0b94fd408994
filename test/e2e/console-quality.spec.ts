import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readTrustRootJson, verifyEvidence } from '@waymark/light-client';
import type { Page } from 'playwright-core';
import { DEMO_PEOPLE } from '../../apps/cli/src/demo/people.js';
import { checkAccessibility, chromiumPath, ConsoleSite, widerThanWindow } from '../support/console-site.js';
import { commissioning, epcisDocument } from '../support/epcis-documents.js';

jest.setTimeout(180_000);

const where = chromiumPath() === undefined ? describe.skip : describe;
const note = chromiumPath() === undefined ? ' (skipped: no Chromium; set CHROMIUM_PATH)' : '';

/** A library for large integers tries WebAssembly once and does without where the policy forbids it, as it does here. */
const isProbe = (fault: string) => fault.includes('script-src wasm-eval');

where(`a quality manager at the console${note}`, () => {
  let site: ConsoleSite;
  let can: string;
  const other = { email: 'ines.moreau@retailer.example', name: 'Ines Moreau', roles: ['quality'], organisation: '' };
  const formula = 'urn:epc:id:sgtin:9521005.000101.=1+1';

  beforeAll(async () => {
    const { loadSample } = await import('../../apps/cli/src/demo/sample.js');
    const { root } = await import('../support/cluster.js');
    const companies = loadSample(root).companies.filter(
      ({ role, account }) => role === 'company' && account !== 'processor',
    );
    other.organisation = companies.at(-1)?.account ?? '';
    site = await ConsoleSite.open({ sample: true, people: [...DEMO_PEOPLE, other] });
    can = `https://id.gs1.org${site.cluster.sample.canPath}`;
    const client = await site.cluster.client('processor');
    await client.finished(await client.send(epcisDocument(commissioning([formula])), 'public'));
  }, 300_000);
  afterAll(async () => site?.close(), 120_000);
  afterEach(async () => site.leave());

  const item = (id: string) => `/item?id=${encodeURIComponent(id)}`;
  const trace = (view: string, more = '') => `/trace?id=${encodeURIComponent(can)}&view=${view}${more}`;
  const steps = (page: Page) => page.locator('section[aria-labelledby=history] li');
  const historyOf = async (page: Page): Promise<number> => {
    await page.locator('section[aria-labelledby=history] li, [role=alert]').first().waitFor();
    return steps(page).count();
  };

  it('finds a can by Ctrl-K, opens its page and sees a proof checked in the browser', async () => {
    const { page, faults } = await site.visit({ as: 'quality' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').locator('input').fill('C0001');
    await page.getByRole('option', { name: /C0001/ }).first().click();
    await page.waitForURL((url) => url.pathname === '/item' && url.searchParams.get('id') === can);
    expect(await historyOf(page)).toBeGreaterThan(0);
    await page
      .getByRole('button', { name: /^Show the proof of/ })
      .first()
      .click();
    const proof = page.getByRole('dialog');
    await proof.getByText(/^Checked in this browser: [34] of 4 supervisors signed$/).waitFor();
    const saved = page.waitForEvent('download');
    await proof.getByRole('button', { name: 'Download the evidence file' }).click();
    const evidence = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as unknown;
    const trust = readTrustRootJson(await (await site.cluster.get('/chain/trust')).json());
    if (trust === undefined) throw new Error('no trust root');
    expect(verifyEvidence(evidence, trust.trust, { nowMs: Date.now() })).toMatchObject({ ok: true });
    expect(faults.filter((fault) => !isProbe(fault))).toEqual([]);
  });

  it('says red when what the server gives is not what was signed', async () => {
    const { page } = await site.visit({ as: 'quality' });
    await page.route('**/api/evidence/record?**', async (route) => {
      const response = await route.fetch();
      const evidence = (await response.json()) as { transactions: { bodies: { body: string }[] }[] };
      const [first] = evidence.transactions.flatMap(({ bodies }) => bodies);
      if (first !== undefined) first.body = `${first.body.slice(0, 40)}AAAA${first.body.slice(44)}`;
      await route.fulfill({ response, json: evidence });
    });
    await page.goto(item(can));
    await page
      .getByRole('button', { name: /^Show the proof of/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('The proof does not hold').waitFor();
    expect(await page.getByText(/^Checked in this browser/).count()).toBe(0);
  });

  it('traces it in three views that share their state, both ways', async () => {
    const { page, faults } = await site.visit({ as: 'quality', path: trace('graph', '&depth=64') });
    const canvas = page.locator('[data-nodes]');
    await canvas.waitFor();
    const drawn = Number(await canvas.getAttribute('data-nodes'));
    expect(drawn).toBeGreaterThan(10);
    await page.locator('.react-flow__node-item').first().waitFor();
    await page.getByText('Where from', { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('direction') === 'up');
    await page.getByText('Timeline', { exact: true }).click();
    await page.waitForURL(
      (url) => url.searchParams.get('view') === 'timeline' && url.searchParams.get('direction') === 'up',
    );
    await page.getByText('Hatched').or(page.getByText('Hatching')).first().waitFor();
    await page.getByText('List', { exact: true }).click();
    const table = page.getByRole('table');
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBeGreaterThan(5);
    await page.goBack();
    expect(faults).toEqual([]);
  });

  it('exports what it sees; a formula in a serial number stays a text', async () => {
    const { page } = await site.visit({ as: 'quality', path: trace('list') });
    const take = async (name: RegExp | string) => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const saved = page.waitForEvent('download');
      await page.getByRole('menuitem', { name }).click();
      return readFileSync(await (await saved).path(), 'utf8');
    };
    const document = JSON.parse(await take(/JSON-LD/)) as { type: string; epcisBody: { eventList: unknown[] } };
    expect([document.type, document.epcisBody.eventList.length > 5]).toEqual(['EPCISDocument', true]);
    expect((await take('Events as CSV')).split('\r\n')[0]).toContain('event time');
    expect(JSON.parse(await take(/Evidence file/))).toMatchObject({ format: 'waymark-evidence/1' });
    await page.goto('/items?q=%3D1');
    await page.getByRole('link', { name: /=1\+1/ }).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const csv = readFileSync(await (await saved).path(), 'utf8');
    expect(csv).toContain("'=1+1");
    expect(csv).not.toMatch(/(^|,|")=1/m);
  });

  it('changes who may see records: another company loses sight and gains it again', async () => {
    const theirs = await site.visit({ as: { ...other, password: passwordOf() }, path: item(can) });
    const before = await historyOf(theirs.page);
    expect(before).toBeGreaterThan(0);
    const { page } = await site.visit({ as: 'quality', path: item(can) });
    const change = async (to: string) => {
      await page.getByRole('button', { name: 'Choose all of ours' }).click();
      await page.getByRole('button', { name: /^Change who sees \d+ records?$/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('it cannot be unseen').waitFor();
      await dialog.getByRole('radio', { name: to, exact: true }).check();
      await dialog.getByRole('button', { name: 'Sign the change' }).click();
      await dialog.getByText('The change holds').waitFor({ timeout: 60_000 });
      await dialog.getByRole('button', { name: 'Close' }).last().click();
    };
    await change('Own organisation');
    await theirs.page.reload();
    expect(await historyOf(theirs.page)).toBeLessThan(before);
    await change('Everybody');
    await theirs.page.reload();
    expect(await historyOf(theirs.page)).toBe(before);
  });

  it('answers a guessed address of another company as if there were nothing', async () => {
    const client = await site.cluster.client(other.organisation);
    const hidden = 'urn:epc:id:sgtin:9521005.000101.HIDDEN';
    await client.finished(await client.send(epcisDocument(commissioning([hidden])), 'own'));
    const { page } = await site.visit({ as: 'quality', path: item(hidden) });
    const told = async () => (await page.getByRole('alert').textContent()) ?? '';
    const guessed = await told();
    await page.goto(item('urn:epc:id:sgtin:9521005.000101.NEVER'));
    expect(await told()).toBe(guessed);
    expect(guessed).toContain('or your organisation may not see it');
    await page.goto(`/trace?id=${encodeURIComponent(hidden)}`);
    expect(await told()).toContain('or your organisation may not see it');
  });

  for (const [name, phone] of [
    ['1440', false],
    ['390', true],
  ] as const)
    it(`is accessible at ${name} px`, async () => {
      for (const [picture, language, dark] of [
        ['light-en', 'en', false],
        ['dark-zh', 'zh-CN', true],
      ] as const) {
        const { page, faults } = await site.visit({ as: 'quality', phone, language, dark });
        for (const [what, path, ready] of [
          ['items', '/items', 'tbody a'],
          ['items-empty', '/items?lot=none', 'section[aria-label]'],
          ['item', item(can), 'section[aria-labelledby=history] li'],
          ['trace-graph', trace('graph', '&depth=64'), '.react-flow__node-item'],
          ['trace-timeline', trace('timeline', '&depth=64'), 'ol li'],
          ['trace-list', trace('list', '&depth=64'), 'tbody a'],
          ['trace-start', '/trace', 'form'],
        ] as const) {
          await page.goto(path);
          await page.locator(ready).first().waitFor();
          await site.picture(page, `quality-${what}-${name}-${picture}`);
          expect([what, picture, await checkAccessibility(page)]).toEqual([what, picture, []]);
          expect([what, picture, await widerThanWindow(page)]).toEqual([what, picture, 0]);
        }
        expect(faults).toEqual([]);
        await site.leave();
      }
    });

  function passwordOf(): string {
    return site.people.find(({ email }) => email === other.email)?.password ?? '';
  }
});
