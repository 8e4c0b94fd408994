import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { CaptureJobsQuery } from '../provenance/capture-jobs.query.js';
import type { SampleState } from './dto/sample-answers.js';
import type { SampleDocument, SampleItems } from './sample-document.js';

export interface SampleRow {
  readonly id: string;
  readonly organisation: string;
  readonly items: SampleItems;
  readonly document: SampleDocument;
  readonly loadJob: string;
  readonly loadedAt: Date;
  readonly removeJob: string | null;
  readonly removedAt: Date | null;
}

/** Where the sample data of an organisation is; its captures say how far they have come. */
@Injectable()
export class SampleQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly jobs: CaptureJobsQuery,
    private readonly organisations: Organisations,
  ) {}

  async latest(organisation: string): Promise<SampleRow | undefined> {
    const [row] = await this.database.query<SampleRow[]>(
      `SELECT id, organisation, items, document, load_job AS "loadJob", loaded_at AS "loadedAt",
              remove_job AS "removeJob", removed_at AS "removedAt"
         FROM sample WHERE organisation = $1 ORDER BY remove_job IS NULL DESC, loaded_at DESC LIMIT 1`,
      [organisation],
    );
    return row;
  }

  /** Whether nothing of it stands: its loading was refused, or its removal is final. While it is being removed, or could not be, it stands. */
  async isGone(sample: SampleRow): Promise<boolean> {
    const loading = await this.jobs.one(sample.loadJob, sample.organisation);
    if (loading.state === 'refused' || sample.removeJob === null) return loading.state === 'refused';
    return (await this.jobs.one(sample.removeJob, sample.organisation)).state === 'final';
  }

  async state(organisation: string): Promise<SampleState> {
    const hasPrefix = (this.organisations.find(organisation)?.companyPrefixes.length ?? 0) > 0;
    const row = await this.latest(organisation);
    if (row === undefined)
      return {
        state: 'none',
        canLoad: hasPrefix,
        hasPrefix,
        items: null,
        events: 0,
        captureID: null,
        loadedAt: null,
        removedAt: null,
      };
    const captureID = row.removeJob ?? row.loadJob;
    const job = await this.jobs.one(captureID, organisation);
    const doing = row.removeJob === null ? (['loading', 'loaded'] as const) : (['removing', 'removed'] as const);
    const state = job.running ? doing[0] : job.state === 'refused' ? 'failed' : doing[1];
    return {
      state,
      canLoad: hasPrefix && (state === 'removed' || (state === 'failed' && row.removeJob === null)),
      hasPrefix,
      items: state === 'removed' ? null : row.items,
      events: row.document.epcisBody.eventList.length,
      captureID,
      loadedAt: row.loadedAt.toISOString(),
      removedAt: row.removedAt?.toISOString() ?? null,
    };
  }
}
