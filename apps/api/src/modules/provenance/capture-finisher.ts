import { ReceiptStatus } from '@waymark/ledger/chain';
import type { FeedBlock, FeedTransaction } from '@waymark/light-client';
import { ledgerEventTypes } from '@waymark/provenance/module';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { BlockListener } from '../../chain/projection/projector.js';
import { EXPIRED_FOR_GOOD, STANDS_REFUSED } from '../../chain/submission/submitting.js';
import type { QueuedCommand, Remark } from '../../chain/submission/signing.js';
import { eventsOfBodies, storedBodies } from './commands/events-of-bodies.js';
import { ledgerProblem } from './commands/job-problems.js';
import type { BodyOrigin, JobProblem } from './entities/capture-job.entity.js';

interface JobRow {
  readonly state: 'pending' | 'discarded';
  readonly tx_id: Buffer;
  readonly job_id: string;
  readonly origins: BodyOrigin[];
  readonly errors: JobProblem[];
  readonly warnings: JobProblem[];
}

/** A transaction in its block. */
interface Standing {
  readonly height: number;
  readonly entry: FeedTransaction;
}

/** Code under which a job is told that the operator gave its signed transaction up. */
export const TRANSACTION_DISCARDED = 'TRANSACTION_DISCARDED';

/** Refusals that speak of the transaction's moment, not of its content: the same events are signed anew. */
const NOT_ITS_FAULT = new Set(['TX_AFTER_MISSING', 'TX_EXPIRED']);

const capturedContent = z.looseObject({
  eventHash: z.string().optional(),
  warnings: z
    .array(z.object({ code: z.string(), pointer: z.string(), facts: z.record(z.string(), z.string()) }))
    .default([]),
});

/** Finishes capture jobs from their receipts, in the same unit of work as the blocks' rows. */
export class CaptureFinisher implements BlockListener {
  async onBlocks(manager: EntityManager, blocks: readonly FeedBlock[]): Promise<void> {
    // Anybody can put an own signature to a stranger's header: such a receipt names no keys of the sender and decides nothing (formats.md 3).
    const byId = new Map<string, Standing[]>();
    for (const { height, transactions } of blocks)
      for (const entry of transactions) {
        if (entry.receipt.signerKeys.length === 0) continue;
        const txId = Buffer.from(entry.transaction.txId).toString('hex');
        byId.set(txId, [...(byId.get(txId) ?? []), { height, entry }]);
      }
    const rows = await manager.query<JobRow[]>(
      `SELECT o.state, o.tx_id, o.job_id, j.origins, j.errors, j.warnings FROM outbox o JOIN capture_job j ON j.id = o.job_id
       WHERE o.tx_id = ANY($1) AND o.state IN ('pending', 'discarded')`,
      [[...byId.keys()].map((id) => Buffer.from(id, 'hex'))],
    );
    const expired: Buffer[] = [];
    const refused: Buffer[] = [];
    const outcomes: object[] = [];
    const decided: Buffer[] = [];
    for (const row of rows) {
      const standings = byId.get(row.tx_id.toString('hex')) ?? [];
      // The first that decides is the truth: the same bytes in a later block are a repetition, refused as such.
      const decisive = standings.find(({ entry }) => !mustBeSignedAnew(entry));
      if (decisive !== undefined) {
        outcomes.push({ ...outcomeOf(row, decisive.entry), height: decisive.height });
        decided.push(row.tx_id);
      } else if (standings.length > 0 && row.state === 'pending')
        (standings.some(({ entry }) => standsRefused(entry)) ? refused : expired).push(row.tx_id);
    }
    for (const [txIds, mark] of [
      [expired, EXPIRED_FOR_GOOD],
      [refused, STANDS_REFUSED],
    ] as const)
      if (txIds.length > 0)
        await manager.query(`UPDATE outbox SET expiry_height = $2 WHERE tx_id = ANY($1)`, [txIds, mark]);
    if (outcomes.length === 0) return;
    await manager.query(
      `UPDATE capture_job j SET state = 'done', success = o.success, errors = o.errors, warnings = o.warnings, origins = o.origins, height = o.height, finished_at = now()
       FROM jsonb_to_recordset($1::jsonb) AS o (id uuid, success boolean, errors jsonb, warnings jsonb, origins jsonb, height bigint) WHERE j.id = o.id`,
      [JSON.stringify(outcomes).replaceAll('\\u0000', '\\ufffd')],
    );
    await manager.query(`UPDATE outbox SET state = 'final' WHERE tx_id = ANY($1)`, [decided]);
  }

  /** Nothing of this command was signed: the job ends with what the judge said. */
  async refuse(manager: EntityManager, commandId: QueuedCommand['id'], failures: readonly Remark[]): Promise<void> {
    const rows = await manager.query<{ origins: BodyOrigin[]; errors: JobProblem[]; bodies: Buffer }[]>(
      `SELECT origins, errors, bodies FROM capture_job WHERE id = $1`,
      [commandId],
    );
    const row = rows[0];
    if (row === undefined) throw new Error(`there is no command ${commandId}`);
    const errors = [...row.errors, ...failures.map((failure) => ledgerProblem(failure, row.origins, 'error'))];
    // What was signed stays in the outbox; of what never was, these few facts stay.
    const refused = eventsOfBodies(storedBodies(row.bodies), row.origins);
    await manager.query(
      `UPDATE capture_job SET state = 'done', success = false, bodies = '', errors = $2, refused_events = refused_events || $3::jsonb, finished_at = now()
       WHERE id = $1`,
      [commandId, JSON.stringify(errors).replaceAll('\\u0000', '\\ufffd'), JSON.stringify(refused)],
    );
  }
}

function mustBeSignedAnew({ receipt }: FeedTransaction): boolean {
  return (
    receipt.status === ReceiptStatus.REFUSED &&
    receipt.failures.some(({ body, code }) => body === 0 && NOT_ITS_FAULT.has(code))
  );
}

/** The chain remembers it, so that what follows it may stand (docs/protocol/formats.md 3); one that came too late it does not remember. */
function standsRefused({ receipt }: FeedTransaction): boolean {
  return !receipt.failures.some(({ body, code }) => body === 0 && code === 'TX_EXPIRED');
}

function outcomeOf(row: JobRow, { receipt, events }: FeedTransaction): object {
  // Given up, and final all the same: what the ledger says is the truth.
  const before = row.errors.filter(({ code }) => code !== TRANSACTION_DISCARDED);
  const errors = [...before, ...receipt.failures.map((failure) => ledgerProblem(failure, row.origins, 'error'))];
  const origins = row.origins.map((origin) => ({ ...origin }));
  const warnings = [...row.warnings];
  for (const event of events) {
    if (
      event.type !== ledgerEventTypes.captured &&
      event.type !== ledgerEventTypes.witnessed &&
      event.type !== ledgerEventTypes.masterdata
    )
      continue;
    const content = capturedContent.parse(JSON.parse(Buffer.from(event.content).toString('utf8')));
    const origin = origins[event.body];
    if (origin !== undefined && content.eventHash !== undefined) origin.eventHash = content.eventHash;
    for (const warning of content.warnings)
      warnings.push(ledgerProblem({ ...warning, body: event.body + 1 }, row.origins, 'warning'));
  }
  return { id: row.job_id, success: errors.length === 0, errors, warnings, origins };
}
