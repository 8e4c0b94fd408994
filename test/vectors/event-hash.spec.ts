import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventHash } from '@waymark/epcis/hash';

/** Event hashes of RalphTro/epcis-event-hash-generator (MIT), CBV 2.0. Outside material: read here, never copied. */
const folder = join(
  process.env['VECTORS_DIR'] ?? resolve(import.meta.dirname, '../../../shared/vectors'),
  'event-hash',
);
const hashing = { sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()) };

interface Document {
  '@context': unknown;
  epcisBody: {
    eventList?: Record<string, never>[];
    queryResults?: { resultsBody: { eventList: Record<string, never>[] } };
  };
}

if (!existsSync(folder)) {
  describe.skip(`event hashes: the outside vectors are not at ${folder}`, () => it('reads them', () => undefined));
} else {
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonld'))
    .map((name) => name.replace('.jsonld', ''));
  // `ignoreFields` is a switch of the reference implementation that CBV does not know: here the fields it names are taken out.
  const IGNORED = ['repository-x:hash', 'example:captureID'];
  const withoutIgnored = (name: string, event: Record<string, never>) =>
    name.includes('IgnoreFields')
      ? Object.fromEntries(Object.entries(event).filter(([key]) => !IGNORED.includes(key)))
      : event;

  describe('event hash, compared with the reference implementation', () => {
    it('finds the JSON-LD cases', () => expect(cases).toHaveLength(12));

    it.each(cases)('%s', (name) => {
      const document = JSON.parse(readFileSync(join(folder, `${name}.jsonld`), 'utf8')) as Document;
      const list = document.epcisBody.eventList ?? document.epcisBody.queryResults?.resultsBody.eventList ?? [];
      const events = list.map((event) => withoutIgnored(name, event));
      const expected = readFileSync(join(folder, `${name}.hashes`), 'utf8')
        .trim()
        .split('\n');
      const actual = events.map((event) => eventHash(event, document['@context'], hashing));
      expect(actual).toEqual(expected);
    });
  });
}
