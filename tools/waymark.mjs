// npm run waymark -- <command>: the command line of the product (apps/cli).
import { checkNode, ensureBuilt, ensureInstalled, root } from './bootstrap.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const say = (text) => process.stderr.write(`Waymark: ${text} ...\n`);
checkNode();
ensureInstalled(say);
ensureBuilt(say);
await import(pathToFileURL(path.join(root, 'apps/cli/dist/main.js')).href);
