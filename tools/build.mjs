import { checkNode, ensureBuilt, ensureInstalled } from './bootstrap.mjs';

const say = (text) => process.stdout.write(`${text} ...\n`);
checkNode();
ensureInstalled(say);
ensureBuilt(say, { force: true });
