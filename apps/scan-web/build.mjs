// Bundles what the phone loads into dist/page/, with hashes in the names and compressed twins, and refuses to grow over its limit.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const room = import.meta.dirname;
const out = path.join(room, 'dist', 'page-assets');

/** Bytes that a phone loads at most for script, style and icon together, compressed as the weaker of our two encodings (gzip). */
export const COMPRESSED_BYTES_MAX = 90 * 1024;

/** Builds from source (as the tests do) or from what tsc wrote (as a release does). Returns the sizes in bytes. */
export async function buildPage({ outFolder = out, fromSource = false } = {}) {
  const bundle = async (entry, loader) => {
    const result = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      platform: 'browser',
      format: 'esm',
      target: ['es2022', 'safari16', 'chrome109', 'firefox115'],
      conditions: fromSource ? ['waymark-source'] : [],
      jsx: 'automatic',
      jsxImportSource: 'preact',
      legalComments: 'none',
      logLevel: 'warning',
      ...loader,
    });
    return result.outputFiles[0].contents;
  };
  const script = await bundle(path.join(room, fromSource ? 'src/page/main.tsx' : 'dist/page/main.js'));
  if (/\bnew Function\b|\beval\(/.test(Buffer.from(script).toString()))
    throw new Error('The page would need eval: its content security policy refuses that.');
  const style = await bundle(path.join(room, 'src/page/styles.css'));
  const icon = await readFile(path.join(room, 'src/page/icon.svg'));

  await rm(outFolder, { recursive: true, force: true });
  await mkdir(outFolder, { recursive: true });
  const sizes = [];
  for (const [stem, extension, contents] of [
    ['page', 'js', script],
    ['page', 'css', style],
    ['icon', 'svg', icon],
  ]) {
    const name = `${stem}-${createHash('sha256').update(contents).digest('hex').slice(0, 12)}.${extension}`;
    const gzip = gzipSync(contents, { level: 9 });
    const brotli = brotliCompressSync(contents, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
    });
    await writeFile(path.join(outFolder, name), contents);
    await writeFile(path.join(outFolder, `${name}.gz`), gzip);
    await writeFile(path.join(outFolder, `${name}.br`), brotli);
    sizes.push({ name, bytes: contents.length, gzipBytes: gzip.length, brotliBytes: brotli.length });
  }
  const compressed = sizes.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  if (compressed > COMPRESSED_BYTES_MAX)
    throw new Error(`The page weighs ${compressed} bytes compressed; at most ${COMPRESSED_BYTES_MAX} are allowed.`);
  return { sizes, compressed };
}

if (process.argv[1] === import.meta.filename) {
  const { sizes, compressed } = await buildPage();
  for (const { name, bytes, gzipBytes, brotliBytes } of sizes)
    console.log(`${name}  ${bytes} bytes, ${gzipBytes} gzip, ${brotliBytes} brotli`);
  console.log(`the page: ${compressed} bytes compressed of at most ${COMPRESSED_BYTES_MAX}`);
}
