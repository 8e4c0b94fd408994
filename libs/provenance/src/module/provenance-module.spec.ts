import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from '@waymark/ledger/primitives';
import { at, aContext, gtin, lot, ProvenanceWorld, sscc, unit } from '../../../../test/support/provenance-world.js';
import { bodyKinds, provenanceModule, stateKeys } from './index.js';

const can1 = unit('cans', '1');
const place = 'https://id.gs1.org/414/9521235000029';
const commission = (epcs: readonly string[], day = 1, more: object = {}) => ({
  type: 'ObjectEvent',
  action: 'ADD',
  bizStep: 'commissioning',
  epcList: epcs,
  eventTime: at(day),
  ...more,
});
const pack = (parent: string, children: readonly string[], day: number, more: object = {}) => ({
  type: 'AggregationEvent',
  action: 'ADD',
  bizStep: 'packing',
  parentID: parent,
  childEPCs: children,
  eventTime: at(day),
  ...more,
});
const unpack = (parent: string, children: readonly string[], day: number) => ({
  ...pack(parent, children, day),
  action: 'DELETE',
  bizStep: 'unpacking',
});
const observe = (epcs: readonly string[], day: number, more: object = {}) => ({
  ...commission(epcs, day),
  action: 'OBSERVE',
  bizStep: 'shipping',
  ...more,
});
const quantities = (...entries: readonly [string, number, string?][]) =>
  entries.map(([epcClass, quantity, uom = 'KGM']) => ({ epcClass, quantity, uom }));

describe('who may commission under a company prefix', () => {
  it('accepts the owner of the prefix without a doubt', () => {
    const told = new ProvenanceWorld().event('packer', commission([can1]));
    expect(told).toMatchObject({ type: 'provenance.captured', doubts: [] });
  });

  it('refuses units under a prefix that another registered, and says whose it is', () => {
    const told = new ProvenanceWorld().event('maker', commission([unit('fillets', '7'), can1]));
    expect(told.refusal).toEqual({
      code: 'PROVENANCE_PREFIX_NOT_YOURS',
      pointer: '/epcList/1',
      facts: { id: can1, owner: 'packer', sender: 'maker' },
    });
  });

  it.each([
    ['an SSCC', { ...commission([sscc('17')]) }, '/epcList/0'],
    ['the same unit as an EPC URN', commission(['urn:epc:id:sgtin:9521235.000001.1']), '/epcList/0'],
    [
      'the same unit as a Digital Link of another domain',
      commission(['https://shop.example/01/9521235000012/21/1']),
      '/epcList/0',
    ],
    [
      'a unit hidden in a quantity list',
      { ...commission([]), quantityList: [{ epcClass: can1 }] },
      '/quantityList/0/epcClass',
    ],
    [
      'a unit that comes out of a transformation',
      { type: 'TransformationEvent', outputEPCList: [can1] },
      '/outputEPCList/0',
    ],
  ])('refuses %s', (_what, fields, pointer) => {
    const told = new ProvenanceWorld().event('maker', fields);
    expect(told.refusal).toMatchObject({ code: 'PROVENANCE_PREFIX_NOT_YOURS', pointer });
  });

  it('only warns where a lot is brought into being under another prefix', () => {
    const told = new ProvenanceWorld().event('maker', {
      ...commission([]),
      quantityList: quantities([lot('cans', 'A'), 5]),
    });
    expect(told.doubts).toEqual(['PROVENANCE_LOT_PREFIX_NOT_YOURS']);
  });

  it('accepts, with a warning, what stands under a prefix that nobody registered', () => {
    const told = new ProvenanceWorld().event('maker', commission(['urn:epc:id:sgtin:0614141.107346.2018']));
    expect(told).toMatchObject({ type: 'provenance.captured', doubts: ['PROVENANCE_PREFIX_UNREGISTERED'] });
  });

  it('lets anybody observe, pack and ship what is under another prefix', () => {
    const world = new ProvenanceWorld();
    world.event('packer', commission([can1]));
    expect(world.event('maker', observe([can1], 2)).doubts).toEqual([]);
    expect(world.event('maker', pack(sscc('17'), [can1], 3)).doubts).toEqual([]);
  });
});

