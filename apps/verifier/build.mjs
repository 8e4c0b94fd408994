// Makes the one-file verifier: a page that works from file:// and a module for Node, both without anything beside themselves.
// Always from source, without times or paths in the output: the same source gives the same bytes.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const room = import.meta.dirname;
const out = path.join(room, 'dist', 'files');
/** Bytes of the page at most, as it is saved and sent. */
export const PAGE_BYTES_MAX = 250 * 1024;

const bundle = async (entry, options) => {
  const result = await build({
    absWorkingDir: path.join(room, '..', '..'),
    entryPoints: [path.join(room, entry)],
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    conditions: ['waymark-source'],
    legalComments: 'inline',
    logLevel: 'warning',
    ...options,
  });
  return Buffer.from(result.outputFiles[0].contents).toString('utf8');
};
const sha256 = (bytes, encoding) => createHash('sha256').update(bytes).digest(encoding);

/** Builds both files into `outFolder`, with their SHA-256 in `verifier.json` beside them. */
export async function buildVerifier({ outFolder = out } = {}) {
  const script = (
    await bundle('src/page/main.ts', {
      platform: 'browser',
      format: 'iife',
      target: ['es2022', 'safari16', 'chrome109', 'firefox115'],
    })
  ).trim();
  if (/\bnew Function\b|\beval\(|\bfetch\(|XMLHttpRequest|WebSocket|\bimport\(/.test(script))
    throw new Error('The verifier must need neither eval nor a connection.');
  if (/<\/script|<!--/i.test(script)) throw new Error('The script would end the element it stands in.');
  const style = (await bundle('src/page/page.css', {})).trim();
  const template = await readFile(path.join(room, 'src', 'page', 'page.html'), 'utf8');
  const page = template
    .replace('%SCRIPT_HASH%', () => `sha256-${sha256(script, 'base64')}`)
    .replace('%STYLE_HASH%', () => `sha256-${sha256(style, 'base64')}`)
    .replace(/<style>\s*%STYLE%\s*<\/style>/, () => `<style>${style}</style>`)
    .replace(/<script>\s*%SCRIPT%\s*<\/script>/, () => `<script>${script}</script>`);
  if (!page.includes(script) || !page.includes(style))
    throw new Error('The page has no place for its script or style.');
  const command = await bundle('src/command/main.ts', {
    platform: 'node',
    format: 'esm',
    target: ['node20'],
    banner: { js: '#!/usr/bin/env node\n// Waymark: checks an evidence file by itself. --help says how.' },
  });
  if (Buffer.byteLength(page) > PAGE_BYTES_MAX)
    throw new Error(`The verifier weighs ${Buffer.byteLength(page)} bytes; at most ${PAGE_BYTES_MAX} are allowed.`);
  const files = { 'waymark-verify.html': page, 'waymark-verify.mjs': command };
  const facts = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      { bytes: Buffer.byteLength(text), sha256: sha256(text, 'hex') },
    ]),
  );
  await mkdir(outFolder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(outFolder, name), text);
  await writeFile(path.join(outFolder, 'verifier.json'), `${JSON.stringify(facts, undefined, 2)}\n`);
  return facts;
}

if (process.argv[1] === import.meta.filename)
  for (const [name, { bytes, sha256: digest }] of Object.entries(await buildVerifier()))
    console.log(`${digest}  ${name}  ${bytes} bytes`);
