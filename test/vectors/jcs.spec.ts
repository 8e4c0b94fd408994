/** Canonical JSON as its author expects it (RFC 8785, cyberphone/json-canonicalization). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson, parseCanonicalJson } from '@waymark/ledger/chain';
import { fromUtf8 } from '@waymark/ledger/primitives';

const folder = resolve(process.env['VECTORS_DIR'] ?? resolve(import.meta.dirname, '../../../shared/vectors'), 'jcs');

if (existsSync(folder)) {
  const names = readdirSync(join(folder, 'input')).sort();
  describe('canonical JSON from outside', () => {
    it('is all here', () => {
      expect(names).toEqual([
        'arrays.json',
        'french.json',
        'structures.json',
        'unicode.json',
        'values.json',
        'weird.json',
      ]);
    });

    it.each(names)('%s', (name) => {
      const input = readFileSync(join(folder, 'input', name));
      const value: unknown = JSON.parse(input.toString('utf8'));
      const expected = readFileSync(join(folder, 'output', name));
      expect(fromUtf8(canonicalJson(value))).toBe(expected.toString('utf8'));
      expect(parseCanonicalJson(expected)).toEqual({ value });
      expect(parseCanonicalJson(input)).toBeUndefined();
    });
  });
} else {
  describe.skip(`canonical JSON: the outside vectors are not at ${folder}`, () => it('reads them', () => undefined));
}
