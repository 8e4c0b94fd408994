import { describe, expect, it } from '@jest/globals';
import { at, atMs, lot, ProvenanceWorld, sscc, unit } from '../../../../test/support/provenance-world.js';
import { disclosureOf, relatedEvents } from '../visibility/index.js';
import type { TraceEdgeRow } from '../views/index.js';
import { kindOf, startTrace, story } from './index.js';
import type { Trace } from './index.js';

const fish = lot('fillets', 'FISH');
const oil = 'urn:example:lot:oil';
const cans = lot('cans', 'CANS');
const can = (serial: string) => unit('cans', serial);
const [crate, pallet, otherPallet] = [sscc('1'), sscc('2'), sscc('3')];

const quantity = (epcClass: string, amount = 10) => [{ epcClass, quantity: amount, uom: 'KGM' }];
const handle = (bizStep: string, day: number, what: object) => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep,
  eventTime: at(day),
  ...what,
});
const aggregate = (action: 'ADD' | 'DELETE', parentID: string, childEPCs: readonly string[], day: number) => ({
  type: 'AggregationEvent',
  action,
  bizStep: action === 'ADD' ? 'packing' : 'unpacking',
  parentID,
  childEPCs,
  eventTime: at(day),
});

/** Fish is caught, comes in a crate, is canned with oil; two cans go out on one pallet, a third on another. */
const chain: readonly (readonly [string, Record<string, unknown>])[] = [
  ['maker', { ...handle('urn:gdst:bizStep:fishingEvent', 1, { quantityList: quantity(fish) }), action: 'ADD' }],
  ['maker', { ...aggregate('ADD', crate, [], 2), childQuantityList: quantity(fish) }],
  ['maker', handle('shipping', 3, { epcList: [crate] })],
  ['packer', handle('receiving', 4, { epcList: [crate] })],
  ['packer', { ...aggregate('DELETE', crate, [], 5) }],
  [
    'packer',
    {
      type: 'TransformationEvent',
      bizStep: 'commissioning',
      eventTime: at(6),
      inputQuantityList: [...quantity(fish), ...quantity(oil, 1)],
      outputEPCList: [can('1'), can('2'), can('3')],
      ilmd: { 'cbvmda:lotNumber': 'CANS' },
    },
  ],
  ['packer', aggregate('ADD', pallet, [can('1'), can('2')], 7)],
  ['packer', aggregate('ADD', otherPallet, [can('3')], 7)],
  ['packer', handle('shipping', 8, { epcList: [pallet] })],
  ['packer', handle('shipping', 8, { epcList: [otherPallet] })],
  ['shop', handle('receiving', 9, { epcList: [pallet] })],
  ['shop', aggregate('DELETE', pallet, [can('1')], 10)],
  ['shop', handle('retail_selling', 11, { epcList: [can('1')] })],
  ['shop', handle('storing', 12, { epcList: [pallet] })],
];

function worldOf(events: typeof chain): ProvenanceWorld {
  const world = new ProvenanceWorld();
  for (const [sender, event] of events) {
    const told = world.event(sender, event);
    if (told.refusal !== undefined) throw new Error(told.refusal.code);
  }
  return world;
}
const world = worldOf(chain);
const days = (trace: Trace) =>
  trace.steps.map(({ timeMs, bizStep }) => `${new Date(timeMs).getUTCDate()} ${bizStep?.split(':').at(-1) ?? ''}`);
const itemsOf = (trace: Trace, side: string) =>
  trace.nodes.filter((node) => node.side === side).map(({ item }) => item);

