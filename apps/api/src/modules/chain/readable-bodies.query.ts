import { Inject, Injectable } from '@nestjs/common';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';

export interface ReadableBody {
  readonly bodyIndex: number;
  readonly eventHash: string;
  readonly items: readonly string[];
}

const ITEMS_MAX = 20;

/** Which bodies of a final transaction somebody may read, and the items that they name. */
@Injectable()
export class ReadableBodiesQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  /** Events whose first capture stands at this place of the chain. */
  async at(height: number, txIndex: number, viewer: Viewer): Promise<ReadableBody[]> {
    const parameters = new Parameters();
    const where = `e.height = ${parameters.add(height)} AND e.tx_index = ${parameters.add(txIndex)} AND ${shownInFull(viewer, parameters)}`;
    const rows = await this.database.query<{ body_index: number; event_hash: string; items: string[] }[]>(
      `SELECT e.body_index, e.event_hash,
         ARRAY(SELECT i.item FROM event_item i WHERE i.event_key = e.event_key AND NOT i.implied ORDER BY i.ordinal LIMIT ${ITEMS_MAX}) AS items
       FROM epcis_event e WHERE ${where}`,
      parameters.values,
    );
    return rows.map(({ body_index, event_hash, items }) => ({ bodyIndex: body_index, eventHash: event_hash, items }));
  }
}
