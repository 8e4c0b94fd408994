import { describe, expect, it } from '@jest/globals';
import { at, atMs, gtin, lot, ProvenanceWorld, sscc, unit } from '../../../../test/support/provenance-world.js';
import { bodyKinds } from '../module/index.js';
import { provenanceViews } from './index.js';
import type { EpcisEventRow, EventItemRow, ItemRow, PartyNamedRow, TraceEdgeRow } from './index.js';

const can = unit('cans', '1');
const plant = 'urn:epc:id:sgln:9521235.00002.0';
const commissioning = {
  type: 'ObjectEvent',
  action: 'ADD',
  bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning',
  disposition: 'urn:epcglobal:cbv:disp:active',
  eventTime: at(1),
  eventID: 'urn:uuid:fe99e5a0-1f4b-4f7a-9d0b-000000000001',
  epcList: ['urn:epc:id:sgtin:9521235.000001.1'],
  quantityList: [{ epcClass: lot('cans', 'A'), quantity: 12.5, uom: 'KGM' }],
  bizLocation: { id: plant },
};
const shipping = {
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'shipping',
  eventTime: at(3),
  epcList: [can],
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:9521235.00001' }],
  destinationList: [{ type: 'urn:epcglobal:cbv:sdt:owning_party', destination: 'urn:epc:id:pgln:9521234.00001' }],
  'cbvmda:informationProvider': 'urn:example:party:agent',
};
const packing = {
  type: 'AggregationEvent',
  action: 'ADD',
  bizStep: 'packing',
  eventTime: at(2),
  parentID: sscc('1'),
  childEPCs: [can],
};

function told(): ProvenanceWorld {
  const world = new ProvenanceWorld();
  world.event('packer', commissioning, { visibility: 2 });
  world.event('packer', shipping);
  world.event('maker', shipping);
  world.event('packer', packing);
  world.event('packer', { ...packing, action: 'DELETE', bizStep: 'unpacking', childEPCs: [], eventTime: at(4) });
  world.event('packer', { ...packing, errorDeclaration: { declarationTime: at(5), reason: 'did_not_occur' } });
  world.serialise('packer', gtin.cans);
  const name = (text: string) => ({
    type: 'urn:epcglobal:epcis:vtype:Location',
    element: {
      id: plant,
      attributes: [
        { id: 'cbvmda:name', attribute: text },
        { id: 'cbvmda:name', attribute: { '@value': '工厂', '@language': 'zh-CN' } },
      ],
    },
  });
  world.send('packer', name('Plant'), { kind: bodyKinds.masterdata });
  world.send('packer', { ...name(''), element: { id: plant } }, { kind: bodyKinds.masterdata });
  world.send('packer', name('Cannery'), { kind: bodyKinds.masterdata });
  return world;
}
const world = told();

describe('the views', () => {
  it('keep an event with the fields that EPCIS filters ask for, in one spelling', () => {
    const [row] = world.rows<EpcisEventRow>('epcis_event');
    expect(row).toMatchObject({
      record: 'event',
      type: 'ObjectEvent',
      action: 'ADD',
      biz_step: 'commissioning',
      disposition: 'active',
      event_time: atMs(1),
      record_time: world.timeMs,
      event_id: commissioning.eventID,
      biz_location: 'https://id.gs1.org/414/9521235000029',
      signer: 'packer',
      visibility: 2,
      height: 1,
      declared_in_error: false,
    });
    expect(JSON.parse(new TextDecoder().decode(row?.content))).toMatchObject(commissioning);
  });

  it('keep who else captured it', () => {
    const row = world.rows<EpcisEventRow>('epcis_event').find(({ biz_step }) => biz_step === 'shipping');
    expect(row).toMatchObject({ signer: 'packer', witness_count: 2 });
    expect(row?.witnesses.map(({ account, height }) => [account, height])).toEqual([
      ['packer', 2],
      ['maker', 3],
    ]);
  });

  it('keep an error declaration beside its event, and mark the event', () => {
    const rows = world.rows<EpcisEventRow>('epcis_event').filter(({ biz_step }) => biz_step === 'packing');
    expect(rows.map(({ record, declared_in_error }) => [record, declared_in_error])).toEqual([
      ['event', true],
      ['errorDeclaration', false],
    ]);
    expect(rows[1]).toMatchObject({ event_key: `${rows[0]?.event_hash}-error`, error_reason: 'did_not_occur' });
    expect(world.rows<TraceEdgeRow>('trace_edge').map(({ kind }) => kind)).toEqual(['member', 'release']);
  });

  it('keep every item of an event, with its role, exact quantity and class', () => {
    const key = world.rows<EpcisEventRow>('epcis_event')[0]?.event_key;
    const items = world.rows<EventItemRow>('event_item').filter(({ event_key }) => event_key === key);
    expect(items.map(({ item, role, quantity, uom, gtin: own }) => [item, role, quantity, uom, own])).toEqual([
      [can, 'object', null, null, gtin.cans],
      [lot('cans', 'A'), 'object', '12.5', 'KGM', gtin.cans],
    ]);
  });

  it('keep the latest of an item by event time, not by the order of capture', () => {
    expect(world.rows<ItemRow>('item').find(({ id }) => id === can)).toMatchObject({
      first_event_time: atMs(1),
      last_event_time: atMs(3),
      biz_step: 'shipping',
      serial: '1',
    });
  });

  it('keep who is named, and whose prefix that is', () => {
    const parties = world.rows<PartyNamedRow>('party_named').filter(({ role }) => role !== 'bizLocation');
    expect(parties.map(({ party, role, direction, account }) => [party, role, direction, account])).toEqual([
      ['https://id.gs1.org/417/9521235000012', 'owning_party', 'source', 'packer'],
      ['https://id.gs1.org/417/9521234000013', 'owning_party', 'destination', 'maker'],
      ['urn:example:party:agent', 'informationProvider', 'none', null],
    ]);
  });

  it('keep names by language, the last word of each signer', () => {
    expect(world.rows<{ lang: string; text: string }>('name').map(({ lang, text }) => [lang, text])).toEqual([
      ['en', 'Cannery'],
      ['zh-CN', '工厂'],
    ]);
    expect(world.rows('master_data')).toHaveLength(1);
    expect(world.rows('serialised_product')).toMatchObject([{ gtin: gtin.cans, enabled: true, account: 'packer' }]);
  });

  it.each(provenanceViews.map((view) => [view.table.name, view] as const))(
    '%s: many events folded at once give the rows of one after the other',
    (name, view) => {
      const inputs = world.inputs.filter(({ ledgerEvent }) => view.eventTypes.includes(ledgerEvent.type));
      const { upserts, deletes } = view.fold(inputs, []);
      const keyOf = (row: object) =>
        JSON.stringify(view.table.primaryKey.map((column) => (row as Record<string, unknown>)[column]));
      const sorted = (rows: readonly object[]) => [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      expect(new Set(upserts.map(keyOf)).size).toBe(upserts.length);
      expect(deletes).toEqual([]);
      expect(sorted(upserts)).toEqual(sorted(world.rows(name)));
    },
  );
});
