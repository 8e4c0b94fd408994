import { describe, expect, it } from '@jest/globals';
import { parseDocument, parseEvent, parseLimits } from './parse-document.js';

const CONTEXT = '[ "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",\t{"ex":"https://ex.example/"} ]';
const document = (events: string, header = '') =>
  `{"@context":${CONTEXT},"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z",${header}"epcisBody":{"eventList":[${events}]}}`;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const codeOf = (input: Uint8Array | string, limits = parseLimits) => {
  const parsed = parseDocument(input, limits);
  return parsed.ok ? 'ok' : parsed.problems.map(({ code, pointer }) => `${code} ${pointer}`).join('; ');
};

describe('parsing a document', () => {
  const first = '{ "type" : "ObjectEvent",\n "ex:note":"\\u9c7c \\ud83d\\udc1f" , "n" : 1.0 }';
  const second = '{"type":"AggregationEvent","ex:name":"金枪鱼🐟","ex:list":[{"eventList":[{}]}]}';

  it('keeps the exact source bytes of the context and of each event', () => {
    for (const input of [
      document(`${first} , ${second}`),
      new TextEncoder().encode(document(`${first} , ${second}`)),
      new TextEncoder().encode(`\uFEFF${document(`${first},${second}`)}`),
    ]) {
      const parsed = parseDocument(input);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      expect(parsed.value.events.map(({ bytes }) => text(bytes))).toEqual([first, second]);
      expect(parsed.value.events.map(({ pointer, index }) => [pointer, index])).toEqual([
        ['/epcisBody/eventList/0', 0],
        ['/epcisBody/eventList/1', 1],
      ]);
      expect(parsed.value.events[1]?.value['ex:name']).toBe('金枪鱼🐟');
      expect(text(parsed.value.context.bytes)).toBe(CONTEXT);
    }
  });

  it('keeps ASCII documents byte for byte, in memory of their own', () => {
    const input = new TextEncoder().encode(document('{"type":"ObjectEvent"}'));
    const parsed = parseDocument(input);
    input.fill(0);
    expect(parsed.ok && text(parsed.value.events[0]!.bytes)).toBe('{"type":"ObjectEvent"}');
  });

  it('gives master data as the body it becomes', () => {
    const element = '{"id":"urn:epc:id:sgln:9521005.00010.0" ,"attributes":[]}';
    const header = `"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:a:b"},{"vocabularyElementList":[${element}],"type":"urn:epcglobal:epcis:vtype:Location"}]}},`;
    const parsed = parseDocument(document('', header));
    expect(
      parsed.ok && parsed.value.masterData.map(({ type, pointer, bytes }) => [type, pointer, text(bytes)]),
    ).toEqual([
      [
        'urn:epcglobal:epcis:vtype:Location',
        '/epcisHeader/epcisMasterData/vocabularyList/1/vocabularyElementList/0',
        `{"type":"urn:epcglobal:epcis:vtype:Location","element":${element}}`,
      ],
    ]);
    expect(
      codeOf(
        document(
          '',
          '"epcisHeader":{"epcisMasterData":{"vocabularyList":[{"type":"urn:a:b","vocabularyElementList":[{}]}]}},',
        ),
      ),
    ).toBe('EPCIS_MASTER_DATA_MALFORMED /epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0');
  });

  it('finds the events of a query document', () => {
    const query = `{"@context":${CONTEXT},"type":"EPCISQueryDocument","epcisBody":{"queryResults":{"queryName":"q","resultsBody":{"eventList":[${first}]}}}}`;
    const parsed = parseDocument(query);
    expect(parsed.ok && parsed.value.events.map(({ pointer, bytes }) => [pointer, text(bytes)])).toEqual([
      ['/epcisBody/queryResults/resultsBody/eventList/0', first],
    ]);
  });

  it.each([
    ['', 'EPCIS_DOCUMENT_EMPTY '],
    [' \n\t', 'EPCIS_DOCUMENT_EMPTY '],
    ['\n<?xml version="1.0"?><epcis:EPCISDocument/>', 'EPCIS_DOCUMENT_XML '],
    ['{', 'EPCIS_JSON_SYNTAX '],
    [document('{},'), 'EPCIS_JSON_SYNTAX '],
    [document('/* note */'), 'EPCIS_JSON_SYNTAX '],
    [document("{'a':1}"), 'EPCIS_JSON_SYNTAX '],
    [`${document('')} x`, 'EPCIS_JSON_SYNTAX '],
    [document('{"a":1,"b":{"a":2},"a":3}'), 'EPCIS_JSON_DUPLICATE_KEY /epcisBody/eventList/0/a'],
    [document('{"a":"\\ud800x"}'), 'EPCIS_JSON_UNPAIRED_SURROGATE /epcisBody/eventList/0/a'],
    [document('{"a":"x\\u0000"}'), 'EPCIS_JSON_NULL_CHARACTER /epcisBody/eventList/0/a'],
    [document('{"a":1e999}'), 'EPCIS_JSON_NUMBER_RANGE /epcisBody/eventList/0/a'],
    [document('1'), 'EPCIS_EVENT_NOT_OBJECT /epcisBody/eventList/0'],
    ['[]', 'EPCIS_DOCUMENT_KIND_UNKNOWN /type'],
    ['{"type":"ObjectEvent"}', 'EPCIS_DOCUMENT_KIND_UNKNOWN /type'],
    ['{"type":"EPCISDocument"}', 'EPCIS_CONTEXT_MISSING /@context'],
    [
      '{"@context":[],"type":"EPCISDocument","epcisBody":{"eventList":{}}}',
      'EPCIS_EVENT_LIST_MISSING /epcisBody/eventList',
    ],
  ])('refuses %s', (input, expected) => expect(codeOf(input)).toBe(expected));

  it('refuses bytes that are no UTF-8', () =>
    expect(codeOf(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toBe('EPCIS_JSON_INVALID_UTF8 '));

  it('is bounded', () => {
    const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
    expect(codeOf(document(`{"a":${deep}}`))).toMatch(/^EPCIS_JSON_TOO_DEEP \/epcisBody\/eventList\/0\/a\/0/);
    expect(codeOf(document('{},{},{}'), { ...parseLimits, eventsMax: 2 })).toBe(
      'EPCIS_TOO_MANY_EVENTS /epcisBody/eventList',
    );
    expect(codeOf(document('{},{"a":"12345678"}'), { ...parseLimits, eventBytesMax: 10 })).toBe(
      'EPCIS_EVENT_TOO_LARGE /epcisBody/eventList/1',
    );
    expect(codeOf(document(''), { ...parseLimits, contextBytesMax: 20 })).toBe('EPCIS_CONTEXT_TOO_LARGE /@context');
    const vocabulary = '{"type":"urn:a:b","vocabularyElementList":[{"id":"urn:a:c"}]}';
    const header = `"epcisHeader":{"epcisMasterData":{"vocabularyList":[${vocabulary}]}},`;
    expect(codeOf(document('', header), { ...parseLimits, masterDataBytesMax: 20 })).toMatch(
      /^EPCIS_MASTER_DATA_TOO_LARGE /,
    );
    expect(codeOf(document('', header), { ...parseLimits, masterDataMax: 0 })).toBe('EPCIS_TOO_MUCH_MASTER_DATA ');
    expect(codeOf(document(''), { ...parseLimits, sizeBytesMax: 20 })).toBe('EPCIS_DOCUMENT_TOO_LARGE ');
  });

  it('says line and column of a syntax error', () => {
    const parsed = parseDocument('{\n  "a": 1,\n  "b": tru\n}');
    expect(parsed.ok ? undefined : parsed.problems[0]?.facts).toMatchObject({ line: '3', column: '8' });
  });
});

describe('parsing one event', () => {
  it('keeps its bytes and its own context', () => {
    const parsed = parseEvent(`\n {"@context":${CONTEXT}, "type":"ObjectEvent"}\n`);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(text(parsed.value.event.bytes)).toBe(`{"@context":${CONTEXT}, "type":"ObjectEvent"}`);
    expect(parsed.value.event.pointer).toBe('');
    expect(text(parsed.value.context!.bytes)).toBe(CONTEXT);
  });

  it('is an object', () =>
    expect(parseEvent('[1]')).toMatchObject({ ok: false, problems: [{ code: 'EPCIS_EVENT_NOT_OBJECT' }] }));
});