describe('ledger serialisation', () => {
  const serialised = () => {
    const world = new ProvenanceWorld();
    world.serialise('packer', gtin.cans);
    world.event('packer', commission([can1], 1));
    return world;
  };

  it('is switched by the owner of the prefix, and by nobody else', () => {
    const world = new ProvenanceWorld();
    expect(world.serialise('maker', gtin.cans).refusal).toMatchObject({
      code: 'PROVENANCE_PREFIX_NOT_YOURS',
      pointer: '/gtin',
    });
    expect(world.serialise('packer', '00614141000012').refusal).toMatchObject({
      code: 'PROVENANCE_PREFIX_UNREGISTERED',
    });
    expect(world.serialise('packer', '09521235000013').refusal).toMatchObject({
      code: 'PROVENANCE_FIELD_INVALID',
      pointer: '/gtin',
    });
    expect(world.serialise('packer', gtin.cans)).toMatchObject({
      type: 'provenance.serialisation',
      content: { gtin: gtin.cans, enabled: true },
    });
  });

  it('refuses a unit that is commissioned twice', () => {
    const told = serialised().event('packer', commission([unit('cans', '2'), can1], 2));
    expect(told.refusal).toMatchObject({ code: 'PROVENANCE_ALREADY_COMMISSIONED', pointer: '/epcList/1' });
  });

  it('refuses a unit that is packed into a second parent, until it is unpacked from the first', () => {
    const world = serialised();
    expect(world.event('packer', pack(sscc('17'), [can1], 2)).refusal).toBeUndefined();
    expect(world.event('packer', pack(sscc('24'), [can1], 3)).refusal).toMatchObject({
      code: 'PROVENANCE_ALREADY_PACKED',
      pointer: '/childEPCs/0',
      facts: { parent: sscc('17') },
    });
    expect(world.event('packer', unpack(sscc('17'), [can1], 4)).refusal).toBeUndefined();
    expect(world.event('packer', pack(sscc('24'), [can1], 5)).refusal).toBeUndefined();
  });

  it('refuses a unit that is unpacked from where it is not', () => {
    const world = serialised();
    expect(world.event('packer', unpack(sscc('17'), [can1], 2)).refusal).toMatchObject({
      code: 'PROVENANCE_NOT_IN_PARENT',
    });
    world.event('packer', pack(sscc('17'), [can1], 3));
    expect(world.event('packer', unpack(sscc('24'), [can1], 4)).refusal).toMatchObject({
      code: 'PROVENANCE_NOT_IN_PARENT',
      facts: { parent: sscc('17') },
    });
  });

  it('takes everything out of a parent at once when the unpacking names no children', () => {
    const world = serialised();
    world.event('packer', pack(sscc('17'), [can1], 2));
    world.event('packer', unpack(sscc('17'), [], 3));
    expect(world.event('packer', pack(sscc('24'), [can1], 4)).refusal).toBeUndefined();
  });

  it.each([
    ['DELETE', { ...observe([can1], 5), action: 'DELETE' }],
    ['decommissioning', observe([can1], 5, { bizStep: 'decommissioning' })],
    [
      'decommissioning as an EPCIS 1.x URN',
      observe([can1], 5, { bizStep: 'urn:epcglobal:cbv:bizstep:decommissioning' }),
    ],
    ['destroying', observe([can1], 5, { bizStep: 'https://ref.gs1.org/cbv/BizStep-destroying' })],
    ['the disposition destroyed', observe([can1], 5, { disposition: 'destroyed' })],
    ['a transformation that uses it up', { type: 'TransformationEvent', inputEPCList: [can1], eventTime: at(5) }],
  ])('refuses any use after %s', (_what, ending) => {
    const world = serialised();
    expect(world.event('packer', ending).refusal).toBeUndefined();
    expect(world.event('packer', observe([can1], 6)).refusal).toMatchObject({ code: 'PROVENANCE_ENDED' });
    expect(world.event('packer', pack(sscc('17'), [can1], 6)).refusal).toMatchObject({ code: 'PROVENANCE_ENDED' });
  });

  it('accepts what happened before the end and is captured after it', () => {
    const world = serialised();
    world.event('packer', { ...observe([can1], 5), action: 'DELETE' });
    expect(world.event('maker', observe([can1], 4)).refusal).toBeUndefined();
  });

  it('warns, and does not refuse, where a unit was never commissioned', () => {
    expect(serialised().event('packer', observe([unit('cans', '9')], 2))).toMatchObject({
      type: 'provenance.captured',
      doubts: ['PROVENANCE_NOT_COMMISSIONED'],
    });
  });

  it('concerns only events after it was switched on, and none after it was switched off', () => {
    const world = new ProvenanceWorld();
    world.event('packer', commission([can1], 1));
    expect(world.event('packer', commission([can1], 2)).doubts).toEqual(['PROVENANCE_ALREADY_COMMISSIONED']);
    world.serialise('packer', gtin.cans);
    expect(world.event('packer', commission([can1], 3)).refusal).toMatchObject({
      code: 'PROVENANCE_ALREADY_COMMISSIONED',
    });
    world.serialise('packer', gtin.cans, false);
    expect(world.event('packer', commission([can1], 4)).doubts).toEqual(['PROVENANCE_ALREADY_COMMISSIONED']);
  });

  it('leaves other products in the open world', () => {
    const world = serialised();
    const fillet = unit('fillets', '1');
    world.event('maker', commission([fillet], 1));
    world.event('maker', pack(sscc('17'), [fillet], 2));
    expect(world.event('maker', pack(sscc('24'), [fillet], 3)).doubts).toEqual(['PROVENANCE_ALREADY_PACKED']);
    expect(world.event('maker', unpack(sscc('17'), [fillet], 4)).doubts).toEqual(['PROVENANCE_NOT_IN_PARENT']);
  });
});

