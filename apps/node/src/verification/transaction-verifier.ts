/**
 * The node's only user of the acceleration service: takes bytes of others and gives transactions whose form and every
 * signature were checked. Each transaction is checked once, however often it comes: by RPC, by gossip, in a block.
 */
import type { Hashing, SignatureCheck, SelectedVerifier } from '@waymark/accel/contract';
import {
  checkTransactionForm,
  decodeTransaction,
  refusal,
  type Outcome,
  type TransactionView,
} from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import type { Runtime } from '@waymark/ledger/runtime';

declare const verified: unique symbol;
/** A transaction whose form and signatures hold, whatever the state. Only this room makes one. */
export type VerifiedTransaction = TransactionView & { readonly [verified]: true };

export interface TransactionVerifierOptions {
  readonly hashing: Hashing;
  /** Chooses by the size of a batch: few on this thread, many in others. */
  readonly verifier: Pick<SelectedVerifier, 'verifyMany'>;
  readonly runtime: Pick<Runtime, 'formRules' | 'checkBodies'>;
  /** Bytes of checked transactions kept for a second look; the oldest go first. */
  readonly cacheBytesMax?: number;
}

interface Waiting {
  readonly checks: readonly SignatureCheck[];
  readonly resolve: (answers: boolean[]) => void;
  readonly reject: (error: unknown) => void;
}

const CACHE_BYTES_MAX = 64 * 1024 * 1024;

export class TransactionVerifier {
  private readonly cache = new Map<string, VerifiedTransaction>();
  private cacheBytes = 0;
  private readonly running = new Map<string, Promise<Outcome<VerifiedTransaction>>>();
  private waiting: Waiting[] = [];

  constructor(private readonly options: TransactionVerifierOptions) {}

  /** A transaction that was checked before, by its txHash in hex. */
  known(txHash: string): VerifiedTransaction | undefined {
    return this.cache.get(txHash);
  }

  /** Form and signatures. A refusal is the sender's fault; a rejection is an engine's and says nothing about the bytes. */
  async check(bytes: Uint8Array): Promise<Outcome<VerifiedTransaction>> {
    const { hashing, runtime } = this.options;
    if (bytes.length > runtime.formRules.maxTxBytes)
      return {
        ok: false,
        refusal: refusal('TX_TOO_LARGE', '', { bytes: bytes.length, most: runtime.formRules.maxTxBytes }),
      };
    const txHash = toHex(hashing.sha256(bytes));
    const before = this.cache.get(txHash);
    if (before !== undefined) return { ok: true, value: before };
    const under = this.running.get(txHash);
    if (under !== undefined) return under;
    const checking = this.checkNow(bytes, txHash).finally(() => this.running.delete(txHash));
    this.running.set(txHash, checking);
    return checking;
  }

  private async checkNow(bytes: Uint8Array, txHash: string): Promise<Outcome<VerifiedTransaction>> {
    const { hashing, runtime } = this.options;
    const decoded = decodeTransaction(hashing, bytes);
    if (!decoded.ok) return decoded;
    const form = checkTransactionForm(hashing, decoded.value, runtime.formRules);
    if (!form.ok) return form;
    const bodies = runtime.checkBodies(decoded.value);
    if (bodies !== undefined) return { ok: false, refusal: bodies };
    const answers = await this.verify(form.checks);
    const wrong = answers.indexOf(false);
    if (wrong >= 0) return { ok: false, refusal: refusal('TX_SIGNATURE_INVALID', `/signatures/${wrong}`, {}) };
    const transaction = decoded.value as VerifiedTransaction;
    this.keep(txHash, transaction);
    return { ok: true, value: transaction };
  }

  /**
   * A transaction of a block that is final, or that this node checked before it wrote it to its own log: taken apart only,
   * for a quorum of validators has vouched for it. @throws Error when the bytes are none: our own books are wrong.
   */
  trusted(bytes: Uint8Array): VerifiedTransaction {
    const decoded = decodeTransaction(this.options.hashing, bytes);
    if (!decoded.ok) throw new Error(`a final transaction cannot be decoded: ${decoded.refusal.code}`);
    return decoded.value as VerifiedTransaction;
  }

  /** Signature checks of anything, joined with those that come in the same turn of the loop. */
  verify(checks: readonly SignatureCheck[]): Promise<boolean[]> {
    if (checks.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.waiting.push({ checks, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.runBatch());
    });
  }

  private runBatch(): void {
    const batch = this.waiting;
    this.waiting = [];
    const all = batch.flatMap(({ checks }) => [...checks]);
    this.options.verifier.verifyMany(all).then(
      (answers) => {
        let at = 0;
        for (const { checks, resolve } of batch) {
          resolve(answers.slice(at, at + checks.length));
          at += checks.length;
        }
      },
      (error: unknown) => {
        for (const { reject } of batch) reject(error);
      },
    );
  }

  private keep(txHash: string, transaction: VerifiedTransaction): void {
    this.cache.set(txHash, transaction);
    this.cacheBytes += transaction.bytes.length;
    for (const [oldest, { bytes }] of this.cache) {
      if (this.cacheBytes <= (this.options.cacheBytesMax ?? CACHE_BYTES_MAX)) break;
      this.cache.delete(oldest);
      this.cacheBytes -= bytes.length;
    }
  }

  /** Lets go of transactions that stand in a final block: nobody will need them checked again. */
  forget(txHashes: Iterable<string>): void {
    for (const txHash of txHashes) {
      const transaction = this.cache.get(txHash);
      if (transaction === undefined) continue;
      this.cache.delete(txHash);
      this.cacheBytes -= transaction.bytes.length;
    }
  }
}
