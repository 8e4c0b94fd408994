// npm run client: writes the console's client from the API's own description (no database needed). With --check it only compares.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap.mjs';

const check = process.argv.includes('--check');
const target = path.join(root, 'apps/admin-web/src/client');
const described = path.join(root, '.waymark', 'openapi.json');

/** The description, as the built API gives it. */
function describe() {
  const script = path.join(root, 'apps/api/dist/write-openapi.js');
  if (!existsSync(script)) throw new Error('The API is not built: run `npm run build` first.');
  mkdirSync(path.dirname(described), { recursive: true });
  const done = spawnSync(process.execPath, [script, described], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The API could not be described:\n${done.stdout}${done.stderr}`);
  const description = JSON.parse(readFileSync(described, 'utf8'));
  // Routes for machines, which nobody named for a client, stay out of the page.
  for (const [address, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods))
      if (/Controller_/.test(operation.operationId)) delete methods[method];
    if (Object.keys(methods).length === 0) delete description.paths[address];
  }
  writeFileSync(described, JSON.stringify(description));
}

async function generateInto(folder) {
  const { generate } = await import('orval');
  // Inside the workspace: the generated imports are relative to it.
  await generate(
    {
      input: described,
      output: {
        target: path.join(folder, 'api.ts'),
        mode: 'tags-split',
        client: 'react-query',
        httpClient: 'fetch',
        clean: false,
        prettier: false,
        headers: false,
        override: {
          mutator: { path: path.join(root, 'apps/admin-web/src/shared/api/call.ts'), name: 'callJson' },
          fetch: { includeHttpResponseReturnType: false },
          query: { version: 5, signal: true, shouldExportQueryKey: true },
          header: () => ['Written by `npm run client` from the description of the API; do not edit.'],
        },
      },
    },
    root,
    { workspace: root },
  );
  for (const file of filesOf(folder)) {
    const full = path.join(folder, file);
    const text = mended(readFileSync(full, 'utf8'));
    writeFileSync(full, file === 'api.schemas.ts' ? withoutTwins(text) : text);
  }
}

/**
 * A parameter of an operation and a property of an answer can get the same name (`traceGraph` with `direction`, `TraceGraph.direction`). Where
 * both mean the same values, one declaration serves both.
 */
function withoutTwins(text) {
  const seen = new Map();
  const declared = text.split(/^(?=export (?:type|const|interface) |\/\*\*$)/m);
  return declared
    .filter((declaration) => {
      const name = /^export (type|const|interface) (\w+)/.exec(declaration);
      if (name === null) return true;
      const key = `${name[1]} ${name[2]}`;
      const body = declaration.replace(/\s+|eslint-disable[^*]*/g, '');
      if (!seen.has(key)) {
        seen.set(key, body);
        return true;
      }
      if (seen.get(key) !== body)
        throw new Error(
          `two different things are called ${name[2]} in the API's description: rename the operation or the schema`,
        );
      return false;
    })
    .join('');
}

/**
 * Node's module rules want the file's extension; a query's signal belongs into the request's options, where this version of the generator
 * puts it in their place.
 */
const mended = (text) =>
  text
    .replace(/(from\s+['"])(\.{1,2}\/[^'"]+?)(?:\.ts|\.js)?(['"])/g, '$1$2.js$3')
    .replace(/(=> \w+\((?:[^()\n]*, ?)?)signal\);/g, '$1{ signal });');

function filesOf(folder, below = '') {
  if (!existsSync(folder)) return [];
  return readdirSync(path.join(folder, below))
    .flatMap((name) => {
      const relative = path.join(below, name);
      return statSync(path.join(folder, relative)).isDirectory() ? filesOf(folder, relative) : [relative];
    })
    .sort();
}

describe();
if (check) {
  const fresh = mkdtempSync(path.join(root, 'apps/admin-web/src/.client-check-'));
  try {
    await generateInto(fresh);
    const same =
      filesOf(fresh).join() === filesOf(target).join() &&
      filesOf(fresh).every(
        (file) => readFileSync(path.join(fresh, file), 'utf8') === readFileSync(path.join(target, file), 'utf8'),
      );
    if (!same) {
      process.stderr.write(
        'The console’s client is stale: run `npm run client` and commit apps/admin-web/src/client.\n',
      );
      process.exitCode = 1;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
} else {
  rmSync(target, { recursive: true, force: true });
  await generateInto(target);
}
