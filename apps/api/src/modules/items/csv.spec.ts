import { describe, expect, it } from '@jest/globals';
import { csvRows } from './csv.js';

describe('rows as CSV', () => {
  it.each(['=HYPERLINK("http://evil.example","x")', '+1+1', '-2+3', '@SUM(A1)', '\tx', '\r=1'])(
    'keeps %j from being run by a spreadsheet',
    (cell) => {
      const [line = ''] = csvRows([[cell]]).split('\r\n');
      expect(line.replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('quotes what needs it and leaves the rest', () => {
    expect(csvRows([['a,b', 'c"d', '批次 1']])).toBe('"a,b","c""d",批次 1\r\n');
  });
});
