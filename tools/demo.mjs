// npm run demo: everything from an empty clone to a code one can scan (docs/first-day.md).
import { checkNode, ensureBuilt, ensureInstalled, root } from './bootstrap.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const json = process.argv.includes('--json');
const startedAt = performance.now();
const say = (text) => (json ? process.stderr : process.stdout).write(`Waymark: ${text} ...\n`);
checkNode();
say('starting');
ensureInstalled(say);
ensureBuilt(say);
const { runDemo } = await import(pathToFileURL(path.join(root, 'apps/cli/dist/demo/index.js')).href);
process.exitCode = await runDemo(process.argv.slice(2), { root, startedAt });
