import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { encodeTrustRoot } from '@waymark/ledger/chain';
import { fromBase64, toBase64 } from '@waymark/ledger/primitives';
import { flipByte, jsonBody, openSmallChain } from '../../../../test/support/small-chain.js';
import { runCommandLine } from '../command-line.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-verify-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const chain = openSmallChain();
const [txId] = chain.append([
  {
    sender: 'fish-farm',
    bodies: [
      jsonBody('epcis.event', {
        type: 'ObjectEvent',
        bizStep: 'commissioning\u001b[2J\u202e',
        eventTime: '2026-01-02T03:04:05Z',
      }),
    ],
  },
]) as [string];
chain.append([]);
chain.append([]);
const evidence = chain.evidence([txId]);
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(path.join(scratch, name), content);
  return name;
};
const good = file('evidence.json', JSON.stringify(evidence));
const trust = file('trust.json', encodeTrustRoot(chain.trust));

async function waymark(args: string[], env: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const code = await runCommandLine(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    env,
    folder: scratch,
    now: () => new Date(chain.timeMs),
  });
  return { code, ...said };
}

describe('waymark verify', () => {
  it('says that genuine evidence is verified, what was checked, and who signed each record', async () => {
    const { code, out, err } = await waymark(['verify', good, '--trust', trust]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^VERIFIED\n/);
    expect(out).toContain('3 of 4 validators signed');
    expect(out).toMatch(/#1\/0 .*Blue Bay Fish Farm \(fish-farm\) .*epcis\.event ObjectEvent commissioning/);
  });

  it('does not let a record write on the terminal', async () => {
    const { out } = await waymark(['verify', good, '--trust', trust]);
    expect(out).not.toMatch(/[\u001b\u202e]/); // eslint-disable-line no-control-regex
    expect(out).toContain('commissioning\ufffd[2J\ufffd');
  });

  it('speaks Chinese where the terminal or the person does', async () => {
    expect((await waymark(['verify', good, '--trust', trust], { LANG: 'zh_CN.UTF-8' })).out).toMatch(
      /^验证通过\n[^]*蓝湾养鱼场/,
    );
    expect((await waymark(['verify', good, '--trust', trust, '--lang', 'zh-CN'])).out).toMatch(/^验证通过/);
    expect((await waymark(['verify', good, '--trust', trust, '--lang', 'en'], { LANG: 'zh_CN' })).out).toMatch(
      /^VERIFIED/,
    );
  });

  it('refuses a changed record with its code and what it means, and exits with 1', async () => {
    const bent = JSON.parse(JSON.stringify(evidence)) as { transactions: { bodies: { body: string }[] }[] };
    const body = bent.transactions[0]!.bodies[0]!;
    body.body = toBase64(flipByte(fromBase64(body.body), 40));
    const { code, out } = await waymark(['verify', file('bent.json', JSON.stringify(bent)), '--trust', trust]);
    expect(code).toBe(1);
    expect(out).toMatch(/^REFUSED: BODY_PATH_INVALID\nThe record was changed after the company signed it\./);
  });

  it('refuses a foreign trust root, and evidence from tomorrow', async () => {
    const foreign = file('foreign.json', encodeTrustRoot(openSmallChain('foreign').trust));
    expect(await waymark(['verify', good, '--trust', foreign])).toMatchObject({
      code: 1,
      out: expect.stringContaining('TRUST_ROOT_FOREIGN'),
    });
    const said = { out: '' };
    const code = await runCommandLine(['verify', good, '--trust', trust], {
      out: (text) => (said.out += text),
      err: () => undefined,
      env: {},
      folder: scratch,
      now: () => new Date(chain.timeMs - 86_400_000),
    });
    expect([code, said.out]).toEqual([1, expect.stringContaining('ANCHOR_IN_FUTURE')]);
  });

  it.each([
    ['no JSON', '{"format":'],
    ['other JSON', '{"format":"other"}'],
    ['nothing', ''],
  ])('calls a file with %s malformed', async (_, content) => {
    const { code, out } = await waymark(['verify', file('odd.json', content), '--trust', trust]);
    expect(code).toBe(1);
    expect(out).toMatch(/^REFUSED: EVIDENCE_MALFORMED/);
  });

  it('says which file is missing, or no trust root', async () => {
    expect(await waymark(['verify', 'absent.json', '--trust', trust])).toMatchObject({
      code: 1,
      err: expect.stringContaining('absent.json'),
    });
    expect(await waymark(['verify', good, '--trust', 'absent.json'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('absent.json'),
    });
    expect(await waymark(['verify', good, '--trust', good])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no trust root'),
    });
  });

  it('looks for the trust root of the reader, never beside the evidence', async () => {
    expect(await waymark(['verify', good])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--trust'),
    });
    expect((await waymark(['verify', good], { WAYMARK_TRUST_FILE: trust })).code).toBe(0);
    mkdirSync(path.join(scratch, '.waymark', 'demo', 'consortium'), { recursive: true });
    file('.waymark/demo/consortium/trust.json', encodeTrustRoot(chain.trust));
    expect((await waymark(['verify', good])).code).toBe(0);
  });
});

describe('waymark trust', () => {
  it('shows the fingerprint first, then chain and validators', async () => {
    const { code, out } = await waymark(['trust', trust]);
    expect(code).toBe(0);
    expect(out).toMatch(/^([0-9A-F]{4}-){3}[0-9A-F]{4}\n/);
    expect(out).toContain(chain.trust.chainId);
  });
});

describe('the command line', () => {
  it.each([
    [['verify'], '<evidence.json>'],
    [['verify', 'a', 'b'], '"a b"'],
    [['verify', 'a', '--trsut', 'b'], '--trsut'],
    [['init', '--nodes', '4'], '--out'],
    [['init', '--out', 'x'], '--members'],
    [['init', '--out', 'x', '--nodes', '4', '--members', 'm.json'], '--members'],
    [['init', '--out', 'x', '--nodes', 'four'], '"four"'],
    [['init', '--out', 'x', '--nodes', '32'], '31'],
    [['toString'], 'toString'],
  ])('%j is answered with what is wrong and the usage, exit code 2', async (args, said) => {
    const { code, err } = await waymark(args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('shows its commands when asked', async () => {
    expect(await waymark(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('verify <evidence.json>'),
    });
    expect((await waymark([])).code).toBe(2);
    expect((await waymark(['init', '--help'])).out).toContain('--port-base');
  });

  it('names what is wrong in a members file', async () => {
    const members = file(
      'members.json',
      JSON.stringify([{ account: 'UPPER', name: { en: 'x', 'zh-CN': 'x' }, role: 'company' }]),
    );
    const { code, err } = await waymark(['init', '--members', members, '--out', 'made']);
    expect(code).toBe(1);
    expect(err).toContain('account');
  });
});
