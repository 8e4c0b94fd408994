import { describe, expect, it } from '@jest/globals';
import { parseDocument, validateDocument } from '@waymark/epcis';
import {
  documentOf,
  emptyForm,
  emptyLine,
  faultsOf,
  type FormValues,
  keyFault,
  STEPS,
  withCheckDigit,
} from './build-document.js';

const line = { ...emptyLine, gtin: '9521001000017', lot: 'L-1/2', quantity: '12,5' };
const values: FormValues = {
  ...emptyForm,
  when: '2026-01-02T03:04',
  place: '9521001000109',
  lines: [line, { ...emptyLine, kind: 'unit', sscc: '095210010000000017' }],
  parent: '0 9521001 000000002 4',
  fromParty: '9521001000000',
  toParty: 'urn:example:party:1',
  harvestDate: '2026-01-01',
};

describe('the small form', () => {
  it.each(STEPS)('%s is valid EPCIS 2.0', (step) => {
    const form = step === 'harvest' ? { ...values, lines: [line] } : values;
    const parsed = parseDocument(JSON.stringify(documentOf(step, form, new Date('2026-01-02T04:00:00Z'))));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { errors, warnings } = validateDocument(parsed.value);
    expect([...errors, ...warnings]).toEqual([]);
    expect(faultsOf(step, form)).toEqual({});
  });

  it('spells lots and numbers as the standard asks', () => {
    const document = documentOf('harvest', { ...values, lines: [line] }, new Date(0)) as {
      epcisBody: { eventList: Record<string, unknown>[] };
    };
    expect(document.epcisBody.eventList[0]).toMatchObject({
      quantityList: [{ epcClass: 'https://id.gs1.org/01/09521001000017/10/L-1%2F2', quantity: 12.5, uom: 'KGM' }],
      ilmd: { 'cbvmda:lotNumber': 'L-1/2', 'cbvmda:harvestStartDate': '2026-01-01' },
      eventTimeZoneOffset: expect.stringMatching(/^[+-]\d\d:\d\d$/),
    });
  });

  it('packs units by their serial numbers', () => {
    const serial = { ...line, kind: 'serial' as const, serials: 'S1 S/2\nS1' };
    const form = { ...values, lines: [serial] };
    expect(faultsOf('pack', form)).toEqual({});
    const parsed = parseDocument(JSON.stringify(documentOf('pack', form, new Date(0))));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(validateDocument(parsed.value)).toMatchObject({ errors: [], warnings: [] });
    expect(documentOf('pack', form, new Date(0))).toMatchObject({
      epcisBody: {
        eventList: [
          {
            childEPCs: ['https://id.gs1.org/01/09521001000017/21/S1', 'https://id.gs1.org/01/09521001000017/21/S%2F2'],
          },
        ],
      },
    });
    const faults = (serials: string) => faultsOf('pack', { ...values, lines: [{ ...serial, serials }] });
    expect(faults(' ')).toMatchObject({ 'lines.0.serials': { key: 'form.fault.needed' } });
    expect(faults('S1 批次')).toMatchObject({ 'lines.0.serials': { values: { serial: '批次' } } });
  });

  it.each([
    ['gtin', '', 'form.fault.needed'],
    ['gtin', '9521001000018', 'form.fault.checkDigit'],
    ['gtin', '12345', 'form.fault.digits'],
    ['gtin', '<script>', 'form.fault.digits'],
    ['gln', '952100100010', 'form.fault.digits'],
  ] as const)('%s "%s": %s', (kind, text, key) => expect(keyFault(kind, text)).toMatchObject({ key }));

  it('offers the check digit', () => {
    expect(withCheckDigit('gln', '952100100010')).toMatch(/^952100100010\d$/);
    expect(withCheckDigit('gtin', '9521001000018')).toBe('9521001000017');
    expect(withCheckDigit('gtin', '9521001000017')).toBeUndefined();
    expect(withCheckDigit('gtin', 'abc')).toBeUndefined();
    expect(keyFault('gtin', 'https://id.gs1.org/01/09521001000017')).toBeUndefined();
  });

  it('names each field that is missing', () => {
    expect(Object.keys(faultsOf('ship', emptyForm)).sort()).toEqual(
      ['fromParty', 'lines.0.gtin', 'lines.0.lot', 'lines.0.quantity', 'place', 'toParty', 'when'].sort(),
    );
    expect(faultsOf('pack', { ...values, lines: [{ ...line, lot: 'x'.repeat(21) }] })).toMatchObject({
      'lines.0.lot': { key: 'form.fault.lot' },
    });
  });
});
