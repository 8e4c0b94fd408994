import type { DataSource } from 'typeorm';
import type { Logger } from '../../platform/logging/logger.js';
import type { NodeClient } from '../client/node-client.js';
import { NodeRefusal } from '../client/node-rpc.js';

/** Hands stored bytes to the nodes: always the same bytes, as often as it takes. */
export class Submitting {
  constructor(
    private readonly database: DataSource,
    private readonly nodes: NodeClient,
    private readonly logger: Logger,
  ) {}

  /** Throws NodeUnavailable when nobody takes it: the job is tried again. A refusal is noted; the sweeper asks again or signs anew. */
  async submit(txId: string): Promise<void> {
    const id = Buffer.from(txId, 'hex');
    const rows = await this.database.query<{ transaction: Buffer }[]>(
      `SELECT transaction FROM outbox WHERE tx_id = $1 AND state = 'pending'`,
      [id],
    );
    const row = rows[0];
    if (row === undefined) return;
    try {
      const result = await this.nodes.submit(row.transaction);
      this.logger.debug({ txId, result }, 'submitted');
      await this.note(id, null);
    } catch (error) {
      if (!(error instanceof NodeRefusal)) throw error;
      this.logger.info({ txId, code: error.code, facts: error.facts }, 'the nodes do not take this transaction now');
      await this.note(id, error.code);
    }
  }

  private async note(id: Buffer, refusal: string | null): Promise<void> {
    await this.database.query(
      `UPDATE outbox SET submitted_at = now(), attempts = attempts + 1, last_refusal = $2 WHERE tx_id = $1`,
      [id, refusal],
    );
  }
}