describe('the same event again', () => {
  it('is one event with two witnesses, and has no second effect', () => {
    const world = new ProvenanceWorld();
    world.serialise('packer', gtin.cans);
    const event = commission([can1]);
    const first = world.event('packer', event);
    const again = world.event('maker', { ...event, eventID: 'urn:uuid:fe99e5a0-1f4b-4f7a-9d0b-111111111111' });
    expect(again).toMatchObject({
      type: 'provenance.witnessed',
      content: { eventHash: first.content?.['eventHash'], kind: 'event', firstHeight: 2, witnesses: 2, again: false },
    });
    expect(world.event('packer', event).content).toMatchObject({ witnesses: 3, again: true });
  });

  it('does not let a lookalike with the same hash push an event aside', () => {
    // The canonical string has no delimiters: a place's id can be continued into what would follow it.
    const world = new ProvenanceWorld();
    const first = world.event(
      'maker',
      observe([], 2, { bizLocation: { id: 'http://a.example/x' }, readPoint: { id: 'http://b.example/y' } }),
    );
    const lookalike = world.event(
      'maker',
      observe([], 2, { readPoint: { id: 'http://b.example/ybizLocationid=http://a.example/x' } }),
    );
    expect(first.refusal).toBeUndefined();
    expect(lookalike.refusal).toMatchObject({
      code: 'PROVENANCE_HASH_CLASH',
      facts: { eventHash: first.content?.['eventHash'] },
    });
  });

  it('keeps an error declaration as a record of its own, and says whether its signer may make it', () => {
    const world = new ProvenanceWorld();
    const event = observe([can1], 2);
    world.event('packer', event);
    const declared = { ...event, errorDeclaration: { declarationTime: at(3), reason: 'did_not_occur' } };
    expect(world.event('packer', declared)).toMatchObject({
      type: 'provenance.captured',
      content: { kind: 'errorDeclaration', byOwnSigner: true },
      doubts: [],
    });
    const other = new ProvenanceWorld();
    expect(other.event('packer', declared)).toMatchObject({
      content: { byOwnSigner: false },
      doubts: ['PROVENANCE_DECLARED_EVENT_UNKNOWN'],
    });
    other.event('packer', event);
    const foreign = { ...declared, errorDeclaration: { declarationTime: at(4) } };
    expect(other.event('maker', foreign).type).toBe('provenance.witnessed');
    const third = new ProvenanceWorld();
    third.event('packer', event);
    expect(third.event('maker', foreign)).toMatchObject({
      content: { byOwnSigner: false },
      doubts: ['PROVENANCE_DECLARED_BY_ANOTHER'],
    });
  });
});

