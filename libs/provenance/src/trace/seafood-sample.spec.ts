import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from '@waymark/epcis';
import { canonicalId } from '@waymark/epcis/gs1';
import { ProvenanceWorld } from '../../../../test/support/provenance-world.js';
import { bodyKinds } from '../module/index.js';
import { story } from './index.js';
import type { Trace } from './index.js';

/** The bundled sample on the real module and views: each event signed by the owner of its place. */
const folder = resolve(import.meta.dirname, '../../../../samples/seafood');
const read = (name: string) => readFileSync(resolve(folder, name));
interface Company {
  readonly account: string;
  readonly companyPrefixes: readonly string[];
  readonly places: readonly string[];
}
const companies = JSON.parse(read('companies.json').toString('utf8')) as Company[];
const parsed = parseDocument(read('seafood.jsonld'));
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { context, events, masterData } = parsed.value;

const world = new ProvenanceWorld(
  Object.fromEntries(companies.map(({ account, companyPrefixes }) => [account, companyPrefixes])),
);
const contextBody = world.body(context.bytes, { kind: bodyKinds.context });
const ownerOf = (place: string) => companies.find(({ places }) => places.includes(place))?.account ?? '';
const told = events.map(({ bytes, value }) => {
  const place = (value['bizLocation'] as { id: string }).id;
  return world.send(ownerOf(place), bytes, { context: 1, bodies: [contextBody] });
});
const toldOfNames = masterData.map(({ bytes }) => world.send('processor', bytes, { kind: bodyKinds.masterdata }));

const can = canonicalId('urn:epc:id:sgtin:9521005.000101.C0001');
const canLot = canonicalId('urn:epc:class:lgtin:9521005.000101.CAN-2510-30');
const fry = canonicalId('urn:epc:class:lgtin:9521001.000101.FRY-2502');
const feed = canonicalId('urn:epc:class:lgtin:9521002.000101.FEED-2503');
const tuna = canonicalId('urn:epc:class:lgtin:9521003.000101.YFT-2510-24');
const pallet = canonicalId('urn:epc:id:sscc:9521005.0000000201');
const itemsOf = (trace: Trace) => trace.nodes.map(({ item }) => item);

describe('the bundled seafood sample', () => {
  it('is accepted event by event, without one doubt', () => {
    expect(told).toHaveLength(21);
    expect(told.map(({ refusal, doubts }) => [refusal?.code, ...doubts])).toEqual(told.map(() => [undefined]));
    expect(toldOfNames.filter(({ refusal }) => refusal !== undefined)).toEqual([]);
  });

  it.each([
    ['a can', can],
    ['the lot of cans', canLot],
    ['the pallet', pallet],
  ])('traces %s back to hatchery, feed mill and vessel', (_what, item) => {
    const trace = world.trace({ item, direction: 'upstream' });
    expect(itemsOf(trace)).toEqual(expect.arrayContaining([fry, feed, tuna]));
    const kinds = story(trace).map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['hatch', 'make']);
    for (const kind of ['catch', 'land', 'harvest', 'commingle', 'transform', 'ship', 'receive'] as const)
      expect(kinds).toContain(kind);
  });

  it('tells the whole journey of a can, to where it was unpacked', () => {
    const steps = story(world.trace({ item: can, direction: 'upstream' }));
    expect(steps.slice(-6).map(({ kind }) => kind)).toEqual(['pack', 'pack', 'ship', 'receive', 'unpack', 'unpack']);
    const movers = companies.filter(({ places }) => places.length > 0).map(({ account }) => account);
    expect(new Set(steps.map(({ signer }) => signer))).toEqual(new Set(movers));
    // All of the 21 but the packing of the carton that holds none of the three cans.
    expect(steps).toHaveLength(20);
  });

  it.each([
    ['hatchery', fry],
    ['vessel', tuna],
  ])('traces from the %s forward to every can and pallet', (_what, item) => {
    const trace = world.trace({ item, direction: 'downstream' });
    expect(itemsOf(trace)).toEqual(expect.arrayContaining([can, canLot, pallet]));
    expect(trace.steps.at(-1)?.signer).toBe('importer');
  });
});
