import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { verifySignature } from '@waymark/accel/portable';
import { openKey } from '@waymark/api/sealed-key';
import { proofOfPossessionBytes } from '@waymark/ledger/chain';
import { fromHex, toHex, utf8 } from '@waymark/ledger/primitives';
import { runCommandLine } from '../command-line.js';

const folder = mkdtempSync(path.join(tmpdir(), 'waymark-key-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(path.join(folder, 'secret'), `${'ab'.repeat(32)}\n`);

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: '', err: '' };
  const code = await runCommandLine(['key', ...args], {
    folder,
    env: {},
    now: () => new Date(),
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
  });
  return { code, ...told };
}

describe('waymark key', () => {
  const wanted = ['--account', 'maker', '--secret', 'secret', '--out', 'maker.next.key.json'];

  it('makes a sealed key, and prints the proof that a rotation asks for', async () => {
    const { code, out } = await run(...wanted);
    expect(code).toBe(0);
    const file = path.join(folder, 'maker.next.key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const opened = await openKey(JSON.parse(readFileSync(file, 'utf8')), 'ab'.repeat(32));
    const publicKey = /public key +([0-9a-f]{64})/.exec(out)?.[1] ?? '';
    const proof = /proof +([0-9a-f]{128})/.exec(out)?.[1] ?? '';
    expect([opened.account, toHex(opened.publicKey)]).toEqual(['maker', publicKey]);
    const message = proofOfPossessionBytes('organisation', 'maker');
    expect(verifySignature({ publicKey: fromHex(publicKey), message, signature: fromHex(proof) })).toBe(true);
    expect(verifySignature({ publicKey: fromHex(publicKey), message: utf8('x'), signature: fromHex(proof) })).toBe(
      false,
    );
  });

  it('overwrites nothing, and says what is missing', async () => {
    const again = await run(...wanted);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('not overwritten')]);
    expect((await run('--account', 'maker')).code).toBe(2);
    expect((await run('--account', 'No One', '--secret', 'secret', '--out', 'x')).code).toBe(2);
    expect((await run('--account', 'maker', '--secret', 'gone', '--out', 'x')).code).toBe(1);
  });
});