describe('time', () => {
  it('refuses an event more than five minutes after block time, and not one of exactly five', () => {
    const world = new ProvenanceWorld();
    world.timeMs = Date.parse(at(1));
    expect(world.event('packer', { ...commission([can1]), eventTime: at(1, 5) }).refusal).toBeUndefined();
    expect(
      world.event('packer', { ...commission([can1]), eventTime: '2026-03-01T12:05:00.001Z' }).refusal,
    ).toMatchObject({
      code: 'PROVENANCE_IN_FUTURE',
      pointer: '/eventTime',
    });
  });
});

describe('what does not add up', () => {
  const catchOf = (kg: number) => ({
    ...commission([]),
    bizStep: 'urn:gdst:bizStep:fishingEvent',
    quantityList: quantities([lot('fillets', 'F1'), kg]),
    bizLocation: { id: 'https://id.gs1.org/414/9521234000020' },
  });
  const receive = (kg: number, day: number) => ({
    ...observe([], day),
    bizStep: 'receiving',
    quantityList: quantities([lot('fillets', 'F1'), kg]),
    bizLocation: { id: place },
  });
  const use = (kg: number, day: number) => ({
    type: 'TransformationEvent',
    eventTime: at(day),
    inputQuantityList: quantities([lot('fillets', 'F1'), kg]),
    outputQuantityList: quantities([lot('cans', 'C1'), kg]),
    bizLocation: { id: place },
  });

  it('says nothing while quantities add up exactly, in decimals that floating point would spoil', () => {
    const world = new ProvenanceWorld();
    world.event('maker', catchOf(0.3));
    world.event('packer', receive(0.3, 2));
    expect(world.event('packer', use(0.1, 3)).doubts).toEqual([]);
    expect(world.event('packer', use(0.2, 4)).doubts).toEqual([]);
  });

  it('warns when more is used than was produced, and than arrived', () => {
    const world = new ProvenanceWorld();
    world.event('maker', catchOf(9876));
    world.event('packer', receive(9876, 2));
    const told = world.event('packer', use(10000, 3));
    expect(told.doubts).toEqual(['PROVENANCE_MORE_USED_THAN_PRODUCED', 'PROVENANCE_MORE_USED_THAN_RECEIVED']);
    expect(told.warnings[0]).toMatchObject({
      pointer: '/inputQuantityList/0/epcClass',
      facts: { produced: '9876', used: '10000', uom: 'KGM' },
    });
  });

  it('warns when something is used where it arrived only later', () => {
    const world = new ProvenanceWorld();
    world.event('maker', catchOf(10));
    world.event('packer', receive(10, 5));
    expect(world.event('packer', use(10, 4)).doubts).toEqual(['PROVENANCE_USED_BEFORE_RECEIVED']);
  });

  it('warns when something is used before it came into being', () => {
    const world = new ProvenanceWorld();
    world.event('packer', commission([can1], 5));
    expect(world.event('packer', observe([can1], 4)).doubts).toEqual(['PROVENANCE_BEFORE_COMMISSIONING']);
  });

  it('warns once of what nobody has spoken of before', () => {
    const world = new ProvenanceWorld();
    expect(world.event('maker', observe([sscc('17')], 2)).doubts).toEqual(['PROVENANCE_NOT_YET_KNOWN']);
    expect(world.event('maker', observe([sscc('17')], 3)).doubts).toEqual([]);
  });

  it.each([
    ['a name that is no GS1 key', { epcList: ['urn:gdst:example.org:box:1'] }, 'PROVENANCE_IDENTIFIER_NOT_GS1'],
    ['an SSCC of 15 digits', { epcList: ['urn:epc:id:sscc:08600031303.0005'] }, 'GS1_EPC_URN_MALFORMED'],
    ['a wrong check digit', { epcList: ['https://id.gs1.org/01/09521235000013/21/1'] }, 'GS1_CHECK_DIGIT_WRONG'],
    [
      'an eventID that is no UUID',
      { eventID: 'urn:uuid:39ac7499-fecd-4f65-b582-1c45ff4e6356U' },
      'PROVENANCE_EVENT_ID_UNUSUAL',
    ],
  ])('warns of %s', (_what, fields, code) => {
    expect(new ProvenanceWorld().event('maker', { ...observe([], 2), ...fields }).doubts).toContain(code);
  });

  it('keeps the list of warnings short and says how many it left out', () => {
    const epcList = Array.from({ length: 100 }, (_, i) => `urn:x:${i}`);
    const { warnings } = new ProvenanceWorld().event('maker', observe(epcList, 2));
    expect(warnings).toHaveLength(11);
    expect(warnings.at(-1)).toMatchObject({ code: 'PROVENANCE_MORE_WARNINGS', facts: { count: '190' } });
  });
});

