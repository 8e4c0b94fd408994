import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { eventually, root } from '../support/cluster.js';
import { checkAccessibility, chromiumPath, ConsoleSite, widerThanWindow } from '../support/console-site.js';
import { epcisDocument, observation } from '../support/epcis-documents.js';

const missing =
  chromiumPath() === undefined
    ? ' (skipped: no Chromium; set CHROMIUM_PATH)'
    : existsSync(path.join(root, 'apps/admin-web/dist/page/index.html'))
      ? ''
      : ' (skipped: the console is not built; run `npm run build`)';
const whereBrowser = missing === '' ? describe : describe.skip;
const STORY_MS = 180_000;

const PAGES = [
  ['nodes', '/consortium'],
  ['blocks', '/consortium/blocks'],
  ['work', '/consortium/work'],
  ['views', '/consortium/projections'],
  ['versions', '/consortium/versions'],
] as const;

whereBrowser(`an operator at the console${missing}`, () => {
  let site: ConsoleSite;
  beforeAll(async () => {
    site = await ConsoleSite.open({ sample: true });
  }, 300_000);
  afterEach(async () => site?.leave(), 30_000);
  afterAll(async () => site?.close(), 60_000);

  const sql = async (statement: string) => {
    const client = new pg.Client({ connectionString: site.cluster.deployment.postgres.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const go = async (page: Page, address: string) => {
    await page.goto(address);
    await page.locator('#main h1').waitFor();
  };
  const says = (page: Page, text: string | RegExp) => page.locator('#main').getByText(text).first().waitFor();

  it(
    'sees that all is well; a node that is killed is named with what it means; started again it heals',
    async () => {
      const { page, faults } = await site.visit({ as: 'operator', path: '/consortium' });
      await says(page, 'The consortium keeps up');
      await eventually(
        'four nodes are fine',
        async () => (await page.getByText('Fine', { exact: true }).count()) === 4,
      );
      await says(page, 'Nothing to do: all is well.');
      await says(page, 'Who hears whom');
      // One column for each node beside the corner, and nobody whom another one does not know.
      const matrix = page.getByRole('region', { name: 'Who hears whom' });
      expect(await matrix.getByRole('columnheader').count()).toBe(5);
      expect(await matrix.getByText('not known').count()).toBe(0);
      await says(page, 'Who signed the last blocks');
      await site.picture(page, 'operator-nodes-fine');

      const victim = site.cluster.deployment.nodes[1]!;
      const [{ name, account }] = [await site.cluster.rpc<{ name: string; account: string }>(1, 'status')];
      await victim.kill();
      const called = name === account ? name : `${account}/${name}`;
      await page.getByRole('heading', { name: new RegExp(`${called} does not answer`) }).waitFor();
      await says(page, /goes on without it as long as 3 of 4 voting nodes work/);
      await page.getByRole('heading', { name: /One more loss stops the consortium/ }).waitFor();
      await says(page, 'Silent');
      await site.picture(page, 'operator-nodes-one-killed');
      await victim.start();
      await eventually('the page says that it is fine again', async () => {
        const fine = await page.getByText('Fine', { exact: true }).count();
        return fine === 4 && (await page.getByText('does not answer').count()) === 0;
      });
      expect(faults).toEqual([]);
    },
    STORY_MS,
  );

  it(
    'goes from the list of blocks to a block, to a transaction, to the record of an item',
    async () => {
      const { page, faults } = await site.visit({ as: 'operator', path: '/consortium/blocks' });
      const [{ height }] = (await sql(`SELECT max(height)::int AS height FROM epcis_event WHERE visibility = 1`)) as [
        { height: number },
      ];
      await page.getByLabel('Go to height').fill(String(height));
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.waitForURL(new RegExp(`/consortium/blocks/${height}$`));
      await says(page, 'Checked');
      await says(page, 'Transactions in this block');
      await site.picture(page, 'operator-block');
      await page.locator('table a code').first().click();
      await page.waitForURL(/\/consortium\/transactions\/[0-9a-f]{64}$/);
      await says(page, 'Accepted');
      await page.getByText('Content', { exact: true }).first().click();
      await page.locator('pre').first().waitFor();
      await site.picture(page, 'operator-transaction');
      await page.locator('#main li a').first().click();
      await page.waitForURL(/\/item\?id=/);
      expect(faults).toEqual([]);
    },
    STORY_MS,
  );

  it(
    'puts stuck work back, gives other work up with a reason that its owner reads, and fills the views anew',
    async () => {
      const { deployment } = site.cluster;
      const client = await site.cluster.client('processor');
      await Promise.all(deployment.nodes.map((node) => node.kill()));
      const jobs = [
        await client.send(epcisDocument(observation(['urn:example:given-up'])), 'own'),
        await client.send(epcisDocument(observation(['urn:example:goes-on'])), 'own'),
      ];
      await sql(`UPDATE capture_job SET created_at = now() - interval '5 minutes' WHERE state = 'queued'`);

      const { page, faults } = await site.visit({ as: 'operator', path: '/consortium/work' });
      await eventually(
        'both are shown',
        async () => (await page.getByRole('button', { name: 'Give up' }).count()) === 2,
      );
      await site.picture(page, 'operator-work-stuck');
      await page.getByRole('button', { name: 'Give up' }).first().click();
      const dialogue = page.getByRole('dialog');
      const confirm = dialogue.getByRole('button', { name: 'Give it up' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialogue.getByLabel('Reason').fill('All nodes are away <b>until Monday</b>.');
      await site.picture(page, 'operator-work-give-up');
      expect(await checkAccessibility(page)).toEqual([]);
      await confirm.click();
      await dialogue.waitFor({ state: 'detached' });
      await eventually('one is left', async () => (await page.getByRole('button', { name: 'Give up' }).count()) === 1);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Put back to work').first().waitFor();
      const given = await client.finished(jobs[0]!);
      expect(given).toMatchObject({ success: false, errors: [{ code: 'CAPTURE_DISCARDED' }] });
      expect(JSON.stringify(given.errors)).toContain('until Monday');

      await go(page, '/consortium/projections');
      await page.getByRole('button', { name: 'Fill anew' }).click();
      await page.getByRole('button', { name: 'Fill them anew' }).click();
      await says(page, 'Is being filled anew');
      // At nothing done its bar has no width, and is there all the same.
      await page.getByRole('progressbar').first().waitFor({ state: 'attached' });
      await site.picture(page, 'operator-views-rebuild');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await says(page, /Cancelled at block/);
      await page.getByRole('button', { name: 'Fill anew' }).click();
      await page.getByRole('button', { name: 'Fill them anew' }).click();
      await says(page, 'Is being filled anew');
      await Promise.all(deployment.nodes.map((node) => node.start()));
      await page.getByText(/Filled anew up to block/).waitFor({ timeout: 90_000 });
      await go(page, '/consortium/work');
      await page.getByText('Nothing is stuck').waitFor({ timeout: 90_000 });
      expect(await client.finished(jobs[1]!)).toMatchObject({ success: true });
      expect(faults).toEqual([]);
    },
    STORY_MS,
  );

  it(
    'every page passes the automated checks of accessibility and fits a phone, light and dark, in both languages',
    async () => {
      const found: string[] = [];
      const [{ height, tx }] = (await sql(
        `SELECT height::int AS height, tx_id AS tx FROM epcis_event WHERE visibility = 1 ORDER BY height DESC LIMIT 1`,
      )) as [{ height: number; tx: string }];
      const deep = [
        ['block', `/consortium/blocks/${height}`],
        ['transaction', `/consortium/transactions/${tx}`],
        ['join', '/consortium/join'],
      ] as const;
      for (const [phone, dark, language] of [
        [false, false, 'en'],
        [false, true, 'zh-CN'],
        [true, false, 'en'],
        [true, true, 'zh-CN'],
      ] as const) {
        const { page, faults } = await site.visit({ as: 'operator', phone, dark, language, path: '/consortium' });
        for (const [name, address] of [...PAGES, ...deep]) {
          await go(page, address);
          await page.locator('#main :is(table, [role=status], dl, section, ol):visible').first().waitFor();
          await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
          await site.picture(page, `operator-${name}-${phone ? 390 : 1440}-${dark ? 'dark' : 'light'}-${language}`);
          found.push(...(await checkAccessibility(page)).map((fault) => `${address} ${phone ? 390 : 1440}: ${fault}`));
          const wider = await widerThanWindow(page);
          if (wider > 0) found.push(`${address} is ${wider} px wider than the window of ${phone ? 390 : 1440}`);
        }
        found.push(...faults);
      }
      expect(found).toEqual([]);
    },
    STORY_MS,
  );

  it(
    'shows nothing of it to somebody who does not operate this deployment: no entry, no page, 403 from the API',
    async () => {
      const { page } = await site.visit({ as: 'administrator' });
      const links = await page
        .locator('nav a')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      expect(links.filter((href) => /^\/consortium(\/(blocks|work|projections|versions))?$/.test(href))).toEqual([]);
      const asked: number[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/operations/')) asked.push(response.status());
      });
      await page.goto('/consortium');
      await page.locator('#main').waitFor();
      await page.waitForTimeout(500);
      expect(await page.getByText('Who hears whom').count()).toBe(0);
      expect(asked.filter((status) => status < 400)).toEqual([]);
      const key = await site.cluster.key('processor');
      for (const address of ['nodes', 'queues', 'dead-letters', 'projections', 'versions']) {
        const answer = await site.cluster.get(`/operations/${address}`, { authorization: `Bearer ${key}` });
        expect([address, answer.status]).toEqual([address, 403]);
      }
    },
    STORY_MS,
  );
});
