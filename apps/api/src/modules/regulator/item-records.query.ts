import { Inject, Injectable } from '@nestjs/common';
import { inChainOrder } from '@waymark/provenance/trace';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { StoryQuery } from '../trace/story.query.js';
import type { RegulatorItem } from './dto/regulator-schemas.js';

const VIEWER: Viewer = { kind: 'regulator', account: '' };

/** What one evidence file may prove (the bounds of its readers, docs/protocol/formats.md section 6). */
const TRANSACTIONS_MAX = 2_000;
const RECORDS_MAX = 3_000;

type RecordName = RegulatorItem['records'][number];

/** Every record about an item, up- and downstream, with all its witnesses: what a regulator is shown and may have proven. */
@Injectable()
export class ItemRecordsQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly stories: StoryQuery,
  ) {}

  async records(item: string): Promise<RegulatorItem> {
    const story = await this.stories.story(item, VIEWER, 'both');
    const told = story.records.map(({ txId, bodyIndex, height, sender, kind }) => ({
      txId,
      bodyIndex,
      height,
      sender,
      kind,
    }));
    const known = new Map([...told, ...(await this.witnesses(told))].map((record) => [nameOf(record), record]));
    const all = [...known.values()].sort(inChainOrder);
    const records = within(all);
    return { item: story.subject, records, truncated: story.truncated || records.length < all.length };
  }

  /** Who captured the same events too, and where. */
  private async witnesses(records: readonly RecordName[]): Promise<RecordName[]> {
    const rows = await this.database.query<
      { account: string; height: string; tx_id: string; body_index: string; kind: string }[]
    >(
      `SELECT w->>'account' AS account, w->>'height' AS height, w->>'txId' AS tx_id, w->>'bodyIndex' AS body_index, 'epcis.event' AS kind
       FROM epcis_event e, jsonb_array_elements(e.witnesses::jsonb) AS w
       WHERE e.witness_count > 1 AND (e.tx_id, e.body_index) IN (SELECT * FROM unnest($1::text[], $2::int[]))`,
      [records.map(({ txId }) => txId), records.map(({ bodyIndex }) => bodyIndex)],
    );
    return rows.map((row) => ({
      txId: row.tx_id,
      bodyIndex: Number(row.body_index),
      height: Number(row.height),
      sender: row.account,
      kind: row.kind,
    }));
  }
}

const nameOf = ({ txId, bodyIndex }: RecordName) => `${txId}/${bodyIndex}`;

function within(records: readonly RecordName[]): RecordName[] {
  const transactions = new Set<string>();
  return records.slice(0, RECORDS_MAX).filter(({ txId }) => {
    if (transactions.size >= TRANSACTIONS_MAX && !transactions.has(txId)) return false;
    transactions.add(txId);
    return true;
  });
}