describe('master data', () => {
  const element = (id: string, name: string) => ({
    type: 'urn:epcglobal:epcis:vtype:EPCClass',
    element: { id, attributes: [{ id: 'urn:epcglobal:cbv:mda#name', attribute: name }] },
  });
  const options = { kind: bodyKinds.masterdata };

  it('lets the owner of the prefix speak for its ids, and marks what others say', () => {
    const world = new ProvenanceWorld();
    const id = `https://id.gs1.org/01/${gtin.cans}`;
    expect(world.send('maker', element(id, 'Tin'), options)).toMatchObject({
      content: { id, standing: 'asserted' },
      doubts: ['PROVENANCE_NAME_ASSERTED'],
    });
    expect(world.send('packer', element(id, 'Tuna'), options)).toMatchObject({
      content: { standing: 'own' },
      doubts: [],
    });
    expect(world.rows('name')).toHaveLength(4);
  });

  it('lets the first signer speak for any other id, and replaces its earlier word', () => {
    const world = new ProvenanceWorld();
    const id = 'urn:gdst:example.org:location:loc:hatchery.1u';
    expect(world.send('maker', element(id, 'Hatchery'), options).content).toMatchObject({ standing: 'own' });
    expect(world.send('packer', element(id, 'Mine'), options).content).toMatchObject({ standing: 'asserted' });
    world.send('maker', element(id, 'Hatchery One'), options);
    expect(
      world.rows<{ signer: string; lang: string; text: string }>('name').filter(({ signer }) => signer === 'maker'),
    ).toMatchObject([
      { lang: 'en', text: 'Hatchery One' },
      { lang: 'zh-CN', text: 'Hatchery One' },
    ]);
  });
});

