import { Inject, Injectable } from '@nestjs/common';
import { canonicalId } from '@waymark/epcis/gs1';
import { cbvWord } from '@waymark/provenance/domain';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { DATABASE } from '../../platform/tokens.js';
import { NamesQuery, productOf } from '../trace/names.query.js';
import { type CaptureJobAnswer, CaptureJobsQuery } from './capture-jobs.query.js';
import type { EventFacts } from './commands/event-facts.js';
import { eventsOfBodies, signedBodies, storedBodies } from './commands/events-of-bodies.js';
import type { CaptureJobEventsAnswer, captureJobEventsQuery } from './dto/capture-answers.js';
import type { BodyOrigin, RefusedEvent } from './entities/capture-job.entity.js';

type Facts = NonNullable<CaptureJobEventsAnswer['events'][number]['facts']>;

interface ViewRow {
  readonly body_index: number;
  readonly record: 'event' | 'errorDeclaration';
  readonly type: string;
  readonly action: string | null;
  readonly biz_step: string | null;
  readonly disposition: string | null;
  readonly biz_location: string | null;
  readonly read_point: string | null;
  readonly event_time: string;
  readonly declared_in_error: boolean;
  readonly item_count: string;
  readonly first_item: string | null;
}

/** What the events of a capture job are: from the view where they are final, else from what waits to be signed or was signed, else from what is kept of refused ones. */
@Injectable()
export class CaptureJobEvents {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly jobs: CaptureJobsQuery,
    private readonly names: NamesQuery,
  ) {}

  /** A job of another organisation answers like one that does not exist. */
  async page(
    id: string,
    organisation: string,
    { state, from, perPage }: z.infer<typeof captureJobEventsQuery>,
    viewer: Viewer,
  ): Promise<CaptureJobEventsAnswer> {
    const job = await this.jobs.one(id, organisation);
    const chosen = job.events.filter((event) => state === undefined || event.state === state);
    const ahead = chosen.filter(({ index }) => index >= from);
    const page = ahead.slice(0, perPage);
    const facts = await this.factsOf(job, new Set(page.map(({ index }) => index)));
    const ids = [...facts.values()].flatMap(({ bizLocation, readPoint, firstItem }) => [
      ...[bizLocation, readPoint].filter((place) => place !== undefined),
      ...(firstItem === undefined ? [] : [firstItem, ...productOf(firstItem)]),
    ]);
    return {
      events: page.map((event) => {
        const known = facts.get(event.index);
        return { ...event, ...(known !== undefined && { facts: known }) };
      }),
      total: chosen.length,
      next: ahead[perPage]?.index ?? null,
      names: await this.names.of(ids, viewer),
    };
  }

  private async factsOf(job: CaptureJobAnswer, wanted: ReadonlySet<number>): Promise<Map<number, Facts>> {
    const found = new Map<number, Facts>();
    if (wanted.size === 0) return found;
    const [stored] = await this.database.query<{ origins: BodyOrigin[]; refused: RefusedEvent[]; bodies: Buffer }[]>(
      `SELECT origins, refused_events AS refused, bodies FROM capture_job WHERE id = $1`,
      [job.captureID],
    );
    if (stored === undefined) return found;
    const add = (index: number | undefined, facts: () => Facts) => {
      if (index !== undefined && wanted.has(index) && !found.has(index)) found.set(index, facts());
    };
    const places = stored.origins.flatMap(({ index }, body) =>
      index !== undefined && wanted.has(index) ? [body] : [],
    );
    for (const row of await this.finalOnes(job, places))
      add(stored.origins[row.body_index]?.index, () => factsOfRow(row));
    for (const { index, ...facts } of stored.refused) add(index, () => canonical(facts));
    if (found.size === wanted.size) return found;
    // Signed and not final, refused on the ledger, or final as another's event: the view has none of these.
    const bodies = stored.bodies.length > 0 ? storedBodies(stored.bodies) : await this.signedOnes(job.captureID);
    for (const { index, ...facts } of eventsOfBodies(bodies, stored.origins)) add(index, () => canonical(facts));
    return found;
  }

  /** The events that this job's transaction was the first to capture. They are the asker's own: nobody else finds the job. */
  private async finalOnes({ height, txId }: CaptureJobAnswer, places: readonly number[]): Promise<ViewRow[]> {
    if (height === undefined || txId === undefined) return [];
    return this.database.query<ViewRow[]>(
      `SELECT e.body_index, e.record, e.type, e.action, e.biz_step, e.disposition, e.biz_location, e.read_point, e.event_time, e.declared_in_error,
         coalesce(i.n, 0) AS item_count, i.first AS first_item
       FROM epcis_event e LEFT JOIN LATERAL (
         SELECT count(*) AS n, (array_agg(item ORDER BY role = 'parent', ordinal))[1] AS first FROM event_item
         WHERE event_key = e.event_key AND NOT implied AND role <> 'transformation') i ON true
       WHERE e.height = $1 AND e.tx_id = $2 AND e.body_index = ANY($3::int[])`,
      [height, txId, places],
    );
  }

  private async signedOnes(jobId: string) {
    const [last] = await this.database.query<{ transaction: Buffer }[]>(
      `SELECT transaction FROM outbox WHERE job_id = $1 ORDER BY seq DESC LIMIT 1`,
      [jobId],
    );
    return last === undefined ? [] : signedBodies(last.transaction);
  }
}

function factsOfRow(row: ViewRow): Facts {
  const given = {
    action: row.action,
    bizStep: row.biz_step,
    disposition: row.disposition,
    readPoint: row.read_point,
    bizLocation: row.biz_location,
    firstItem: row.first_item,
  };
  return {
    type: row.type,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    eventTime: new Date(Number(row.event_time)).toISOString(),
    itemCount: Number(row.item_count),
    ...(row.record === 'errorDeclaration' && { errorDeclaration: true }),
    withdrawn: row.declared_in_error,
  };
}

/** As the view writes it; what is no identifier stays as it was sent. */
function canonical({ bizStep, disposition, readPoint, bizLocation, firstItem, ...facts }: EventFacts): Facts {
  return {
    ...facts,
    ...(bizStep !== undefined && { bizStep: cbvWord(bizStep) }),
    ...(disposition !== undefined && { disposition: cbvWord(disposition) }),
    ...(readPoint !== undefined && { readPoint: canonicalId(readPoint) }),
    ...(bizLocation !== undefined && { bizLocation: canonicalId(bizLocation) }),
    ...(firstItem !== undefined && { firstItem: canonicalId(firstItem) }),
    withdrawn: false,
  };
}
