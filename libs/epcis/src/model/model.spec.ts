import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  namesOf,
  parseDecimal,
  parseTimeMs,
  plainNumber,
  subtractDecimals,
} from './index.js';
import { formatInstant, parseInstant } from './time.js';

describe('decimals', () => {
  it('add exactly where floating point does not', () => {
    expect(formatDecimal(addDecimals(parseDecimal(0.1)!, parseDecimal(0.2)!))).toBe('0.3');
    expect(formatDecimal(subtractDecimals(parseDecimal('1')!, parseDecimal(1e-7)!))).toBe('0.9999999');
    expect(compareDecimals(parseDecimal('10.50')!, parseDecimal(10.5)!)).toBe(0);
    expect(compareDecimals(parseDecimal('-2')!, parseDecimal('1e-3')!)).toBe(-1);
  });

  it.each([
    ['1e3', '1000'],
    ['-0.0', '0'],
    ['007.2500', '7.25'],
    [1.5e21, '1500000000000000000000'],
    [5e-324, `0.${'0'.repeat(323)}5`],
  ])('%s is %s', (text, expected) => expect(formatDecimal(parseDecimal(text)!)).toBe(expected));

  it.each([NaN, Infinity, 'x', '', '1,5', '0x10', '1e999999'])('%s is no decimal', (text) =>
    expect(parseDecimal(text)).toBeUndefined(),
  );

  it('keep every JavaScript number', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (n) =>
          Number(formatDecimal(parseDecimal(n)!)) === (n === 0 ? 0 : n) &&
          plainNumber(n) === formatDecimal(parseDecimal(n)!),
      ),
    );
  });
});

describe('times', () => {
  it('agree with the platform over four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2200, 0, 1) }), (ms) => {
        const text = new Date(ms).toISOString();
        return parseTimeMs(text) === ms && formatInstant({ ms, nextDigit: 0 }) === text;
      }),
    );
  });

  it.each([
    ['2023-02-02T11:04:03.1415Z', '2023-02-02T11:04:03.142Z'],
    ['2023-02-02T11:04:03.1414999Z', '2023-02-02T11:04:03.141Z'],
    ['2023-12-31T23:59:59.9999Z', '2024-01-01T00:00:00.000Z'],
    ['2020-03-01T00:30:00+01:00', '2020-02-29T23:30:00.000Z'],
    ['2022-02-16T20:33:31.116000-06:00', '2022-02-17T02:33:31.116Z'],
    ['1969-12-31T23:59:59.9Z', '1969-12-31T23:59:59.900Z'],
  ])('%s is %s', (text, expected) => expect(formatInstant(parseInstant(text)!)).toBe(expected));

  it.each([
    '2023-02-29T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-01-01T24:00:00Z',
    '2023-01-01T00:00:60Z',
    '2023-01-01T00:00:00',
    '2023-01-01',
    '2023-01-01t00:00:00z',
    '2023-01-01T00:00:00+14:30',
    '',
  ])('%s is no time with a zone', (text) => expect(parseTimeMs(text)).toBeUndefined());
});

describe('names', () => {
  const attribute = (id: string, value: string | { '@value': string; '@language': string }) => ({
    id,
    attribute: value,
  });
  const named = (...attributes: ReturnType<typeof attribute>[]) => [
    ...namesOf([{ element: { id: 'urn:epc:id:sgln:9521005.00010.0', attributes } }]),
  ];

  it('come in both languages under the canonical identifier', () => {
    expect(
      named(
        attribute('urn:epcglobal:cbv:mda#name', 'Cannery'),
        attribute('urn:epcglobal:cbv:mda#name', { '@value': '罐头厂', '@language': 'zh-CN' }),
      ),
    ).toEqual([['https://id.gs1.org/414/9521005000105', { en: 'Cannery', 'zh-CN': '罐头厂' }]]);
  });

  it('fill a missing language with the other', () => {
    expect(named(attribute('cbvmda:name', { '@value': '罐头厂', '@language': 'zh' }))[0]?.[1]).toEqual({
      en: '罐头厂',
      'zh-CN': '罐头厂',
    });
    expect(named(attribute('urn:epcglobal:cbv:mda:descriptionShort', 'Cannery'))[0]?.[1]).toEqual({
      en: 'Cannery',
      'zh-CN': 'Cannery',
    });
  });

  it('are none where the data is not as it should be', () => {
    for (const attributes of [undefined, 'x', { id: 1 }, [null, 'x', { id: 5, attribute: 'x' }, { attribute: 'x' }]]) {
      expect([...namesOf([{ element: { id: 'urn:x:y', attributes } as never }])]).toEqual([]);
    }
  });

  it('prefer a name to a description, and ignore what is neither', () => {
    expect(
      named(
        attribute('urn:epcglobal:cbv:mda#descriptionShort', 'A plant'),
        attribute('urn:epcglobal:cbv:mda#name', 'Cannery'),
      )[0]?.[1].en,
    ).toBe('Cannery');
    expect(
      named(
        attribute('urn:epcglobal:cbv:mda#city', 'Xiamen'),
        attribute('urn:epcglobal:cbv:mda#name', { '@value': 'Werk', '@language': 'de' }),
      ),
    ).toEqual([]);
  });
});
