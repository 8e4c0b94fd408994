// Drives a browser through the product for the guide: takes pictures, remembers every word seen, refuses pages with an error.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../bootstrap.mjs';
import { LANGUAGES } from './pages.mjs';
import { consoleMessages, scanPageWords } from './product-words.mjs';

const { PNG } = createRequire(path.join(root, 'apps', 'api', 'package.json'))('pngjs');
const PATIENCE_MS = 90_000;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** Text, labels and values as a person or a screen reader finds them now. Runs in the page. */
const wordsOfPage = `[
  document.body.innerText,
  ...[...document.querySelectorAll('[aria-label], [placeholder], [title], input, textarea')].flatMap((element) =>
    [element.getAttribute('aria-label'), element.getAttribute('placeholder'), element.getAttribute('title'), element.value]),
].filter((text) => typeof text === 'string').join('\\n')`;

const plain = (text) => text.replace(/\s+/g, ' ').toLowerCase();

export class Tour {
  #browser;
  #contexts = [];
  #seen = new Map();
  #guidePage = '';
  #faults = [];
  taken = [];

  constructor(system, language, browser, messages, scanWords) {
    this.system = system;
    this.language = language;
    this.#browser = browser;
    this.messages = messages;
    this.scanWords = scanWords;
  }

  static async open(system, language, executablePath) {
    // Fields for dates speak the browser's own language.
    const browser = await chromium.launch({
      executablePath,
      args: [...flags, `--lang=${language}`],
      env: { ...process.env, LANGUAGE: language.replace('-', '_') },
    });
    return new Tour(system, language, browser, consoleMessages(language), await scanPageWords(language));
  }

  close() {
    return this.#browser.close();
  }

  /** The words of what follows belong to this page of the guide. */
  async about(guidePage, story) {
    this.#guidePage = guidePage;
    await story(this);
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  /** A message of the product in the tour's language: `t('capture:check.act')`. */
  t(name, facts = {}) {
    const [namespace, key] = name.split(':');
    const messages = this.messages[namespace] ?? {};
    const text = messages[key] ?? messages[`${key}_${facts.count === 1 ? 'one' : 'other'}`] ?? messages[`${key}_other`];
    if (text === undefined) throw new Error(`the product has no message ${name} any more`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, fact) => String(facts[fact] ?? '…'));
  }

  /** `t` on its own, for stories that say it often. */
  words() {
    return { t: (name, facts) => this.t(name, facts) };
  }

  /** The same as a pattern, with anything where facts stand; one or many. */
  like(name) {
    const sentences = [this.t(name, { count: 1 }), this.t(name)].map((text) =>
      text
        .split(/…|1/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*'),
    );
    return new RegExp(`^(${sentences.join('|')})$`, 'u');
  }

  /** English or Chinese, for what a person types. */
  say(en, zh) {
    return this.language === 'en' ? en : zh;
  }

  /** Opens the console as one of the people, or `url` as nobody. */
  async visit({ as, path: address = '/', phone = false, url } = {}) {
    const context = await this.#browser.newContext({
      baseURL: url ?? this.system.deployment.consoleUrl,
      locale: this.language,
      timezoneId: 'Asia/Shanghai',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.#faults.push(error.message));
    await page.goto(address);
    if (as !== undefined) {
      const person = this.system.people.find(({ roles }) => roles.includes(as));
      await page.locator('input[name=email]').fill(person.email);
      await page.locator('input[name=password]').fill(person.password);
      await page.locator('form button[type=submit]').click();
      await page.locator('#main h1').waitFor();
    }
    return page;
  }

  /** Remembers what can be read on the page now. */
  async see(page) {
    const words = plain(await page.evaluate(wordsOfPage));
    this.#seen.set(this.#guidePage, `${this.#seen.get(this.#guidePage) ?? ''}\n${words}`);
  }

  /** `upTo`: a window of so many pixels at most, from the top of the page; `at`: scrolled to this; `alert`: the page is meant to warn. */
  async picture(page, name, { upTo, at, alert = false } = {}) {
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined); // Pages that follow something are never idle.
    await page.waitForTimeout(400);
    if (!alert) {
      const alerts = await page.locator('[role=alert]:visible').allInnerTexts();
      if (alerts.length > 0) throw new Error(`${name}: the page shows an error: ${alerts.join(' / ')}`);
    }
    if (this.#faults.length > 0) throw new Error(`${name}: the page failed: ${this.#faults.join(' / ')}`);
    await this.see(page);
    const window = page.viewportSize();
    if (upTo !== undefined) {
      const tall = await page.evaluate('scrollTo(0, 0), document.documentElement.scrollHeight');
      await page.setViewportSize({ ...window, height: Math.min(upTo, tall) });
    }
    if (at !== undefined)
      await at.evaluate((element) => {
        const { document, scrollTo, scrollY } = globalThis;
        const room = 24 + (document.querySelector('header')?.getBoundingClientRect().height ?? 0);
        scrollTo({ top: element.getBoundingClientRect().top + scrollY - room, behavior: 'instant' });
      });
    await page.waitForTimeout(200);
    const shot = await page.screenshot();
    await page.setViewportSize(window);
    const { pictures } = LANGUAGES[this.language];
    mkdirSync(pictures, { recursive: true });
    const bytes = smaller(shot);
    writeFileSync(path.join(pictures, `${name}.png`), bytes);
    this.taken.push(name);
    process.stdout.write(`  ${this.language}/${name}.png ${Math.round(bytes.length / 1024)} kB\n`);
  }

  /** Whether a term could be read while the stories of this page of the guide went on. */
  wasSeen(guidePage, term) {
    return (this.#seen.get(guidePage) ?? '').includes(plain(term));
  }

  /** Removes pictures that no story takes any more. */
  static clear(language) {
    rmSync(LANGUAGES[language].pictures, { recursive: true, force: true });
  }
}

/**
 * The same picture in fewer bytes: without transparency and with fewer shades, which no eye tells on a screen's text. Rows are packed unfiltered:
 * on flat surfaces that is a third smaller than what a filter gives.
 */
function smaller(bytes) {
  const png = PNG.sync.read(bytes);
  for (let i = 0; i < png.data.length; i++) {
    const shade = png.data[i];
    const step = shade >= 224 ? 4 : 8; // Surfaces are light and close to one another.
    if (i % 4 !== 3) png.data[i] = Math.min(255, Math.round(shade / step) * step);
  }
  return PNG.sync.write(png, { colorType: 2, inputHasAlpha: true, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
}
