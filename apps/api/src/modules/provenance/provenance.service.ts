import { Inject, Injectable } from '@nestjs/common';
import { encodeBody, Visibility } from '@waymark/ledger/chain';
import { utf8 } from '@waymark/ledger/primitives';
import type { VisibilityWord } from '@waymark/provenance/module';
import { createHash, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { packBodies } from '../../chain/submission/stored-bodies.js';
import { SIGN_QUEUE, type SignJob } from '../../chain/submission/queue-names.js';
import { type AuditRecord, AuditLog } from '../../platform/audit/audit-log.js';
import { unitOfWork } from '../../platform/database/database.js';
import { Queues, type WorkQueue } from '../../platform/queue/queues.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { DATABASE, QUEUES } from '../../platform/tokens.js';
import { type CaptureCommand, captureCommand } from './commands/capture-command.js';
import type { CaptureHeaders } from './dto/capture-headers.js';
import { CaptureJobEntity } from './entities/capture-job.entity.js';

/** What the audit log says of an act whose target is the job that it makes. */
export type Act = Omit<AuditRecord, 'target'>;

/**
 * The write door: a command is judged by its shape, stored with its ticket in one unit of work, and queued. What the ledger
 * thinks of it is asked by the signing worker, in the order of the organisation's own captures.
 */
@Injectable()
export class ProvenanceService {
  private readonly signing: WorkQueue<SignJob>;

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(QUEUES) queues: Queues,
    @Inject(CHAIN_FACTS) private readonly chain: ChainFacts,
    private readonly audit: AuditLog,
  ) {
    this.signing = queues.queue<SignJob>(SIGN_QUEUE);
  }

  /**
   * Returns the job's id, and whether it is one of before. Throws a problem for what is no EPCIS document; nothing is stored then. Under an `Idempotency-Key` that was
   * used before, the same request gets the first job, another one a conflict. `act` is noted together with the job, where there is a new one.
   */
  async capture(
    organisation: string,
    body: Uint8Array,
    headers: CaptureHeaders,
    nowMs: number,
    act?: Act,
  ): Promise<{ id: string; repeated: boolean }> {
    const { idempotencyKey, proceed, visibility, upload } = headers;
    const requestHash =
      idempotencyKey === undefined
        ? undefined
        : createHash('sha256')
            .update(`${String(proceed)}\n${visibility}\n`)
            .update(body)
            .digest();
    const known = idempotencyKey && requestHash && (await this.earlier(organisation, idempotencyKey, requestHash));
    if (known) return { id: known, repeated: true };
    const command = captureCommand(body, { proceed, visibility, nowMs }, this.chain.genesis.parameters.maxTxBytes);
    try {
      const id = await this.store(organisation, 'capture', command, proceed, act, {
        label: headers.label ?? null,
        fileName: headers.fileName ?? null,
        idempotencyKey: idempotencyKey ?? null,
        requestHash: requestHash ?? null,
        ...(upload !== undefined && {
          uploadId: upload.id,
          uploadPart: upload.part,
          uploadParts: upload.parts,
          uploadFirstEvent: upload.firstEvent,
        }),
      });
      return { id, repeated: false };
    } catch (error) {
      // The same request twice at the same moment: the other one was first.
      const first =
        idempotencyKey !== undefined && requestHash !== undefined && isUniqueViolation(error)
          ? await this.earlier(organisation, idempotencyKey, requestHash)
          : undefined;
      if (first === undefined) throw error;
      return { id: first, repeated: true };
    }
  }

  private async earlier(organisation: string, idempotencyKey: string, hash: Buffer): Promise<string | undefined> {
    const job = await this.database
      .getRepository(CaptureJobEntity)
      .findOne({ select: { id: true, requestHash: true }, where: { organisation, idempotencyKey } });
    if (job === null) return undefined;
    if (job.requestHash?.equals(hash) === true) return job.id;
    throw new ProblemError('conflict', {
      code: 'CAPTURE_IDEMPOTENCY_KEY_USED',
      detail: 'Another document was captured under this Idempotency-Key.',
      howToFix: 'Send a new document under a new key; keep a key only to repeat the same request.',
      facts: { captureID: job.id },
    });
  }

  /** Switches ledger serialisation of a product on or off; the ledger decides whether the organisation may. */
  async switchSerialisation(organisation: string, gtin: string, enabled: boolean): Promise<string> {
    const body = encodeBody({
      kind: 'provenance.serialisation',
      content: utf8(JSON.stringify({ gtin, enabled })),
      visibility: Visibility.PUBLIC,
    });
    return this.store(
      organisation,
      'serialisation',
      { bodies: [body], origins: [{ pointer: '' }], eventCount: 0, errors: [], warnings: [], refusedEvents: [] },
      false,
      undefined,
    );
  }

  /** Changes who may see these records; the ledger decides whether the organisation may: only who captured one first. All or none. */
  async changeVisibility(
    organisation: string,
    eventKeys: readonly string[],
    visibility: VisibilityWord,
    act: Act,
  ): Promise<string> {
    const bodies = eventKeys.map((eventKey) =>
      encodeBody({
        kind: 'provenance.visibility',
        content: utf8(JSON.stringify({ eventKey, visibility })),
        visibility: Visibility.OWN,
      }),
    );
    const origins = eventKeys.map((_key, i) => ({ pointer: `/eventKeys/${i}` }));
    const command = { bodies, origins, eventCount: 0, errors: [], warnings: [], refusedEvents: [] };
    return this.store(organisation, 'visibility', command, false, act);
  }

  private async store(
    organisation: string,
    kind: CaptureJobEntity['kind'],
    command: CaptureCommand,
    proceed: boolean,
    act: Act | undefined,
    named: Partial<CaptureJobEntity> = {},
  ): Promise<string> {
    const id = randomUUID();
    const now = new Date();
    const finished = command.bodies.length === 0;
    await unitOfWork(this.database, async (manager) => {
      await manager.getRepository(CaptureJobEntity).insert({
        id,
        organisation,
        kind,
        state: finished ? 'done' : 'queued',
        proceed,
        bodies: packBodies(command.bodies),
        origins: [...command.origins],
        eventCount: command.eventCount,
        errors: [...command.errors],
        warnings: [...command.warnings],
        refusedEvents: [...command.refusedEvents],
        success: command.errors.length === 0,
        txId: null,
        height: null,
        createdAt: now,
        finishedAt: finished ? now : null,
        ...named,
      });
      if (act !== undefined) await this.audit.record({ ...act, target: id }, manager);
    });
    // The row is the ticket; the queue only makes it quick.
    if (!finished) this.signing.wake(organisation, { organisation });
    return id;
  }
}

/** Postgres says 23505 when a unique index holds the value already. */
function isUniqueViolation(error: unknown): boolean {
  return (error as { driverError?: { code?: unknown } } | null)?.driverError?.code === '23505';
}
