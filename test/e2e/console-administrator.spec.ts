import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { pino } from 'pino';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createConsoleServer, loadPageFiles, loadVerifierFiles } from '@waymark/admin-web';
import { runAdmin } from '../../apps/api/src/admin.js';
import { ApiHouse } from '../support/api-house.js';
import { root } from '../support/cluster.js';
import { checkAccessibility, widerThanWindow } from '../support/console-site.js';
import { freePort } from '../support/postgres.js';
import { chromiumArguments, chromiumPath } from '../support/scan-timing.js';

jest.setTimeout(120_000);

const executablePath = chromiumPath();
const pageFolder = process.env['CONSOLE_PAGE'] ?? path.join(root, 'apps/admin-web/dist/page');
const missing =
  executablePath === undefined
    ? ' (skipped: no Chromium; set CHROMIUM_PATH)'
    : existsSync(path.join(pageFolder, 'index.html'))
      ? ''
      : ' (skipped: the console is not built; run `npm run build`)';
const whereBrowser = missing === '' ? describe : describe.skip;
/** Where pictures go, to be looked at by people; none are made without it. */
const pictures = process.env['CONSOLE_PICTURES'];

const PASSWORD = 'harbour lantern copper otter';
/** Only its button is looked at here; signing in by it is tried in `oidc.int.spec.ts`. */
const PROVIDER = {
  issuer: 'https://identity.example',
  clientId: 'waymark',
  clientSecretFile: undefined,
  label: 'Harbour identity',
  secondFactor: [],
};
/** Both widths, light and dark, both languages. */
const LOOKS = [
  {},
  { dark: true, language: 'zh-CN' },
  { phone: true },
  { phone: true, dark: true, language: 'zh-CN' },
] as const;
const nameOf = (look: { phone?: boolean; dark?: boolean; language?: string }) =>
  `${look.phone === true ? '390' : '1440'}-${look.dark === true ? 'dark' : 'light'}-${look.language ?? 'en'}`;
const SCRIPT = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';

interface Desk {
  readonly page: Page;
  readonly faults: string[];
}

