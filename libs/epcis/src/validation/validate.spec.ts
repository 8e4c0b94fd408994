import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../model/json.js';
import { parseDocument } from '../parse/parse-document.js';
import { validateDocument, validateEvent } from './validate.js';

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ex.example/' }];
const CLOCK = { nowMs: Date.UTC(2026, 0, 1, 12), toleranceMs: 300_000 };
const SGTIN = 'urn:epc:id:sgtin:9521234.012345.1';
const SSCC = 'urn:epc:id:sscc:9521234.0000000001';
const base = { eventTime: '2026-01-01T12:00:00Z', eventTimeZoneOffset: '+00:00' };
const object = (more: JsonObject = {}): JsonObject => ({
  ...base,
  type: 'ObjectEvent',
  action: 'OBSERVE',
  epcList: [SGTIN],
  ...more,
});
const aggregation = (more: JsonObject): JsonObject => ({
  ...base,
  type: 'AggregationEvent',
  action: 'ADD',
  parentID: SSCC,
  childEPCs: [SGTIN],
  ...more,
});
const without = (event: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
const judge = (event: JsonObject, context: JsonObject | (string | object)[] = CONTEXT) => {
  const { errors, warnings } = validateEvent(event, context as never, CLOCK);
  return [...errors, ...warnings].map(
    ({ code, pointer, severity }) => `${severity === 'error' ? '' : 'warning: '}${code} ${pointer}`,
  );
};

describe('what an event must say', () => {
  it('accepts the plain case', () => expect(judge(object())).toEqual([]));

  it.each<[string, JsonObject, string]>([
    ['without a type', without(object(), 'type'), 'EPCIS_FIELD_MISSING /type'],
    ['of an unknown type', object({ type: 'SaleEvent' }), 'EPCIS_EVENT_TYPE_UNKNOWN /type'],
    ['without its time', without(object(), 'eventTime'), 'EPCIS_FIELD_MISSING /eventTime'],
    ['with a time without a zone', object({ eventTime: '2026-01-01T12:00:00' }), 'EPCIS_TIME_INVALID /eventTime'],
    [
      'with a zone offset in words',
      object({ eventTimeZoneOffset: 'CET' }),
      'EPCIS_TIME_ZONE_OFFSET_INVALID /eventTimeZoneOffset',
    ],
    ['with an unknown action', object({ action: 'CHANGE' }), 'EPCIS_VALUE_NOT_ALLOWED /action'],
    ['with a field nobody knows', object({ bizstep: 'shipping' }), 'EPCIS_FIELD_UNKNOWN /bizstep'],
    ['with an unknown word', object({ bizStep: 'sending' }), 'EPCIS_VOCABULARY_WORD_UNKNOWN /bizStep'],
    [
      'with a word spelled as in EPCIS 1.2',
      object({ bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }),
      'EPCIS_VOCABULARY_WORD_UNKNOWN /bizStep',
    ],
    ['with something that is no URI', object({ epcList: ['can 1'] }), 'EPCIS_URI_INVALID /epcList/0'],
    ['with the same EPC twice', object({ epcList: [SGTIN, SGTIN] }), 'EPCIS_LIST_DUPLICATE /epcList'],
    [
      'with text for a quantity',
      object({ quantityList: [{ epcClass: 'urn:x:y', quantity: '5' }] }),
      'EPCIS_FIELD_TYPE /quantityList/0/quantity',
    ],
    [
      'with a unit in words',
      object({ quantityList: [{ epcClass: 'urn:x:y', quantity: 5, uom: 'kilo' }] }),
      'EPCIS_UNIT_INVALID /quantityList/0/uom',
    ],
    [
      'with less than nothing',
      object({ quantityList: [{ epcClass: 'urn:x:y', quantity: -5 }] }),
      'EPCIS_QUANTITY_NEGATIVE /quantityList/0/quantity',
    ],
    [
      'with a unit and no quantity',
      object({ quantityList: [{ epcClass: 'urn:x:y', uom: 'KGM' }] }),
      'warning: EPCIS_UNIT_WITHOUT_QUANTITY /quantityList/0/uom',
    ],
    ['that names nothing', object({ epcList: [] }), 'EPCIS_WHAT_MISSING /epcList'],
    ['with ilmd on things that exist', object({ ilmd: { 'ex:a': 1 } }), 'EPCIS_ILMD_NOT_ALLOWED /ilmd'],
    ['in the future', object({ eventTime: '2026-01-01T12:05:00.001Z' }), 'EPCIS_EVENT_TIME_IN_FUTURE /eventTime'],
    [
      'declared wrong in the future',
      object({ errorDeclaration: { declarationTime: '2026-01-02T00:00:00Z' } }),
      'EPCIS_DECLARATION_TIME_IN_FUTURE /errorDeclaration/declarationTime',
    ],
    [
      'with a disposition set and unset',
      object({ persistentDisposition: { set: ['damaged'], unset: ['damaged'] } }),
      'EPCIS_DISPOSITION_SET_AND_UNSET /persistentDisposition',
    ],
    [
      'with an empty persistent disposition',
      object({ persistentDisposition: {} }),
      'EPCIS_FIELD_MISSING /persistentDisposition',
    ],
    [
      'with an eventID that is nearly a UUID',
      object({ eventID: 'urn:uuid:39ac7499-fecd-4f65-b582-1c45ff4e6356U' }),
      'warning: EPCIS_EVENT_ID_NOT_A_UUID /eventID',
    ],
    [
      'with a wrong check digit',
      object({ epcList: ['https://id.gs1.org/01/09521234123454/21/1'] }),
      'EPCIS_GS1_CHECK_DIGIT_WRONG /epcList/0',
    ],
    [
      'with a wrong check digit of its place',
      object({ bizLocation: { id: 'https://id.gs1.org/414/9521005000106' } }),
      'EPCIS_GS1_CHECK_DIGIT_WRONG /bizLocation/id',
    ],
    [
      'with an SSCC that is too short',
      object({ epcList: ['urn:epc:id:sscc:08600031303.0005'] }),
      'warning: EPCIS_GS1_EPC_URN_MALFORMED /epcList/0',
    ],
  ])('an event %s', (_, event, expected) => expect(judge(event)).toEqual([expected]));

  it('bounds what an event names', () => {
    const long = `urn:x:${'y'.repeat(507)}`;
    expect(judge(object({ epcList: [long] }))).toEqual(['EPCIS_IDENTIFIER_TOO_LONG /epcList/0']);
    expect(judge(object({ epcList: [long.slice(0, 512)] }))).toEqual([]);
    expect(judge(object({ bizStep: long }))).toEqual(['EPCIS_IDENTIFIER_TOO_LONG /bizStep']);
    const many = Array.from({ length: 10_001 }, (_, i) => ({ epcClass: `urn:x:${i}` }));
    expect(judge(object({ epcList: [], quantityList: many }))).toEqual(['EPCIS_TOO_MANY_IDENTIFIERS ']);
    const contexts = Array.from({ length: 101 }, (_, i) => ({ [`p${i}`]: 'urn:x' }));
    expect(judge(object({ '@context': contexts }))).toEqual(['EPCIS_CONTEXT_TOO_LONG /@context']);
  });

  it('accepts five minutes ahead, a sensor reading without objects, and quantities of nothing', () => {
    expect(judge(object({ eventTime: '2026-01-01T20:05:00.000+08:00' }))).toEqual([]);
    expect(
      judge(
        object({
          epcList: [],
          readPoint: { id: 'geo:1,2' },
          sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 4 }] }],
        }),
      ),
    ).toEqual([]);
    expect(judge(object({ quantityList: [{ epcClass: 'urn:x:y', quantity: 0 }] }))).toEqual([]);
  });

  it('does not look at the future without a clock', () =>
    expect(validateEvent(object({ eventTime: '2999-01-01T00:00:00Z' }), CONTEXT).errors).toEqual([]));

  it('says what, where and what to do', () => {
    expect(validateEvent(object({ bizStep: 'sending' }), CONTEXT, CLOCK, '/epcisBody/eventList/3').errors).toEqual([
      {
        code: 'EPCIS_VOCABULARY_WORD_UNKNOWN',
        severity: 'error',
        pointer: '/epcisBody/eventList/3/bizStep',
        message: '"sending" is neither a word of the core business vocabulary nor a URI of another one.',
        facts: { found: 'sending', vocabulary: 'biz-step' },
        howToFix:
          "Write one of the standard's words without a prefix (accepting, arriving, assembling, ...) or an absolute URI of your own vocabulary.",
      },
    ]);
  });
});

