/**
 * JSON Schema (draft-07) of EPCIS 2.0 events and documents, written from ISO/IEC 19987:2024, section 7. It says which
 * fields exist and what kind of value each takes; which fields an action or event type requires, and everything that
 * compares two fields, is in the rules beside this file. Field names with a colon are extensions and pass here.
 */
export type Schema = Record<string, unknown>;

const format = (name: string): Schema => ({ type: 'string', format: name });
const uri = format('uri');
const time = format('epcis-time');
const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });

/** An object with these fields and extensions; `required` must be there. */
function open(properties: Record<string, Schema>, required: string[] = []): Schema {
  return { type: 'object', properties, required, patternProperties: { ':': {} }, additionalProperties: false };
}
/** An object with these fields and no extensions. */
function closed(properties: Record<string, Schema>, required: string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

const context: Schema = {
  type: ['string', 'object', 'array'],
  format: 'uri',
  items: { type: ['string', 'object'], format: 'uri' },
  uniqueItems: true,
};

const quantityList = list(closed({ epcClass: uri, quantity: number, uom: format('epcis-uom') }, ['epcClass']));
const bizTransactionList = list(
  closed({ type: format('epcis-biz-transaction-type'), bizTransaction: uri }, ['bizTransaction']),
);
const sourceList = list(closed({ type: format('epcis-source-destination-type'), source: uri }, ['type', 'source']));
const destinationList = list(
  closed({ type: format('epcis-source-destination-type'), destination: uri }, ['type', 'destination']),
);
/** A place may carry extensions. */
const place: Schema = { type: 'object', properties: { id: uri }, required: ['id'] };
const dispositionSet = list(format('epcis-disposition'), { minItems: 1, uniqueItems: true });

const sensorMetadata = open({
  time,
  startTime: time,
  endTime: time,
  deviceID: uri,
  deviceMetadata: uri,
  rawData: uri,
  dataProcessingMethod: uri,
  bizRules: uri,
});
const sensorReport = open(
  {
    type: format('epcis-measurement-type'),
    exception: format('epcis-sensor-alert'),
    deviceID: uri,
    deviceMetadata: uri,
    rawData: uri,
    dataProcessingMethod: uri,
    bizRules: uri,
    time,
    microorganism: uri,
    chemicalSubstance: uri,
    coordinateReferenceSystem: uri,
    value: number,
    component: format('epcis-component'),
    stringValue: text,
    booleanValue: { type: 'boolean' },
    hexBinaryValue: format('epcis-hex'),
    uriValue: uri,
    minValue: number,
    maxValue: number,
    meanValue: number,
    sDev: number,
    percRank: number,
    percValue: number,
    uom: text,
  },
  ['type'],
);
const sensorElementList = list(
  open({ sensorMetadata, sensorReport: list(sensorReport, { minItems: 1 }) }, ['sensorReport']),
);

const common: Record<string, Schema> = {
  '@context': context,
  type: text,
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: format('epcis-offset'),
  eventID: uri,
  certificationInfo: { type: ['string', 'array'], format: 'uri', items: uri },
  errorDeclaration: open(
    { declarationTime: time, reason: format('epcis-error-reason'), correctiveEventIDs: list(uri) },
    ['declarationTime'],
  ),
};
const described: Record<string, Schema> = {
  ...common,
  bizStep: format('epcis-biz-step'),
  disposition: format('epcis-disposition'),
  readPoint: place,
  bizLocation: place,
  bizTransactionList,
  sourceList,
  destinationList,
  sensorElementList,
};
const action: Schema = { type: 'string', enum: ['ADD', 'OBSERVE', 'DELETE'] };
const persistentDisposition: Schema = { ...closed({ set: dispositionSet, unset: dispositionSet }), minProperties: 1 };
const ilmd: Schema = { type: 'object', propertyNames: { type: 'string', format: 'uri' } };
const epcList = list(uri, { uniqueItems: true });
const REQUIRED = ['type', 'eventTime', 'eventTimeZoneOffset'];
const groups: Record<string, Schema> = { parentID: uri, childEPCs: list(uri), childQuantityList: quantityList };

/** The schema of each event type. */
export const EVENT_SCHEMAS = {
  ObjectEvent: open({ ...described, action, epcList, quantityList, persistentDisposition, ilmd }, [
    ...REQUIRED,
    'action',
  ]),
  AggregationEvent: open({ ...described, action, ...groups }, [...REQUIRED, 'action']),
  AssociationEvent: open({ ...described, action, ...groups }, [...REQUIRED, 'action', 'parentID']),
  TransactionEvent: open(
    {
      ...described,
      action,
      parentID: uri,
      epcList: list(uri),
      quantityList,
      bizTransactionList: { ...bizTransactionList, minItems: 1 },
    },
    [...REQUIRED, 'action', 'bizTransactionList'],
  ),
  TransformationEvent: open(
    {
      ...described,
      inputEPCList: epcList,
      inputQuantityList: quantityList,
      outputEPCList: epcList,
      outputQuantityList: quantityList,
      transformationID: uri,
      persistentDisposition,
      ilmd,
    },
    REQUIRED,
  ),
} as const;

const vocabularyList = list({
  type: 'object',
  properties: {
    type: uri,
    vocabularyElementList: list({
      type: 'object',
      properties: {
        id: uri,
        attributes: list({
          type: 'object',
          properties: { id: uri, attribute: { type: ['number', 'string', 'object'] } },
          required: ['id'],
        }),
        children: list(uri),
      },
      required: ['id'],
    }),
  },
  required: ['type'],
});
const header = open({ epcisMasterData: { type: 'object', properties: { vocabularyList } } });
const version = format('epcis-version');

/** The envelopes; events are judged one by one. */
export const DOCUMENT_SCHEMAS = {
  EPCISDocument: open(
    {
      '@context': context,
      id: uri,
      type: text,
      schemaVersion: version,
      creationDate: time,
      instanceIdentifier: text,
      sender: text,
      receiver: text,
      epcisHeader: header,
      epcisBody: { type: 'object', properties: { eventList: { type: 'array' } }, required: ['eventList'] },
    },
    ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
  ),
  EPCISQueryDocument: open(
    {
      '@context': context,
      id: uri,
      type: text,
      schemaVersion: version,
      creationDate: time,
      epcisBody: open(
        {
          queryResults: open(
            {
              queryName: text,
              subscriptionID: text,
              resultsBody: open({ eventList: { type: 'array' }, vocabularyList }, ['eventList']),
            },
            ['queryName', 'resultsBody'],
          ),
        },
        ['queryResults'],
      ),
    },
    ['@context', 'type', 'epcisBody'],
  ),
} as const;