whereBrowser(`an administrator at the console${missing}`, () => {
  let house: ApiHouse;
  let server: Awaited<ReturnType<typeof createConsoleServer>>;
  let browser: Browser;
  let url: string;
  const contexts: BrowserContext[] = [];
  const desks: Desk[] = [];
  let ada: Desk;
  let bo: Desk;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    house = await ApiHouse.open({
      worker: false,
      settings: { consoleBaseUrl: url, trustedProxies: ['127.0.0.1'], requestsPerMinute: 6_000, oidc: PROVIDER },
    });
    server = await createConsoleServer({
      apiUrl: house.api?.url ?? '',
      files: await loadPageFiles(pageFolder),
      verifier: await loadVerifierFiles(pageFolder),
      logger: pino({ level: 'silent' }),
      trustProxy: [],
    });
    await server.listen({ port, host: '127.0.0.1' });
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
  }, 240_000);
  afterEach(() => {
    for (const { faults } of desks) expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await server?.close();
    await house?.close();
  }, 60_000);

  /** A browser of its own: cookies apart. */
  const desk = async (look: { phone?: boolean; dark?: boolean; language?: string } = {}): Promise<Desk> => {
    const context = await browser.newContext({
      baseURL: url,
      locale: look.language ?? 'en',
      timezoneId: 'UTC',
      colorScheme: look.dark === true ? 'dark' : 'light',
      reducedMotion: 'reduce',
      viewport: look.phone === true ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(20_000);
    contexts.push(context);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    const made = { page, faults };
    desks.push(made);
    return made;
  };
  const picture = async (page: Page, name: string) => {
    if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  };
  const signIn = async ({ page }: Desk, email: string, password = PASSWORD) => {
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    await page.locator('form button[type=submit]').click();
  };
  const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
  const secretIn = async (page: Page) => (await page.getByTestId('secret').first().textContent()) ?? '';
  /** Accepts a one-time link and lands in the console. */
  const accept = async (link: string, name: string): Promise<Desk> => {
    const made = await desk();
    await made.page.goto(link);
    const nameField = made.page.locator('input[name=name]');
    await nameField.waitFor();
    await nameField.fill(name);
    await made.page.locator('input[name=password]').fill(PASSWORD);
    await made.page.locator('form button[type=submit]').click();
    await made.page.locator('#main').waitFor();
    return made;
  };
  const invite = async ({ page }: Desk, email: string, jobTitle: string, role: string): Promise<string> => {
    await page.goto('/settings/people');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const form = dialog(page, 'Invite somebody');
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Job title').fill(jobTitle);
    await form.getByRole('checkbox', { name: role, exact: true }).check();
    await form.getByRole('button', { name: 'Make the link' }).click();
    await dialog(page, `Invitation for ${email}`).waitFor();
    const link = await secretIn(page);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    return link;
  };
  const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
  const openPerson = async (page: Page, email: string, act: string) => {
    await rowOf(page, email)
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await page.getByRole('menuitem', { name: act }).click();
  };

  /** A one-time link, as the operator makes it. */
  const linkFor = async (organisation: string, email: string): Promise<string> => {
    let link = '';
    await runAdmin(
      ['invite', '--organisation', organisation, '--email', email],
      {
        DATABASE_URL: house.config.databaseUrl,
        WAYMARK_NODES: house.config.nodes.join(','),
        WAYMARK_TRUST_FILE: house.config.trustFile,
        WAYMARK_GENESIS_FILE: house.config.genesisFile,
        CONSOLE_BASE_URL: url,
      },
      (text) => (link += text),
    );
    return link.trim();
  };
  const sound = async ({ page }: Desk, what: string) => {
    await picture(page, what);
    expect([what, await widerThanWindow(page)]).toEqual([what, 0]);
    expect([what, await checkAccessibility(page)]).toEqual([what, []]);
  };

  it('comes in by the operator’s one-time link, which works once', async () => {
    const link = await linkFor('farm', 'ada@farm.example');
    ada = await accept(link, `Ada ${SCRIPT}`);
    const second = await desk();
    await second.page.goto(link);
    await second.page.getByText('not valid', { exact: false }).first().waitFor();
    expect(await second.page.locator('input[name=password]').count()).toBe(0);
  });

  it('turns the second step on, and is asked for it from then on', async () => {
    const { page } = ada;
    await page.goto('/settings/account');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await picture(page, 'account-totp-password');
    await dialog(page, 'Turn it on').getByLabel('Your password now').fill('not the password');
    await dialog(page, 'Turn it on').getByRole('button', { name: 'Next' }).click();
    await dialog(page, 'Turn it on').getByText('This is not your current password.').waitFor();
    await dialog(page, 'Turn it on').getByLabel('Your password now').fill(PASSWORD);
    await dialog(page, 'Turn it on').getByRole('button', { name: 'Next' }).click();
    const secret = (await page.getByTestId('totp-secret').textContent())?.replaceAll(' ', '') ?? '';
    await picture(page, 'account-totp');
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    await page.getByLabel('Six digits').fill(totp.generate());
    await dialog(page, 'Turn it on').getByRole('button', { name: 'Turn it on' }).click();
    const codes = page.getByTestId('recovery-codes');
    await codes.waitFor();
    const [recovery = ''] = ((await codes.innerText()) ?? '').split(/\s+/);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Turn it off' }).waitFor();

    const again = await desk();
    await again.page.goto('/settings/account');
    await signIn(again, 'ada@farm.example');
    await again.page.getByRole('group', { name: /code|digits/i }).waitFor();
    const digits = totp.generate({ timestamp: Date.now() + 30_000 });
    await again.page.keyboard.type(digits);
    await again.page.locator('form button[type=submit]').click();
    await again.page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await again.page.reload();
    await again.page.locator('input[name=password]').waitFor();
    expect(recovery).toMatch(/^[0-9a-f]{5}(-[0-9a-f]{5}){3}$/);
  });

  it('invites people, with text of any kind staying text', async () => {
    bo = await accept(await invite(ada, 'bo@farm.example', `Packing ${SCRIPT}`, 'Administrator'), 'Bo');
    const { page } = ada;
    await page.goto('/settings/people');
    await rowOf(page, 'bo@farm.example').waitFor();
    expect(await rowOf(page, 'bo@farm.example').innerText()).toContain(SCRIPT);
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
    await picture(page, 'people');
    expect(await checkAccessibility(page)).toEqual([]);
  });

  it('and another edit one person at once: both see both, and nothing typed is lost', async () => {
    const cam = await accept(await invite(ada, 'cam@farm.example', 'Clerk', 'Capture'), 'Cam');
    await Promise.all([ada, bo].map(({ page }) => page.goto('/settings/people')));
    for (const { page } of [ada, bo]) await openPerson(page, 'cam@farm.example', 'Change roles and job title');
    const [first, second] = [dialog(bo.page, 'Roles of Cam'), dialog(ada.page, 'Roles of Cam')];
    await first.getByLabel('Job title').fill('Head of the cold room');
    await first.getByRole('button', { name: 'Save' }).click();
    await first.waitFor({ state: 'hidden' });
    await second.getByLabel('Job title').fill('Harvest lead');
    await second.getByRole('checkbox', { name: 'Quality', exact: true }).check();
    await second.getByRole('button', { name: 'Save', exact: true }).click();
    await second.getByText('bo@farm.example changed this while you were editing').waitFor();
    await picture(ada.page, 'people-conflict');
    expect(await second.getByRole('alert').innerText()).toMatch(/Harvest lead[\s\S]*Head of the cold room/);
    expect(await second.getByLabel('Job title').inputValue()).toBe('Harvest lead');
    await second.getByRole('button', { name: 'Save mine' }).click();
    await second.waitFor({ state: 'hidden' });
    await rowOf(ada.page, 'cam@farm.example').getByText('Harvest lead').waitFor();

    await cam.page.goto('/settings/account');
    await cam.page.getByRole('heading', { name: 'Your account' }).waitFor();
    await openPerson(ada.page, 'cam@farm.example', 'Deactivate');
    await dialog(ada.page, 'Deactivate Cam?').getByRole('button', { name: 'Deactivate' }).click();
    await rowOf(ada.page, 'cam@farm.example').getByText('Deactivated').waitFor();
    await cam.page.getByLabel('How others see you').fill('Cam, still typing');
    await cam.page.getByRole('button', { name: 'Save' }).click();
    await cam.page.getByRole('dialog').locator('input[name=password]').waitFor();
    expect(await cam.page.getByLabel('How others see you').inputValue()).toBe('Cam, still typing');
  });

  it('issues a key that a machine uses, and revokes it', async () => {
    const { page } = ada;
    await page.goto('/settings/keys');
    await page.getByText('No keys yet').waitFor();
    await picture(page, 'keys-empty');
    await page.getByRole('button', { name: 'Issue a key' }).first().click();
    const form = dialog(page, 'Issue a key');
    await form.getByLabel('Name').fill(`Line 2 ${SCRIPT}`);
    await form.getByRole('checkbox', { name: 'Look', exact: true }).check();
    await form.getByRole('button', { name: 'Issue the key' }).click();
    await page.getByTestId('secret').first().waitFor();
    const key = await secretIn(page);
    expect(key).toMatch(/^wm_[A-Za-z0-9_-]{43}$/);
    const use = () => fetch(`${url}/api/epcis/capture`, { headers: { authorization: `Bearer ${key}` } });
    expect((await use()).status).toBe(200);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    await rowOf(page, 'Line 2').getByText('In force').waitFor();
    expect(await rowOf(page, 'Line 2').innerText()).not.toContain('Never');
    expect(await page.content()).not.toContain(key);
    expect(await checkAccessibility(page)).toEqual([]);
    await picture(page, 'keys');
    await rowOf(page, 'Line 2').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
    await rowOf(page, 'Line 2').getByText('Revoked').waitFor();
    expect((await use()).status).toBe(401);
  });

  it('finds in the audit log who did what', async () => {
    const { page } = ada;
    await page.goto('/settings/audit');
    await page.getByRole('textbox', { name: 'Who', exact: true }).fill('bo@');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.waitForURL('**/settings/audit?actor=bo*');
    await page.getByRole('button', { name: 'Remove filter Who: bo@' }).waitFor();
    await rowOf(page, 'Changed roles or job title').first().waitFor();
    const rows = await page.getByRole('row').allInnerTexts();
    expect(rows.slice(1).every((row) => row.includes('bo@farm.example'))).toBe(true);
    expect(await checkAccessibility(page)).toEqual([]);
    await picture(page, 'audit');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('audit-log.csv');
    await page.goto(`/settings/audit?target=${encodeURIComponent('Line 2')}`);
    await rowOf(page, 'Issued an API key').waitFor();
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
  });

  it('is readable on a phone, in the dark, and in Chinese', async () => {
    for (const look of LOOKS) {
      const other = await desk(look);
      await other.page.goto('/settings/people');
      await signIn(other, 'bo@farm.example');
      await other.page.locator('#main h1').waitFor();
      for (const place of ['people', 'roles', 'keys', 'audit', 'account']) {
        await other.page.goto(`/settings/${place}`);
        await other.page.locator('#main h1').waitFor();
        await other.page.waitForLoadState('networkidle');
        await sound(other, `${place}-${nameOf(look)}`);
      }
      await other.page.context().close();
    }
  }, 300_000);

  it('the way in is readable for whoever is not signed in yet: first page, second step, one-time links', async () => {
    const [fresh, known] = [
      await linkFor('factory', 'new@factory.example'),
      await linkFor('factory', 'ada@farm.example'),
    ];
    for (const look of LOOKS) {
      const other = await desk(look);
      const { page } = other;
      const password = page.locator('input[name=password]');
      const provider = page.getByRole('button', { name: /Harbour identity/ });
      const digits = page.getByRole('group').locator('input:visible');
      await page.goto('/');
      await provider.waitFor();
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await sound(other, `sign-in-${nameOf(look)}`);
      await signIn(other, 'ada@farm.example');
      await digits.first().waitFor();
      expect(await digits.count()).toBe(6);
      await sound(other, `sign-in-second-step-${nameOf(look)}`);
      await page.goto('/sign-in?problem=OIDC_NO_ACCOUNT');
      await provider.waitFor();
      await sound(other, `sign-in-no-account-${nameOf(look)}`);
      await page.goto(fresh);
      await page.locator('input[name=name]').waitFor();
      await provider.waitFor();
      await sound(other, `welcome-${nameOf(look)}`);
      // The address of a page that is open differs in its fragment only: it would not be loaded anew.
      await page.goto('about:blank');
      await page.goto(known);
      await password.waitFor();
      await digits.first().waitFor();
      expect(await page.locator('input[name=name]').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
      await sound(other, `welcome-second-step-${nameOf(look)}`);
      await page.goto('/welcome');
      await page.locator('a[href="/sign-in"]').waitFor();
      await sound(other, `welcome-no-link-${nameOf(look)}`);
      await page.context().close();
    }
  }, 300_000);
});
