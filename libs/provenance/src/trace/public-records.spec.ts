import { describe, expect, it } from '@jest/globals';
import { portableHashing } from '@waymark/accel/portable';
import { utf8 } from '@waymark/ledger/primitives';
import { eventKeyOf } from '../domain/derive-facts.js';
import { publicRecords, type SeenRecord } from './public-records.js';
import { factsOf } from './record-facts.js';
import type { StoryRecord } from './story-record.js';

const record = (height: number, kind: StoryRecord['kind'], value: object): StoryRecord => ({
  txId: String(height).padStart(64, '0'),
  bodyIndex: 0,
  height,
  kind,
  sender: 'maker',
  content: utf8(JSON.stringify(value)),
});
const event = record(1, 'epcis.event', {
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: '2026-01-01T00:00:00Z',
  eventTimeZoneOffset: '+00:00',
  epcList: ['https://id.gs1.org/01/09521005001010/21/C1'],
});
const facts = factsOf(event, portableHashing);
const eventKey = facts === undefined ? '' : eventKeyOf(facts);
const change = (height: number, visibility: string, key = eventKey): SeenRecord => ({
  record: record(height, 'provenance.visibility', { eventKey: key, visibility }),
  visibility: 1,
});
const isTold = (visibility: number, ...changes: SeenRecord[]) =>
  publicRecords([{ record: event, visibility }, ...changes], portableHashing).includes(event);

describe('records for everybody', () => {
  it('are those that their own bytes call public', () => {
    expect([1, 2, 3].map((visibility) => isTold(visibility))).toEqual([true, false, false]);
  });

  it('are those that a later record opened, without those that one closed, in whatever order the file has them', () => {
    expect(isTold(3, change(2, 'public'))).toBe(true);
    expect(isTold(1, change(2, 'partners'))).toBe(false);
    expect(isTold(1, change(5, 'own'), change(4, 'public'))).toBe(false);
    expect(isTold(3, change(5, 'public'), change(4, 'own'))).toBe(true);
  });

  it('are not opened by a change of another record', () => {
    expect(isTold(2, change(2, 'public', `${eventKey}-error`))).toBe(false);
  });

  it('take the narrower of two changes in one block, whose order a file does not tell', () => {
    expect(isTold(1, change(2, 'public'), change(2, 'own'))).toBe(false);
    expect(isTold(1, change(2, 'own'), change(2, 'public'))).toBe(false);
  });
});
