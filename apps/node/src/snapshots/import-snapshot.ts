import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Hashing } from '@waymark/accel/contract';
import { equalBytes } from '@waymark/ledger/primitives';
import { openState, putEntries } from '@waymark/ledger/state';
import { StoreMaker, type StoreBeginning } from '../storage/index.js';
import { readChunks, SnapshotDefect, type SnapshotContents } from './read-chunks.js';

/** Entries put into the map at once. */
const AT_ONCE = 20_000;

/** The folder is taken: a node's chain lies there already. */
export class ChainFolderTaken extends Error {
  override readonly name = 'ChainFolderTaken';
}

/**
 * Makes a node's chain folder out of a snapshot whose manifest is verified. It appears whole or not at all: the root of what was
 * written is the certified one, or nothing stays. @throws SnapshotDefect, ChainFolderTaken
 */
export async function importSnapshot(options: {
  readonly folder: string;
  readonly manifest: SnapshotContents & Omit<StoreBeginning, 'hash'> & { readonly blockHash: Uint8Array };
  readonly genesisHash: Uint8Array;
  readonly hashing: Hashing;
  /** The node's `<dataDir>/chain`; must not exist. */
  readonly chainDir: string;
}): Promise<void> {
  const { folder, manifest, hashing, chainDir } = options;
  if (await exists(chainDir)) throw new ChainFolderTaken(chainDir);
  const making = `${chainDir}.importing`;
  await mkdir(dirname(chainDir), { recursive: true });
  await rm(making, { recursive: true, force: true });
  const maker = await StoreMaker.open(making);
  let whole = false;
  try {
    const state = openState(hashing, maker.state);
    await readChunks(folder, manifest, hashing, async (entries) => {
      for (let from = 0; from < entries.length; from += AT_ONCE) {
        const overlay = putEntries(hashing, state, entries.slice(from, from + AT_ONCE));
        await maker.write(overlay.writes);
        overlay.flushed();
      }
    });
    // Computed a second time, from what lies in the store: the row of entries and the map must agree.
    if (!equalBytes(openState(hashing, maker.state).root, manifest.stateRoot))
      throw new SnapshotDefect('SNAPSHOT_STATE_INVALID', 'manifest.json');
    const { height, blockHash, header, range, receipts } = manifest;
    await maker.finish(options.genesisHash, { height, hash: blockHash, header, range, receipts });
    whole = true;
  } finally {
    await maker.close();
    if (!whole) await rm(making, { recursive: true, force: true });
  }
  await rename(making, chainDir);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
