/**
 * The blocks that are not final yet, by hash: header, and body as far as it is here. A body comes with the transactions that
 * wait in the mempool, or whole from a peer; either way it must hash to the header's txRoot.
 */
import type { Hashing } from '@waymark/accel/contract';
import type { BlockRef } from '@waymark/consensus/lbft';
import type { WireBlock } from '@waymark/consensus/wire';
import { decodeHeader, type Header } from '@waymark/ledger/chain';
import { equalBytes, toHex, treeHead } from '@waymark/ledger/primitives';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';
import type { BlockBytes, ChainStore } from '../storage/index.js';

export interface DeskBlock {
  readonly hash: string;
  readonly ref: BlockRef;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  /** Hex, in order; null until a list that hashes to txRoot is here. */
  txHashes: readonly string[] | null;
  /** The body as received, once whole. */
  bytes: BlockBytes | null;
  /** The body, checked; null until it is. */
  transactions: readonly VerifiedTransaction[] | null;
  /** The body hashes to txRoot, and a transaction in it breaks a stateless rule (V7): why. */
  illicit: string | null;
  /** The leader's signature and the certificates it sent along: to be sent again unchanged. */
  proposal: NonNullable<WireBlock['proposal']> | null;
  /** Its BLOCK frame is in the log (perhaps not flushed yet). */
  logged: boolean;
  /** Its BLOCK frame is flushed and the core was told. */
  durable: boolean;
}

const BLOCKS_MAX = 4_096;

/** What the core knows of a block. */
export function blockRefOf(header: Header, hash: string): BlockRef {
  return {
    hash,
    parentHash: toHex(header.parentHash),
    view: header.view,
    parentView: header.parentView,
    height: header.height,
    timeMs: header.time,
    txCount: header.txCount,
  };
}

export class BlockDesk {
  private readonly blocks = new Map<string, DeskBlock>();

  constructor(private readonly hashing: Hashing) {}

  get(hash: string): DeskBlock | undefined {
    return this.blocks.get(hash);
  }

  all(): IterableIterator<DeskBlock> {
    return this.blocks.values();
  }

  /** Takes a header in; null when the bytes are none. The same header twice is the same block. */
  learn(headerBytes: Uint8Array): DeskBlock | null {
    const hash = toHex(this.hashing.sha256(headerBytes));
    const known = this.blocks.get(hash);
    if (known !== undefined) return known;
    const decoded = decodeHeader(headerBytes);
    if (!decoded.ok) return null;
    const block: DeskBlock = {
      hash,
      ref: blockRefOf(decoded.value, hash),
      header: decoded.value,
      headerBytes,
      txHashes: null,
      bytes: null,
      transactions: null,
      illicit: null,
      proposal: null,
      logged: false,
      durable: false,
    };
    this.blocks.set(hash, block);
    if (this.blocks.size > BLOCKS_MAX) this.forgetOldest();
    return block;
  }

  /** Notes the list of transactions of a block. False when it is not the header's (the list is not signed: no fault of the leader). */
  offerTxHashes(block: DeskBlock, txHashes: readonly Uint8Array[]): boolean {
    if (block.txHashes !== null) return true;
    if (txHashes.length !== block.header.txCount || !equalBytes(treeHead(this.hashing, txHashes), block.header.txRoot))
      return false;
    block.txHashes = txHashes.map(toHex);
    return true;
  }

  /** Completes the body from transactions that are here; true when it is whole. */
  complete(block: DeskBlock, find: (txHash: string) => VerifiedTransaction | undefined): boolean {
    if (block.transactions !== null) return true;
    if (block.txHashes === null) return false;
    const transactions: VerifiedTransaction[] = [];
    for (const txHash of block.txHashes) {
      const transaction = find(txHash);
      if (transaction === undefined) return false;
      transactions.push(transaction);
    }
    this.setBody(block, transactions);
    return true;
  }

  setBody(block: DeskBlock, transactions: readonly VerifiedTransaction[]): void {
    block.transactions = transactions;
    block.txHashes ??= transactions.map(({ txHash }) => toHex(txHash));
    block.bytes = { header: block.headerBytes, transactions: transactions.map(({ bytes }) => bytes) };
  }

  /** Takes a body that a peer sent; false when it does not hash to txRoot. Its transactions are still to be checked. */
  offerBody(block: DeskBlock, transactions: readonly Uint8Array[]): boolean {
    if (block.bytes !== null) return true;
    if (
      !this.offerTxHashes(
        block,
        transactions.map((bytes) => this.hashing.sha256(bytes)),
      )
    )
      return false;
    block.bytes = { header: block.headerBytes, transactions };
    return true;
  }

  /** A leader that signs without end must not fill the memory: the oldest block that no vote of ours rests on goes. */
  private forgetOldest(): void {
    for (const [hash, { logged }] of this.blocks) {
      if (logged) continue;
      this.blocks.delete(hash);
      return;
    }
  }

  /** Lets go of blocks at or below a booked height. */
  prune(height: number): void {
    for (const [hash, { ref }] of this.blocks) if (ref.height <= height) this.blocks.delete(hash);
  }
}

/** The header of a block that waits here or is booked; null when it is neither. */
export function headerBytesOf(
  block: BlockRef,
  from: { readonly desk: BlockDesk; readonly store: ChainStore },
): Uint8Array | null {
  const waiting = from.desk.get(block.hash);
  if (waiting !== undefined) return waiting.headerBytes;
  const stored = from.store.header(block.height);
  return stored !== null && toHex(stored.hash) === block.hash ? stored.header : null;
}
