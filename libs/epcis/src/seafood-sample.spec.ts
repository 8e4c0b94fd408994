import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { companyPrefixMatches, parseDigitalLinkPath } from './gs1/index.js';
import {
  addDecimals,
  formatDecimal,
  namesOf,
  parseDecimal,
  parseDocument,
  parseTimeMs,
  validateDocument,
} from './index.js';
import type { EpcisEvent, ParsedDocument, QuantityElement } from './index.js';

/** The bundled sample (samples/seafood/README.md) keeps its promises. */
const folder = resolve(import.meta.dirname, '../../../samples/seafood');
const read = (name: string) => readFileSync(resolve(folder, name));
interface Company {
  account: string;
  role: string;
  companyPrefixes: string[];
  places: string[];
  node?: { class: string; proposer: boolean };
}
const companies = JSON.parse(read('companies.json').toString('utf8')) as Company[];
const parsed = parseDocument(read('seafood.jsonld'));
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const document: ParsedDocument = parsed.value;
const events = document.events.map(({ value }) => value as unknown as EpcisEvent);

/** Lots and instances that an event brings into being. */
function commissioned(event: EpcisEvent): string[] {
  const classes = (list: QuantityElement[] | undefined) => (list ?? []).map(({ epcClass }) => epcClass);
  if (event.type === 'TransformationEvent')
    return [...(event.outputEPCList ?? []), ...classes(event.outputQuantityList)];
  return event.type === 'ObjectEvent' && event.action === 'ADD'
    ? [...(event.epcList ?? []), ...classes(event.quantityList)]
    : [];
}
const ownerOf = (event: EpcisEvent) => companies.find(({ places }) => places.includes(event.bizLocation?.id ?? ''));

describe('the seafood sample', () => {
  it('has 21 events, accepted without a warning', () => {
    const verdict = validateDocument(document, { nowMs: Date.UTC(2026, 0, 9), toleranceMs: 0 });
    expect([events.length, verdict.errors, verdict.warnings]).toEqual([21, [], []]);
  });

  it('has events in order of time, at places of its companies, each with a UUID of its own', () => {
    const times = events.map(({ eventTime }) => parseTimeMs(eventTime)!);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(21);
    expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(21);
    for (const event of events) {
      expect(ownerOf(event)?.account).toBeDefined();
      expect(event.readPoint).toEqual(event.bizLocation);
    }
    expect(new Set(events.map((event) => ownerOf(event)?.account)).size).toBe(6);
  });

  it('commissions only under the prefix of the company that owns the place', () => {
    const made = events.flatMap((event) => commissioned(event).map((id) => [ownerOf(event), id] as const));
    expect(made).toHaveLength(10);
    for (const [owner, id] of made)
      expect(owner?.companyPrefixes.some((prefix) => companyPrefixMatches(id, prefix))).toBe(true);
  });

  it('gives each company one demonstration prefix, none inside another, and three of them proposers beside a regulator', () => {
    const prefixes = companies.flatMap(({ companyPrefixes }) => companyPrefixes);
    expect(prefixes).toHaveLength(6);
    for (const prefix of prefixes) {
      expect(prefix.startsWith('952')).toBe(true);
      expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
    }
    const proposers = companies.filter(({ node }) => node?.proposer === true).map(({ account }) => account);
    expect(proposers.sort()).toEqual(['fish-farm', 'importer', 'processor']);
    expect(companies.filter(({ node }) => node?.class === 'regulator').map(({ role }) => role)).toEqual(['regulator']);
  });

  it('uses, packs and receives exactly what was made of each lot', () => {
    const sums = new Map<string, Record<'made' | 'used' | 'seen', string>>();
    const add = (what: 'made' | 'used' | 'seen', list: QuantityElement[] | undefined) => {
      for (const { epcClass, quantity } of list ?? []) {
        const sum = sums.get(epcClass) ?? { made: '0', used: '0', seen: '0' };
        sum[what] = formatDecimal(addDecimals(parseDecimal(sum[what])!, parseDecimal(quantity!)!));
        sums.set(epcClass, sum);
      }
    };
    for (const event of events) {
      if (event.type === 'TransformationEvent') {
        add('used', event.inputQuantityList);
        add('made', event.outputQuantityList);
      } else if (event.type === 'ObjectEvent') {
        add(event.action === 'ADD' ? 'made' : 'seen', event.quantityList);
        if (event.action === 'OBSERVE' && event.quantityList)
          expect(sums.get(event.quantityList[0]!.epcClass)?.made).toBe(String(event.quantityList[0]!.quantity));
      } else if (event.type === 'AggregationEvent' && event.action === 'ADD') {
        add('used', event.childQuantityList);
      }
    }
    const unfinished = [...sums].filter(([, { made, used }]) => made !== used).map(([id]) => id);
    expect(unfinished).toEqual(['urn:epc:class:lgtin:9521005.000301.TRIM-2510-30']);
    const cans = sums.get('urn:epc:class:lgtin:9521005.000101.CAN-2510-30');
    expect(cans?.made).toBe('5997');
  });

  it('conserves mass when pooling and canning', () => {
    const kilograms = (list: QuantityElement[] | undefined) =>
      (list ?? []).filter(({ uom }) => uom === 'KGM').reduce((sum, { quantity }) => sum + quantity!, 0);
    const cans = (list: QuantityElement[] | undefined) =>
      (list ?? []).filter(({ uom }) => uom === undefined).reduce((sum, { quantity }) => sum + quantity!, 0);
    const [harvest, pooling, canning] = events.filter((event) => event.type === 'TransformationEvent');
    expect(kilograms(harvest?.outputQuantityList)).toBeLessThan(kilograms(harvest?.inputQuantityList));
    expect(kilograms(pooling?.inputQuantityList)).toBe(kilograms(pooling?.outputQuantityList));
    const canned = (cans(canning?.outputQuantityList) + canning!.outputEPCList!.length) * 185;
    expect(kilograms(canning?.inputQuantityList) * 1000).toBe(canned + kilograms(canning?.outputQuantityList) * 1000);
  });

  it('names every product, place and party in English and Chinese', () => {
    const names = [...namesOf(document.masterData).values()];
    expect(names).toHaveLength(21);
    for (const name of names)
      expect([/[a-z]/.test(name.en), /\p{Script=Han}/u.test(name['zh-CN'])]).toEqual([true, true]);
  });

  it('prints a code that is the Digital Link of a can it made', () => {
    const { canPath, lotPath } = JSON.parse(read('scan.json').toString('utf8')) as { canPath: string; lotPath: string };
    const [can, lot] = [parseDigitalLinkPath(canPath), parseDigitalLinkPath(lotPath)];
    expect(can.ok && can.link).toMatchObject({ gtin: '09521005001010', serial: 'C0001' });
    expect(lot.ok && lot.link).toMatchObject({ gtin: '09521005001010', lot: 'CAN-2510-30' });
    expect(events.flatMap(commissioned)).toContain('urn:epc:id:sgtin:9521005.000101.C0001');
  });
});
