import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { trustFingerprint, type Evidence } from '@waymark/ledger/chain';
import { portableHashing } from '@waymark/accel/portable';
import { fromBase64, toBase64 } from '@waymark/ledger/primitives';
import { root } from '../support/cluster.js';
import { chromiumArguments, chromiumPath } from '../support/scan-timing.js';
import { flipByte, jsonBody, keyOf, openSmallChain } from '../support/small-chain.js';

jest.setTimeout(60_000);

const executablePath = chromiumPath();
const pictures = process.env['CONSOLE_PICTURES'];
type Bent<T> = T extends object ? { -readonly [K in keyof T]: Bent<T[K]> } : T;

const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-verifier-'));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(scratch, name), content);
  return path.join(scratch, name);
};

// A chain of now, so that its proofs are within the trusting period of this machine's clock.
const chain = openSmallChain('verifier', { timeMs: Date.now() - 60_000 });
const ids = chain.append([
  {
    sender: 'fish-farm',
    bodies: [
      jsonBody('epcis.context', {}),
      jsonBody('epcis.event', { type: 'ObjectEvent', bizStep: 'shipping<img src=x onerror=alert(1)>' }, 1),
    ],
  },
  { sender: 'processor', bodies: [jsonBody('epcis.event', { type: 'ObjectEvent', bizStep: 'receiving' })] },
]);
chain.append([{ sender: 'importer', bodies: [jsonBody('epcis.event', { type: 'ObjectEvent', bizStep: 'storing' })] }]);
chain.append([]);
chain.append([]);
const evidence = chain.evidence(ids);
const fingerprint = trustFingerprint(portableHashing, chain.trustFile);
const trust = file('trust.json', chain.trustFile);
const foreign = file('foreign.json', openSmallChain('foreign').trustFile);
const good = file('evidence.json', JSON.stringify(evidence));
const lines = [chain.range(1, 1), chain.range(2, 3)].map((piece) => JSON.stringify(piece));
const range = file('range.jsonl', `${lines.join('\n')}\n`);

const bent = (by: (evidence: Bent<Evidence>) => unknown): string => {
  const copy = JSON.parse(JSON.stringify(evidence)) as Bent<Evidence>;
  return JSON.stringify(by(copy) ?? copy);
};
/** The negative cases that a reader may meet, each with the code that must be named. */
const cases: readonly [title: string, code: string, text: string][] = [
  ['nothing', 'EVIDENCE_MALFORMED', `{"format":"waymark-evidence/1","genesis":"${evidence.genesis}"}`],
  ['a member that nobody knows', 'EVIDENCE_MALFORMED', bent((copy) => ({ ...copy, verified: true }))],
  [
    'a changed genesis hash',
    'TRUST_ROOT_FOREIGN',
    bent((copy) => void (copy.genesisHash = copy.genesisHash.replace(/./, (digit) => (digit === '0' ? '1' : '0')))),
  ],
  [
    'too few signatures',
    'CERTIFICATE_TOO_FEW',
    bent((copy) => void (copy.anchor.certificate = chain.certify(chain.block(4), [0, 1]) as never)),
  ],
  [
    'signatures over another header',
    'CERTIFICATE_INVALID',
    bent((copy) => void (copy.anchor.certificate = chain.certify(chain.block(3)) as never)),
  ],
  [
    'a changed header',
    'HEADER_PATH_INVALID',
    bent((copy) => void (copy.headers[0]!.header = toBase64(flipByte(fromBase64(copy.headers[0]!.header), 508)))),
  ],
  [
    'no receipt',
    'ACCEPTANCE_MISSING',
    bent((copy) => void delete (copy.transactions[0] as Partial<Bent<Evidence>['transactions'][number]>).receipt),
  ],
  [
    'a changed receipt path',
    'RECEIPT_PATH_INVALID',
    bent(
      (copy) =>
        void (copy.transactions[0]!.receiptPath[0] = toBase64(
          flipByte(fromBase64(copy.transactions[0]!.receiptPath[0]!), 3),
        )),
    ),
  ],
  [
    'a changed record',
    'BODY_PATH_INVALID',
    bent((copy) => {
      const body = copy.transactions[0]!.bodies[1]!;
      body.body = toBase64(flipByte(fromBase64(body.body), 20));
    }),
  ],
  [
    'a changed signature',
    'SIGNATURE_INVALID',
    bent((copy) => {
      const at = copy.transactions[0]!.signatures[0]!;
      at.signature = toBase64(flipByte(fromBase64(at.signature), 9));
    }),
  ],
  [
    'the key of another company',
    'SIGNATURE_INVALID',
    bent(
      (copy) =>
        void (copy.transactions[0]!.signatures[0]!.publicKey = toBase64(
          keyOf('verifier/organisation/importer').publicKey,
        )),
    ),
  ],
  ['a context left out', 'CONTEXT_MISSING', bent((copy) => void copy.transactions[0]!.bodies.shift())],
  [
    'a range with a piece left out',
    'FEED_LINK_BROKEN',
    [JSON.stringify(chain.range(1, 1)), JSON.stringify(chain.range(3, 3))].join('\n'),
  ],
  ['a range that is cut off', 'RANGE_MALFORMED', `${lines[0]}\n${lines[1]?.slice(0, 200)}`],
];