describe('parents, children, inputs and outputs', () => {
  const association = (more: JsonObject): JsonObject => aggregation({ type: 'AssociationEvent', ...more });
  const transaction = (more: JsonObject): JsonObject => ({
    ...base,
    type: 'TransactionEvent',
    action: 'ADD',
    bizTransactionList: [{ bizTransaction: 'urn:x:po' }],
    ...more,
  });
  const transformation = (more: JsonObject): JsonObject => ({ ...base, type: 'TransformationEvent', ...more });

  it.each<[string, JsonObject, string[]]>([
    ['packing', aggregation({}), []],
    ['packing nothing', without(aggregation({}), 'childEPCs'), ['EPCIS_WHAT_MISSING /childEPCs']],
    ['packing into nothing', without(aggregation({}), 'parentID'), ['EPCIS_PARENT_MISSING /parentID']],
    ['packing into itself', aggregation({ childEPCs: [SSCC] }), ['EPCIS_PARENT_IS_CHILD /parentID']],
    ['unpacking everything', without(aggregation({ action: 'DELETE' }), 'childEPCs'), []],
    [
      'unpacking from nothing',
      without(aggregation({ action: 'DELETE' }), 'parentID'),
      ['EPCIS_PARENT_MISSING /parentID'],
    ],
    ['seeing things together', without(aggregation({ action: 'OBSERVE' }), 'parentID'), []],
    ['associating without a parent (TCR-54)', without(association({}), 'parentID'), ['EPCIS_FIELD_MISSING /parentID']],
    ['associating nothing (TCR-54)', without(association({}), 'childEPCs'), ['EPCIS_WHAT_MISSING /childEPCs']],
    [
      'observing an association of nothing (TCR-54)',
      without(association({ action: 'OBSERVE' }), 'childEPCs'),
      ['EPCIS_WHAT_MISSING /childEPCs'],
    ],
    ['ending all associations', without(association({ action: 'DELETE' }), 'childEPCs'), []],
    ['a transaction of nothing', transaction({}), ['EPCIS_WHAT_MISSING /epcList']],
    ['a transaction of a parent alone', transaction({ parentID: SSCC, epcList: [] }), []],
    [
      'a transaction without a transaction',
      transaction({ epcList: [SGTIN], bizTransactionList: [] }),
      ['EPCIS_LIST_EMPTY /bizTransactionList'],
    ],
    [
      'making something of nothing',
      transformation({ outputEPCList: [SGTIN] }),
      ['EPCIS_WHAT_MISSING /inputQuantityList'],
    ],
    [
      'making nothing of something',
      transformation({ inputEPCList: [SGTIN] }),
      ['EPCIS_WHAT_MISSING /outputQuantityList'],
    ],
    ['half a transformation with an ID', transformation({ inputEPCList: [SGTIN], transformationID: 'urn:x:t1' }), []],
    ['an ID alone', transformation({ transformationID: 'urn:x:t1' }), ['EPCIS_WHAT_MISSING /inputQuantityList']],
  ])('%s', (_, event, expected) => expect(judge(event)).toEqual(expected));
});

