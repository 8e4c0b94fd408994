import { BYTE_ORDER_MARK, csvRows } from '../../platform/files/csv.js';
import type { RegulatorEvent, RegulatorEvents } from './dto/regulator-schemas.js';

const COLUMNS = [
  'eventTime',
  'recordTime',
  'signer',
  'signerName',
  'type',
  'record',
  'action',
  'step',
  'disposition',
  'place',
  'placeName',
  'readPoint',
  'items',
  'itemCount',
  'visibility',
  'withdrawn',
  'warnings',
  'witnesses',
  'height',
  'txId',
  'bodyIndex',
  'eventID',
];

/**
 * The events as CSV (RFC 4180, UTF-8 with a byte order mark, as spreadsheets like it). A text that a spreadsheet would take for a
 * formula stands behind an apostrophe.
 */
export function eventTable(
  events: readonly RegulatorEvent[],
  names: RegulatorEvents['names'],
  organisations: RegulatorEvents['organisations'],
): string {
  return (
    BYTE_ORDER_MARK +
    csvRows([
      COLUMNS,
      ...events.map((event) => [
        event.eventTime,
        event.recordTime,
        event.signer,
        organisations[event.signer]?.en ?? '',
        event.type,
        event.record,
        event.action ?? '',
        event.step ?? '',
        event.disposition ?? '',
        event.place ?? '',
        (event.place === null ? undefined : names[event.place]?.en) ?? '',
        event.readPoint ?? '',
        event.items.map(({ id }) => id).join(' '),
        String(event.itemCount),
        event.visibility,
        event.withdrawn ? 'yes' : 'no',
        event.warnings.map(({ code }) => code).join(' '),
        event.witnesses.join(' '),
        String(event.height),
        event.txId,
        String(event.bodyIndex),
        event.eventID,
      ]),
    ])
  );
}