describe('the one-file verifier, as it is built', () => {
  let page: string;
  let command: string;

  beforeAll(async () => {
    const { buildVerifier } = (await import(new URL('../../apps/verifier/build.mjs', import.meta.url).href)) as {
      buildVerifier(options: { outFolder: string }): Promise<Record<string, { sha256: string }>>;
    };
    const [first, second] = [path.join(scratch, 'first'), path.join(scratch, 'second')];
    const facts = await buildVerifier({ outFolder: first });
    expect(await buildVerifier({ outFolder: second })).toEqual(facts);
    page = path.join(first, 'waymark-verify.html');
    command = path.join(first, 'waymark-verify.mjs');
  }, 120_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [command, ...args], { cwd: scratch }, (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  it('is the same, byte by byte, whenever it is built', () => {
    for (const name of ['waymark-verify.html', 'waymark-verify.mjs', 'verifier.json'])
      expect(readFileSync(path.join(scratch, 'first', name))).toEqual(readFileSync(path.join(scratch, 'second', name)));
    expect(readFileSync(page, 'utf8')).not.toContain(root);
  });

  describe('for Node', () => {
    it('verifies an item and a range, and says in whose name', async () => {
      const item = await run(good, '--trust', trust, '--lang', 'en');
      expect([item.status, item.stdout]).toEqual([0, expect.stringMatching(/^VERIFIED\n.*3 of 4 supervisors signed/s)]);
      expect(item.stdout).toContain('Signed by Blue Bay Fish Farm; the ledger accepted it.');
      expect((await run(range, '--trust', trust, '--lang', 'zh-CN')).stdout).toMatch(/^验证通过\n[^]*区块 1 至 3/);
      expect((await run(range, '--fingerprint', fingerprint)).status).toBe(0);
    });

    it('does not call verified what rests on the file alone', async () => {
      const alone = await run(good, '--lang', 'en');
      expect(alone.status).toBe(3);
      expect(alone.stdout).toContain(fingerprint);
      expect(alone.stdout).not.toMatch(/^VERIFIED/);
    });

    it('judges an archived file as of the day on which it was received', async () => {
      const old = openSmallChain('old');
      const [txId] = old.append([{ sender: 'processor', bodies: [jsonBody('epcis.event', {})] }]) as [string];
      old.append([]);
      const [oldFile, oldTrust] = [
        file('old.json', JSON.stringify(old.evidence([txId]))),
        file('old-trust.json', old.trustFile),
      ];
      const now = await run(oldFile, '--trust', oldTrust);
      expect([now.status, now.stdout]).toEqual([1, expect.stringContaining('ANCHOR_EXPIRED')]);
      expect((await run(oldFile, '--trust', oldTrust, '--at', '2026-01-02')).status).toBe(0);
    });

    it.each(cases)('refuses %s: %s', async (title, code, text) => {
      const bad = file(
        `bad-${title.replaceAll(/\W/g, '-')}.${code.startsWith('RANGE') || code.startsWith('FEED') ? 'jsonl' : 'json'}`,
        text,
      );
      const { status, stdout } = await run(bad, '--trust', trust, '--lang', 'en');
      expect([status, stdout]).toEqual([1, expect.stringContaining(code)]);
    });

    it('says what is wrong with the call', async () => {
      expect(await run()).toMatchObject({ status: 2, stderr: expect.stringContaining('--trust') });
      expect((await run('absent.json')).status).toBe(2);
      expect((await run(good, '--trust', good)).status).toBe(2);
      expect((await run(good, '--fingerprint', '0000-0000-0000-0000')).status).toBe(2);
      expect((await run(good, '--trust', trust, '--at', 'yesterday')).status).toBe(2);
      expect((await run(good, '--trust', foreign)).status).toBe(1);
      expect((await run('--help')).status).toBe(0);
    });
  });

  (executablePath === undefined ? describe.skip : describe)(
    `as a page${executablePath === undefined ? ' (skipped: no Chromium; set CHROMIUM_PATH)' : ''}`,
    () => {
      let browser: Browser;
      let open: Page;
      const asked: string[] = [];
      const faults: string[] = [];
      beforeAll(async () => {
        browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
        const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
        open = await context.newPage();
        open.on('request', (request) => asked.push(request.url()));
        open.on('pageerror', (error) => faults.push(String(error)));
        open.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        open.on('dialog', (dialog) => {
          faults.push(dialog.message());
          void dialog.dismiss();
        });
        await open.goto(pathToFileURL(page).href);
      }, 60_000);
      afterAll(async () => browser?.close());

      const check = async (evidenceFile: string, options: { trust?: string; typed?: string } = {}): Promise<string> => {
        await open.reload();
        await open.locator('#evidence').setInputFiles(evidenceFile);
        if (options.trust !== undefined) await open.locator('#trust').setInputFiles(options.trust);
        if (options.typed !== undefined) await open.locator('#fingerprint').fill(options.typed);
        await open.locator('#check').click();
        const verdict = open.locator('[data-verdict]');
        await verdict.waitFor();
        return (await verdict.getAttribute('data-verdict')) ?? '';
      };

      it('verifies an item and a range against the reader’s own list', async () => {
        expect(await check(good, { trust })).toBe('verified');
        expect(await open.locator('[data-list="records"] li').count()).toBe(3);
        // Script in a record is text.
        expect(await open.locator('main').innerText()).toContain('<img src=x onerror=alert(1)>');
        expect(await check(range, { trust })).toBe('verified');
        expect(await check(good, { typed: fingerprint.toLowerCase() })).toBe('verified');
      });

      it('is amber without anybody to trust, and shows what to compare', async () => {
        expect(await check(good)).toBe('unanchored');
        expect(await open.locator('.verdict .fingerprint').innerText()).toBe(fingerprint);
        expect(await check(good, { typed: '0000-0000-0000-0000' })).toBe('problem');
        expect(await check(good, { trust: foreign })).toBe('wrong');
      });

      it.each(cases)('is red for %s: %s', async (title, code, text) => {
        expect(await check(file(`page-${title.replaceAll(/\W/g, '-')}.json`, text), { trust })).toBe('wrong');
        expect(await open.locator('[data-list="wrong"] [data-code]').first().getAttribute('data-code')).toBe(code);
      });

      it('speaks Chinese at a touch, fits a phone, and asked nobody anything', async () => {
        await check(good, { trust });
        await open.locator('#language').click();
        expect(await open.locator('[data-verdict]').innerText()).toContain('验证通过');
        expect(await open.locator('html').getAttribute('lang')).toBe('zh-CN');
        expect(await open.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
        if (pictures !== undefined) {
          mkdirSync(pictures, { recursive: true });
          await open.screenshot({ path: path.join(pictures, 'verifier-phone-zh.png'), fullPage: true });
          await open.emulateMedia({ colorScheme: 'dark' });
          await open.screenshot({ path: path.join(pictures, 'verifier-phone-dark-zh.png'), fullPage: true });
        }
        expect(new Set(asked)).toEqual(new Set([pathToFileURL(page).href]));
        expect(faults).toEqual([]);
      });

      it('could not open a connection if it wanted to', async () => {
        const refused = await open.evaluate(() =>
          fetch('https://example.org/').then(
            () => 'connected',
            (cause: unknown) => String(cause),
          ),
        );
        expect(refused).toContain('Failed to fetch');
        expect(faults.some((fault) => fault.includes('Content Security Policy'))).toBe(true);
      });
    },
  );
});