describe('sensor data (TCR-53)', () => {
  const sensed = (metadata: JsonObject, report: JsonObject) =>
    judge(
      object({
        sensorElementList: [
          {
            sensorMetadata: metadata,
            sensorReport: [
              { type: 'Temperature', value: 1 },
              { type: 'Temperature', ...report },
            ],
          },
        ],
      }),
    );

  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['in one place', { time: base.eventTime, deviceID: 'urn:x:d' }, { rawData: 'urn:x:r' }, []],
    [
      'the same attribute in both',
      { deviceID: 'urn:x:d' },
      { deviceID: 'urn:x:d' },
      ['EPCIS_SENSOR_ATTRIBUTE_TWICE /sensorElementList/0/sensorReport/1/deviceID'],
    ],
    [
      'read after the event',
      { time: '2026-01-01T12:00:00.001Z' },
      {},
      ['EPCIS_SENSOR_TIME_AFTER_EVENT /sensorElementList/0/sensorMetadata/time'],
    ],
    [
      'reported after the event, in another zone',
      {},
      { time: '2026-01-01T12:30:00+00:15' },
      ['EPCIS_SENSOR_TIME_AFTER_EVENT /sensorElementList/0/sensorReport/1/time'],
    ],
    [
      'without a zone',
      { time: '2026-01-01T11:00:00' },
      {},
      ['EPCIS_TIME_INVALID /sensorElementList/0/sensorMetadata/time'],
    ],
    [
      'ending before it starts',
      { startTime: '2026-01-01T11:00:00Z', endTime: '2026-01-01T10:00:00Z' },
      {},
      ['EPCIS_SENSOR_TIMES_REVERSED /sensorElementList/0/sensorMetadata/endTime'],
    ],
  ])('%s', (_, metadata, report, expected) => expect(sensed(metadata, report)).toEqual(expected));
});

