import { describe, expect, it } from '@jest/globals';
import { portableHashing } from '@waymark/accel/portable';
import { utf8 } from '@waymark/ledger/primitives';
import type { StoryRecord } from './story-record.js';
import { tellStory } from './tell-story.js';

const LOT = 'https://id.gs1.org/01/09521005001010/10/L1';
const FISH = 'https://id.gs1.org/01/09521003001012/10/F1';
const CAN = 'https://id.gs1.org/01/09521005001010/21/C1';

let height = 0;
function event(sender: string, fields: object): StoryRecord {
  height += 1;
  const content = {
    action: 'OBSERVE',
    type: 'ObjectEvent',
    eventTime: `2026-01-01T00:00:${String(height % 60).padStart(2, '0')}Z`,
    eventTimeZoneOffset: '+08:00',
    ...fields,
  };
  return {
    txId: String(height).padStart(64, '0'),
    bodyIndex: 0,
    height,
    kind: 'epcis.event',
    sender,
    content: utf8(JSON.stringify(content)),
  };
}
function masterData(sender: string, id: string, en: string): StoryRecord {
  height += 1;
  const element = { id, attributes: [{ id: 'urn:epcglobal:cbv:mda#name', attribute: en }] };
  return {
    txId: String(height).padStart(64, '0'),
    bodyIndex: 0,
    height,
    kind: 'epcis.masterdata',
    sender,
    content: utf8(JSON.stringify({ type: 'urn:epcglobal:epcis:vtype:EPCClass', element })),
  };
}

const caught = event('fisherman', {
  action: 'ADD',
  bizStep: 'urn:gdst:bizStep:fishingEvent',
  quantityList: [{ epcClass: FISH, quantity: 5, uom: 'KGM' }],
});
const canned = event('processor', {
  type: 'TransformationEvent',
  action: undefined,
  bizStep: 'commissioning',
  inputQuantityList: [{ epcClass: FISH, quantity: 5, uom: 'KGM' }],
  outputQuantityList: [{ epcClass: LOT, quantity: 10 }],
  outputEPCList: [CAN],
});
const elsewhere = event('fisherman', {
  bizStep: 'shipping',
  quantityList: [{ epcClass: 'https://id.gs1.org/01/09521003001012/10/F2', quantity: 5, uom: 'KGM' }],
});
const records = [elsewhere, canned, caught];

describe('a story told from signed records', () => {
  it('holds what leads to the item, in the order of time, and nothing else', () => {
    const told = tellStory(CAN, records, portableHashing);
    expect(told.known).toBe(true);
    expect(
      told.steps.map(({ kind, signer, record, timeZoneOffset }) => [kind, signer, record, timeZoneOffset]),
    ).toEqual([
      ['catch', 'fisherman', caught, '+08:00'],
      ['transform', 'processor', canned, '+08:00'],
    ]);
  });

  it('is the same in whatever order the records come', () => {
    const keys = (list: readonly StoryRecord[]) =>
      tellStory(CAN, list, portableHashing).steps.map(({ eventKey }) => eventKey);
    expect(keys([...records].reverse())).toEqual(keys(records));
  });

  it('knows nothing of an item that no record names', () => {
    expect(tellStory('https://id.gs1.org/01/09521005001010/21/C9', records, portableHashing)).toMatchObject({
      known: false,
      steps: [],
    });
  });

  it('tells an event with two witnesses once', () => {
    const again = { ...caught, sender: 'importer', height: 99, txId: 'ff' };
    expect(tellStory(CAN, [...records, again], portableHashing).steps.map(({ signers }) => signers)).toEqual([
      ['fisherman', 'importer'],
      ['processor'],
    ]);
  });

  it('leaves out what its own signer took back, and keeps what another calls wrong', () => {
    const declaration = (sender: string): StoryRecord => {
      const value = JSON.parse(new TextDecoder().decode(caught.content)) as object;
      return {
        ...event(sender, {}),
        content: utf8(JSON.stringify({ ...value, errorDeclaration: { declarationTime: '2026-02-01T00:00:00Z' } })),
      };
    };
    expect(
      tellStory(CAN, [...records, declaration('fisherman')], portableHashing).steps.map(({ kind }) => kind),
    ).toEqual(['transform']);
    expect(
      tellStory(CAN, [...records, declaration('importer')], portableHashing).steps.map(({ kind }) => kind),
    ).toEqual(['catch', 'transform']);
  });

  it('calls a thing as the preferred account does, else as who named it first, by that account’s last word', () => {
    const gtin = 'https://id.gs1.org/01/09521005001010';
    const told = tellStory(
      CAN,
      [
        ...records,
        masterData('importer', gtin, 'Imported tuna'),
        masterData('processor', gtin, 'Tuna'),
        masterData('processor', gtin, 'Tuna, new'),
      ],
      portableHashing,
    );
    expect(told.nameOf(gtin, 'processor')?.en).toBe('Tuna, new');
    expect(told.nameOf(gtin, 'stranger')?.en).toBe('Imported tuna');
    expect(told.nameOf('https://id.gs1.org/01/09521003001012', 'processor')).toBeUndefined();
  });

  it('passes over records that are no events', () => {
    const broken: StoryRecord[] = ['', '{', '[]', '{"type":"Other"}', '{"type":"ObjectEvent"}'].map((text) => ({
      ...event('x', {}),
      content: utf8(text),
    }));
    const noContext: StoryRecord = { ...caught, txId: 'ee', context: utf8('{') };
    expect(tellStory(CAN, [...records, ...broken, noContext], portableHashing).steps).toHaveLength(2);
  });
});
