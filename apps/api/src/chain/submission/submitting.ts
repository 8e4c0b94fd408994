import { decodeTransaction } from '@waymark/ledger/chain';
import type { DataSource } from 'typeorm';
import type { Logger } from '../../platform/logging/logger.js';
import type { NodeClient } from '../client/node-client.js';
import { NodeRefusal } from '../client/node-rpc.js';
import { hashing } from '../genesis.js';
import { verifiesAsOurs } from './keyring.js';
import { SUBMIT_BATCH_MAX } from './queue-names.js';
import type { RefuseCommand } from './signing.js';

interface PendingRow {
  readonly tx_id: Buffer;
  readonly job_id: string;
  readonly transaction: Buffer;
}

/** Behind every checkpoint: the sweeper signs such a transaction anew, and what was to follow it, because it never came to stand. */
export const EXPIRED_FOR_GOOD = -1;
/** Likewise signed anew, but it stands on the chain, refused: what names it as the one before may stand, and stays as it is. */
export const STANDS_REFUSED = -2;

/** Transactions of one call that are under way at the same time. */
const LANES = 4;

/** Hands stored bytes to the nodes: always the same bytes, as often as it takes. */
export class Submitting {
  /** What was signed here just now and is to be sent, by organisation, in the order of signing. */
  private readonly fresh = new Map<string, { readonly txIds: string[]; done: Promise<void> }>();
  private closing = false;

  constructor(
    private readonly database: DataSource,
    private readonly nodes: NodeClient,
    private readonly refuse: RefuseCommand,
    private readonly logger: Logger,
  ) {}

  /**
   * Sends what was just signed without the way through a queue. What does not get through now is found by the sweeper, like what
   * a process that ended left behind.
   */
  soon(organisation: string, txIds: readonly string[]): void {
    if (txIds.length === 0) return;
    const known = this.fresh.get(organisation);
    if (known !== undefined) {
      known.txIds.push(...txIds);
      return;
    }
    const entry = { txIds: [...txIds], done: Promise.resolve() };
    this.fresh.set(organisation, entry);
    entry.done = this.drain(organisation, entry.txIds);
  }

  /** Ends after what is under way; the rest is left to the sweeper of the next process. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.fresh.values()].map(({ done }) => done));
  }

  private async drain(organisation: string, txIds: string[]): Promise<void> {
    while (txIds.length > 0 && !this.closing) {
      const batch = txIds.splice(0, SUBMIT_BATCH_MAX);
      try {
        await this.submit(batch);
      } catch (error) {
        this.logger.warn({ organisation, count: batch.length, err: error }, 'not sent now; the sweeper will find it');
      }
    }
    this.fresh.delete(organisation);
  }

  /** Throws NodeUnavailable when nobody takes them: the job is tried again. A refusal is noted and acted upon. */
  async submit(txIds: readonly string[]): Promise<void> {
    const rows = await this.pending(txIds);
    const waiting = [...rows];
    const taken: Buffer[] = [];
    const refused: { row: PendingRow; refusal: NodeRefusal }[] = [];
    let unavailable: Error | undefined;
    const lane = async () => {
      for (let row = waiting.shift(); row !== undefined && unavailable === undefined; row = waiting.shift())
        try {
          await this.nodes.submit(row.transaction);
          taken.push(row.tx_id);
        } catch (error) {
          if (error instanceof NodeRefusal) refused.push({ row, refusal: error });
          else unavailable = error instanceof Error ? error : new Error('not submitted', { cause: error });
        }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (taken.length > 0) await this.note(taken, null);
    for (const { row, refusal } of refused) {
      await this.note([row.tx_id], refusal.code);
      await this.afterRefusal(row.tx_id.toString('hex'), row, refusal);
    }
    if (unavailable !== undefined) throw unavailable;
  }

  /**
   * A node's word ends nothing: what it refuses may be in the hands of another and still become final. Until the checked chain has
   * passed its expiry the same bytes are offered again. Only bytes that we ourselves find damaged are given up.
   */
  private async afterRefusal(txId: string, row: PendingRow, refusal: NodeRefusal): Promise<void> {
    this.logger.info({ txId, code: refusal.code, facts: refusal.facts }, 'the nodes do not take this transaction now');
    if (isDamaged(row.transaction)) await this.giveUp(txId, row, refusal);
  }

  /** Nobody will ever take these bytes: the command ends with the reason, and what was to follow it is signed anew. */
  private async giveUp(txId: string, row: PendingRow, { code, facts }: NodeRefusal): Promise<void> {
    this.logger.error({ txId, code, facts }, 'the stored bytes of a transaction are damaged');
    await this.database.transaction(async (manager) => {
      await manager.query(`UPDATE outbox SET state = 'replaced' WHERE tx_id = $1`, [Buffer.from(txId, 'hex')]);
      await manager.query(`UPDATE outbox SET expiry_height = $2 WHERE after = $1 AND state = 'pending'`, [
        Buffer.from(txId, 'hex'),
        EXPIRED_FOR_GOOD,
      ]);
      await this.refuse(manager, row.job_id, [{ body: 0, code, pointer: '', facts }]);
    });
  }

  private async pending(txIds: readonly string[]): Promise<PendingRow[]> {
    return this.database.query<PendingRow[]>(
      `SELECT tx_id, job_id, transaction FROM outbox WHERE tx_id = ANY($1) AND state = 'pending' ORDER BY seq`,
      [txIds.map((txId) => Buffer.from(txId, 'hex'))],
    );
  }

  private async note(txIds: readonly Buffer[], refusal: string | null): Promise<void> {
    await this.database.query(
      `UPDATE outbox SET submitted_at = now(), attempts = attempts + 1, last_refusal = $2 WHERE tx_id = ANY($1)`,
      [txIds, refusal],
    );
  }
}

/** Whether stored bytes are no longer what was signed here: they do not decode, or a signature over them is wrong. */
function isDamaged(transaction: Uint8Array): boolean {
  const decoded = decodeTransaction(hashing, transaction);
  return (
    !decoded.ok || !decoded.value.signatures.every((signature) => verifiesAsOurs(decoded.value.signedBytes, signature))
  );
}
