import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Build {
  readonly COMPRESSED_BYTES_MAX: number;
  buildPage(options: {
    outFolder: string;
    fromSource: boolean;
  }): Promise<{ compressed: number; sizes: { name: string; gzipBytes: number }[] }>;
}

let folder: string;
let build: Build;
let built: Awaited<ReturnType<Build['buildPage']>>;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'waymark-weight-'));
  build = (await import(new URL('../../build.mjs', import.meta.url).href)) as Build;
  built = await build.buildPage({ outFolder: folder, fromSource: true });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('what a phone loads is at most 90 KB compressed', () => {
  expect(build.COMPRESSED_BYTES_MAX).toBe(92_160);
  expect(built.compressed).toBe(built.sizes.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0));
  expect(built.compressed).toBeGreaterThan(20_000);
  expect(built.compressed).toBeLessThanOrEqual(build.COMPRESSED_BYTES_MAX);
});

it('its script needs no eval and no WebCrypto', () => {
  const script = readFileSync(
    path.join(folder, readdirSync(folder).find((name) => /^page-.*\.js$/.test(name)) ?? ''),
    'utf8',
  );
  expect(script).not.toMatch(/\beval\(|new Function|crypto\.subtle/);
});
