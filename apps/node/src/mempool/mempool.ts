/**
 * Transactions that wait to be proposed: checked, bounded, in an order that lets nobody crowd others out. Not durable: who
 * sends a transaction keeps its bytes and sends them again until it is final or expired.
 */
import { refusal, type Refusal } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';

export interface MempoolOptions {
  readonly countMax: number;
  readonly bytesMax: number;
  /** No sender holds more than this share of either bound, in parts of a hundred. Default 50. */
  readonly senderShare?: number;
}

export type Admission =
  { readonly kind: 'ADDED' } | { readonly kind: 'KNOWN' } | { readonly kind: 'FULL'; readonly refusal: Refusal };

/** A transaction that waits. `arrivedMs` is steady time. */
export interface Waiting {
  /** Hex. */
  readonly txId: string;
  readonly transaction: VerifiedTransaction;
  readonly arrivedMs: number;
}

interface Entry extends Waiting {
  readonly txHash: string;
  /** txId that must stand before it; null: none. */
  readonly after: string | null;
}

interface SenderQueue {
  readonly entries: Map<string, Entry>;
  bytes: number;
}

/** What may stand in a block: asked for each candidate in order, told of each that was taken. */
export interface Includable {
  /** OK: take it. WAIT: not in this block. NEVER: drop it from the mempool. `before`: already taken for this block. */
  judge(transaction: VerifiedTransaction, before: ReadonlySet<string>): 'OK' | 'WAIT' | 'NEVER';
}

export class Mempool {
  private readonly byId = new Map<string, Entry>();
  private readonly byHash = new Map<string, Entry>();
  private readonly senders = new Map<string, SenderQueue>();
  private bytes = 0;
  private turn = 0;

  constructor(private readonly options: MempoolOptions) {}

  get size(): { readonly count: number; readonly bytes: number } {
    return { count: this.byId.size, bytes: this.bytes };
  }

  has(txId: string): boolean {
    return this.byId.has(txId);
  }

  byTxHash(txHash: string): VerifiedTransaction | undefined {
    return this.byHash.get(txHash)?.transaction;
  }

  /** `nowMs` is steady time. Answers FULL when a bound is reached: the sender may try again later. */
  add(transaction: VerifiedTransaction, nowMs: number): Admission {
    const txId = toHex(transaction.txId);
    if (this.byId.has(txId)) return { kind: 'KNOWN' };
    const size = transaction.bytes.length;
    const { sender, after } = transaction.header;
    const queue = this.senders.get(sender) ?? { entries: new Map<string, Entry>(), bytes: 0 };
    const share = (this.options.senderShare ?? 50) / 100;
    if (this.byId.size + 1 > this.options.countMax || this.bytes + size > this.options.bytesMax)
      return { kind: 'FULL', refusal: refusal('MEMPOOL_FULL', '', { count: this.byId.size, bytes: this.bytes }) };
    if (queue.entries.size + 1 > this.options.countMax * share || queue.bytes + size > this.options.bytesMax * share)
      return {
        kind: 'FULL',
        refusal: refusal('MEMPOOL_SENDER_FULL', '', { sender, count: queue.entries.size, bytes: queue.bytes }),
      };
    const entry: Entry = {
      txId,
      txHash: toHex(transaction.txHash),
      transaction,
      after: after.length === 0 ? null : toHex(after),
      arrivedMs: nowMs,
    };
    queue.entries.set(txId, entry);
    queue.bytes += size;
    this.senders.set(sender, queue);
    this.byId.set(txId, entry);
    this.byHash.set(entry.txHash, entry);
    this.bytes += size;
    return { kind: 'ADDED' };
  }

  /** Takes one out and gives it; null when it does not wait here. */
  remove(txId: string): Waiting | null {
    const entry = this.byId.get(txId);
    if (entry === undefined) return null;
    const { sender } = entry.transaction.header;
    const queue = this.senders.get(sender) as SenderQueue;
    const size = entry.transaction.bytes.length;
    this.byId.delete(txId);
    this.byHash.delete(entry.txHash);
    this.bytes -= size;
    queue.entries.delete(txId);
    queue.bytes -= size;
    if (queue.entries.size === 0) this.senders.delete(sender);
    return entry;
  }

  /** Drops what can no longer stand in a block of `height`. Gives how many. */
  evictExpired(height: number): number {
    let evicted = 0;
    for (const { txId, transaction } of [...this.byId.values()]) {
      if (transaction.header.expiryHeight < height && this.remove(txId) !== null) evicted += 1;
    }
    return evicted;
  }

  /**
   * Chooses for a block: one transaction of each sender in turn, each sender's in order of arrival but for `after`, whose
   * named one always stands first. The sender who begins changes with every call. Nothing more is added once `bytesAim` is
   * reached (one may pass it), and `bytesMax` is never passed.
   */
  choose(
    limits: { readonly countMax: number; readonly bytesMax: number; readonly bytesAim?: number },
    includable: Includable,
  ): VerifiedTransaction[] {
    const chosen: VerifiedTransaction[] = [];
    const before = new Set<string>();
    const never: string[] = [];
    let bytes = 0;
    const names = [...this.senders.keys()];
    this.turn = names.length === 0 ? 0 : (this.turn + 1) % names.length;
    let queues = [...names.slice(this.turn), ...names.slice(0, this.turn)].map((name) =>
      this.inOrder(this.senders.get(name) as SenderQueue),
    );
    const aim = limits.bytesAim ?? limits.bytesMax;
    while (queues.length > 0 && chosen.length < limits.countMax && bytes < aim) {
      const left: Generator<Entry>[] = [];
      for (const queue of queues) {
        if (chosen.length >= limits.countMax || bytes >= aim) break;
        let taken = false;
        for (let next = queue.next(); next.done !== true; next = queue.next()) {
          const { transaction, txId } = next.value;
          const verdict = includable.judge(transaction, before);
          if (verdict === 'NEVER') never.push(txId);
          if (verdict !== 'OK') continue;
          if (bytes + transaction.bytes.length > limits.bytesMax) continue;
          bytes += transaction.bytes.length;
          chosen.push(transaction);
          before.add(txId);
          taken = true;
          break;
        }
        if (taken) left.push(queue);
      }
      queues = left;
    }
    for (const txId of never) this.remove(txId);
    return chosen;
  }

  /** A sender's transactions by arrival, but each behind the one that its `after` names. */
  private *inOrder(queue: SenderQueue): Generator<Entry> {
    const given = new Set<string>();
    for (const first of queue.entries.values()) {
      const chain: Entry[] = [];
      for (
        let entry: Entry | undefined = first;
        entry !== undefined && !given.has(entry.txId);
        entry = entry.after === null ? undefined : queue.entries.get(entry.after)
      ) {
        given.add(entry.txId);
        chain.push(entry);
      }
      yield* chain.reverse();
    }
  }

  /** All that wait, oldest first. */
  entries(): IterableIterator<Waiting> {
    return this.byId.values();
  }
}
