import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The file by which a place says what it holds. */
const MARK = '.waymark-place.json';
/** What a fresh file system may hold before anybody has written to it. */
const NOBODYS = new Set(['lost+found']);

const markSchema = z.object({
  format: z.literal('waymark-place/1'),
  place: z.string(),
  state: z.enum(['unfinished', 'done']),
  genesisHash: z.string(),
});
type Mark = z.infer<typeof markSchema>;

/** What lies in a place: nothing, what a set-up left unfinished, what one finished, or something of somebody else's. */
export type PlaceState =
  | { readonly kind: 'EMPTY' }
  | { readonly kind: 'UNFINISHED' }
  | { readonly kind: 'DONE'; readonly genesisHash: string }
  | { readonly kind: 'FOREIGN' };

/** One folder of a deployment that has an owner of its own: in containers a volume, so that it cannot be moved or renamed. */
export class Place {
  constructor(
    readonly name: string,
    readonly folder: string,
  ) {}

  state(): PlaceState {
    mkdirSync(this.folder, { recursive: true, mode: 0o750 });
    const entries = readdirSync(this.folder).filter((entry) => !NOBODYS.has(entry));
    if (entries.length === 0) return { kind: 'EMPTY' };
    const mark = this.mark();
    if (mark === null) return { kind: 'FOREIGN' };
    return mark.state === 'done' ? { kind: 'DONE', genesisHash: mark.genesisHash } : { kind: 'UNFINISHED' };
  }

  /** Removes what an unfinished set-up left. The mark goes last. */
  clear(): void {
    const entries = readdirSync(this.folder).filter((entry) => !NOBODYS.has(entry));
    for (const entry of entries.sort((a, b) => Number(a === MARK) - Number(b === MARK)))
      rmSync(path.join(this.folder, entry), { recursive: true });
  }

  /** Says that what lies here is not whole yet. */
  begin(): void {
    this.writeMark({ format: 'waymark-place/1', place: this.name, state: 'unfinished', genesisHash: '' });
  }

  /** Flushes everything here to the disk, then says that it is whole. */
  finish(genesisHash: string): void {
    flush(this.folder);
    this.writeMark({ format: 'waymark-place/1', place: this.name, state: 'done', genesisHash });
  }

  private mark(): Mark | null {
    try {
      return markSchema.parse(JSON.parse(readFileSync(path.join(this.folder, MARK), 'utf8')));
    } catch {
      return null; // torn or not ours: whoever asks must treat it as somebody else's
    }
  }

  private writeMark(mark: Mark): void {
    writeFileSync(path.join(this.folder, MARK), `${JSON.stringify(mark)}\n`, { mode: 0o600, flush: true });
  }
}

function flush(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = openSync(path.join(entry.parentPath, entry.name), 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}
