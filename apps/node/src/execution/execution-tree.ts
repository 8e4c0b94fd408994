/**
 * What blocks do to the state: the last booked block, and above it one overlay for each executed block that is not final
 * yet. Parents may lie on several branches; when a block becomes final the other branches are let go.
 */
import type { Hashing } from '@waymark/accel/contract';
import { decodeHeader, type Header } from '@waymark/ledger/chain';
import { appendLeaf, EMPTY_RANGE, rangeRoot, toHex, treeHead, type CompactRange } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';
import { openState, type StateOverlay, type StateView } from '@waymark/ledger/state';
import type { ChainStore, FinalBlock } from '../storage/index.js';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';
import type { BlockExecutor } from './executor.js';
import { WorkGauge } from './work-gauge.js';

/** The state after one block and what the next header says about it. */
export interface Executed {
  /** Block hash, hex. */
  readonly hash: string;
  readonly parentHash: string;
  readonly height: number;
  readonly timeMs: number;
  readonly view: StateView;
  readonly stateRoot: Uint8Array;
  readonly receiptRoot: Uint8Array;
  /** Compact range over the block hashes of heights 0 to this one: its root is the next header's historyRoot. */
  readonly range: CompactRange;
}

interface Unfinal extends Executed {
  readonly overlay: StateOverlay;
  readonly block: FinalBlock;
}

/** A whole block, checked: header and body belong together, every transaction's form and signatures hold. */
export interface CheckedBlock {
  readonly hash: string;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly transactions: readonly VerifiedTransaction[];
}

export class ExecutionTree {
  /** How fast blocks are executed here. */
  readonly gauge = new WorkGauge();
  private base: Executed;
  private readonly unfinal = new Map<string, Unfinal>();
  private readonly running = new Map<string, Promise<Executed | null>>();

  constructor(
    private readonly options: {
      readonly hashing: Hashing;
      readonly runtime: Runtime;
      readonly executor: BlockExecutor;
      readonly store: ChainStore;
      readonly genesisHash: Uint8Array;
      readonly genesisTimeMs: number;
    },
  ) {
    const { hashing, store, genesisHash, genesisTimeMs } = options;
    const view = openState(hashing, store.state);
    const height = store.finalHeight;
    const stored = store.header(height);
    const decoded = stored === null ? null : decodeHeader(stored.header);
    this.base = {
      hash: toHex(stored?.hash ?? genesisHash),
      parentHash: decoded?.ok === true ? toHex(decoded.value.parentHash) : '',
      height,
      timeMs: decoded?.ok === true ? decoded.value.time : genesisTimeMs,
      view,
      stateRoot: view.root,
      receiptRoot: treeHead(hashing, height === 0 ? [] : store.receipts(height)),
      range: height === 0 ? appendLeaf(hashing, EMPTY_RANGE, genesisHash).range : store.range,
    };
  }

  /** The last booked block. */
  get final(): Executed {
    return this.base;
  }

  /** The executed block of the greatest height: where dry runs look. */
  get latest(): Executed {
    let latest: Executed = this.base;
    for (const block of this.unfinal.values()) if (block.height > latest.height) latest = block;
    return latest;
  }

  get(hash: string): Executed | undefined {
    return this.base.hash === hash ? this.base : this.unfinal.get(hash);
  }

  /** Root for the next header. */
  historyRoot(parent: Executed): Uint8Array {
    return rangeRoot(this.options.hashing, parent.range);
  }

  /** Executes a block on its executed parent; null when the parent is not executed. Rejects on a fault of ours. Doing it twice does it once. */
  execute(block: CheckedBlock): Promise<Executed | null> {
    const before = this.get(block.hash);
    if (before !== undefined) return Promise.resolve(before);
    const under = this.running.get(block.hash);
    if (under !== undefined) return under;
    const running = this.executeNow(block).finally(() => this.running.delete(block.hash));
    this.running.set(block.hash, running);
    return running;
  }

  private async executeNow(block: CheckedBlock): Promise<Executed | null> {
    const { hashing, executor } = this.options;
    const parentHash = toHex(block.header.parentHash);
    const parent = this.get(parentHash);
    if (parent === undefined) return null;
    const { height, time: timeMs } = block.header;
    const began = performance.now();
    const result = await executor.execute(parent.view, { height, timeMs, transactions: block.transactions });
    this.gauge.note(block.header.bodyBytes, performance.now() - began);
    const hash = hashing.sha256(block.headerBytes);
    const executed: Unfinal = {
      hash: block.hash,
      parentHash,
      height,
      timeMs,
      view: result.overlay,
      overlay: result.overlay,
      stateRoot: result.stateRoot,
      receiptRoot: result.receiptRoot,
      range: appendLeaf(hashing, parent.range, hash).range,
      block: {
        height,
        hash,
        header: block.headerBytes,
        transactions: block.transactions.map(({ bytes }) => bytes),
        certificate: null,
        txIds: block.transactions.map(({ txId }, index) =>
          (result.receipts[index]?.signerKeys.length ?? 0) > 0 ? txId : null,
        ),
        receipts: result.receiptBytes,
        events: result.eventBytes,
        stateWrites: [],
      },
    };
    // The parent's branch may have been given up meanwhile: then so is this.
    if (this.get(parentHash) === undefined) return null;
    this.unfinal.set(block.hash, executed);
    return executed;
  }

  /** txIds (hex) in blocks that are executed and not booked. */
  unfinalTxIds(): Set<string> {
    const names = new Set<string>();
    for (const { block } of this.unfinal.values())
      for (const txId of block.txIds) if (txId !== null) names.add(toHex(txId));
    return names;
  }

  /** What is to be booked for an executed block that directly follows the booked one. */
  toBook(hash: string): FinalBlock {
    const block = this.unfinal.get(hash);
    if (block === undefined || block.parentHash !== this.base.hash)
      throw new Error(`block ${hash} is not next to be booked`);
    return { ...block.block, stateWrites: block.overlay.writes };
  }

  /** Says that `toBook(hash)` is in the store now: it becomes the base, other branches go. */
  booked(hash: string): void {
    const block = this.unfinal.get(hash) as Unfinal;
    block.overlay.flushed();
    const { overlay: _overlay, block: _block, ...base } = block;
    this.base = base;
    this.unfinal.delete(hash);
    const kept = new Set([hash]);
    for (const other of [...this.unfinal.values()].sort((a, b) => a.height - b.height)) {
      if (kept.has(other.parentHash)) kept.add(other.hash);
      else this.unfinal.delete(other.hash);
    }
  }
}
