// Generates `generated/waymark.ts` from `waymark.proto`: static code, no reflection, no `new Function`, so that it
// runs under a strict content security policy. Run after every change of the schema, from anywhere:
//   node libs/ledger/src/wire/generate.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import pbjs from 'protobufjs-cli/pbjs.js';

const here = (path) => new URL(path, import.meta.url);
const code = await promisify(pbjs.main)([
  ...['--target', 'static-module', '--wrap', 'esm', '--root', 'waymark-ledger', '--force-number', '--no-comments'],
  ...['--no-create', '--no-verify', '--no-convert', '--no-delimited', '--no-typeurl'],
  here('./waymark.proto').pathname,
]);
const source = here('./waymark.proto');
const head = `// @ts-nocheck
// Generated from waymark.proto (${readFileSync(source).length} bytes) by generate.mjs. Do not edit.
`;
mkdirSync(here('./generated/'), { recursive: true });
writeFileSync(here('./generated/waymark.ts'), head + code);
