/**
 * The door of the mempool: form and signatures (verification/), then what the last booked state says, then room. Who brought
 * a transaction first hands it on: a node that got it from a client sends it to all, a node that got it from a peer does so
 * only if it still waits after a while.
 */
import type { Outcome, Refusal } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';
import type { ExecutionTree } from '../execution/execution-tree.js';
import type { ChainStore } from '../storage/index.js';
import type { TransactionVerifier, VerifiedTransaction } from '../verification/transaction-verifier.js';
import type { Mempool } from './mempool.js';

export type Admitted = { readonly txId: string; readonly result: 'accepted' | 'known' | 'final' };

/** Not now, whoever asks: the sender should come again. */
export class Busy extends Error {
  override readonly name = 'Busy';
  constructor(
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(message);
  }
}

/** A transaction is handed on again when it has waited this long, then twice, four times, ... as long. */
const HANDED_ON_AGAIN_MS = 2_000;
const HANDED_ON_AGAIN_BYTES_MAX = 1024 * 1024;

export class Admission {
  /** txIds in unfinal executed blocks: they wait for finality, not for a leader. */
  private inFlight: ReadonlySet<string> = new Set();
  private handedOnAtMs = 0;
  /** When a block with transactions was last booked. */
  private workBookedAtMs = -Infinity;
  /** Of each sender: arrival of the youngest of its transactions that was booked. */
  private readonly bookedArrivals = new Map<string, number>();
  /** Set when the disk is nearly full: no new transactions. */
  refusing: Busy | null = null;
  /** Set when an alarm stopped this node: no new transactions until a person has looked. */
  halted: Busy | null = null;

  constructor(
    private readonly on: {
      readonly verifier: TransactionVerifier;
      readonly mempool: Mempool;
      readonly runtime: Runtime;
      readonly tree: ExecutionTree;
      readonly store: ChainStore;
      /** Sends a transaction to all validators. */
      readonly handOn: (transaction: VerifiedTransaction) => void;
      /** Something was admitted: there may be work, and a body may be whole now. */
      readonly changed: () => void;
      readonly nowMs: () => number;
    },
  ) {}

  /** A client's transaction. @throws Busy when there is no room. */
  async submit(bytes: Uint8Array): Promise<Outcome<Admitted>> {
    const closed = this.halted ?? this.refusing;
    if (closed !== null) throw closed;
    const answer = await this.admit(bytes);
    if (!answer.ok && (answer.refusal.code === 'MEMPOOL_FULL' || answer.refusal.code === 'MEMPOOL_SENDER_FULL'))
      throw new Busy('this node has no room for transactions now', 1_000);
    return answer.ok ? { ok: true, value: answer.value.admitted } : answer;
  }

  /** A peer's transaction. A refusal that only a wrong signature or form can cause is the peer's fault: `offence`. */
  async gossip(bytes: Uint8Array): Promise<{ readonly offence: Refusal | null }> {
    if (this.halted !== null || this.refusing !== null) return { offence: null };
    const checked = await this.on.verifier.check(bytes);
    if (!checked.ok) return { offence: checked.refusal };
    this.place(checked.value);
    return { offence: null };
  }

  private async admit(bytes: Uint8Array): Promise<Outcome<{ admitted: Admitted }>> {
    const checked = await this.on.verifier.check(bytes);
    if (!checked.ok) return checked;
    const placed = this.place(checked.value);
    if (!placed.ok) return placed;
    if (placed.value.result === 'accepted') this.on.handOn(checked.value);
    return { ok: true, value: { admitted: placed.value } };
  }

  /** What the booked state and the room allow. */
  private place(transaction: VerifiedTransaction): Outcome<Admitted> {
    const { mempool, runtime, tree, store, nowMs } = this.on;
    const txId = toHex(transaction.txId);
    if (mempool.has(txId)) return { ok: true, value: { txId, result: 'known' } };
    if (store.transaction(transaction.txId) !== null) return { ok: true, value: { txId, result: 'final' } };
    const found = runtime.checkInclusion(tree.final.view, transaction, tree.final.height + 1, tree.final.timeMs);
    if (found !== undefined && found.code !== 'TX_AFTER_MISSING') {
      if (found.code === 'TX_REPLAYED') return { ok: true, value: { txId, result: 'final' } };
      return { ok: false, refusal: found };
    }
    const added = mempool.add(transaction, nowMs());
    if (added.kind === 'FULL') return { ok: false, refusal: added.refusal };
    if (added.kind === 'ADDED') this.on.changed();
    return { ok: true, value: { txId, result: added.kind === 'ADDED' ? 'accepted' : 'known' } };
  }

  /** Takes out what was booked or has expired, and notes what stands in unfinal blocks. */
  settle(booked: readonly Uint8Array[], inFlight: ReadonlySet<string>): void {
    const { mempool, nowMs } = this.on;
    if (booked.length > 0) this.workBookedAtMs = nowMs();
    for (const txId of booked) {
      const taken = mempool.remove(toHex(txId));
      if (taken === null) continue;
      const { sender } = taken.transaction.header;
      this.bookedArrivals.set(sender, Math.max(taken.arrivedMs, this.bookedArrivals.get(sender) ?? 0));
    }
    mempool.evictExpired(this.on.tree.final.height + 1);
    this.inFlight = inFlight;
  }

  noteInFlight(inFlight: ReadonlySet<string>): void {
    this.inFlight = inFlight;
  }

  /** Arrival of the oldest transaction that could stand in the next block; null when there is none. */
  oldestWorkMs(): number | null {
    const { mempool, store } = this.on;
    for (const { txId, transaction, arrivedMs } of mempool.entries()) {
      if (this.inFlight.has(txId)) continue;
      const { after } = transaction.header;
      if (after.length > 0) {
        const name = toHex(after);
        if (!mempool.has(name) && !this.inFlight.has(name) && store.transaction(after) === null) continue;
      }
      return arrivedMs;
    }
    return null;
  }

  /**
   * Hands on again what others may lack: its first bearer died, or a session was down. Where nothing with transactions was
   * booked for a while, that is all that waits; where blocks are full, a transaction waits for its turn only, and sending it
   * again would make the wait longer: there it is what younger ones of its sender have overtaken. Called now and then.
   */
  handOnAgain(): void {
    const now = this.on.nowMs();
    const since = this.handedOnAtMs;
    if (now - since < HANDED_ON_AGAIN_MS / 2) return;
    this.handedOnAtMs = now;
    const busy = now - this.workBookedAtMs < HANDED_ON_AGAIN_MS;
    let bytes = 0;
    for (const { txId, transaction, arrivedMs } of this.on.mempool.entries()) {
      if (now - arrivedMs < HANDED_ON_AGAIN_MS) break;
      if (this.inFlight.has(txId) || !handedOnBetween(arrivedMs, since, now)) continue;
      // Transactions reach nodes in about the same order only.
      const overtakenAtMs = this.bookedArrivals.get(transaction.header.sender) ?? -Infinity;
      if (busy && overtakenAtMs < arrivedMs + HANDED_ON_AGAIN_MS) continue;
      bytes += transaction.bytes.length;
      if (bytes > HANDED_ON_AGAIN_BYTES_MAX) break;
      this.on.handOn(transaction);
    }
  }
}

/** Whether an age of 2, 4, 8, ... seconds is reached after `since` and not after `now`. */
function handedOnBetween(arrivedMs: number, since: number, now: number): boolean {
  const age = now - arrivedMs;
  let due = HANDED_ON_AGAIN_MS;
  while (due * 2 <= age) due *= 2;
  return arrivedMs + due > since;
}
