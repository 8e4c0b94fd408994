import type { DataSource } from 'typeorm';
import type { Logger } from '../../platform/logging/logger.js';
import type { NodeClient } from '../client/node-client.js';
import { NodeRefusal } from '../client/node-rpc.js';
import type { RefuseCommand } from './signing.js';

interface PendingRow {
  readonly job_id: string;
  readonly transaction: Buffer;
  readonly after: Buffer | null;
  readonly attempts: number;
}

/**
 * Refusals that speak of the moment: the same bytes may be taken later. (Nodes keep a transaction whose predecessor they do not
 * know yet, so the order of submission does not matter.)
 */
const LATER = new Set(['TX_AFTER_MISSING', 'TX_EXPIRY_TOO_FAR', 'MEMPOOL_FULL', 'MEMPOOL_SENDER_FULL']);
/** So often the nodes must have refused bytes for good before we believe them. */
const REFUSALS_BELIEVED = 3;
/** Behind every checkpoint: the sweeper signs such a transaction anew. */
export const EXPIRED_FOR_GOOD = -1;

/** Hands stored bytes to the nodes: always the same bytes, as often as it takes. */
export class Submitting {
  constructor(
    private readonly database: DataSource,
    private readonly nodes: NodeClient,
    private readonly refuse: RefuseCommand,
    private readonly logger: Logger,
  ) {}

  /** Throws NodeUnavailable when nobody takes it: the job is tried again. A refusal is noted and acted upon. */
  async submit(txId: string): Promise<void> {
    const row = await this.pending(txId);
    if (row === undefined) return;
    try {
      const result = await this.nodes.submit(row.transaction);
      this.logger.debug({ txId, result }, 'submitted');
      await this.note(txId, null);
    } catch (error) {
      if (!(error instanceof NodeRefusal)) throw error;
      await this.note(txId, error.code);
      await this.afterRefusal(txId, row, error);
    }
  }

  private async afterRefusal(txId: string, row: PendingRow, refusal: NodeRefusal): Promise<void> {
    this.logger.info({ txId, code: refusal.code, facts: refusal.facts }, 'the nodes do not take this transaction now');
    if (refusal.code === 'TX_EXPIRED') return this.expire(txId);
    if (!LATER.has(refusal.code) && row.attempts + 1 >= REFUSALS_BELIEVED) await this.giveUp(txId, row, refusal);
  }

  /** No block can carry it any more. If none does already, it is signed anew. */
  private async expire(txId: string): Promise<void> {
    if ((await this.nodes.stateOf(txId)) !== 'unknown') return;
    await this.database.query(`UPDATE outbox SET expiry_height = $2 WHERE tx_id = $1`, [
      Buffer.from(txId, 'hex'),
      EXPIRED_FOR_GOOD,
    ]);
  }

  /** The nodes will never take it: the command ends with their reason, and what was to follow it is signed anew. */
  private async giveUp(txId: string, row: PendingRow, { code, facts }: NodeRefusal): Promise<void> {
    this.logger.error({ txId, code, facts }, 'the nodes refuse a transaction of ours for good');
    await this.database.transaction(async (manager) => {
      await manager.query(`UPDATE outbox SET state = 'replaced' WHERE tx_id = $1`, [Buffer.from(txId, 'hex')]);
      await manager.query(`UPDATE outbox SET expiry_height = $2 WHERE after = $1 AND state = 'pending'`, [
        Buffer.from(txId, 'hex'),
        EXPIRED_FOR_GOOD,
      ]);
      await this.refuse(manager, row.job_id, [{ body: 0, code, pointer: '', facts }]);
    });
  }

  private async pending(txId: string): Promise<PendingRow | undefined> {
    const rows = await this.database.query<PendingRow[]>(
      `SELECT job_id, transaction, after, attempts FROM outbox WHERE tx_id = $1 AND state = 'pending'`,
      [Buffer.from(txId, 'hex')],
    );
    return rows[0];
  }

  private async note(txId: string, refusal: string | null): Promise<void> {
    await this.database.query(
      `UPDATE outbox SET submitted_at = now(), attempts = attempts + 1, last_refusal = $2 WHERE tx_id = $1`,
      [Buffer.from(txId, 'hex'), refusal],
    );
  }
}
