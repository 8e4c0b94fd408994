import { visibilityWords } from '../module/decoded-bodies.js';
import { witnessesMax } from '../module/state-records.js';
import { ledgerEventTypes } from '../module/ledger-events.js';
import { DistinctValues, isRetraction, recordOf } from './provenance-record.js';
import type { EpcisEventRow } from './rows.js';
import type { FoldInput, View } from './view.js';

const nullable = true;

function rowOf(input: FoldInput, record: ReturnType<typeof recordOf> & { type: 'captured' }): EpcisEventRow {
  const { facts, content, eventKey } = record;
  return {
    event_key: eventKey,
    event_hash: facts.eventHash,
    record: facts.record,
    height: input.height,
    tx_index: input.txIndex,
    body_index: input.bodyIndex,
    tx_id: input.txId,
    signer: input.sender,
    visibility: input.body.visibility,
    captured_visibility: input.body.visibility,
    content: input.body.content,
    context: input.context ?? null,
    type: facts.type,
    action: facts.action ?? null,
    event_time: facts.eventTimeMs,
    record_time: input.blockTimeMs,
    event_id: facts.eventID ?? null,
    biz_step: facts.bizStep ?? null,
    disposition: facts.disposition ?? null,
    biz_location: facts.bizLocation ?? null,
    read_point: facts.readPoint ?? null,
    transformation_id: facts.transformationID ?? null,
    error_declaration_time: facts.errorDeclaration?.declarationTimeMs ?? null,
    error_reason: facts.errorDeclaration?.reason ?? null,
    declared_in_error: false,
    warnings: content.warnings,
    witnesses: [witnessOf(input)],
    witness_count: 1,
  };
}

const witnessOf = ({ sender, height, txId, bodyIndex }: FoldInput) => ({ account: sender, height, txId, bodyIndex });

/** Every event and error declaration once, under its event hash, as first captured. */
export const epcisEventView: View<EpcisEventRow> = {
  table: {
    name: 'epcis_event',
    columns: [
      { name: 'event_key', type: 'text' },
      { name: 'event_hash', type: 'text' },
      { name: 'record', type: 'text' },
      { name: 'height', type: 'bigint' },
      { name: 'tx_index', type: 'integer' },
      { name: 'body_index', type: 'integer' },
      { name: 'tx_id', type: 'text' },
      { name: 'signer', type: 'text' },
      { name: 'visibility', type: 'integer' },
      { name: 'captured_visibility', type: 'integer' },
      { name: 'content', type: 'bytes' },
      { name: 'context', type: 'bytes', nullable },
      { name: 'type', type: 'text' },
      { name: 'action', type: 'text', nullable },
      { name: 'event_time', type: 'timeMs' },
      { name: 'record_time', type: 'timeMs' },
      { name: 'event_id', type: 'text', nullable },
      { name: 'biz_step', type: 'text', nullable },
      { name: 'disposition', type: 'text', nullable },
      { name: 'biz_location', type: 'text', nullable },
      { name: 'read_point', type: 'text', nullable },
      { name: 'transformation_id', type: 'text', nullable },
      { name: 'error_declaration_time', type: 'timeMs', nullable },
      { name: 'error_reason', type: 'text', nullable },
      { name: 'declared_in_error', type: 'boolean' },
      { name: 'warnings', type: 'json' },
      { name: 'witnesses', type: 'json' },
      { name: 'witness_count', type: 'integer' },
    ],
    primaryKey: ['event_key'],
    indexes: [
      ['event_time', 'event_key'],
      ['height', 'tx_index', 'body_index'],
      ['record_time', 'height'],
      ['event_id'],
      ['signer', 'event_time'],
      ['type', 'event_time'],
      ['biz_step', 'event_time'],
      ['disposition', 'event_time'],
      ['biz_location', 'event_time'],
      ['read_point', 'event_time'],
      ['transformation_id'],
    ],
    partial: [
      { where: "record = 'errorDeclaration'", columns: ['event_time', 'event_key'] },
      { where: "declared_in_error OR record = 'errorDeclaration'", columns: ['height', 'tx_index', 'body_index'] },
      { where: 'jsonb_array_length(warnings) > 0', columns: ['height', 'tx_index', 'body_index'] },
      { where: 'witness_count > 1', columns: ['height', 'tx_index', 'body_index'] },
    ],
  },
  eventTypes: [ledgerEventTypes.captured, ledgerEventTypes.witnessed, ledgerEventTypes.visibilityChanged],
  keysOf(inputs) {
    const keys = new DistinctValues();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type === 'witnessed') keys.add(record.eventKey);
      else if (record?.type === 'visibilityChanged') keys.add(record.content.eventKey);
      else if (record !== undefined && isRetraction(record) && record.type === 'captured')
        keys.add(record.facts.eventHash);
    }
    return [{ columns: ['event_key'], values: keys.list() }];
  },
  fold(inputs, existing) {
    const rows = new Map(existing.map((row) => [row.event_key, row]));
    const touched = new Set<string>();
    const put = (row: EpcisEventRow) => {
      rows.set(row.event_key, row);
      touched.add(row.event_key);
    };
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type === 'captured') {
        put(rowOf(input, record));
        const declared = isRetraction(record) ? rows.get(record.facts.eventHash) : undefined;
        if (declared !== undefined) put({ ...declared, declared_in_error: true });
      } else if (record?.type === 'witnessed') {
        const row = rows.get(record.eventKey);
        if (row === undefined) throw new Error(`a witness of an event that no row holds: ${record.eventKey}`);
        const isKept = row.witnesses.length < witnessesMax;
        put({
          ...row,
          witness_count: record.content.witnesses,
          witnesses: isKept ? [...row.witnesses, witnessOf(input)] : row.witnesses,
        });
      } else if (record?.type === 'visibilityChanged') {
        const { eventKey, visibility } = record.content;
        const row = rows.get(eventKey);
        if (row === undefined) throw new Error(`a change of who may see an event that no row holds: ${eventKey}`);
        put({ ...row, visibility: visibilityWords[visibility] });
      }
    }
    return { upserts: [...touched].flatMap((key) => rows.get(key) ?? []), deletes: [] };
  },
};
