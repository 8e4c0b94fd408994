import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createConsoleServer, loadPageFiles, loadVerifierFiles } from '@waymark/admin-web';
import { portableHashing, signMessage } from '@waymark/accel/portable';
import { assembleTransaction, decodeTransaction, type Evidence } from '@waymark/ledger/chain';
import { fromBase64, toBase64 } from '@waymark/ledger/primitives';
import { runAdmin } from '../../apps/api/src/admin.js';
import { loadSample } from '../../apps/cli/src/demo/sample.js';
import { ApiHouse } from '../support/api-house.js';
import { root } from '../support/cluster.js';
import { checkAccessibility, widerThanWindow } from '../support/console-site.js';
import { LyingProxy } from '../support/lying-proxy.js';
import { chromiumArguments, chromiumPath } from '../support/scan-timing.js';
import { flipByte, keyOf, type RangePieceJson } from '../support/small-chain.js';

jest.setTimeout(90_000);

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

const sample = loadSample(root);
const can = `https://id.gs1.org${sample.canPath}`;
const regulator = sample.companies.find(({ role }) => role === 'regulator')?.account ?? '';
const PASSWORD = 'harbour lantern copper otter';
const EMAIL = 'rita@authority.example';

type Bent<T> = T extends object ? { -readonly [K in keyof T]: Bent<T[K]> } : T;

