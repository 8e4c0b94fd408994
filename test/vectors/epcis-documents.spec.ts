import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseDocument, validateDocument } from '@waymark/epcis';
import type { DocumentVerdict, Problem } from '@waymark/epcis';

/** GS1's EPCIS 2.0 examples and the seafood documents of opentraceability. Outside material: read here, never copied. */
const vectors = process.env['VECTORS_DIR'] ?? resolve(import.meta.dirname, '../../../shared/vectors');
const examples = join(vectors, 'epcis/examples');
const traceback = join(vectors, 'traceback');
const clock = { nowMs: Date.UTC(2026, 10, 21), toleranceMs: 300_000 };

/** The verdict on a file; problems of the parse when it is no document. */
function judge(path: string): { parse: Problem[] } | { verdict: DocumentVerdict } {
  const parsed = parseDocument(readFileSync(path));
  return parsed.ok ? { verdict: validateDocument(parsed.value, clock) } : { parse: parsed.problems };
}
const errorsOf = (path: string): Problem[] => {
  const result = judge(path);
  return 'parse' in result ? result.parse : result.verdict.errors;
};

if (!existsSync(examples)) {
  describe.skip(`EPCIS documents: the outside vectors are not at ${vectors}`, () => it('reads them', () => undefined));
} else {
  const names = readdirSync(examples).sort();
  const refused = names.filter((name) => name.startsWith('WithFullCombinationOfFields_'));

  describe('the 24 examples of GS1', () => {
    it('are there', () => expect([names.length, refused.length]).toEqual([24, 3]));

    it.each(names.filter((name) => !refused.includes(name)))('accepts %s', (name) => {
      expect(errorsOf(join(examples, name))).toEqual([]);
    });

    it.each(refused)('refuses %s for its sensor data only', (name) => {
      const codes = new Set(errorsOf(join(examples, name)).map(({ code }) => code));
      expect([...codes].sort()).toEqual(['EPCIS_SENSOR_ATTRIBUTE_TWICE', 'EPCIS_SENSOR_TIME_AFTER_EVENT']);
    });
  });

  describe('the seafood chain of opentraceability', () => {
    it('is accepted, its real faults told as warnings', () => {
      const result = judge(join(traceback, 'traceback_tests.jsonld'));
      if ('parse' in result) throw new Error(JSON.stringify(result.parse));
      expect(result.verdict.errors).toEqual([]);
      expect(result.verdict.events).toHaveLength(21);
      const count = (code: string) =>
        result.verdict.events.filter(({ warnings }) => warnings.some((warning) => warning.code === code)).length;
      expect(count('EPCIS_GS1_EPC_URN_MALFORMED')).toBe(6);
      expect(count('EPCIS_EVENT_ID_NOT_A_UUID')).toBe(21);
    });

    it('gives each event its own bytes and pointer', () => {
      const bytes = readFileSync(join(traceback, 'traceback_tests.jsonld'));
      const parsed = parseDocument(bytes);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const document = JSON.parse(bytes.toString('utf8')) as { epcisBody: { eventList: unknown[] } };
      for (const event of parsed.value.events) {
        expect(bytes.includes(Buffer.from(event.bytes))).toBe(true);
        expect(JSON.parse(Buffer.from(event.bytes).toString('utf8'))).toEqual(
          document.epcisBody.eventList[event.index],
        );
        expect(event.pointer).toBe(`/epcisBody/eventList/${event.index}`);
      }
    });

    it('accepts master data with an event', () =>
      expect(errorsOf(join(traceback, 'farm_harvest_event_object.jsonld'))).toEqual([]));

    it('refuses a document that breaks off, and says where', () => {
      const [problem] = errorsOf(join(traceback, 'EPCISQueryDocument_malformed.jsonld'));
      expect(problem).toMatchObject({ code: 'EPCIS_JSON_SYNTAX', facts: { line: '2' } });
    });

    it('refuses what is no EPCIS document', () => {
      for (const name of readdirSync(traceback).filter((file) => file.startsWith('gs1-vocab'))) {
        expect(errorsOf(join(traceback, name)).map(({ code }) => code)).toEqual(['EPCIS_DOCUMENT_KIND_UNKNOWN']);
      }
    });

    it('refuses a query document with a header that the standard does not know', () => {
      expect(errorsOf(join(traceback, 'EPCISQueryDocument_duplicate_eventIDs.jsonld'))).toContainEqual(
        expect.objectContaining({ code: 'EPCIS_FIELD_UNKNOWN', pointer: '/epcisHeader' }),
      );
    });
  });
}
