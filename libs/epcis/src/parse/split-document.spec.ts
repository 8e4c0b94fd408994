import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument, parseLimits } from './parse-document.js';
import type { ParsedDocument } from './parsed.js';
import { splitDocument } from './split-document.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const parsed = (source: string): ParsedDocument => {
  const result = parseDocument(source, { ...parseLimits, eventsMax: 100_000 });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};
const source = (events: readonly string[], elements: readonly string[] = []) =>
  `{"@context": ["c", {"ex":"https://ex.example/"}] ,"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","ex:n":1,
  "epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:é","vocabularyElementList":[${elements.join(',')}]}]}},
  "epcisBody":{"eventList":[${events.join(' , ')}]}}`;
const limits = { sizeBytesMax: 2_000, eventsMax: 7, masterDataMax: 5 };

describe('dividing a document', () => {
  it('keeps every event and element byte for byte, in order, within the limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 20 }),
        (sizes, elementSizes) => {
          const whole = parsed(
            source(
              sizes.map((size, i) => `{ "type":"ObjectEvent", "n" : 1.50, "i":${i},"ex:t":"${'é'.repeat(size)}"}`),
              elementSizes.map((size, i) => `{"id" : "urn:x:${i}","attributes":[],"t":"${'鱼'.repeat(size)}"}`),
            ),
          );
          const parts = splitDocument(whole, limits);
          const documents = parts.map((part) => parsed(part.text));
          expect(documents.flatMap(({ events }) => events.map(({ bytes }) => text(bytes)))).toEqual(
            whole.events.map(({ bytes }) => text(bytes)),
          );
          expect(documents.flatMap(({ masterData }) => masterData.map(({ bytes }) => text(bytes)))).toEqual(
            whole.masterData.map(({ bytes }) => text(bytes)),
          );
          let firstEvent = 0;
          for (const [i, part] of parts.entries()) {
            expect(part.firstEvent).toBe(firstEvent);
            firstEvent += part.eventCount;
            expect(part.eventCount).toBe(documents[i]?.events.length);
            expect(text(documents[i]!.context.bytes)).toBe('["c", {"ex":"https://ex.example/"}]');
            expect(documents[i]?.value['schemaVersion']).toBe('2.0');
            expect(part.eventCount).toBeLessThanOrEqual(limits.eventsMax);
            expect(part.masterDataCount).toBeLessThanOrEqual(limits.masterDataMax);
            expect(new TextEncoder().encode(part.text).length).toBeLessThanOrEqual(limits.sizeBytesMax);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves a small document in one part', () => {
    const parts = splitDocument(parsed(source(['{"type":"ObjectEvent"}'], ['{"id":"urn:x:1"}'])), {
      ...limits,
      sizeBytesMax: 10_000,
    });
    expect(parts.map(({ eventCount, masterDataCount }) => [eventCount, masterDataCount])).toEqual([[1, 1]]);
  });

  it('an event larger than a part stands alone, so that nothing else is lost with it', () => {
    const large = `{"type":"ObjectEvent","t":"${'x'.repeat(3_000)}"}`;
    const parts = splitDocument(parsed(source(['{"i":1}', large, '{"i":2}'])), limits);
    expect(parts.map(({ eventCount }) => eventCount)).toEqual([1, 1, 1]);
  });
});
