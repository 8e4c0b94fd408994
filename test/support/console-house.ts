import path from 'node:path';
import { createConsoleServer, loadPageFiles, loadVerifierFiles } from '@waymark/admin-web';
import { pino } from 'pino';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { runAdmin } from '../../apps/api/src/admin.js';
import { ApiHouse } from './api-house.js';
import { root } from './cluster.js';
import { signIn } from './console-site.js';
import { chromiumArguments, chromiumPath } from './scan-timing.js';

/** The built page; `CONSOLE_PAGE` names another one. */
export const consolePageFolder = process.env['CONSOLE_PAGE'] ?? path.join(root, 'apps/admin-web/dist/page');

const PASSWORD = 'harbour lantern copper otter';
const PATIENCE_MS = 30_000;

/**
 * The console before an API whose ledger is in the same process: real Postgres, real queue, real browser, one node. Lighter than a whole
 * consortium, for stories that do not need one.
 */
export class ConsoleHouse {
  private constructor(
    readonly house: ApiHouse,
    readonly url: string,
    readonly browser: Browser,
    private readonly server: Awaited<ReturnType<typeof createConsoleServer>>,
  ) {}

  static async open(options: Parameters<typeof ApiHouse.open>[0] = {}): Promise<ConsoleHouse> {
    const executablePath = chromiumPath();
    if (executablePath === undefined) throw new Error('there is no Chromium; set CHROMIUM_PATH');
    const house = await ApiHouse.open(options);
    const server = await createConsoleServer({
      apiUrl: house.api?.url ?? '',
      files: await loadPageFiles(consolePageFolder),
      verifier: await loadVerifierFiles(consolePageFolder),
      logger: pino({ level: 'silent' }),
      trustProxy: [],
    });
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    const browser = await chromium.launch({ executablePath, args: chromiumArguments });
    return new ConsoleHouse(house, url, browser, server);
  }

  /** A person of an organisation with one role; the address to sign in with. */
  async person(organisation: string, role: string): Promise<string> {
    const email = `${role}@${organisation}.example`;
    let link = '';
    await runAdmin(
      ['invite', '--organisation', organisation, '--email', email, '--role', role],
      {
        DATABASE_URL: this.house.config.databaseUrl,
        WAYMARK_NODES: this.house.config.nodes.join(','),
        WAYMARK_TRUST_FILE: this.house.config.trustFile,
        WAYMARK_GENESIS_FILE: this.house.config.genesisFile,
        CONSOLE_BASE_URL: this.url,
      },
      (text) => (link += text),
    );
    const accepted = await this.house.fetch('/invitations/accept', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.trim().split('#token=')[1], name: role, password: PASSWORD }),
    });
    if (accepted.status !== 200) throw new Error(`the invitation was not accepted: ${await accepted.text()}`);
    return email;
  }

  /** Opens a page as this person; `faults` collects exceptions, console errors and refusals of the content security policy. */
  async visit(
    email: string,
    address: string,
    look: { phone?: boolean; dark?: boolean; language?: string } = {},
  ): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      locale: look.language ?? 'en',
      colorScheme: look.dark === true ? 'dark' : 'light',
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Oslo',
      viewport: look.phone === true ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(`console: ${message.text()}`);
    });
    await page.goto(address);
    await signIn(page, { email, password: PASSWORD });
    await page.locator('#main').waitFor();
    return { context, page, faults };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
    await this.house.close();
  }
}
