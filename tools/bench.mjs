// npm run bench: measures the main job on this machine and adds a line to docs/perf/history.jsonl.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root } from './bootstrap.mjs';

const say = (text) => process.stdout.write(`Waymark: ${text} ...\n`);
checkNode();
ensureInstalled(say);
ensureBuilt(say);
process.exitCode =
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      path.join(root, 'node_modules/jest/bin/jest.js'),
      '--selectProjects',
      'perf',
      '--runInBand',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  ).status ?? 1;
