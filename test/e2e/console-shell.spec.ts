import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkAccessibility, chromiumPath, ConsoleSite, signIn, widerThanWindow } from '../support/console-site.js';

// Everything is started by the first test; a browser on a busy machine takes its time.
jest.setTimeout(180_000);

const missing = chromiumPath() === undefined ? ' (skipped: no Chromium; set CHROMIUM_PATH)' : '';
const whereBrowser = missing === '' ? describe : describe.skip;
/** What the first page of a signed-in person may weigh over the wire. */
const FIRST_LOAD_BYTES_MAX = 300 * 1024;
const SCRIPT = '<img src=x onerror="document.title=\'broken in\'"><script>document.title="broken in"</script>';

whereBrowser(`the console’s shell in a browser${missing}`, () => {
  let site: ConsoleSite;
  beforeAll(async () => {
    site = await ConsoleSite.open();
  }, 300_000);
  afterEach(async () => site?.leave(), 60_000);
  afterAll(async () => site?.close(), 120_000);

  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  it('lets somebody in, shows what they may do, and weighs little', async () => {
    const { email, password } = site.person('administrator');
    const refused = await site.visit({ path: '/sign-in' });
    expect(await checkAccessibility(refused.page)).toEqual([]);
    await signIn(refused.page, { email, password: 'not the password' });
    await refused.page.getByRole('alert').getByText('E-mail address or password is wrong.').waitFor();
    expect(refused.faults).toEqual([]);
    // A browser that was never here: what an earlier page left in its cache would weigh nothing.
    const { page, context, faults } = await site.visit({ path: 'about:blank' });
    const wire = await context.newCDPSession(page);
    await wire.send('Network.enable');
    let bytes = 0;
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto('/');
    await page.waitForURL('**/sign-in');
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    // By keyboard: a pointer left where the button was would lie on a link, and what that leads to is fetched beforehand.
    await page.keyboard.press('Enter');
    await heading(page).getByText('Welcome, Mei Tan').waitFor();
    const navigation = page.getByRole('navigation').first();
    await navigation.getByRole('link', { name: 'Capture', exact: true }).waitFor();
    expect(await navigation.getByRole('link', { name: 'Nodes' }).count()).toBe(0);
    await page.getByRole('link', { name: /Invite your colleagues/ }).waitFor();
    await page.getByRole('button', { name: 'Load sample data' }).waitFor();
    expect(bytes).toBeGreaterThan(150_000);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES_MAX);
    expect(await checkAccessibility(page)).toEqual([]);
    await site.picture(page, 'home-administrator');
    // A reload keeps the session: the cookie is there, the token is in no storage.
    await page.reload();
    await heading(page).getByText('Welcome, Mei Tan').waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('ws_');
    expect(faults).toEqual([]);
  });

  it('finds pages and things with Ctrl-K, by keyboard alone', async () => {
    const { page, faults } = await site.visit({ as: 'quality' });
    await page.keyboard.press('Control+k');
    const input = page.getByRole('dialog').getByRole('textbox');
    await input.fill('items');
    await page.getByRole('option', { name: 'Items', exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const active = await input.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('role')).toBe('option');
    expect(await checkAccessibility(page, page.getByRole('dialog'))).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/items');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('changes language and light at once, and remembers both', async () => {
    const { page, faults } = await site.visit({ as: 'reader', phone: true });
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await heading(page).getByText('Amara Okafor，欢迎您').waitFor();
    await page.getByRole('button', { name: '浅色或深色' }).click();
    await page.getByRole('menuitemradio', { name: '深色' }).click();
    await page.reload();
    await heading(page).getByText('欢迎您').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    // On a phone the navigation is a drawer, and nothing is wider than the window.
    expect(await page.locator('#navigation[inert]').count()).toBe(1);
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('navigation').first().getByRole('link').first().waitFor();
    expect(await page.locator('#navigation[inert]').count()).toBe(0);
    expect(await widerThanWindow(page)).toBe(0);
    expect(await checkAccessibility(page)).toEqual([]);
    await site.picture(page, 'drawer-zh-dark-phone');
    expect(faults).toEqual([]);
  });

  it('asks to sign in again over the page when the session has ended: what was typed is still there, and the call goes on', async () => {
    const { page, context, faults } = await site.visit({ as: 'administrator', path: '/settings/people' });
    await page.waitForURL('**/settings/people');
    await page
      .getByRole('button', { name: /invite/i })
      .first()
      .click();
    const dialogue = page
      .getByRole('dialog')
      .filter({ has: page.locator('input[type=email]') })
      .first();
    await dialogue.locator('input[type=email]').fill('new.colleague@processor.example');
    if ((await dialogue.getByRole('checkbox', { checked: true }).count()) === 0)
      await dialogue.getByRole('checkbox').first().check();
    await context.clearCookies();
    await site.cluster.endAllSessions();
    await dialogue.locator('button[type=submit]').click();
    const again = page.getByRole('dialog').filter({ hasText: 'Please sign in again' });
    await again.waitFor();
    await again.locator('input[name=password]').fill(site.person('administrator').password);
    await again.locator('button[type=submit]').click();
    await again.waitFor({ state: 'detached' });
    await page
      .getByText(/\/welcome#token=/)
      .or(page.locator('input[value*="/welcome#token="]'))
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('shows script in names as text', async () => {
    const { page, faults } = await site.visit({ as: 'administrator', path: '/settings/account' });
    await page.waitForURL('**/settings/account');
    const form = page.locator('form[aria-label="Name"]');
    await form.locator('input').fill(SCRIPT);
    const saved = page.waitForResponse((answer) => answer.request().method() !== 'GET' && answer.ok());
    await form.locator('button[type=submit]').click();
    await saved;
    await page.goto('/');
    await heading(page).getByText('<script>').waitFor();
    expect(await page.title()).not.toContain('broken in ·');
    expect(await page.evaluate(() => document.querySelectorAll('h1 img, h1 script').length)).toBe(0);
    expect(faults).toEqual([]);
  });

  it('loads sample data, leads to it, and takes it away', async () => {
    const { page, faults } = await site.visit({ as: 'capture' });
    await page.getByRole('button', { name: 'Load sample data' }).click();
    await page.getByRole('link', { name: 'Look at the product' }).click();
    await page.waitForURL(/\/item\?id=/);
    await page
      .getByText(/SAMPLE-JUICE/)
      .first()
      .waitFor();
    await page.goto('/');
    await page.getByRole('button', { name: 'Remove sample data' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove sample data' }).click();
    await page.getByText('The sample data was removed.').waitFor();
    await site.picture(page, 'home-capture');
    expect(faults).toEqual([]);
  });

  it('tells what is missing without leaving anybody in a dead end', async () => {
    const { page } = await site.visit({ as: 'reader' });
    await page.goto('/no/such/page');
    await page.getByText('There is no such page').waitFor();
    await page.goto('/settings/people');
    await page.getByText('You may not open this page').waitFor();
    await page.getByRole('link', { name: 'To the start page', exact: true }).click();
    await heading(page).getByText('Amara Okafor').waitFor();
  });

  it('the start page and its refusals are readable wide and narrow, light and dark, in both languages', async () => {
    for (const look of [{}, { dark: true, language: 'zh-CN' }, { phone: true }, { phone: true, dark: true }] as const) {
      const { page, faults } = await site.visit({ as: 'reader', ...look });
      for (const address of ['/', '/no/such/page', '/settings/people']) {
        await page.goto(address);
        await page.locator('#main h1, #main h2').first().waitFor();
        expect([address, look, await widerThanWindow(page)]).toEqual([address, look, 0]);
        expect([address, look, await checkAccessibility(page)]).toEqual([address, look, []]);
      }
      expect(faults).toEqual([]);
      await site.leave();
    }
  });

  it('answers with a policy that takes nothing from elsewhere, and bounds what is sent', async () => {
    const answer = await fetch(site.url, { headers: { 'accept-encoding': 'br' } });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/);
    expect((await fetch(site.url)).headers.get('content-security-policy')).not.toBe(policy);
    expect(policy).not.toContain('unsafe');
    const html = await answer.text();
    expect(html).not.toContain('__CSP_NONCE__');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('permissions-policy')).toContain('camera=(self)');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
    const asset = await fetch(new URL(script, site.url), { headers: { 'accept-encoding': 'br' } });
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-encoding')).toBe('br');
    expect((await fetch(new URL('/assets/nothing.js', site.url))).status).toBe(404);
    const large = await fetch(new URL('/api/epcis/capture', site.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array(10 * 1024 * 1024),
    });
    expect(large.status).toBe(413);
    expect((await fetch(new URL('/api/health', site.url))).status).toBe(200);
  });
});
