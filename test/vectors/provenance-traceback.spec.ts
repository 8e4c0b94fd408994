// The outside seafood chain (21 events of six companies, with real faults): captured with warnings, each event signed by the
// owner of its bizLocation, traced by URI from the canned lot back to hatchery and vessel, and forward again.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from '@waymark/epcis';
import { bodyKinds } from '@waymark/provenance/module';
import { story } from '@waymark/provenance/trace';
import { ProvenanceWorld } from '../support/provenance-world.js';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.resolve(root, process.env.VECTORS_DIR ?? '../shared/vectors', 'traceback');
const file = path.join(folder, 'traceback_tests.jsonld');
const lot = (name: string) => `urn:gdst:example.org:product:lot:class:${name}`;
const hatchery = lot('hatchery.1u.tf12012021');
const vessel = lot('fisherman01.tunau.v1-0122-2022');
const feed = lot('feedmill.1u.ff11252021');
const canned = lot('processor.2u.v1-0122-2022');
const outer = 'urn:epc:id:sscc:08600031303.0005';

function capture() {
  const parsed = parseDocument(readFileSync(file));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const world = new ProvenanceWorld({});
  const context = world.body(parsed.value.context.bytes, { kind: bodyKinds.context });
  const told = parsed.value.events.map(({ bytes, value }) => {
    const place = (value['bizLocation'] as { id: string }).id;
    const owner = /:loc:(\w+)/.exec(place)?.[1] ?? 'fisherman';
    return world.send(owner, bytes, { context: 1, bodies: [context] });
  });
  return { world, told };
}

if (existsSync(file)) {
  describe('the outside seafood chain', () => {
    const { world, told } = capture();

    it('is accepted, every event', () => {
      expect(told).toHaveLength(21);
      expect(told.filter(({ type }) => type !== 'provenance.captured')).toEqual([]);
    });

    it('gets a warning for each of its known faults', () => {
      const doubts = (index: number) => told[index]?.doubts ?? [];
      const farmHarvest = 14;
      const commingling = 15;
      expect(told.filter(({ doubts: own }) => own.includes('PROVENANCE_EVENT_ID_UNUSUAL'))).toHaveLength(21);
      expect(told.filter(({ doubts: own }) => own.includes('GS1_EPC_URN_MALFORMED'))).toHaveLength(6);
      expect(doubts(farmHarvest)).toContain('PROVENANCE_USED_BEFORE_RECEIVED');
      expect(doubts(commingling)).toContain('PROVENANCE_MORE_USED_THAN_PRODUCED');
      expect(doubts(commingling)).toContain('PROVENANCE_MORE_USED_THAN_RECEIVED');
      expect(doubts(0)).toContain('PROVENANCE_IDENTIFIER_NOT_GS1');
    });

    it('traces the canned lot back to hatchery, feed mill and vessel', () => {
      const trace = world.trace({ item: canned, direction: 'upstream' });
      expect(trace.nodes.map(({ item }) => item)).toEqual(expect.arrayContaining([hatchery, vessel, feed]));
      const kinds = story(trace).map(({ kind }) => kind);
      for (const kind of [
        'hatch',
        'catch',
        'transship',
        'land',
        'harvest',
        'commingle',
        'transform',
        'pack',
        'unpack',
      ] as const)
        expect(kinds).toContain(kind);
    });

    it.each([
      ['hatchery', hatchery],
      ['vessel', vessel],
    ])('traces from the %s forward to the canned lot and its cartons, to the importer', (_what, item) => {
      const trace = world.trace({ item, direction: 'downstream' });
      expect(trace.nodes.map((node) => node.item)).toEqual(expect.arrayContaining([canned, outer]));
      expect(trace.steps.at(-1)).toMatchObject({ bizStep: 'unpacking', signer: 'importer' });
    });

    it('expands the outer carton both ways', () => {
      const trace = world.trace({ item: outer, direction: 'both' });
      expect(trace.nodes.map(({ item }) => item)).toEqual(expect.arrayContaining([hatchery, vessel, canned]));
    });
  });
} else {
  describe.skip(`outside seafood chain: the outside vectors are not at ${folder}`, () =>
    it('reads it', () => undefined));
}
