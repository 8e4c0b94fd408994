import { describe, expect, it } from '@jest/globals';
import { csvRows } from './csv.js';

const HOSTILE = [
  ...['=HYPERLINK("http://evil.example","x")', '+1+1', '-2+3', '@SUM(A1)', '\tx', '\r=1', ' =1', '"=1', '＝1'],
  ...['x;=1+1', 'x;"=1+1";', 'L1; +1', 'a\n=1+1', 'a\t@SUM(A1)', 'a";"-1', 'x;;=1', ';\r\n ="a"'],
];

/** What a program sees that divides at semicolons, tabs and line ends, whatever it makes of quotes. */
const cellsElsewhere = (csv: string) => csv.split(/[;\t\r\n]/).map((cell) => cell.replace(/^["\s]+/, ''));

describe('rows as CSV', () => {
  it.each(HOSTILE)('keeps %j from being run by a spreadsheet', (cell) => {
    const line = csvRows([[cell]]);
    expect(line.replace(/^"/, '')).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/);
    for (const part of cellsElsewhere(csvRows([['first', cell, 'last']]))) expect(part).not.toMatch(/^[=+\-@＝＋－＠]/);
  });

  it('quotes what needs it and leaves the rest', () => {
    expect(csvRows([['a,b', 'c"d', '批次 1']])).toBe('"a,b","c""d",批次 1\r\n');
    const name = 'ni:///sha-256;8f3a?ver=CBV2.0';
    expect(csvRows([[name, 'A-1', 'x; y', 'urn:epc:id:sgtin:9521001.000001.1']])).toBe(
      `${name},A-1,x; y,urn:epc:id:sgtin:9521001.000001.1\r\n`,
    );
  });
});
