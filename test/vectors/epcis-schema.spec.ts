import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parseDocument, validateDocument } from '@waymark/epcis';

/**
 * Our schema is our own; GS1's says what must be refused at least. Every example is damaged in every place, one damage at
 * a time, and whatever GS1's schema refuses we must refuse too. Outside material: read here, never copied.
 */
const vectors = process.env['VECTORS_DIR'] ?? resolve(import.meta.dirname, '../../../shared/vectors');
const schemaFile = join(vectors, 'epcis/EPCIS-JSON-Schema.json');
const examples = join(vectors, 'epcis/examples');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** The wrong values put in the place of each value. */
const WRONG: Json[] = [null, 12345, 'no uri, no word', '', {}, [], true];

/** Every document that differs from `value` in one place. */
function* damaged(value: Json, path = ''): Generator<[string, Json]> {
  if (typeof value === 'object' && value !== null) {
    const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, inner] of entries) {
      const replace = (put: Json | undefined): Json => {
        if (Array.isArray(value))
          return put === undefined
            ? value.filter((_, i) => i !== key)
            : value.map((item, i) => (i === key ? put : item));
        return Object.fromEntries(
          Object.entries(value).flatMap(([name, item]) =>
            name !== key ? [[name, item]] : put === undefined ? [] : [[name, put]],
          ),
        );
      };
      const here = `${path}/${key}`;
      yield [`${here} left out`, replace(undefined)];
      for (const wrong of WRONG) yield [`${here} = ${JSON.stringify(wrong)}`, replace(wrong)];
      if (!Array.isArray(value))
        yield [
          `${here} renamed`,
          Object.fromEntries(Object.entries(value).map(([name, item]) => [name === key ? `${name}X` : name, item])),
        ];
      for (const [where, changed] of damaged(inner, here)) yield [where, replace(changed)];
    }
  }
}

if (!existsSync(schemaFile)) {
  describe.skip(`EPCIS schema: the outside vectors are not at ${vectors}`, () => it('reads them', () => undefined));
} else {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const gs1 = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
  const weAccept = (document: Json): boolean => {
    const parsed = parseDocument(JSON.stringify(document));
    return parsed.ok && validateDocument(parsed.value).errors.length === 0;
  };

  describe('what the schema of GS1 refuses we refuse', () => {
    it.each(readdirSync(examples).filter((name) => !name.startsWith('WithFull')))(
      '%s, damaged in every place',
      (name) => {
        const document = JSON.parse(readFileSync(join(examples, name), 'utf8')) as Json;
        expect(gs1(document)).toBe(true);
        const missed: string[] = [];
        let refusals = 0;
        for (const [where, changed] of damaged(document)) {
          if (gs1(changed)) continue;
          refusals += 1;
          if (weAccept(changed)) missed.push(where);
        }
        expect(missed).toEqual([]);
        expect(refusals).toBeGreaterThan(50);
      },
    );
  });
}
