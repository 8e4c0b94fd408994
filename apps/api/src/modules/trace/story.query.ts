import { Inject, Injectable } from '@nestjs/common';
import { inChainOrder, type StoryAnswer } from '@waymark/provenance/trace';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';
import { productOf, readableMasterData } from './names.query.js';
import { TraceQuery } from './trace.query.js';

interface RecordRow {
  readonly tx_id: string;
  readonly body_index: number;
  readonly height: string;
  readonly signer: string;
  readonly content: Buffer;
  readonly context: Buffer | null;
}

interface EventRow {
  readonly event_key: string;
  readonly event_hash: string;
  readonly declared_in_error: boolean;
}

type StoryRecordAnswer = StoryAnswer['records'][number];

/** The signed records that tell where an item comes from: what the scan page shows and the evidence file proves. */
@Injectable()
export class StoryQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly traces: TraceQuery,
    private readonly organisations: Organisations,
  ) {}

  /** `both` tells also what became of the item; the page and its proof tell only where it comes from. */
  async story(item: string, viewer: Viewer, direction: 'upstream' | 'both' = 'upstream'): Promise<StoryAnswer> {
    const { trace, disclosed } = await this.traces.disclosedTrace(item, direction, viewer);
    const shown = trace.steps.filter(({ eventKey }) => disclosed.get(eventKey) === 'full');
    const events = await this.events(
      shown.map(({ eventHash }) => eventHash),
      viewer,
    );
    const ids = new Set([
      item,
      ...productOf(item),
      ...shown.flatMap((step) =>
        [...step.itemsIn, ...step.itemsOut].flatMap((named) => [named.item, ...productOf(named.item)]),
      ),
      ...shown.flatMap(({ place }) => place ?? []),
    ]);
    const parties = await this.parties(shown.map(({ eventKey }) => eventKey));
    const masterData = await this.masterData([...ids, ...parties], viewer);
    const changes = await this.visibilityChanges(events.map(({ eventKey }) => eventKey));
    const records = [...masterData, ...events.map(({ record }) => record), ...changes].sort(inChainOrder);
    return {
      subject: item,
      records,
      organisations: Object.fromEntries(
        this.organisations.all.map(({ account, names, companyPrefixes }) => [account, { ...names, companyPrefixes }]),
      ),
      truncated: trace.truncated,
    };
  }

  /**
   * The events, and what was later declared about them. An event that was withdrawn is told with its withdrawal or not at all: one
   * whose declaration the viewer may not see would look as if it held.
   */
  private async events(
    hashes: readonly string[],
    viewer: Viewer,
  ): Promise<{ eventKey: string; record: StoryRecordAnswer }[]> {
    const sql = new Parameters();
    const rows = await this.database.query<(RecordRow & EventRow)[]>(
      `SELECT e.event_key, e.event_hash, e.declared_in_error, e.tx_id, e.body_index, e.height, e.signer, e.content, e.context FROM epcis_event e
       WHERE e.event_hash = ANY(${sql.add(hashes)}::text[]) AND ${shownInFull(viewer, sql)}`,
      sql.values,
    );
    const shown = new Set(rows.map(({ event_key }) => event_key));
    return rows
      .filter(({ declared_in_error, event_hash }) => !declared_in_error || shown.has(`${event_hash}-error`))
      .map((row) => ({ eventKey: row.event_key, record: recordAnswer(row, 'epcis.event') }));
  }

  /** The last change of who may see each of these: the events' own bytes do not say it. */
  private async visibilityChanges(eventKeys: readonly string[]): Promise<StoryRecordAnswer[]> {
    const rows = await this.database.query<RecordRow[]>(
      `SELECT DISTINCT ON (event_key) tx_id, body_index, height, signer, content, NULL::bytea AS context FROM visibility_change
       WHERE event_key = ANY($1::text[]) ORDER BY event_key, height DESC, tx_index DESC, body_index DESC`,
      [eventKeys],
    );
    return rows.map((row) => recordAnswer(row, 'provenance.visibility'));
  }

  private async parties(keys: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ party: string }[]>(
      `SELECT DISTINCT party FROM party_named WHERE event_key = ANY($1::text[])`,
      [keys],
    );
    return rows.map(({ party }) => party);
  }

  private async masterData(ids: readonly string[], viewer: Viewer): Promise<StoryRecordAnswer[]> {
    const sql = new Parameters();
    const rows = await this.database.query<RecordRow[]>(
      `SELECT m.tx_id, m.body_index, m.height, m.signer, m.content, m.context FROM master_data m WHERE m.id = ANY(${sql.add(ids)}::text[]) AND ${readableMasterData(viewer, sql)}`,
      sql.values,
    );
    return rows.map((row) => recordAnswer(row, 'epcis.masterdata'));
  }
}

function recordAnswer(row: RecordRow, kind: StoryRecordAnswer['kind']): StoryRecordAnswer {
  return {
    txId: row.tx_id,
    bodyIndex: row.body_index,
    height: Number(row.height),
    kind,
    sender: row.signer,
    content: row.content.toString('base64'),
    ...(row.context !== null && { context: row.context.toString('base64') }),
  };
}
