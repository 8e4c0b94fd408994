import type { Hashing } from '@waymark/accel/contract';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import { decodeHeader } from '@waymark/ledger/chain';
import { equalBytes } from '@waymark/ledger/primitives';
import { undoChanges, type StateView } from '@waymark/ledger/state';
import type { ChainStore } from './chain-store.js';

/** How many booked blocks are undone at most to reach the state that a certified header names. */
const UNDONE_MAX = 64;

/** A state that a header with a certificate of its own names: the one after the block before it. */
export interface CertifiedState {
  readonly view: StateView;
  /** Height of the block after which this was the state. */
  readonly height: number;
  /** The header of the next height. */
  readonly anchor: { readonly header: Uint8Array; readonly certificate: CommitCertificate };
}

/**
 * The newest state that can be proven as it is. `final` is the state after the last booked block, which no header names yet: a block or a
 * few are undone. Null when there is no certified header near. Read it before the next block is booked.
 */
export function certifiedState(hashing: Hashing, store: ChainStore, final: StateView): CertifiedState | null {
  const { finalHeight } = store;
  const least = Math.max(1, finalHeight - UNDONE_MAX + 1);
  for (let height = finalHeight; height >= least; height -= 1) {
    const certificate = store.certificate(height);
    const stored = store.header(height);
    if (certificate === null || stored === null) continue;
    let view = final;
    for (let undone = finalHeight; undone >= height; undone -= 1) view = undoChanges(hashing, view, undone);
    const header = decodeHeader(stored.header);
    if (!header.ok || !equalBytes(header.value.parentStateRoot, view.root))
      throw new Error(`the state before block ${height} is not what its header says`);
    return { view, height: height - 1, anchor: { header: stored.header, certificate } };
  }
  return null;
}
