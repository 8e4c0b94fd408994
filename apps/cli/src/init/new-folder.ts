import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandStopped } from '../command-stopped.js';

/** Shows that `init` made a folder, and so may delete it. */
const MARKER = '.waymark-consortium';

/**
 * Fills a folder that does not exist yet, all or nothing: the work is done beside it and moved into place at the end, so
 * that a crash leaves no half-made consortium, and what was there stays there until the new one is whole.
 * @param fresh delete what `init` made there before
 * @throws CommandStopped when the folder holds anything that may not be deleted
 */
export async function fillNewFolder<T>(out: string, fresh: boolean, fill: (folder: string) => Promise<T>): Promise<T> {
  refuseUnlessFree(out, fresh);
  mkdirSync(path.dirname(out), { recursive: true });
  const work = mkdtempSync(path.join(path.dirname(out), `.${path.basename(out)}-`)); // mode 0700
  try {
    writeFileSync(
      path.join(work, MARKER),
      'Made by `npm run waymark -- init`; its option --fresh deletes this folder, with all keys in it.\n',
    );
    const made = await fill(work);
    refuseUnlessFree(out, fresh);
    const old = `${work}-old`;
    if (existsSync(out)) renameSync(out, old);
    renameSync(work, out);
    rmSync(old, { recursive: true, force: true });
    return made;
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    throw error;
  }
}

function refuseUnlessFree(out: string, fresh: boolean): void {
  if (!existsSync(out)) return;
  let entries: string[];
  try {
    entries = readdirSync(out);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw error;
    throw new CommandStopped(`${out} is a file. Nothing was written. Choose another place with --out.`);
  }
  if (entries.length === 0) return;
  if (!entries.includes(MARKER))
    throw new CommandStopped(
      `${out} is not empty and was not made by init. Nothing was written. Choose another place with --out, or move the folder away.`,
    );
  if (!fresh)
    throw new CommandStopped(
      `${out} already holds a consortium. Nothing was written. Choose another place with --out, or add --fresh to delete it with all its keys and data.`,
    );
}
