import { Inject, Injectable } from '@nestjs/common';
import { encodeBody, Visibility } from '@waymark/ledger/chain';
import { utf8 } from '@waymark/ledger/primitives';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CHAIN_FACTS, type ChainFacts } from '../../chain/genesis.js';
import { packBodies } from '../../chain/submission/stored-bodies.js';
import { SIGN_QUEUE, type SignJob } from '../../chain/submission/queue-names.js';
import { Queues, type WorkQueue } from '../../platform/queue/queues.js';
import { DATABASE, QUEUES } from '../../platform/tokens.js';
import { type CaptureCommand, captureCommand, type CaptureOptions } from './commands/capture-command.js';
import { CaptureJobEntity } from './entities/capture-job.entity.js';

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
  ) {
    this.signing = queues.queue<SignJob>(SIGN_QUEUE);
  }

  /** Returns the job's id. Throws a problem for what is no EPCIS document; nothing is stored then. */
  async capture(organisation: string, body: Uint8Array, options: CaptureOptions): Promise<string> {
    const command = captureCommand(body, options, this.chain.genesis.parameters.maxTxBytes);
    return this.store(organisation, 'capture', command, options.proceed);
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
      { bodies: [body], origins: [{ pointer: '' }], eventCount: 0, errors: [], warnings: [] },
      false,
    );
  }

  private async store(
    organisation: string,
    kind: CaptureJobEntity['kind'],
    command: CaptureCommand,
    proceed: boolean,
  ): Promise<string> {
    const id = randomUUID();
    const now = new Date();
    const finished = command.bodies.length === 0;
    await this.database.getRepository(CaptureJobEntity).insert({
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
      success: command.errors.length === 0,
      txId: null,
      height: null,
      createdAt: now,
      finishedAt: finished ? now : null,
    });
    // The row is the ticket; the queue only makes it quick.
    if (!finished) this.signing.wake(organisation, { organisation });
    return id;
  }
}
