import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

export interface DiskUsage {
  readonly walBytes: number;
  readonly blocksBytes: number;
  /** LevelDB: state, receipts, ledger events, indexes. */
  readonly stateBytes: number;
  /** Room on the volume of the data folder. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

const ASKED_AGAIN_MS = 10_000;

/** Bytes of the files directly in a folder; a file that goes meanwhile counts nothing. */
async function folderBytes(dir: string, wanted: (name: string) => boolean = () => true): Promise<number> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && wanted(entry.name))
      .map(({ name }) =>
        stat(join(dir, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a node's data folder holds, looked at no more often than every ten seconds. */
export class DiskUsageWatch {
  private found: { readonly usage: Promise<DiskUsage>; readonly atMs: number } | null = null;

  constructor(private readonly dataDir: string) {}

  usage(nowMs: number): Promise<DiskUsage> {
    if (this.found === null || nowMs - this.found.atMs > ASKED_AGAIN_MS)
      this.found = { usage: this.look(), atMs: nowMs };
    return this.found.usage;
  }

  private async look(): Promise<DiskUsage> {
    const chain = join(this.dataDir, 'chain');
    const [walBytes, blocksBytes, stateBytes, room] = await Promise.all([
      folderBytes(join(this.dataDir, 'wal')),
      folderBytes(join(chain, 'blocks')),
      folderBytes(join(chain, 'state')),
      statfs(this.dataDir).then(
        ({ bavail, blocks, bsize }) => ({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }),
        () => ({ freeBytes: 0, totalBytes: 0 }),
      ),
    ]);
    return { walBytes, blocksBytes, stateBytes, ...room };
  }
}
