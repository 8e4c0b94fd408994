import { Inject, Injectable } from '@nestjs/common';
import { Visibility } from '@waymark/ledger/chain';
import { randomInt, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SAMPLE_LOCK_CLASS } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { organisationOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Act, ProvenanceService } from '../provenance/provenance.service.js';
import { sampleDocument, withdrawalOf, type SampleDocument } from './sample-document.js';
import { type SampleRow, SampleQuery } from './sample.query.js';

const bytes = (document: SampleDocument) => Buffer.from(JSON.stringify(document), 'utf8');

/** Loads and removes the sample data of an organisation, as captures of its own like any other. */
@Injectable()
export class SampleService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly provenance: ProvenanceService,
    private readonly samples: SampleQuery,
    private readonly organisations: Organisations,
  ) {}

  /** @throws ProblemError 409 SAMPLE_ALREADY_LOADED, 422 SAMPLE_NO_PREFIX */
  async load(context: RequestContext): Promise<void> {
    const organisation = organisationOf(context);
    await this.alone(organisation, alreadyLoaded, () => this.loadFor(context, organisation));
  }

  /**
   * One at a time in each organisation: a second load at the same moment would capture sample events that no row knows, so that nobody
   * could withdraw them. Whoever comes second is told at once.
   */
  private async alone(organisation: string, busy: () => ProblemError, work: () => Promise<void>): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [lock] = await manager.query<{ mine: boolean }[]>(
        `SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS mine`,
        [SAMPLE_LOCK_CLASS, organisation],
      );
      if (lock?.mine !== true) throw busy();
      await work();
    });
  }

  private async loadFor(context: RequestContext, organisation: string): Promise<void> {
    const prefix = this.organisations.find(organisation)?.companyPrefixes[0];
    if (prefix === undefined)
      throw new ProblemError('against-the-rules', {
        code: 'SAMPLE_NO_PREFIX',
        detail: 'Your organisation has no GS1 company prefix in this consortium, so nothing can be numbered as yours.',
        howToFix: 'Look at the sample with a person of a company that has one.',
      });
    const standing = await this.samples.latest(organisation);
    if (standing !== undefined && !(await this.samples.isGone(standing))) throw alreadyLoaded();
    const now = new Date();
    const { document, items } = sampleDocument(prefix, runName(), now);
    const loadJob = await this.capture(organisation, document, 'Sample data', now, {
      context,
      action: 'sample.loaded',
      facts: { events: document.epcisBody.eventList.length },
    });
    try {
      // One that was refused stands for nothing; it makes room.
      await this.database.transaction(async (manager) => {
        if (standing !== undefined && standing.removeJob === null)
          await manager.query(`DELETE FROM sample WHERE id = $1`, [standing.id]);
        await manager.query(
          `INSERT INTO sample (id, organisation, items, document, load_job, loaded_at) VALUES ($1, $2, $3, $4, $5, $6)`,
          [randomUUID(), organisation, JSON.stringify(items), JSON.stringify(document), loadJob, now],
        );
      });
    } catch (error) {
      if ((error as { driverError?: { code?: unknown } } | null)?.driverError?.code === '23505') throw alreadyLoaded();
      throw error;
    }
  }

  /** @throws ProblemError 409 SAMPLE_NOT_LOADED, SAMPLE_STILL_LOADING */
  async remove(context: RequestContext): Promise<void> {
    const organisation = organisationOf(context);
    await this.alone(organisation, notLoaded, () => this.removeFor(context, organisation));
  }

  private async removeFor(context: RequestContext, organisation: string): Promise<void> {
    const standing = await this.samples.latest(organisation);
    const { state } = await this.samples.state(organisation);
    // A removal that failed is tried again; one that runs, or is final, is not.
    if (standing === undefined || state === 'removing' || state === 'removed') throw notLoaded();
    if (standing.removeJob === null && state === 'failed') throw notLoaded();
    if (state === 'loading')
      throw new ProblemError('conflict', {
        code: 'SAMPLE_STILL_LOADING',
        detail: 'The sample data is still being loaded.',
        howToFix: 'Wait until it is final, then remove it.',
      });
    await this.withdraw(context, organisation, standing);
  }

  private async withdraw(context: RequestContext, organisation: string, standing: SampleRow): Promise<void> {
    const now = new Date();
    const removeJob = await this.capture(
      organisation,
      withdrawalOf(standing.document, now),
      'Sample data withdrawn',
      now,
      { context, action: 'sample.removed' },
    );
    await this.database.query(
      `UPDATE sample SET remove_job = $2, removed_at = $3 WHERE id = $1 AND remove_job IS NOT DISTINCT FROM $4`,
      [standing.id, removeJob, now, standing.removeJob],
    );
  }

  /** The act stands in the audit log exactly when the capture is kept. */
  private async capture(
    organisation: string,
    document: SampleDocument,
    label: string,
    now: Date,
    act: Act,
  ): Promise<string> {
    const { id } = await this.provenance.capture(
      organisation,
      bytes(document),
      {
        proceed: false,
        visibility: Visibility.OWN,
        idempotencyKey: undefined,
        label,
        fileName: undefined,
        upload: undefined,
      },
      now.getTime(),
      act,
    );
    return id;
  }
}

/** Four letters and digits that cannot be mistaken for one another. */
function runName(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
}

function notLoaded(): ProblemError {
  return new ProblemError('conflict', {
    code: 'SAMPLE_NOT_LOADED',
    detail: 'There is no sample data to remove.',
    howToFix: 'Load the page again; somebody else may have removed it.',
  });
}

function alreadyLoaded(): ProblemError {
  return new ProblemError('conflict', {
    code: 'SAMPLE_ALREADY_LOADED',
    detail: 'The sample data is loaded already.',
    howToFix: 'Look at it, or remove it first.',
  });
}
