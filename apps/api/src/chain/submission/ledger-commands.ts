import { randomUUID } from 'node:crypto';
import { type BodyInput, encodeBody } from '@waymark/ledger/chain';
import type { DataSource } from 'typeorm';
import type { AuditLog, AuditRecord } from '../../platform/audit/audit-log.js';
import { unitOfWork } from '../../platform/database/database.js';
import { ProblemError, unavailable } from '../../platform/errors/problem.js';
import type { Queues, WorkQueue } from '../../platform/queue/queues.js';
import type { DryRunFailure, NodeClient } from '../client/node-client.js';
import { NodeRefusal, NodeUnavailable } from '../client/node-rpc.js';
import { SIGN_QUEUE, type SignJob } from './queue-names.js';
import { packBodies } from './stored-bodies.js';

/** What is signed for an organisation beside its captures. */
export type LedgerCommandKind = 'account' | 'motion';

/**
 * The write door of what an organisation says about itself on the ledger: the judge is asked first (house.md 3, station 3), then the
 * command is stored with its ticket and its entry in the audit log, in one unit of work, and signed like a capture.
 */
export class LedgerCommands {
  private readonly signing: WorkQueue<SignJob>;

  constructor(
    private readonly database: DataSource,
    private readonly nodes: NodeClient,
    private readonly audit: AuditLog,
    queues: Queues,
  ) {
    this.signing = queues.queue<SignJob>(SIGN_QUEUE);
  }

  /** Gives the ticket: `GET /epcis/capture/{id}` says what became of it. @throws ProblemError 422 with the ledger's code, 503 */
  async submit(
    organisation: string,
    kind: LedgerCommandKind,
    bodies: readonly BodyInput[],
    act: Omit<AuditRecord, 'organisation'>,
  ): Promise<string> {
    const encoded = bodies.map(encodeBody);
    await this.askTheJudge(organisation, encoded);
    const id = randomUUID();
    await unitOfWork(this.database, async (manager) => {
      await manager.query(
        `INSERT INTO capture_job (id, organisation, kind, state, proceed, bodies, origins, event_count, errors, warnings, success, created_at)
         VALUES ($1, $2, $3, 'queued', false, $4, $5, 0, '[]', '[]', true, now())`,
        [id, organisation, kind, packBodies(encoded), JSON.stringify(encoded.map(() => ({ pointer: '' })))],
      );
      await this.audit.record({ ...act, facts: { ...act.facts, job: id } }, manager);
    });
    this.signing.wake(organisation, { organisation });
    return id;
  }

  private async askTheJudge(organisation: string, bodies: readonly Uint8Array[]): Promise<void> {
    let failure: Pick<DryRunFailure, 'code' | 'pointer' | 'facts'> | undefined;
    try {
      const { results } = await this.nodes.dryRun(organisation, [{ bodies, proceed: false }]);
      failure = results[0]?.failures[0];
    } catch (error) {
      if (error instanceof NodeUnavailable)
        throw unavailable('NODES_UNAVAILABLE', 'No node of the consortium answers at the moment.', 3, error);
      if (!(error instanceof NodeRefusal)) throw error;
      failure = error;
    }
    if (failure === undefined) return;
    const { code, pointer, facts } = failure;
    throw new ProblemError('against-the-rules', {
      code,
      detail: `The ledger would refuse it by its rule ${code}.`,
      howToFix: 'Look the rule up in docs/protocol/ledger.md and correct what the facts name.',
      pointer,
      facts,
    });
  }
}