describe('tracing back', () => {
  const trace = world.trace({ item: can('1'), direction: 'upstream' });

  it('finds every source through transformation, packing and lot', () => {
    expect(new Set(itemsOf(trace, 'upstream'))).toEqual(new Set([fish, oil, cans]));
    expect(trace.known).toBe(true);
    expect(trace.truncated).toBe(false);
  });

  it('tells the steps in order of time, those of what carried the thing included, as it lay at the time', () => {
    expect(days(trace)).toEqual([
      '1 fishingEvent',
      '2 packing',
      '3 shipping',
      '4 receiving',
      '5 unpacking',
      '6 commissioning',
      '7 packing',
      '8 shipping',
      '9 receiving',
      '10 unpacking',
      '11 retail_selling',
    ]);
  });

  it('leaves out what happened to the pallet after the can had left it, and to other cans', () => {
    expect(trace.steps.some(({ bizStep }) => bizStep === 'storing')).toBe(false);
    const stored = world.trace({ item: can('2'), direction: 'upstream' });
    expect(days(stored)).toContain('12 storing');
    expect(days(stored)).not.toContain('11 retail_selling');
  });

  it('stops at the moment asked for', () => {
    expect(days(world.trace({ item: can('1'), direction: 'upstream', atMs: atMs(7) })).at(-1)).toBe('7 packing');
  });

  it('gives the contents of a container as they were then', () => {
    const contents = (day?: number) =>
      new Set(
        itemsOf(
          world.trace({ item: pallet, direction: 'upstream', ...(day === undefined ? {} : { atMs: atMs(day) }) }),
          'upstream',
        ).filter((item) => item.includes('/21/')),
      );
    expect(contents(9)).toEqual(new Set([can('1'), can('2')]));
    expect(contents(11)).toEqual(new Set([can('2')]));
    expect(contents(6)).toEqual(new Set());
    expect(contents()).toEqual(new Set([can('1'), can('2')]));
  });

  it('says which items went in and came out of a step', () => {
    const canning = trace.steps.find(({ type }) => type === 'TransformationEvent');
    expect(canning?.itemsIn.map(({ item, quantity: amount, uom }) => [item, amount, uom])).toEqual([
      [fish, '10', 'KGM'],
      [oil, '1', 'KGM'],
    ]);
    expect(canning?.itemsOut.map(({ item }) => item)).toEqual([can('1'), can('2'), can('3'), cans]);
  });

  it('says that an item is not known', () => {
    expect(world.trace({ item: 'urn:example:nothing', direction: 'both' })).toMatchObject({ known: false, steps: [] });
  });
});

describe('tracing forward', () => {
  it('finds what became of a source, and every container that held it', () => {
    const trace = world.trace({ item: oil, direction: 'downstream' });
    expect(new Set(itemsOf(trace, 'downstream'))).toEqual(
      new Set([can('1'), can('2'), can('3'), cans, pallet, otherPallet]),
    );
    expect(days(trace)).toContain('9 receiving');
    expect(days(trace)).toContain('11 retail_selling');
  });

  it('expands a container that is asked for, and nobody else who lay in another', () => {
    const trace = world.trace({ item: pallet, direction: 'downstream' });
    expect(new Set(itemsOf(trace, 'downstream'))).toEqual(new Set([can('1'), can('2'), pallet]));
    expect(days(trace)).toContain('11 retail_selling');
  });

  it('does not follow what was packed beside the thing', () => {
    const alone = new ProvenanceWorld();
    alone.event('packer', aggregate('ADD', pallet, [can('1'), can('2')], 1));
    alone.event('packer', handle('inspecting', 3, { epcList: [can('2')] }));
    const trace = alone.trace({ item: can('1'), direction: 'downstream' });
    expect(itemsOf(trace, 'downstream')).toEqual([pallet]);
    expect(days(trace)).toEqual(['1 packing']);
  });
});

