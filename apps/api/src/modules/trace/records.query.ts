import { Inject, Injectable } from '@nestjs/common';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';

export interface RecordFacts {
  readonly eventKey: string;
  readonly eventID: string;
  readonly signer: string;
  readonly eventTime: string;
  readonly recordTime: string;
  readonly height: number;
  readonly txId: string;
  readonly bodyIndex: number;
}

interface Row {
  readonly event_key: string;
  readonly event_hash: string;
  readonly signer: string;
  readonly event_time: string;
  readonly record_time: string;
  readonly height: string;
  readonly tx_id: string;
  readonly body_index: number;
}

/** Where on the ledger a record stands that the viewer may read in full. */
@Injectable()
export class RecordsQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  async of(keys: readonly string[], viewer: Viewer): Promise<ReadonlyMap<string, RecordFacts>> {
    if (keys.length === 0) return new Map();
    const sql = new Parameters();
    const rows = await this.database.query<Row[]>(
      `SELECT e.event_key, e.event_hash, e.signer, e.event_time, e.record_time, e.height, e.tx_id, e.body_index FROM epcis_event e
       WHERE e.event_key = ANY(${sql.add([...new Set(keys)])}::text[]) AND ${shownInFull(viewer, sql)}`,
      sql.values,
    );
    return new Map(
      rows.map((row) => [
        row.event_key,
        {
          eventKey: row.event_key,
          eventID: `ni:///sha-256;${row.event_hash}?ver=CBV2.0`,
          signer: row.signer,
          eventTime: new Date(Number(row.event_time)).toISOString(),
          recordTime: new Date(Number(row.record_time)).toISOString(),
          height: Number(row.height),
          txId: row.tx_id,
          bodyIndex: row.body_index,
        },
      ]),
    );
  }
}
