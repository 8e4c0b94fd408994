import { describe, expect, it } from '@jest/globals';
import { eventText, queryDocument } from './query-document.js';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const event = (text: string, changes: object = {}) => ({
  eventHash: 'ab'.repeat(32),
  content: bytes(text),
  context: bytes('["c1"]'),
  recordTimeMs: Date.UTC(2026, 0, 2),
  hasEventId: true,
  ...changes,
});

describe('events as captured', () => {
  it('leaves every character of the event as it was, and adds the time of the block', () => {
    expect(eventText(event('{ "type":"ObjectEvent", "ex:n": 1.50 }'), false)).toBe(
      '{ "type":"ObjectEvent", "ex:n": 1.50,"recordTime":"2026-01-02T00:00:00.000Z"}',
    );
  });

  it('replaces a recordTime that the sender gave', () => {
    expect(JSON.parse(eventText(event('{"recordTime":"2001-01-01T00:00:00Z","a":1}'), false))).toEqual({
      recordTime: '2026-01-02T00:00:00.000Z',
      a: 1,
    });
  });

  it('names an event without an eventID by its hash', () => {
    expect(JSON.parse(eventText(event('{}', { hasEventId: false }), false))).toMatchObject({
      eventID: `ni:///sha-256;${'ab'.repeat(32)}?ver=CBV2.0`,
    });
  });

  it('shares one context, and gives each event its own where they differ', () => {
    const same = JSON.parse(queryDocument([event('{"a":1}'), event('{"a":2}')], new Date(0))) as {
      '@context': unknown;
    };
    expect(same['@context']).toEqual(['c1']);
    const mixed = JSON.parse(
      queryDocument([event('{"a":1}'), event('{"a":2}', { context: bytes('["c2"]') })], new Date(0)),
    ) as {
      '@context': unknown;
      epcisBody: { queryResults: { resultsBody: { eventList: { '@context': unknown }[] } } };
    };
    expect(mixed.epcisBody.queryResults.resultsBody.eventList.map((one) => one['@context'])).toEqual([['c1'], ['c2']]);
    expect(mixed['@context']).toEqual([expect.stringContaining('ref.gs1.org')]);
  });
});
