/** A whole Waymark with its console, people of every role, and a browser that looks at it. */
import axe from 'axe-core';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { createAccounts, type Person, type SignIn, withPasswords } from '../../apps/cli/src/cluster/index.js';
import { DEMO_OPERATOR, DEMO_PEOPLE } from '../../apps/cli/src/demo/people.js';
import { TestCluster } from './cluster.js';
import { chromiumArguments, chromiumPath } from './scan-timing.js';

export { chromiumPath };

/** Roles of the console; one person of each is there. */
export type ConsoleRole = 'administrator' | 'quality' | 'capture' | 'reader' | 'regulator' | 'operator';

export interface VisitOptions {
  /** Who; absent: nobody is signed in. */
  readonly as?: ConsoleRole | SignIn;
  readonly language?: 'en' | 'zh-CN';
  readonly dark?: boolean;
  /** 390 px wide, with touch. */
  readonly phone?: boolean;
  /** Where to go, after signing in. */
  readonly path?: string;
}

/** A page somebody looks at, and what went wrong on it so far. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions of the page, console errors and refusals of the content security policy. */
  readonly faults: string[];
}

/** Waits of a busy machine. */
const PATIENCE_MS = 30_000;

export class ConsoleSite {
  private readonly contexts: BrowserContext[] = [];
  private pictureFolder: string | undefined;

  private constructor(
    readonly cluster: TestCluster,
    readonly browser: Browser,
    readonly people: readonly SignIn[],
  ) {}

  /** Starts everything; `sample`: with the bundled seafood sample captured, as the demo has it. */
  static async open(options: { sample?: boolean; people?: readonly Person[]; redisUrl?: string } = {}) {
    const executablePath = chromiumPath();
    if (executablePath === undefined) throw new Error('there is no Chromium; set CHROMIUM_PATH');
    const cluster = await TestCluster.start({
      operators: [DEMO_OPERATOR],
      ...(options.redisUrl !== undefined && { redisUrl: options.redisUrl }),
    });
    try {
      const people = withPasswords(options.people ?? DEMO_PEOPLE);
      await createAccounts(cluster.deployment, people);
      if (options.sample === true) await cluster.captureSample();
      const browser = await chromium.launch({ executablePath, args: chromiumArguments });
      return new ConsoleSite(cluster, browser, people);
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  get url(): string {
    return this.cluster.deployment.consoleUrl;
  }

  person(role: ConsoleRole): SignIn {
    const found = this.people.find(({ roles }) => roles.includes(role));
    if (found === undefined) throw new Error(`nobody is ${role} here`);
    return found;
  }

  /** Opens the console in a browser of its own (cookies apart), signed in where asked. */
  async visit(options: VisitOptions = {}): Promise<Visit> {
    const { as, language = 'en', dark = false, phone = false } = options;
    const look: BrowserContextOptions = {
      baseURL: this.url,
      locale: language,
      timezoneId: 'UTC',
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      ...(phone && { hasTouch: true, deviceScaleFactor: 2 }),
    };
    const context = await this.browser.newContext(look);
    context.setDefaultTimeout(PATIENCE_MS);
    this.contexts.push(context);
    await context.addInitScript(() => {
      document.addEventListener(
        'securitypolicyviolation',
        ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
          reportError(new Error(`CSP: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));
        },
      );
    });
    const page = await context.newPage();
    const faults = watch(page);
    const person = typeof as === 'string' ? this.person(as) : as;
    await page.goto(options.path ?? '/');
    if (person !== undefined) {
      await signIn(page, person);
      await page.locator('#main').waitFor();
    }
    return { page, context, faults };
  }

  /** A picture of the whole page, for people to look at: into `CONSOLE_PICTURES`, or a new folder below the system's temporary one. */
  async picture(page: Page, name: string): Promise<string> {
    this.pictureFolder ??= process.env['CONSOLE_PICTURES'] ?? mkdtempSync(path.join(tmpdir(), 'waymark-console-'));
    mkdirSync(this.pictureFolder, { recursive: true });
    const file = path.join(this.pictureFolder, `${name}.png`);
    await page.screenshot({ path: file, fullPage: true });
    return file;
  }

  /** Signs everybody out of the browser and forgets their pages. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.cluster.close();
  }
}

/** Fills in the form; the language of the page does not matter. */
export async function signIn(page: Page, person: { readonly email: string; readonly password: string }): Promise<void> {
  await page.locator('input[name=email]').fill(person.email);
  await page.locator('input[name=password]').fill(person.password);
  await page.locator('form button[type=submit]').click();
}

/** Collects what a healthy page never has. Requests that the API refuses are no faults of the page. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`console: ${message.text()}`);
  });
  return faults;
}

/**
 * What axe-core finds against WCAG 2.2 A and AA on the page as it is now, one line each; empty when there is nothing. `within` limits it
 * to a part of the page.
 */
export async function checkAccessibility(page: Page, within?: Locator): Promise<string[]> {
  // Evaluated by the debugger, not by the page: its content security policy stays as it is.
  await page.evaluate(axe.source);
  const selector = within === undefined ? undefined : await markOf(within);
  const found = await page.evaluate(
    async ([part, tags]) => {
      const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
      const results = await inPage.run(part ?? document, { runOnly: { type: 'tag', values: [...tags] } });
      return results.violations.flatMap(({ id, help, nodes }) =>
        nodes.map(
          ({ target, html, failureSummary }) =>
            `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 240)} (${failureSummary ?? ''})`,
        ),
      );
    },
    [selector, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']] as const,
  );
  return found;
}

async function markOf(part: Locator): Promise<string> {
  await part.evaluate((element) => element.setAttribute('data-axe-part', ''));
  return '[data-axe-part]';
}

/** What is wider than the window, so that a phone's reader would have to scroll sideways. */
export async function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
