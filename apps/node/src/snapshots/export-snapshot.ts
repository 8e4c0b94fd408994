import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hashing } from '@waymark/accel/contract';
import { canonicalJson } from '@waymark/ledger/chain';
import { concatBytes, encodeRange, toBase64, toHex } from '@waymark/ledger/primitives';
import { encodeStateEntry, openState } from '@waymark/ledger/state';
import { certifiedState, type ChainStore } from '../storage/index.js';

/** Bytes of a chunk, about. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** There is nothing to make a snapshot of; the message says why. */
export class NoSnapshot extends Error {
  override readonly name = 'NoSnapshot';
}

/**
 * Writes the newest state that a certified header names into a new folder (formats.md 4a). The manifest comes last: a folder without
 * one is no snapshot. @throws NoSnapshot
 */
export async function exportSnapshot(options: {
  readonly store: ChainStore;
  readonly hashing: Hashing;
  readonly chainId: string;
  readonly genesisHash: Uint8Array;
  /** Must not exist. */
  readonly folder: string;
}): Promise<{ readonly height: number; readonly entries: number; readonly bytes: number }> {
  const { store, hashing, folder } = options;
  const found = certifiedState(hashing, store, openState(hashing, store.state));
  if (found === null || found.height === 0)
    throw new NoSnapshot('the chain has no certified header with a block before it yet');
  const { view, height, anchor } = found;
  const stored = store.header(height);
  if (stored === null) throw new NoSnapshot(`this node has no header of block ${height}`);
  await mkdir(folder);
  const chunks: object[] = [];
  let total = 0;
  let bytes = 0;
  let row: Uint8Array[] = [];
  let rowBytes = 0;
  const flush = async (): Promise<void> => {
    if (row.length === 0) return;
    const content = concatBytes(...row);
    const file = `state-${String(chunks.length + 1).padStart(6, '0')}.chunk`;
    await writeDurably(join(folder, file), content);
    chunks.push({ file, bytes: content.length, sha256: toHex(hashing.sha256(content)), entries: row.length });
    total += row.length;
    bytes += content.length;
    row = [];
    rowBytes = 0;
  };
  for (const entry of view.entries(new Uint8Array(0))) {
    const encoded = encodeStateEntry(entry);
    row.push(encoded);
    rowBytes += encoded.length;
    if (rowBytes >= CHUNK_BYTES) await flush();
  }
  await flush();
  const { bitmap, signatures } = anchor.certificate;
  const manifest = {
    format: 'waymark-snapshot/1',
    chainId: options.chainId,
    genesisHash: toHex(options.genesisHash),
    height,
    header: toBase64(stored.header),
    anchor: { header: toBase64(anchor.header), certificate: { bitmap, signatures: signatures.map(toBase64) } },
    history: toBase64(encodeRange(store.rangeAt(height))),
    receipts: store.receipts(height).map(toBase64),
    entries: total,
    chunks,
  };
  await writeDurably(join(folder, 'manifest.json'), canonicalJson(manifest));
  return { height, entries: total, bytes };
}

async function writeDurably(file: string, content: Uint8Array): Promise<void> {
  await writeFile(file, content, { flag: 'wx' });
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
