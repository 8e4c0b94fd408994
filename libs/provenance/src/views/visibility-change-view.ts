import { visibilityWords } from '../module/decoded-bodies.js';
import { ledgerEventTypes } from '../module/ledger-events.js';
import { recordOf } from './provenance-record.js';
import type { VisibilityChangeRow } from './rows.js';
import type { View } from './view.js';

/** Every change of who may see a record, as it was signed: what the signed bytes of the record itself do not say. */
export const visibilityChangeView: View<VisibilityChangeRow> = {
  table: {
    name: 'visibility_change',
    columns: [
      { name: 'event_key', type: 'text' },
      { name: 'height', type: 'bigint' },
      { name: 'tx_index', type: 'integer' },
      { name: 'body_index', type: 'integer' },
      { name: 'tx_id', type: 'text' },
      { name: 'signer', type: 'text' },
      { name: 'visibility', type: 'integer' },
      { name: 'changed_at', type: 'timeMs' },
      { name: 'content', type: 'bytes' },
    ],
    primaryKey: ['event_key', 'height', 'tx_index', 'body_index'],
    indexes: [],
  },
  eventTypes: [ledgerEventTypes.visibilityChanged],
  keysOf: () => [],
  fold(inputs) {
    const upserts: VisibilityChangeRow[] = [];
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'visibilityChanged') continue;
      upserts.push({
        event_key: record.content.eventKey,
        height: input.height,
        tx_index: input.txIndex,
        body_index: input.bodyIndex,
        tx_id: input.txId,
        signer: input.sender,
        visibility: visibilityWords[record.content.visibility],
        changed_at: input.blockTimeMs,
        content: input.body.content,
      });
    }
    return { upserts, deletes: [] };
  },
};