describe('contents, forward', () => {
  it('go on from a container that came out of a transformation', () => {
    const boxed = new ProvenanceWorld();
    const boxing = { type: 'TransformationEvent', eventTime: at(1), inputQuantityList: quantity(fish) };
    boxed.event('packer', { ...boxing, outputEPCList: [pallet] });
    boxed.event('packer', aggregate('ADD', pallet, [can('1')], 2));
    boxed.event('packer', aggregate('DELETE', pallet, [], 3));
    boxed.event('packer', aggregate('ADD', pallet, [can('9')], 4));
    boxed.event('shop', handle('retail_selling', 5, { epcList: [can('1')] }));
    const trace = boxed.trace({ item: fish, direction: 'downstream' });
    expect(itemsOf(trace, 'downstream')).toEqual(expect.arrayContaining([pallet, can('1')]));
    expect(days(trace)).toContain('5 retail_selling');
  });

  it('do not drag in what the thing had lain in before', () => {
    const moved = new ProvenanceWorld();
    moved.event('packer', aggregate('ADD', otherPallet, [can('1')], 1));
    moved.event('packer', aggregate('DELETE', otherPallet, [can('1')], 2));
    moved.event('packer', aggregate('ADD', pallet, [can('1')], 3));
    const trace = moved.trace({ item: pallet, direction: 'downstream' });
    expect(trace.links.map(({ to }) => to)).toEqual([pallet]);
  });
});

describe('the order of capture', () => {
  it('does not change a trace: events may arrive in any order', () => {
    const late = worldOf([...chain].reverse());
    for (const item of [can('1'), pallet, fish, cans]) {
      const [a, b] = [world, late].map((one) => one.trace({ item, direction: 'both' }));
      expect(b?.steps.map(({ eventHash }) => eventHash)).toEqual(a?.steps.map(({ eventHash }) => eventHash));
      expect(b?.nodes).toEqual(a?.nodes);
      expect(b?.links).toEqual(a?.links);
    }
  });

  it('ends a packing at the first unpacking after it, captured before or later', () => {
    const reused = new ProvenanceWorld();
    reused.event('packer', aggregate('DELETE', pallet, [], 6));
    reused.event('packer', aggregate('ADD', pallet, [can('1')], 5));
    reused.event('packer', aggregate('DELETE', pallet, [can('1')], 4));
    reused.event('packer', aggregate('ADD', pallet, [can('1')], 3));
    const contained = reused.rows<TraceEdgeRow>('trace_edge').filter(({ kind }) => kind === 'contain');
    expect(contained.map(({ from_time, until_time }) => [from_time, until_time]).sort()).toEqual([
      [atMs(3), atMs(4)],
      [atMs(5), atMs(6)],
    ]);
  });

  it('takes back what the first signer of an event declares wrong, and nobody else', () => {
    const one = new ProvenanceWorld();
    const packing = aggregate('ADD', pallet, [can('1')], 5);
    const wrongly = { ...packing, errorDeclaration: { declarationTime: at(6) } };
    one.event('packer', packing);
    one.event('shop', packing);
    one.event('shop', wrongly);
    expect(one.rows('trace_edge')).toHaveLength(1);
    const two = new ProvenanceWorld();
    two.event('packer', packing);
    two.event('packer', wrongly);
    expect(two.rows('trace_edge')).toHaveLength(0);
    expect(two.trace({ item: can('1'), direction: 'both' }).steps).toMatchObject([{ declaredInError: true }]);
    expect(story(two.trace({ item: can('1'), direction: 'both' }))).toEqual([]);
  });
});

describe('transformations told in several events', () => {
  it('are tied by their transformationID', () => {
    const parts = new ProvenanceWorld();
    const part = { type: 'TransformationEvent', transformationID: 'urn:example:batch:7' };
    parts.event('maker', { ...part, eventTime: at(1), inputQuantityList: quantity(fish) });
    parts.event('maker', { ...part, eventTime: at(2), outputQuantityList: quantity(cans) });
    expect(itemsOf(parts.trace({ item: cans, direction: 'upstream' }), 'upstream')).toContain(fish);
    expect(itemsOf(parts.trace({ item: fish, direction: 'downstream' }), 'downstream')).toContain(cans);
  });
});

