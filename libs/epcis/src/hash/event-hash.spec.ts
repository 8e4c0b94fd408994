import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../model/json.js';
import { canonicalString, eventHash } from './index.js';

const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { ex: 'https://ns.example.com/epcis/' },
];
const EVENT: JsonObject = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T10:00:00+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  bizStep: 'shipping',
  epcList: ['urn:epc:id:sgtin:9521234.012345.2', 'urn:epc:id:sgtin:9521234.012345.10'],
};
const hash = (event: JsonObject, context: unknown = CONTEXT) => eventHash(event, context, { sha256 });
const tail = (more: JsonObject, context: unknown = CONTEXT) =>
  canonicalString({ ...EVENT, ...more }, context).slice(canonicalString(EVENT, context).length);

describe('event hash', () => {
  it('is a URI that names its version', () =>
    expect(hash(EVENT)).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/));

  it('does not depend on the order of fields or lists, the spelling of identifiers, words or times', () => {
    const other: JsonObject = {
      epcList: ['https://shop.example/01/09521234123453/21/10?17=270101', 'https://id.gs1.org/01/9521234123453/21/2'],
      bizStep: 'https://ref.gs1.org/cbv/BizStep-shipping',
      action: 'OBSERVE',
      eventTimeZoneOffset: '+08:00',
      eventTime: '2026-03-01T02:00:00.0000Z',
      type: 'ObjectEvent',
    };
    expect(hash(other)).toBe(hash(EVENT));
    expect(hash({ ...EVENT, bizStep: 'urn:epcglobal:cbv:bizstep:shipping' })).toBe(hash(EVENT));
    expect(hash({ ...EVENT, bizStep: 'cbv:BizStep-shipping' })).toBe(hash(EVENT));
  });

  it('leaves out eventID, recordTime, errorDeclaration and comments, and nothing else', () => {
    for (const field of ['eventID', 'recordTime', 'errorDeclaration', 'rdfs:comment'])
      expect(hash({ ...EVENT, [field]: 'x' })).toBe(hash(EVENT));
    expect(hash({ ...EVENT, disposition: 'in_transit' })).not.toBe(hash(EVENT));
    expect(hash({ ...EVENT, 'ex:note': 'x' })).not.toBe(hash(EVENT));
    expect(hash({ ...EVENT, certificationInfo: 'https://x.example/1' })).not.toBe(hash(EVENT));
  });

  it('reads a prefix as its namespace, whatever its name, and an unknown context as a prefix map only', () => {
    const renamed = ['https://unknown.example/context.jsonld', { other: 'https://ns.example.com/epcis/' }];
    expect(hash({ ...EVENT, 'other:note': 'x' }, renamed)).toBe(hash({ ...EVENT, 'ex:note': 'x' }));
    expect(tail({ 'ex:note': 'x' }, [])).toBe('ex:note=x');
    expect(hash({ ...EVENT, '@context': { ex2: 'https://ns.example.com/epcis/' }, 'ex2:note': 'x' })).toBe(
      hash({ ...EVENT, 'ex:note': 'x' }),
    );
  });

  it('writes extensions sorted, below their field when nested', () => {
    const ns = '{https://ns.example.com/epcis/}';
    expect(tail({ 'ex:b': [true, { 'ex:d': 1, 'ex:c': 2.5 }], 'ex:a': null, ilmd: { 'ex:lot': ' L1 ' } })).toBe(
      `ilmd${ns}lot=L1${ns}b=true${ns}b${ns}c=2.5${ns}d=1`,
    );
    expect(tail({ readPoint: { id: 'geo:1,2', 'ex:gate': '7' } })).toBe(`readPointid=geo:1,2${ns}gate=7`);
  });

  it.each([
    ['26.0', '26'],
    ['+007', '7'],
    ['.50', '0.5'],
    ['1e3', '1000'],
    ['-0', '0'],
    ['0.0001', '0.0001'],
    ['0.00001', '1e-05'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.2.3', '1.2.3'],
    ['12 KGM', '12 KGM'],
  ])('writes the number %s as %s', (text, expected) =>
    expect(tail({ 'ex:n': text })).toBe(`{https://ns.example.com/epcis/}n=${expected}`),
  );

  it('sorts by code point, not by UTF-16 unit', () => {
    const [astral, last] = ['\u{1F41F}', '\uFF5E'];
    expect(astral < last).toBe(true);
    expect(tail({ 'ex:n': [astral, last] })).toBe(
      [last, astral].map((text) => `{https://ns.example.com/epcis/}n=${text}`).join(''),
    );
  });

  it('is found for whatever JSON: it never throws', () => {
    const fields = [
      'type',
      'eventTime',
      'epcList',
      'bizStep',
      'quantityList',
      'readPoint',
      'sourceList',
      'ilmd',
      '@context',
    ];
    const names = [...fields, 'sensorElementList', 'persistentDisposition', 'ex:a'];
    const event = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(event, fc.jsonValue(), (value, context) => {
        return typeof canonicalString(value, context) === 'string';
      }),
    );
  });

  it('writes a value as its context says, whatever it was under another', () => {
    const contexts = ['https://gs1.org/voc/', 'https://ref.gs1.org/cbv/'].map((g) => [{ g }]);
    for (const context of [...contexts, ...contexts])
      expect(canonicalString({ bizStep: 'g:x' }, context)).toBe(`eventType=bizStep=${context[0]?.g}x`);
  });

  it('writes lists of any length', () => {
    const many = Array.from({ length: 200_000 }, () => 1);
    expect(tail({ 'ex:n': many }).length).toBe(200_000 * '{https://ns.example.com/epcis/}n=1'.length);
    expect(tail({ ilmd: { 'ex:n': many } }).length).toBeGreaterThan(200_000);
  });

  it('does not hang on a text made to be slow', () => {
    for (const text of [
      '1'.repeat(250_000),
      `${'1'.repeat(250_000)}x`,
      `${'1.'.repeat(125_000)}`,
      ' '.repeat(250_000),
    ]) {
      expect(tail({ 'ex:n': text })).toBe(`{https://ns.example.com/epcis/}n${text.trim() === '' ? '' : `=${text}`}`);
    }
  });

  it('expands the words of every vocabulary', () => {
    expect(tail({ persistentDisposition: { unset: ['recalled'], set: ['returned', 'damaged'] } })).toBe(
      'persistentDispositionset=https://ref.gs1.org/cbv/Disp-damagedset=https://ref.gs1.org/cbv/Disp-returnedunset=https://ref.gs1.org/cbv/Disp-recalled',
    );
    expect(tail({ sourceList: [{ source: 'urn:epc:id:pgln:9521234.00000', type: 'owning_party' }] })).toMatch(
      /^sourceListtype=https:\/\/ref\.gs1\.org\/cbv\/SDT-owning_partysource=https:\/\/id\.gs1\.org\/417\//,
    );
    expect(
      tail({ sensorElementList: [{ sensorReport: [{ type: 'Temperature', component: 'x', value: -1.2 }] }] }),
    ).toBe(
      'sensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperaturevalue=-1.2component=https://ref.gs1.org/cbv/Comp-x',
    );
  });
});
