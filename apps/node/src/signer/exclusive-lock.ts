import { open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDirectory } from '../storage/durable-files.js';

/** Another process holds the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Locks taken by this process, so that two nodes composed in one process (tests) exclude each other too. */
const heldHere = new Set<string>();

/**
 * One process per folder: a file `lock` with the owner's process id. A lock whose owner is dead is taken over. It keeps two
 * processes of one machine from signing with one key; two machines are told apart by the twin guard of the protocol.
 */
export async function lockFolder(dir: string): Promise<{ release(): Promise<void> }> {
  await ensureDirectory(dir);
  const path = join(dir, 'lock');
  if (heldHere.has(path)) throw new FolderInUse(`${dir} is in use by this process`);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = await open(path, 'wx', 0o600);
      await handle.writeFile(`${process.pid}\n`);
      await handle.close();
      heldHere.add(path);
      return {
        release: async () => {
          heldHere.delete(path);
          await unlink(path);
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number((await readFile(path, 'utf8').catch(() => '')).trim());
      // Our own number in a file that we do not hold is that of an earlier process (containers count from 1 anew).
      if (Number.isInteger(owner) && owner > 0 && owner !== process.pid && isAlive(owner))
        throw new FolderInUse(`${dir} is in use by process ${owner}`);
      await unlink(path).catch(() => undefined);
    }
  }
  throw new FolderInUse(`${dir} could not be locked`);
}
