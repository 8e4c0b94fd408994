/**
 * The lane in which final blocks become facts, one after another and in height order: executed, their records made durable,
 * one batch each, then told to whoever waits.
 */
import type { CommitCertificate } from '@waymark/consensus/certificates';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import type { ExecutionTree, CheckedBlock, Executed } from '../execution/execution-tree.js';
import type { ChainStore, FinalBlock } from '../storage/index.js';

/** Execution of a final block did not give what the next header says, or could not be done: our invariant is broken. */
export class BookingFault extends Error {
  override readonly name = 'BookingFault';
}

export interface Booked {
  readonly block: CheckedBlock;
  readonly executed: Executed;
  readonly txIds: readonly Uint8Array[];
}

export class BookingLane {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly on: {
      readonly tree: ExecutionTree;
      readonly store: ChainStore;
      readonly booked: (booked: Booked) => void;
      readonly failed: (error: unknown) => void;
    },
  ) {}

  /** Books blocks that follow what was handed in before. `certificate` is for the last of them. */
  enqueue(blocks: readonly CheckedBlock[], certificate: CommitCertificate): Promise<void> {
    const done = this.last.then(() => this.book(blocks, certificate));
    this.last = done.catch((error: unknown) => this.on.failed(error));
    return done;
  }

  private async book(blocks: readonly CheckedBlock[], certificate: CommitCertificate): Promise<void> {
    const { tree, store } = this.on;
    const fresh = blocks.filter(({ header }) => header.height > store.finalHeight);
    if (fresh.length === 0) return;
    for (const block of fresh) {
      this.compareRoots(block);
      if ((await tree.execute(block)) === null)
        throw new BookingFault(`block ${block.header.height} does not follow the booked one`);
    }
    const places = await store.appendRecords(
      fresh.map(({ header, headerBytes, transactions }) => ({
        height: header.height,
        header: headerBytes,
        transactions: transactions.map(({ bytes }) => bytes),
      })),
      certificate,
    );
    for (const [index, block] of fresh.entries()) {
      const final: FinalBlock = tree.toBook(block.hash);
      const own = certificate.blockHash === block.hash ? certificate : null;
      await store.book({ ...final, certificate: own }, places[index] as (typeof places)[number], certificate);
      tree.booked(block.hash);
      this.on.booked({ block, executed: tree.final, txIds: final.txIds.filter((txId) => txId !== null) });
    }
  }

  /**
   * Quorum-signed headers say what execution of the parent gave (consensus.md V8, and 2.12 while catching up). A node whose own
   * roots differ must not book, serve or vote on: it stops.
   */
  private compareRoots({ header }: CheckedBlock): void {
    const parent = this.on.tree.get(toHex(header.parentHash));
    if (parent === undefined) return; // told by `execute`
    const differs = !equalBytes(header.parentStateRoot, parent.stateRoot)
      ? 'state'
      : !equalBytes(header.parentReceiptRoot, parent.receiptRoot)
        ? 'receipts'
        : null;
    if (differs !== null)
      throw new BookingFault(
        `STATE_DIVERGENCE: the ${differs} of block ${parent.height} are not what the consortium's header ${header.height} says`,
      );
  }

  /** Waits for all that was handed in. */
  async idle(): Promise<void> {
    await this.last;
  }
}
