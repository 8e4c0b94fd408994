import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import { EmbeddedPostgres, freePortBase } from '../../apps/cli/src/cluster/index.js';
import { root } from '../support/cluster.js';
import { chromiumArguments, chromiumPath } from '../support/scan-timing.js';

interface Announced {
  api: string;
  scan: string;
  nodes: { name: string; rpc: string; role: string }[];
  organisations: { name: string; role: string; apiKey: string }[];
  pids: { nodes: number[]; api: number; worker: number; postgres: number; web: number };
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('npm run demo', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-demo-'));
  const home = path.join(scratch, 'home');
  let child: ChildProcess | undefined;
  let portBase: number;

  const start = (...args: string[]) => {
    const running = spawn(process.execPath, [path.join(root, 'tools/demo.mjs'), '--json', ...args], {
      env: { ...process.env, WAYMARK_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = running;
    let out = '';
    let err = '';
    running.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => running.once('exit', resolve));
    const announced = new Promise<Announced>((resolve, reject) => {
      running.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (out.endsWith('\n')) resolve(JSON.parse(out.trim().split('\n').at(-1)!) as Announced);
      });
      void ended.then((status) => reject(new Error(`the demo ended with ${String(status)}: ${err}`)));
    });
    return { announced, ended, said: () => err, stop: () => running.kill('SIGINT') };
  };

  afterEach(async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGINT');
      await gone;
    }
  }, 60_000);
  afterAll(() => {
    EmbeddedPostgres.remove(path.join(home, 'postgres'));
    rmSync(scratch, { recursive: true, force: true });
  });

  it('brings everything up, stops all of it at Ctrl-C, and goes on from there at the next start', async () => {
    portBase = await freePortBase(4);
    const first = start('--port-base', String(portBase));
    const announced = await first.announced;
    expect(announced.nodes.map(({ role }) => role)).toEqual(['validator', 'validator', 'validator', 'validator']);
    expect(announced.organisations.filter(({ role }) => role === 'company')).toHaveLength(6);
    const { nodes, api, worker, postgres, web } = announced.pids;
    const pids = [...nodes, api, worker, postgres, web];
    expect(pids.every(alive)).toBe(true);
    const events = async () => {
      const answer = (await (await fetch(`${announced.api}/epcis/events?perPage=100`)).json()) as {
        epcisBody: { queryResults: { resultsBody: { eventList: object[] } } };
      };
      return answer.epcisBody.queryResults.resultsBody.eventList;
    };
    const before = await events();
    expect(before).toHaveLength(21);
    const documentation = await fetch(`${announced.api}/docs`);
    expect(documentation.status).toBe(200);
    expect((await fetch(announced.scan, { headers: { accept: 'text/html' } })).status).toBe(200);
    first.stop();
    expect(await first.ended).toBe(0);
    expect(pids.filter(alive)).toEqual([]);

    const second = start('--port-base', String(portBase));
    const again = await second.announced;
    expect(again.organisations).toEqual(announced.organisations);
    expect(await events()).toEqual(before);
  }, 240_000);

  it('runs one at a time in one folder, and names a taken port and the flag that avoids it', async () => {
    const base = await freePortBase(4);
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(base + 10, '127.0.0.1', resolve));
    const refused = start('--port-base', String(base));
    await expect(refused.announced).rejects.toThrow(new RegExp(`${base + 10}.*--port-base`));
    expect(await refused.ended).toBe(1);
    await new Promise((resolve) => blocker.close(resolve));
  }, 60_000);

  it('never deletes a folder that it did not make', async () => {
    const foreign = path.join(scratch, 'foreign');
    mkdirSync(foreign);
    writeFileSync(path.join(foreign, 'precious'), 'x');
    const running = spawn(process.execPath, [path.join(root, 'tools/demo.mjs'), '--fresh'], {
      env: { ...process.env, WAYMARK_HOME: foreign },
      stdio: 'ignore',
    });
    expect(await new Promise((resolve) => running.once('exit', resolve))).toBe(1);
    expect(existsSync(path.join(foreign, 'precious'))).toBe(true);
  }, 60_000);

  const executablePath = chromiumPath();
  (executablePath ? it : it.skip)(
    'its code opens a page that is checked on the phone, and red when one byte of what the server sends is changed',
    async () => {
      const { announced } = start('--port-base', String(portBase));
      const { scan } = await announced;
      const browser = await chromium.launch({ executablePath: executablePath!, args: chromiumArguments });
      try {
        const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'en-US' });
        const verdict = async (name: string) => page.waitForSelector(`[data-verdict="${name}"]`, { timeout: 60_000 });
        await page.goto(scan);
        expect(await (await verdict('verified')).textContent()).toMatch(/checked on this phone/i);
        await page.route('**/evidence*', async (route) => {
          const response = await route.fetch();
          const evidence = (await response.json()) as { transactions: { bodies: { body: string }[] }[] };
          const body = evidence.transactions[0]!.bodies.at(-1)!;
          const bytes = Buffer.from(body.body, 'base64');
          bytes[40] = bytes[40]! ^ 1;
          body.body = bytes.toString('base64');
          await route.fulfill({ response, body: JSON.stringify(evidence) });
        });
        await page.goto(scan);
        await verdict('refused');
      } finally {
        await browser.close();
      }
    },
    180_000,
  );
});
