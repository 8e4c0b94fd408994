// npm run test:compose: brings the compose files up for real on a container engine and tells stories on them, one after another.
// Needs: docker with compose (2 and newer, or 1.29), some 4 GB of memory, and base images: BASE (Debian with Node 20.19 or newer and npm) and
// DEBIAN_BASE, here or fetchable. Chromium makes the scan page's story complete. docs/operations/containers.md tells how to run it without a registry.
//   COMPOSE='docker-compose'   which compose;     STORIES=text   only stories whose title holds one of the texts (a|b), and those without which nothing can be told;
//   KEEP=1   leave everything running for a look; SKIP_BUILD=1   the images are here already
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, release, platform, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { checkNode, root } from './bootstrap.mjs';
import { TestDeployment } from './compose/deployment.mjs';
import { docker, findEngine, haveImage, run } from './compose/engine.mjs';
import { stories } from './compose/stories.mjs';
import { VERSION } from './compose/version.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
checkNode();

async function whatIsMissing(found) {
  if (found.missing !== undefined) return found.missing;
  if (process.env['SKIP_BUILD'] === '1') return undefined;
  for (const [name, fallback] of [
    ['BASE', 'node:22-bookworm-slim'],
    ['DEBIAN_BASE', 'debian:bookworm-slim'],
  ]) {
    const image = process.env[name] ?? fallback;
    if (!(await haveImage(image)))
      return `the base image ${image} is not here and cannot be fetched: name another by ${name} (docs/operations/containers.md)`;
  }
  return undefined;
}

const found = findEngine();
const missing = await whatIsMissing(found);
const counts = { passed: 0, failed: 0, skipped: 0 };
if (missing !== undefined) {
  counts.skipped = stories.length;
  for (const { title } of stories) say(`skipped  ${title}`);
  say(`The compose files were not tried: ${missing}.`);
} else {
  await tell();
}
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function tell() {
  const { compose, composeVersion, engine } = found;
  say(`engine ${engine}, ${compose.join(' ')} ${composeVersion}, ${availableParallelism()} cores`);
  const scratch = path.join(tmpdir(), `waymark-compose-${process.pid}`);
  mkdirSync(scratch, { mode: 0o700 });
  const figures = {};
  const portBase = Number(process.env['PORT_BASE'] ?? 5700);
  const project = process.env['PROJECT'] ?? 'waymarktest';
  const front = Number(process.env['FRONT'] ?? 200);
  const shared = { compose, images: 'waymark', version: VERSION };
  const make = (name, offset, more = {}) =>
    new TestDeployment({
      ...shared,
      name: `${project}${name}`,
      portBase: portBase + offset,
      frontPrefix: `172.31.${front + offset / 30}`,
      ...more,
    });
  const world = { scratch, figures, say, make, opened: [], state: {} };
  world.main = make('', 0);
  world.opened.push(world.main);
  const only = process.env['STORIES'];
  let broken;
  try {
    for (const story of stories) {
      const { title, needs, essential } = story;
      const lacking = needs?.();
      if (
        lacking !== undefined ||
        (only !== undefined && !essential && !only.split('|').some((text) => title.includes(text)))
      ) {
        counts.skipped += 1;
        say(`skipped  ${title}${lacking === undefined ? '' : `: ${lacking}`}`);
        continue;
      }
      if (broken !== undefined) {
        counts.failed += 1;
        say(`FAILED   ${title}: not told, because "${broken}" failed`);
        continue;
      }
      const begun = performance.now();
      try {
        await story.tell(world);
        counts.passed += 1;
        say(`passed   ${title} (${((performance.now() - begun) / 1_000).toFixed(0)} s)`);
      } catch (error) {
        counts.failed += 1;
        if (essential) broken = title;
        say(`FAILED   ${title}\n${error.stack ?? error}`);
      }
    }
    record(figures, engine, composeVersion);
  } finally {
    if (process.env['KEEP'] !== '1') {
      for (const deployment of world.opened) await deployment.remove();
      const { stdout } = await docker('volume', 'ls', '-q', '--filter', `name=${project}`);
      const left = stdout.split('\n').filter(Boolean);
      if (left.length > 0) await run('docker', ['volume', 'rm', ...left], { allowFailure: true });
    }
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The figures of this run, with the machine, beside those of the benchmarks. Only a whole run is a measurement. */
function record(figures, engine, composeVersion) {
  for (const [name, value] of Object.entries(figures)) say(`figure   ${name}: ${value}`);
  if (process.env['RECORD'] !== '1') return;
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    engine,
    compose: composeVersion,
  };
  appendFileSync(
    path.join(root, 'docs/perf/history.jsonl'),
    `${JSON.stringify({ at: new Date().toISOString(), machine, figures })}\n`,
  );
}
