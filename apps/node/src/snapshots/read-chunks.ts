import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hashing } from '@waymark/accel/contract';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import { decodeStateEntries, StateRootReader, type StateEntry } from '@waymark/ledger/state';

/** What of a verified manifest is needed to hold the chunks against it (`VerifiedSnapshotManifest` of the light client). */
export interface SnapshotContents {
  readonly stateRoot: Uint8Array;
  readonly chunks: readonly {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly entries: number;
  }[];
}

/** A snapshot is not what its manifest says: a code of formats.md 4a and the file. */
export class SnapshotDefect extends Error {
  override readonly name = 'SnapshotDefect';
  constructor(
    readonly code: 'SNAPSHOT_CHUNK_MISSING' | 'SNAPSHOT_CHUNK_DAMAGED' | 'SNAPSHOT_STATE_INVALID',
    readonly file: string,
  ) {
    super(`${code}: ${file}`);
  }
}

/**
 * Gives the entries of each chunk to `take`, each chunk checked before it is given, and at the end the root of all.
 * @throws SnapshotDefect
 */
export async function readChunks(
  folder: string,
  contents: SnapshotContents,
  hashing: Hashing,
  take: (entries: readonly StateEntry[]) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const reader = new StateRootReader(hashing);
  for (const { file, bytes, sha256, entries: count } of contents.chunks) {
    const content = await readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new SnapshotDefect('SNAPSHOT_CHUNK_MISSING', file);
      throw error;
    });
    if (content.length !== bytes || toHex(hashing.sha256(content)) !== sha256)
      throw new SnapshotDefect('SNAPSHOT_CHUNK_DAMAGED', file);
    const entries = decodeStateEntries(new Uint8Array(content));
    if (entries === undefined || entries.length !== count) throw new SnapshotDefect('SNAPSHOT_CHUNK_DAMAGED', file);
    for (const entry of entries) if (!reader.add(entry)) throw new SnapshotDefect('SNAPSHOT_STATE_INVALID', file);
    await take(entries);
  }
  if (!equalBytes(reader.root(), contents.stateRoot))
    throw new SnapshotDefect('SNAPSHOT_STATE_INVALID', 'manifest.json');
}
