import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  aiFormat,
  checkCharacterPair,
  checkDigit,
  KEY_QUALIFIERS,
  parseDigitalLinkPath,
  SUPPORTED_AIS,
} from '@waymark/epcis/gs1';

/** GS1's syntax dictionary (GS1 syntax engine, Apache-2.0). Outside material: read here, never copied. */
const file = join(
  process.env['VECTORS_DIR'] ?? resolve(import.meta.dirname, '../../../shared/vectors'),
  'gs1/gs1-syntax-dictionary.txt',
);

interface Component {
  type: string;
  min: number;
  max: number;
  linters: string[];
  optional: boolean;
}
interface Entry {
  components: Component[];
  dlpkey: string[][] | undefined;
}

function readEntry(line: string): [string, Entry] | undefined {
  const [ai, ...rest] = (line.split(/\s#\s/)[0] ?? '').trim().split(/\s+/);
  if (ai === undefined || !/^\d{2,4}$/.test(ai)) return undefined;
  const components = rest.flatMap((word) => {
    const match = /^(\[?)([NXYZ])(\.\.)?(\d+)((?:,\w+)*)(\]?)$/.exec(word);
    if (match === null) return [];
    const max = Number(match[4]);
    return [
      {
        type: match[2]!,
        min: match[3] === undefined ? max : 1,
        max,
        linters: match[5]!.split(',').slice(1),
        optional: match[1] === '[',
      },
    ];
  });
  const key = rest.find((word) => word === 'dlpkey' || word.startsWith('dlpkey='));
  const dlpkey =
    key === undefined
      ? undefined
      : (key.split('=')[1] ?? '').split('|').map((sequence) => sequence.split(',').filter((part) => part !== ''));
  return [ai, { components, dlpkey }];
}

/** A value of the given length that satisfies the linters of its component. */
function sample({ type, linters }: Component, length: number): string {
  if (linters.includes('zero')) return '0'.repeat(length);
  if (linters.includes('csum')) {
    const body = '9521234567890123456789'.slice(0, length - 1);
    return body + (checkDigit(body) ?? '');
  }
  if (linters.includes('csumalpha')) {
    const body = `9521${'Ad4X'.repeat(10)}`.slice(0, length - 2);
    return body + (checkCharacterPair(body) ?? '');
  }
  if (linters.includes('pieceoftotal')) return '0102';
  return type === 'N' ? '1234567890123456789'.slice(0, length) : '9521-ABC/1'.repeat(10).slice(0, length);
}

if (!existsSync(file)) {
  describe.skip(`GS1 syntax dictionary: not at ${file}`, () => it('is read', () => undefined));
} else {
  const dictionary = new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap(
        (line) =>
          (line.startsWith('#') ? [] : [readEntry(line) ?? []]).filter((entry) => entry.length > 0) as [
            string,
            Entry,
          ][],
      ),
  );
  /** Sequences with a qualifier we do not read (7040, unique identification extension) are not ours. */
  const ours = (sequences: readonly (readonly string[])[]) =>
    sequences
      .map((sequence) => sequence.filter((ai) => ai !== '7040').join(','))
      .filter((text, _, all) => text !== '' || all.every((other) => other === ''));

  describe('application identifiers, compared with the syntax dictionary', () => {
    it('knows every key of the dictionary that can begin a Digital Link, and the qualifiers in their order', () => {
      const keys = [
        '00',
        '01',
        '253',
        '255',
        '401',
        '402',
        '414',
        '417',
        '8003',
        '8004',
        '8006',
        '8010',
        '8013',
        '8017',
        '8018',
      ];
      expect(Object.keys(KEY_QUALIFIERS).sort()).toEqual(keys.sort());
      for (const key of keys) {
        const expected = ours(dictionary.get(key)?.dlpkey ?? []);
        expect([key, ours(KEY_QUALIFIERS[key] ?? [])]).toEqual([key, [...new Set(expected)]]);
      }
    });

    it.each(SUPPORTED_AIS)('AI %s accepts values of the allowed lengths and nothing longer or shorter', (ai) => {
      const format = aiFormat(ai)!;
      const components = dictionary.get(ai)!.components;
      const mandatory = components.filter(({ optional }) => !optional);
      const write = (chosen: Component[], length: (component: Component) => number) =>
        chosen.map((component) => sample(component, length(component))).join('');
      const shortest = write(mandatory, ({ min, linters }) =>
        Math.max(
          min,
          linters.some((linter) => linter.startsWith('gcppos')) ? (linters.includes('csumalpha') ? 6 : 4) : 1,
        ),
      );
      const longest = write(components, ({ max }) => max);
      expect([ai, format.accepts(shortest), format.accepts(longest)]).toEqual([ai, true, true]);
      expect([ai, format.accepts(`${longest}1`), format.accepts('')]).toEqual([ai, false, false]);
      const fixed = mandatory.every(({ min, max }) => min === max);
      if (fixed) expect(format.accepts(shortest.slice(0, -1))).toBe(false);
      if (mandatory.every(({ type }) => type === 'N')) expect(format.accepts(`A${shortest.slice(1)}`)).toBe(false);
      expect(format.accepts(`${shortest.slice(0, -1)}\u00e9`)).toBe(false);
    });

    it.each(Object.keys(KEY_QUALIFIERS))('a Digital Link of AI %s refuses exactly the wrong check digits', (ai) => {
      const components = dictionary.get(ai)!.components.filter(({ optional }) => !optional);
      const value = components.map((component) => sample(component, component.max)).join('');
      const path = (text: string) => `/${ai}/${encodeURIComponent(text)}`;
      expect(parseDigitalLinkPath(path(value)).ok).toBe(true);
      const checked = components.findIndex(({ linters }) => linters.includes('csum'));
      if (checked < 0) return;
      const position = components.slice(0, checked + 1).reduce((sum, { max }) => sum + max, 0) - 1;
      for (let digit = 0; digit < 10; digit += 1) {
        const changed = value.slice(0, position) + digit + value.slice(position + 1);
        const result = parseDigitalLinkPath(path(changed));
        expect(result.ok ? 'ok' : result.problem.code).toBe(changed === value ? 'ok' : 'GS1_CHECK_DIGIT_WRONG');
      }
    });
  });
}
