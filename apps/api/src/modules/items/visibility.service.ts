import { Inject, Injectable } from '@nestjs/common';
import type { VisibilityWord } from '@waymark/provenance/module';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { organisationOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { viewerOf } from '../../platform/http/viewer.js';
import { DATABASE } from '../../platform/tokens.js';
import { ProvenanceService } from '../provenance/provenance.service.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';
import { VISIBILITY_NAMES } from './dto/shapes.js';

/** Changes who may see records: through the ledger, as everything that others rely on. */
@Injectable()
export class VisibilityService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly provenance: ProvenanceService,
  ) {}

  /** Returns the job to follow, and how many records it changes; none when all of them are so already. */
  async change(
    context: RequestContext,
    eventKeys: readonly string[],
    visibility: VisibilityWord,
  ): Promise<{ job?: string; changes: number }> {
    const organisation = organisationOf(context);
    const wanted = [...new Set(eventKeys)];
    const sql = new Parameters();
    const rows = await this.database.query<{ event_key: string; signer: string; visibility: number }[]>(
      `SELECT e.event_key, e.signer, e.visibility FROM epcis_event e
       WHERE e.event_key = ANY(${sql.add(wanted)}::text[]) AND ${shownInFull(viewerOf(context), sql)}`,
      sql.values,
    );
    const known = new Map(rows.map((row) => [row.event_key, row]));
    const missing = wanted.findIndex((key) => !known.has(key));
    if (missing !== -1)
      throw notFound(
        'EVENT_UNKNOWN',
        `There is no record ${wanted[missing] ?? ''} that you may see.`,
        'Take the records from the history of the item.',
      );
    const foreign = rows.find(({ signer }) => signer !== organisation);
    if (foreign !== undefined)
      throw new ProblemError('forbidden', {
        code: 'VISIBILITY_NOT_YOURS',
        detail: `The record ${foreign.event_key} was captured by ${foreign.signer}; only that organisation may change who sees it.`,
        howToFix: `Ask ${foreign.signer} to change it, or choose only records of your own organisation.`,
        facts: { eventKey: foreign.event_key, owner: foreign.signer },
      });
    const changing = wanted.filter((key) => VISIBILITY_NAMES[known.get(key)?.visibility ?? 0] !== visibility);
    if (changing.length === 0) return { changes: 0 };
    const job = await this.provenance.changeVisibility(organisation, changing, visibility, {
      context,
      action: 'visibility.changed',
      facts: { visibility, records: changing.length },
    });
    return { job, changes: changing.length };
  }
}
