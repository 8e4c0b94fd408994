// What must stand before any TypeScript of the house can run: the packages and the build. Node's own modules only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => path.join(root, ...parts);

/** Refuses an older Node with what to do, before anything else fails in a less readable way. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(
      `Waymark needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.\n`,
    );
    process.exit(1);
  }
}

function run(command, args, quiet) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2], // standard output is for results
    shell: process.platform === 'win32',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) {
    if (quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
    process.stderr.write(
      `\n${command} ${args.join(' ')} failed${done.error ? `: ${done.error.message}` : ` with status ${done.status}`}.\n`,
    );
    process.exit(done.status ?? 1);
  }
}

// npm keeps what it installed in node_modules/.package-lock.json: the packages are there when every entry of ours is in it.
function installed() {
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([where, entry]) =>
      !where.startsWith('node_modules/') || entry.optional || entry.link || present[where]?.version === entry.version,
  );
}

/** Installs the packages of the lockfile when they are missing or of another lockfile. `say` is told before the wait. */
export function ensureInstalled(say) {
  if (installed()) return;
  say('installing packages (once; a minute or two)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], false);
}

const sources = ['libs', 'apps'];
function newestSource() {
  let newest = Math.max(statSync(at('tsconfig.base.json')).mtimeMs, statSync(at('package-lock.json')).mtimeMs);
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name === 'dist') continue;
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(full);
      else newest = Math.max(newest, statSync(full).mtimeMs);
    }
  };
  for (const folder of sources) visit(at(folder));
  return newest;
}

const buildStamp = () => at('.waymark', 'built');

/** Compiles the TypeScript projects and the pages when a source is newer than the last build. */
export function ensureBuilt(say, { force = false } = {}) {
  const stamp = buildStamp();
  if (
    !force &&
    existsSync(stamp) &&
    statSync(stamp).mtimeMs >= newestSource() &&
    existsSync(at('apps', 'cli', 'dist', 'main.js'))
  )
    return;
  say('building');
  rmSync(stamp, { force: true });
  const startedAt = new Date();
  run(process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-b'], false);
  run(process.execPath, [at('apps', 'scan-web', 'build.mjs')], true);
  run(
    process.execPath,
    [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', at('apps', 'admin-web', 'vite.config.mjs')],
    true,
  );
  mkdirSync(at('.waymark'), { recursive: true });
  writeFileSync(stamp, `${startedAt.toISOString()}\n`);
}