describe('bodies that are no events', () => {
  const world = new ProvenanceWorld();
  const codeOf = (value: unknown, options = {}) => provenanceModule.checkBody?.(world.body(value, options))?.code;
  const event = { ...aContext, ...observe([can1], 2) };

  it.each([
    ['no JSON', utf8('{'), 'PROVENANCE_BODY_MALFORMED'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'PROVENANCE_BODY_MALFORMED'],
    ['a list', [], 'PROVENANCE_BODY_MALFORMED'],
    ['depth without end', utf8('['.repeat(100_000)), 'PROVENANCE_BODY_MALFORMED'],
    ['depth with an end', utf8(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`), 'PROVENANCE_BODY_MALFORMED'],
    ['U+0000 in a text', utf8('{"a":"\\u0000"}'), 'PROVENANCE_BODY_MALFORMED'],
    ['half a surrogate pair', utf8('{"a":"\\ud800"}'), 'PROVENANCE_BODY_MALFORMED'],
    ['a number beyond all bounds', utf8('{"a":1e999}'), 'PROVENANCE_BODY_MALFORMED'],
    ['too many bytes', { ...event, 'x:y': 'a'.repeat(262_144) }, 'PROVENANCE_BODY_TOO_LARGE'],
    ['an unknown type', { ...event, type: 'toString' }, 'PROVENANCE_EVENT_TYPE_UNKNOWN'],
    ['no time', { ...event, eventTime: 'yesterday' }, 'PROVENANCE_FIELD_INVALID'],
    ['no action', { ...event, action: 'MOVE' }, 'PROVENANCE_FIELD_INVALID'],
    ['a list that is none', { ...event, epcList: can1 }, 'PROVENANCE_FIELD_INVALID'],
    ['an id with a space', { ...event, epcList: ['a b'] }, 'PROVENANCE_FIELD_INVALID'],
    ['an id too long for an index', { ...event, epcList: [`urn:x:${'鱼'.repeat(200)}`] }, 'PROVENANCE_FIELD_INVALID'],
    [
      'a negative quantity',
      { ...event, quantityList: [{ epcClass: 'urn:x', quantity: -1 }] },
      'PROVENANCE_FIELD_INVALID',
    ],
    [
      'more identifiers than an event may name',
      { ...event, epcList: Array.from({ length: 10_001 }, (_, i) => `u:${i}`) },
      'PROVENANCE_FIELD_INVALID',
    ],
    ['no context', observe([can1], 2, { eventTime: at(2) }), 'PROVENANCE_CONTEXT_MISSING'],
  ])('refuses %s', (_what, value, code) => {
    expect(codeOf(value)).toBe(code);
    expect(new ProvenanceWorld().send('packer', value).refusal?.code).toBe(code);
  });

  it('reads the context from the body that the event names, and refuses when there is none', () => {
    const context = world.body(aContext['@context'], { kind: bodyKinds.context });
    expect(
      world.event('packer', { ...observe([can1], 2), '@context': undefined }, { context: 1, bodies: [context] }).type,
    ).toBe('provenance.captured');
    expect(world.event('packer', observe([can1], 3), { context: 2, bodies: [context] }).refusal?.code).toBe(
      'PROVENANCE_CONTEXT_MISSING',
    );
  });

  it('never throws, whatever the bytes', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.json({ maxDepth: 6 }).map((text) => utf8(text)),
      fc
        .record(
          {
            '@context': fc.jsonValue(),
            type: fc.oneof(
              fc.constantFrom('ObjectEvent', 'AggregationEvent', 'TransformationEvent', 'AssociationEvent'),
              fc.jsonValue(),
            ),
            action: fc.oneof(fc.constantFrom('ADD', 'OBSERVE', 'DELETE'), fc.jsonValue()),
            eventTime: fc.oneof(fc.constant(at(1)), fc.jsonValue()),
            parentID: fc.oneof(fc.constantFrom(can1, sscc('17')), fc.jsonValue()),
            epcList: fc.oneof(fc.array(fc.oneof(fc.constant(can1), fc.string())), fc.jsonValue()),
            childEPCs: fc.oneof(fc.array(fc.constantFrom(can1, sscc('17'), lot('cans', 'A'))), fc.jsonValue()),
            quantityList: fc.oneof(
              fc.array(
                fc.record({
                  epcClass: fc.constantFrom(lot('cans', 'A'), can1),
                  quantity: fc.double(),
                  uom: fc.string(),
                }),
              ),
              fc.jsonValue(),
            ),
            outputEPCList: fc.oneof(fc.array(fc.constant(can1)), fc.jsonValue()),
            sourceList: fc.jsonValue(),
            bizLocation: fc.jsonValue(),
            bizStep: fc.jsonValue(),
            ilmd: fc.oneof(fc.record({ 'cbvmda:lotNumber': fc.string() }), fc.jsonValue()),
            errorDeclaration: fc.jsonValue(),
            element: fc.jsonValue(),
            gtin: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map((value) => utf8(JSON.stringify(value))),
    );
    const sender = fc.constantFrom('maker', 'packer', 'stranger');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hostile, sender, fc.constantFrom(...provenanceModule.kinds, 'x')), { maxLength: 8 }),
        (bodies) => {
          const here = new ProvenanceWorld();
          for (const [content, account, kind] of bodies) here.send(account, content, { kind });
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('keeps its names in the state where docs/protocol/provenance.md says', () => {
  const world = new ProvenanceWorld();
  world.event('packer', { ...commission([can1]), ilmd: { 'cbvmda:lotNumber': 'C1' } });
  expect(world.state.get(stateKeys.unit(can1))).toEqual(utf8(`[${Date.parse(at(1))},null,0,0,null]`));
  expect(world.state.get(stateKeys.lot(lot('cans', 'C1')))).toEqual(utf8(`[${Date.parse(at(1))},[],[]]`));
});
