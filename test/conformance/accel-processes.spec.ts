// Engines that live in a process of their own pass the suite as well: the service behind a socket, a maker's driver, a GPU.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS, type Accelerator, type Operation } from '@waymark/accel';
import { casesFor, conformanceSuite } from '@waymark/accel/conformance';
import { OPERATIONS_WITHOUT_KEYS, socketEngine } from '@waymark/accel/node';

const root = path.resolve(import.meta.dirname, '../..');
const accel = path.join(root, 'libs/accel');
const built = existsSync(path.join(accel, 'dist/node/socket/main.js'));

/** Starts a process that says something when it listens; gives the way to end it. */
async function started(args: readonly string[]): Promise<() => Promise<void>> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return () => {
    child.kill('SIGTERM');
    return ended;
  };
}

function passesTheSuite(
  args: (socketPath: string) => readonly string[],
  asked: readonly Operation[],
  offered: readonly Operation[],
): void {
  let dir: string;
  let end: () => Promise<void>;
  let running: Accelerator;
  const engine = () => socketEngine({ address: { path: path.join(dir, 's') }, operations: asked });
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'accel-'));
    end = await started(args(path.join(dir, 's')));
    running = await engine().start();
  });
  afterAll(async () => {
    await running?.close();
    await end?.();
    await rm(dir, { recursive: true });
  });
  it('offers what it says', () => expect(running.operations).toEqual(offered));
  it.each(casesFor(offered).map(({ title, run }) => [title, run] as const))('%s', async (_, run) =>
    run({ ...engine(), operations: offered }, running),
  );
}

const whenBuilt = built ? describe : describe.skip;
whenBuilt(built ? 'the service as a process' : 'the service as a process (skipped: libs/accel is not built)', () =>
  passesTheSuite(
    (socketPath) => [path.join(accel, 'dist/node/socket/main.js'), '--socket', socketPath, '--threads', '1'],
    OPERATIONS,
    OPERATIONS,
  ),
);

describe('the example of a hardware maker’s driver', () =>
  passesTheSuite((socketPath) => [path.join(accel, 'examples/driver.mjs'), socketPath], OPERATIONS_WITHOUT_KEYS, [
    'hash',
    'merkle-root',
  ]));

/** Chromium's own Vulkan loader and software device, where it is installed; a real device needs neither. */
const CHROMIUM = '/usr/lib/chromium';
const software = existsSync(path.join(CHROMIUM, 'vk_swiftshader_icd.json'))
  ? { LD_LIBRARY_PATH: CHROMIUM, VK_ICD_FILENAMES: path.join(CHROMIUM, 'vk_swiftshader_icd.json') }
  : {};

function gpuSkipped(): string | undefined {
  if (!built) return 'libs/accel is not built';
  try {
    createRequire(import.meta.url).resolve('webgpu');
  } catch {
    return 'the optional package webgpu is not installed';
  }
  if (Object.keys(software).length === 0 && process.env['WAYMARK_GPU'] === undefined)
    return `no software device at ${CHROMIUM}; on a machine with a GPU set WAYMARK_GPU=1`;
  return undefined;
}

/** In a process of its own: the Vulkan loader is found by its environment. */
const ON_THE_GPU = `
  import { casesFor } from '${path.join(accel, 'dist/conformance/index.js')}';
  import { gpuEngine } from '${path.join(accel, 'dist/node/index.js')}';
  const engine = gpuEngine();
  const running = await engine.start();
  const failed = [];
  const cases = casesFor(engine.operations);
  for (const { title, run } of cases)
    await run(engine, running).catch((error) => failed.push(title + ': ' + error.message));
  await running.close();
  console.log(JSON.stringify({ name: running.name, cases: cases.length, failed }));
`;

const skipped = gpuSkipped();
const whenGpu = skipped === undefined ? describe : describe.skip;
whenGpu(skipped === undefined ? 'gpu engine' : `gpu engine (skipped: ${skipped})`, () => {
  it('passes every case of what it offers', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ON_THE_GPU], {
      cwd: root,
      env: { ...process.env, ...(process.env['WAYMARK_GPU'] === undefined ? software : {}) },
    });
    const told = JSON.parse(stdout) as { name: string; cases: number; failed: string[] };
    expect(told.failed).toEqual([]);
    expect(told.name).toMatch(/^gpu \(.+\)$/);
    expect(told.cases).toBe(casesFor(['hash', 'merkle-root', 'merkle-paths']).length);
    expect(told.cases).toBeLessThan(conformanceSuite.length);
  }, 120_000);
});