whereBrowser(`a regulator at the console${missing}`, () => {
  let house: ApiHouse;
  let proxy: LyingProxy;
  let server: Awaited<ReturnType<typeof createConsoleServer>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let url: string;
  let scratch: string;
  let fingerprint: string;
  let height: number;
  const faults: string[] = [];

  beforeAll(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), 'waymark-regulator-'));
    house = await ApiHouse.open({
      members: [
        { account: 'farm' },
        ...sample.companies.map(({ account, role, companyPrefixes }) => ({ account, role, companyPrefixes })),
      ],
    });
    for (const { account, document } of sample.turns)
      expect((await house.captured(account, document, { 'waymark-visibility': 'own' })).errors).toEqual([]);
    proxy = await LyingProxy.open(() => house.api?.url ?? '');
    server = await createConsoleServer({
      apiUrl: proxy.url,
      files: await loadPageFiles(pageFolder),
      verifier: await loadVerifierFiles(pageFolder),
      logger: pino({ level: 'silent' }),
      trustProxy: [],
    });
    url = await server.listen({ port: 0, host: '127.0.0.1' });
    let link = '';
    await runAdmin(
      ['invite', '--organisation', regulator, '--email', EMAIL, '--role', 'regulator'],
      {
        DATABASE_URL: house.config.databaseUrl,
        WAYMARK_NODES: house.config.nodes.join(','),
        WAYMARK_TRUST_FILE: house.config.trustFile,
        WAYMARK_GENESIS_FILE: house.config.genesisFile,
        CONSOLE_BASE_URL: url,
      },
      (text) => (link += text),
    );
    const accepted = await house.fetch('/invitations/accept', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link.trim().split('#token=')[1], name: 'Rita', password: PASSWORD }),
    });
    expect(accepted.status).toBe(200);
    const status = (await (await house.fetch('/chain/status')).json()) as {
      trustFingerprint: string;
      projectedHeight: number;
    };
    ({ trustFingerprint: fingerprint, projectedHeight: height } = status);
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
    context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB' });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
    page.setDefaultTimeout(20_000);
    await page.goto(`${url}/regulator/events`);
    await page.locator('input[name="email"]').fill(EMAIL);
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('form button[type="submit"]').click();
    await page.waitForURL('**/regulator/events');
  }, 240_000);
  afterEach(() => proxy.honest());
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await proxy?.close();
    await house?.close();
    rmSync(scratch, { recursive: true, force: true });
  }, 60_000);

  const picture = async (name: string, of = page) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await of.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  };
  const accessible = async (of = page) => {
    expect(await checkAccessibility(of)).toEqual([]);
    expect(await widerThanWindow(of)).toBe(0);
  };
  const result = () => page.getByTestId('check-result');
  const phase = async (...expected: string[]) => {
    await page.waitForFunction(
      (wanted) =>
        wanted.includes(document.querySelector('[data-testid="check-result"]')?.getAttribute('data-phase') ?? ''),
      expected,
      { timeout: 40_000 },
    );
    return result().getAttribute('data-phase');
  };
  const wrongCodes = () =>
    page
      .locator('[data-testid="wrong-records"] li')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-code')));
  const check = async (address: string) => {
    await page.goto(`${url}/regulator/check?${address}`);
    const start = page.getByRole('button', { name: 'Check', exact: true });
    await start.waitFor();
    // What an earlier check found is kept: it must not be read for the result of this one.
    await page.waitForTimeout(300);
    if ((await result().count()) > 0) {
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await result().waitFor({ state: 'detached' });
    }
    await start.click();
  };
  const checkItem = () => check(`item=${encodeURIComponent(can)}`);
  const checkRange = () => check(`kind=range&from=1&to=${height}`);

  it('sees all events, filters them by its address, and goes from an event to the trace and to the check of its item', async () => {
    await page.waitForSelector('table tbody tr td a');
    expect(await page.locator('table tbody tr').count()).toBeGreaterThan(15);
    await picture('events-desktop-light-en');
    await accessible();
    await page.goto(`${url}/regulator/events?step=shipping`);
    await page.locator('td[data-lead]', { hasText: 'Shipping' }).first().waitFor();
    expect(new Set(await page.locator('td[data-lead]').allInnerTexts())).toEqual(new Set(['Shipping']));
    const [trace] = await page.locator('table a[href^="/trace"]').all();
    expect(await trace?.getAttribute('href')).toMatch(/^\/trace\?id=https/);
    await page.locator('table a[href^="/regulator/check"]').first().click();
    await page.waitForURL('**/regulator/check?item=**');
  });

  it('takes the filtered events home as a table', async () => {
    await page.goto(`${url}/regulator/events?step=shipping`);
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Table (CSV)' }).click(),
    ]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv.split('\r\n')[0]).toContain('eventTime,recordTime,signer');
    expect(csv).toContain('shipping');
    expect(csv).not.toContain('packing');
  });

  it('checks nothing before the reader says whom they trust, and does not take the server’s word for it', async () => {
    await page.goto(`${url}/regulator/check?item=${encodeURIComponent(can)}`);
    const start = page.getByRole('button', { name: 'Check', exact: true });
    expect(await start.isDisabled()).toBe(true);
    await picture('check-without-trust-en');
    const typed = page.getByLabel('Fingerprint from another hand');
    await typed.fill('0000-0000-0000-0000');
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await page.getByRole('alert').innerText()).toContain(fingerprint);
    expect(await start.isDisabled()).toBe(true);
    await page.locator('input[type="file"]').setInputFiles({
      name: 'trust.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"format":"waymark-trust/1"}'),
    });
    await page.getByText('This is no list of supervisors').waitFor();
    await typed.fill(fingerprint.toLowerCase());
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByTestId('trust-fingerprint').waitFor();
    expect(await page.getByTestId('trust-fingerprint').innerText()).toBe(fingerprint);
    expect(await page.getByText('Compared by you with a fingerprint').count()).toBe(1);
    await page.getByRole('button', { name: 'Choose another' }).click();
    await page.locator('input[type="file"]').setInputFiles(house.config.trustFile);
    expect(await page.getByTestId('trust-fingerprint').innerText()).toBe(fingerprint);
    expect(await start.isDisabled()).toBe(false);
  });

  it('checks everything of an item', async () => {
    await checkItem();
    expect(await phase('verified', 'wrong')).toBe('verified');
    expect(await result().innerText()).toContain('Everything is proven');
    expect(await page.locator('[data-testid="recent-records"] li').count()).toBe(20);
    expect(await result().innerText()).toMatch(/Signed by .+; the ledger accepted it\./);
    await picture('check-item-desktop-light-en');
    await accessible();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export the result' }).click(),
    ]);
    const report = JSON.parse(readFileSync(await file.path(), 'utf8')) as { format: string; records: unknown[] };
    expect(report.format).toBe('waymark-check/1');
    expect(report.records.length).toBeGreaterThan(20);
  });

  it('checks a range of blocks, can be stopped, survives a reload and goes on where it was', async () => {
    let pieces = 0;
    proxy.ask = (passing) => {
      const asked = new URL(passing.target, 'http://x');
      if (asked.pathname !== '/regulator/blocks/evidence') return;
      pieces += 1;
      asked.searchParams.set(
        'to',
        String(Math.min(Number(asked.searchParams.get('to')), Number(asked.searchParams.get('from')) + 4)),
      );
      passing.target = `${asked.pathname}${asked.search}`;
      if (pieces === 3) passing.delayMs = 20_000;
    };
    await checkRange();
    await page.getByText(/records, \d+ a second/).waitFor();
    expect(await phase('running')).toBe('running');
    await page.waitForFunction(
      () => document.body.innerText.includes('10 / ') || document.body.innerText.includes('10 of '),
    );
    await picture('check-range-running-en');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await phase('stopped')).toBe('stopped');
    await page.reload();
    expect(await phase('stopped')).toBe('stopped');
    proxy.asked.length = 0;
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await phase('verified', 'wrong')).toBe('verified');
    expect(proxy.asked.find((target) => target.includes('blocks/evidence'))).toContain('from=11&');
    expect(await result().innerText()).toContain('none was left out');
    await picture('check-range-done-en');
  });

  const bendEvidence =
    (bend: (evidence: Bent<Evidence>) => void) =>
    (target: string, text: string): string => {
      if (!target.startsWith('/regulator/evidence')) return text;
      const evidence = JSON.parse(text) as Bent<Evidence>;
      bend(evidence);
      return JSON.stringify(evidence);
    };
  const bendRange =
    (bend: (piece: RangePieceJson) => void) =>
    (target: string, text: string): string => {
      if (!target.startsWith('/regulator/blocks/evidence?')) return text;
      const piece = JSON.parse(text) as RangePieceJson;
      bend(piece);
      return JSON.stringify(piece);
    };
  const full = (piece: RangePieceJson) => piece.blocks.find(({ transactions }) => transactions.length > 0)!;

  const itemLies: readonly [string, string, (evidence: Bent<Evidence>) => void][] = [
    [
      'a byte of a record',
      'BODY_PATH_INVALID',
      ({ transactions }) => {
        const body = transactions[1]!.bodies.at(-1)!;
        const bytes = fromBase64(body.body);
        body.body = toBase64(flipByte(bytes, bytes.length >> 1));
      },
    ],
    ['a record dropped', 'RECORD_MISSING', ({ transactions }) => void transactions[1]!.bodies.pop()],
    [
      'the signature of somebody else',
      'SIGNER_UNKNOWN',
      ({ transactions }) => {
        const { seed, publicKey } = keyOf('organisation/farm');
        const [first] = transactions;
        const signedBytes = Buffer.concat([Buffer.from('waymark/tx/1'), Buffer.from([1]), fromBase64(first!.header)]);
        first!.signatures = [
          { publicKey: toBase64(publicKey), signature: toBase64(signMessage(seed, new Uint8Array(signedBytes))) },
        ];
      },
    ],
  ];
  it.each(itemLies)('finds what a lying server did to an item’s evidence: %s', async (_, code, lie) => {
    proxy.answer = bendEvidence(lie);
    await checkItem();
    expect(await phase('verified', 'wrong')).toBe('wrong');
    expect(new Set(await wrongCodes())).toEqual(new Set([code]));
    expect(await result().innerText()).toContain('Not everything is proven');
    await picture(`check-item-${code}`);
  });

  const rangeLies: readonly [string, string, (piece: RangePieceJson) => void][] = [
    [
      'a byte of a record',
      'BODIES_MISMATCH',
      (piece) => {
        const block = full(piece);
        const bytes = fromBase64(block.transactions[0]!);
        block.transactions[0] = toBase64(flipByte(bytes, bytes.length - 10));
      },
    ],
    ['a record dropped', 'TRANSACTION_MISSING', (piece) => void full(piece).transactions.pop()],
    [
      'the signature of somebody else',
      'SIGNER_UNKNOWN',
      (piece) => {
        const block = full(piece);
        const view = decodeTransaction(portableHashing, fromBase64(block.transactions[0]!));
        if (!view.ok) throw new Error(view.refusal.code);
        const { seed, publicKey } = keyOf('organisation/farm');
        block.transactions[0] = toBase64(
          assembleTransaction({ ...view.value, bodies: view.value.bodyBytes }, [
            { publicKey, signature: signMessage(seed, view.value.signedBytes) },
          ]),
        );
      },
    ],
    ['a block left out', 'FEED_LINK_BROKEN', (piece) => void piece.blocks.splice(3, 1)],
    ['a later piece in place of the one asked for', 'RANGE_GAP', (piece) => void piece.blocks.splice(0, 1)],
  ];
  it.each(rangeLies)('finds what a lying server did to a range of blocks: %s', async (_, code, lie) => {
    proxy.answer = bendRange(lie);
    await checkRange();
    expect(await phase('verified', 'wrong')).toBe('wrong');
    expect(await wrongCodes()).toEqual([code]);
  });

  it('says when the nodes do not answer, and keeps what was found', async () => {
    proxy.answer = (target, text) => (target.startsWith('/regulator/blocks/evidence?') ? 'no proof today' : text);
    await checkRange();
    expect(await phase('wrong', 'verified')).toBe('wrong');
    expect(await wrongCodes()).toEqual(['RANGE_MALFORMED']);
  });

  it('takes evidence and verifier home, and checks the one with the other, offline', async () => {
    const saved = async (address: string, role: 'button' | 'link', button: string, name: string): Promise<string> => {
      await page.goto(`${url}/regulator/check?${address}`);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole(role, { name: button, exact: true }).click(),
      ]);
      const target = path.join(scratch, name);
      await file.saveAs(target);
      return target;
    };
    const item = `item=${encodeURIComponent(can)}`;
    const evidence = await saved(item, 'button', 'Evidence file', 'evidence.json');
    const range = await saved(`kind=range&from=1&to=${height}`, 'button', 'Evidence file', 'evidence.jsonl');
    const verifier = await saved(item, 'link', 'Verifier (one file)', 'waymark-verify.html');
    const command = await saved(item, 'link', 'waymark-verify.mjs', 'waymark-verify.mjs');
    const shown = await page.locator('[aria-labelledby="files-title"]').innerText();
    for (const file of [verifier, command])
      expect(shown).toContain(createHash('sha256').update(readFileSync(file)).digest('hex'));

    const offline = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB', offline: true });
    const asked: string[] = [];
    const alone = await offline.newPage();
    alone.on('request', (request) => asked.push(request.url()));
    await alone.goto(pathToFileURL(verifier).href);
    for (const file of [evidence, range]) {
      await alone.locator('#evidence').setInputFiles(file);
      await alone.locator('#trust').setInputFiles(house.config.trustFile);
      await alone.locator('#check').click();
      await alone.locator('[data-verdict]').waitFor();
      expect(await alone.locator('[data-verdict]').getAttribute('data-verdict')).toBe('verified');
    }
    expect(asked).toEqual([pathToFileURL(verifier).href]);
    await offline.close();

    const run = (...args: string[]) =>
      new Promise<number>((resolve) => {
        execFile(process.execPath, [command, ...args], (error) =>
          resolve(typeof error?.code === 'number' ? error.code : 0),
        );
      });
    expect(await run(evidence, '--trust', house.config.trustFile)).toBe(0);
    expect(await run(range, '--fingerprint', fingerprint)).toBe(0);
    expect(await run(range)).toBe(3);
    const text = readFileSync(range, 'utf8').split('\n');
    const piece = JSON.parse(text[0]!) as RangePieceJson;
    full(piece).transactions.pop();
    writeFileSync(range, [JSON.stringify(piece), ...text.slice(1)].join('\n'));
    expect(await run(range, '--trust', house.config.trustFile)).toBe(1);
  });

  it('works on a phone and on a desk, light and dark, in both languages', async () => {
    let state = await context.storageState({ indexedDB: true });
    for (const [name, width, language, colorScheme] of [
      ['phone-dark-zh', 390, 'zh-CN', 'dark'],
      ['phone-light-en', 390, 'en', 'light'],
      ['desktop-dark-zh', 1440, 'zh-CN', 'dark'],
    ] as const) {
      const words =
        language === 'en' ? { title: 'Check everything', start: 'Check' } : { title: '全部检查', start: '开始检查' };
      const other = await browser.newContext({
        viewport: { width, height: 844 },
        locale: language,
        colorScheme,
        storageState: state,
      });
      const small = await other.newPage();
      await small.goto(`${url}/regulator/check?item=${encodeURIComponent(can)}`);
      await small.getByRole('heading', { level: 1, name: words.title }).waitFor();
      await small.getByRole('button', { name: words.start, exact: true }).click();
      await small.locator('[data-testid="check-result"][data-phase="verified"]').waitFor();
      await picture(`check-${name}`, small);
      await accessible(small);
      await small.goto(`${url}/regulator/events`);
      await small.waitForSelector('table tbody tr td a');
      await picture(`events-${name}`, small);
      await accessible(small);
      // The cookie was renewed here: the one of before is of no use any more.
      state = await other.storageState({ indexedDB: true });
      await other.close();
    }
  });

  it('met no fault of the page and nothing that its own policy refused', () => {
    expect(faults).toEqual([]);
  });
});