describe('extensions', () => {
  it.each<[string, JsonObject, (string | object)[], string[]]>([
    ['under a declared prefix, nested too', { 'ex:a': { free: [{ 'ex:b': 1 }] } }, CONTEXT, []],
    ['under a built-in prefix', { 'cbvmda:lotNumber': 'L' }, CONTEXT, []],
    ['named by a full URI', { 'https://ns.example/a': 1 }, CONTEXT, []],
    ['under a prefix of the event itself', { '@context': { own: 'https://own.example/' }, 'own:a': 1 }, CONTEXT, []],
    ['under no declared prefix', { 'foo:a': 1, 'foo:b': 2 }, CONTEXT, ['EPCIS_EXTENSION_PREFIX_UNDECLARED /foo:a']],
    [
      'that a foreign context may declare',
      { 'foo:a': 1 },
      [...CONTEXT, 'https://foo.example/context.jsonld'],
      ['warning: EPCIS_EXTENSION_PREFIX_UNDECLARED /foo:a'],
    ],
    ['with a name that is none', { 'ex:a b': 1 }, CONTEXT, ['EPCIS_EXTENSION_NAME_INVALID /ex:a b']],
    [
      'inside a place',
      { readPoint: { id: 'geo:1,2', 'foo:a/b': 1 } },
      CONTEXT,
      ['EPCIS_EXTENSION_PREFIX_UNDECLARED /readPoint/foo:a~1b'],
    ],
  ])('%s', (_, more, context, expected) => expect(judge(object(more), context)).toEqual(expected));
});

describe('the envelope', () => {
  const document = (more: object, event: JsonObject = object()) => {
    const parsed = parseDocument(
      JSON.stringify({
        '@context': CONTEXT,
        type: 'EPCISDocument',
        schemaVersion: '2.0',
        creationDate: '2020-01-01T00:00:00Z',
        epcisBody: { eventList: [object(), event] },
        ...more,
      }),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return validateDocument(parsed.value, CLOCK);
  };

  it('is judged apart from its events; creationDate before the events is no reason', () => {
    const { envelope, events, errors } = document({}, object({ action: 'X' }));
    expect(envelope).toEqual({ errors: [], warnings: [] });
    expect(events.map((verdict) => verdict.errors.length)).toEqual([0, 1]);
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/epcisBody/eventList/1/action']);
  });

  it.each<[object, string]>([
    [{ schemaVersion: '1.2' }, 'EPCIS_SCHEMA_VERSION_UNSUPPORTED /schemaVersion'],
    [{ creationDate: 'yesterday' }, 'EPCIS_TIME_INVALID /creationDate'],
    [{ creationDate: undefined }, 'EPCIS_FIELD_MISSING /creationDate'],
    [{ note: 'x' }, 'EPCIS_FIELD_UNKNOWN /note'],
    [
      {
        epcisHeader: {
          epcisMasterData: {
            vocabularyList: [
              { type: 'urn:x:y', vocabularyElementList: [{ id: 'https://id.gs1.org/414/9521005000106' }] },
            ],
          },
        },
      },
      'EPCIS_GS1_CHECK_DIGIT_WRONG /epcisHeader/epcisMasterData/vocabularyList/0/vocabularyElementList/0/id',
    ],
  ])('%j gives %s', (more, expected) =>
    expect(document(more).errors.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([expected]),
  );
});
