import { afterEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfig } from './config/index.js';
import { DurabilityError } from './storage/durable-files.js';
import { isDiskFull } from './host/disk-guard.js';
import { runNode, type NodeLife } from './run-node.js';
import { callRpc, notes, TestConsortium, until } from './testing/consortium.js';

const MIB = 1024 * 1024;

/** A file system of a few MiB; undefined where this process may not make one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}
const probe = process.platform === 'linux' ? smallDisk() : undefined;
const why = probe === undefined ? ' (skipped: this process may not mount a file system)' : '';
const remove = (folder: string) => {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
};
if (probe !== undefined) remove(probe);

/** Takes all room that is left. Gives what lets it go again. */
function ballast(folder: string): () => void {
  const path = join(folder, 'ballast');
  const file = openSync(path, 'w');
  for (const size of [MIB, 4_096, 1])
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  closeSync(file);
  return () => unlinkSync(path);
}

let consortium: TestConsortium | undefined;
let life: NodeLife | undefined;
let disk: string | undefined;
afterEach(async () => {
  await life?.close().catch(() => undefined);
  await consortium?.close();
  if (disk !== undefined) remove(disk);
  life = consortium = disk = undefined;
}, 30_000);

describe('a disk that is full', () => {
  it('is known by what the system says, however deep it lies', () => {
    const enospc = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(isDiskFull(new DurabilityError('write to x failed', { cause: enospc }))).toBe(true);
    expect(isDiskFull(new Error('IO error: 000012.log: No space left on device'))).toBe(true);
    expect(isDiskFull(new DurabilityError('flush failed', { cause: new Error('EIO') }))).toBe(false);
    expect(isDiskFull('ENOSPC')).toBe(false);
  });

  (probe === undefined ? it.skip : it)(
    `stops a validator, which says so, and heals by itself when there is room, without having signed anything twice${why}`,
    async () => {
      const reserve = { diskRefuseBelowBytes: 4 * MIB, diskSilentBelowBytes: 2 * MIB };
      consortium = await TestConsortium.make({ limits: reserve });
      const own = consortium;
      disk = smallDisk();
      if (disk === undefined) throw new Error('a file system could be mounted a moment ago');
      const data = own.dataDirs[3] as string;
      cpSync(data, disk, { recursive: true });
      const loaded = await loadConfig(own.configs[3] as string);
      const fatals: unknown[] = [];
      const lines: { code?: string }[] = [];
      const log = pino(
        { level: 'error' },
        { write: (line: string) => void lines.push(JSON.parse(line) as { code?: string }) },
      );
      for (const index of [0, 1, 2]) await own.start(index);
      life = await runNode({
        loaded: { ...loaded, dataDir: disk },
        modules: [notes],
        log,
        onFatal: (error) => fatals.push(error),
      });
      const height = () => own.nodes[0]?.finalHeight() ?? 0;
      await own.finalize(['before']);
      await until('it follows', () => (life?.current()?.finalHeight() ?? 0) >= 1);

      const free = ballast(disk);
      await own.finalize(['while the disk of one is full']);
      await until('it says so', () => lines.some(({ code }) => code === 'DISK_FULL'), 30_000);
      const health = async () => (await fetch(`${own.rpcUrls[3]}/health`)).text();
      await until(
        'its health address says so',
        async () => (await health().catch(() => '')).includes('DISK_FULL'),
        30_000,
      );
      await own.finalize(['the others go on']);
      const then = height();

      free();
      await until('it is there again', () => life?.current() !== null, 30_000);
      await until('it has what was final meanwhile', () => (life?.current()?.finalHeight() ?? 0) >= then, 30_000);
      // Its vote is needed now: it signs again.
      await own.stop(2);
      await own.finalize(['with its vote'], 'processor', 0);
      expect(fatals).toEqual([]);
      for (const dataDir of own.dataDirs.slice(0, 3)) {
        const reports = join(dataDir, 'reports.jsonl');
        if (existsSync(reports)) expect(readFileSync(reports, 'utf8')).not.toContain('EVIDENCE');
      }
      expect((await callRpc(own.rpcUrls[3] as string, 'status'))['quarantined']).toBe(false);
    },
    120_000,
  );
});
