// Generates the wire code of the ledger from its schema: static code, no reflection, no `new Function`, so that it runs
// under a strict content security policy. After every change of libs/ledger/src/wire/waymark.proto:
//   node tools/generate-wire.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pbjs from 'protobufjs-cli/pbjs.js';

const wire = (path) => fileURLToPath(new URL(`../libs/ledger/src/wire/${path}`, import.meta.url));

/** The text that `generated/waymark.ts` must have. */
export async function generateWire() {
  const code = await promisify(pbjs.main)([
    ...['--target', 'static-module', '--wrap', 'esm', '--root', 'waymark-ledger', '--force-number', '--no-comments'],
    ...['--no-create', '--no-verify', '--no-convert', '--no-delimited', '--no-typeurl'],
    wire('waymark.proto'),
  ]);
  return `// @ts-nocheck\n// Generated from waymark.proto by tools/generate-wire.mjs. Do not edit.\n${code}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(wire('generated'), { recursive: true });
  writeFileSync(wire('generated/waymark.ts'), await generateWire());
}
