import { describe, expect, it } from '@jest/globals';
import { readTyped } from './typed-query.js';

describe('what somebody types into the search', () => {
  it.each([
    ['a GTIN of 13 digits', '9521005001010', { gtin: '09521005001010' }],
    ['a GTIN with a serial behind', '9521005001010 C0001', { gtin: '09521005001010', beginning: 'c0001' }],
    ['the short name that lists show', '9521005001010 · C0001', { gtin: '09521005001010', beginning: 'c0001' }],
    ['a lot', ' LOT-7 ', { beginning: 'lot-7' }],
    ['the text under a bar code', '(01)09521005001010(10)L1', { id: 'https://id.gs1.org/01/09521005001010/10/L1' }],
    ['an SSCC', '0 9521005 000000001 4', { id: 'https://id.gs1.org/00/095210050000000014' }],
    [
      'a Digital Link of somebody’s own domain',
      'https://fish.example/01/09521005001010/21/C0001',
      { id: 'https://id.gs1.org/01/09521005001010/21/C0001' },
    ],
    ['an EPC URN', 'urn:epc:id:sgtin:9521005.000101.C0001', { id: 'https://id.gs1.org/01/09521005001010/21/C0001' }],
    ['a day', '2025-10-02', { day: { text: '2025-10-02', fromMs: Date.UTC(2025, 9, 2), toMs: Date.UTC(2025, 9, 3) } }],
    [
      'a day as Chinese is written',
      '2025年10月2日',
      { day: { text: '2025-10-02', fromMs: Date.UTC(2025, 9, 2), toMs: Date.UTC(2025, 9, 3) } },
    ],
    ['a month', '2025-10', { day: { text: '2025-10', fromMs: Date.UTC(2025, 9, 1), toMs: Date.UTC(2025, 10, 1) } }],
    ['a hash', 'A'.repeat(64), { hash: 'a'.repeat(64) }],
    ['a height', '42', { number: 42 }],
  ])('%s', (_what, query, expected) => {
    expect(readTyped(query)).toMatchObject(expected);
  });

  it('takes no day that is not in the calendar', () => {
    expect(readTyped('2025-02-30').day).toBeUndefined();
  });
});
