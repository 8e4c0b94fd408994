import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './postgres.js';

/** Whether this machine has a Redis to test with: REDIS_URL, or a `redis-server` that can be started. */
export const redisIsHere =
  process.env['REDIS_URL'] !== undefined || spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of a test's own, in memory, on loopback; or the one that REDIS_URL names. */
export class TestRedis {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess | undefined,
    private readonly folder: string | undefined,
  ) {}

  static async start(): Promise<TestRedis> {
    const given = process.env['REDIS_URL'];
    if (given !== undefined) return new TestRedis(given, undefined, undefined);
    const folder = mkdtempSync(path.join(tmpdir(), 'waymark-redis-'));
    const port = await freePort();
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
      { stdio: 'ignore' },
    );
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 200 || child.exitCode !== null) throw new Error('redis-server did not start');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return new TestRedis(`redis://127.0.0.1:${port}`, child, folder);
  }

  async stop(): Promise<void> {
    if (this.child !== undefined && this.child.exitCode === null) {
      const gone = new Promise<void>((resolve) => this.child?.once('exit', () => resolve()));
      this.child.kill('SIGTERM');
      await gone;
    }
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