describe('bounds', () => {
  it('says that a trace was cut, in nodes or in depth', () => {
    expect(world.trace({ item: can('1'), direction: 'both', limits: { nodesMax: 5 } }).truncated).toBe(true);
    expect(world.trace({ item: can('1'), direction: 'both', limits: { depthMax: 0 } }).truncated).toBe(true);
  });

  it('ends where containers hold one another', () => {
    const knot = new ProvenanceWorld();
    knot.event('packer', aggregate('ADD', pallet, [otherPallet], 1));
    knot.event('packer', aggregate('ADD', otherPallet, [pallet], 2));
    knot.event('packer', aggregate('ADD', pallet, [pallet], 3));
    expect(knot.trace({ item: pallet, direction: 'both' }).steps).toHaveLength(3);
  });

  it('asks for rows set by set, and never twice for the same', () => {
    const search = startTrace({ item: fish, direction: 'both' });
    expect(search.need()).toEqual({ items: [fish], eventKeys: [] });
    expect(world.trace({ item: can('1'), direction: 'both' }).loads).toBeLessThan(12);
  });
});

describe('the story', () => {
  it.each([
    [{ type: 'ObjectEvent', bizStep: 'urn:gdst:bizStep:hatching' }, 'hatch'],
    [{ type: 'ObjectEvent', bizStep: 'urn:gdst:bizStep:fishingEvent' }, 'catch'],
    [{ type: 'TransformationEvent', bizStep: 'urn:gdst:bizStep:farmHarvest' }, 'harvest'],
    [{ type: 'ObjectEvent', bizStep: 'urn:gdst:bizStep:landing' }, 'land'],
    [{ type: 'TransformationEvent', bizStep: 'commissioning' }, 'transform'],
    [{ type: 'ObjectEvent', bizStep: 'commissioning', action: 'ADD' }, 'make'],
    [{ type: 'AggregationEvent', action: 'DELETE' }, 'unpack'],
    [{ type: 'ObjectEvent', bizStep: 'https://example.com/steps/toString', action: 'OBSERVE' }, 'observe'],
    [{ type: 'TransactionEvent' }, 'trade'],
  ])('gives %j the kind %s', (step, kind) => {
    expect(kindOf(step)).toBe(kind);
  });

  it('marks where the goods come into being or change', () => {
    const told = story(world.trace({ item: can('1'), direction: 'upstream' }));
    expect(told.filter(({ milestone }) => milestone).map(({ kind }) => kind)).toEqual([
      'catch',
      'pack',
      'transform',
      'pack',
    ]);
  });
});

describe('what lies up- and downstream of a company', () => {
  const trace = world.trace({ item: can('1'), direction: 'both' });
  it('is everything of the chain for those whose goods are in it, and nothing for others', () => {
    expect(relatedEvents(trace, 'shop').size).toBe(trace.steps.length);
    expect(relatedEvents(trace, 'maker').size).toBe(trace.steps.length);
    expect(relatedEvents(trace, 'stranger').size).toBe(0);
  });

  it.each([
    [1, 'stranger', false, 'full'],
    [2, 'signer', false, 'full'],
    [2, 'named', false, 'full'],
    [2, 'stranger', true, 'step'],
    [2, 'stranger', false, 'none'],
    [3, 'signer', false, 'full'],
    [3, 'named', true, 'none'],
    [0, 'named', true, 'none'],
  ])('of visibility %s discloses to %s (related: %s): %s', (visibility, account, related, disclosure) => {
    const question = { visibility, signers: ['signer'], named: ['named'], related };
    expect(disclosureOf(question, { kind: 'company', account })).toBe(disclosure);
    expect(disclosureOf(question, { kind: 'regulator', account })).toBe('full');
    expect(disclosureOf(question, { kind: 'shopper' })).toBe(visibility === 1 ? 'full' : 'none');
  });
});
