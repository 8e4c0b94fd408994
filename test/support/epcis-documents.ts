/** EPCIS documents for tests, in few words. */
let counter = 0;

type Fields = Readonly<Record<string, unknown>>;

const STANDARD = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

export const epcisDocument = (...eventList: Fields[]) => ({
  '@context': [STANDARD],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-02T03:04:05.000Z',
  epcisBody: { eventList },
});

/** A document whose header names things: id -> name. */
export const withNames = (
  document: ReturnType<typeof epcisDocument>,
  vocabulary: 'EPCClass' | 'Location',
  names: Readonly<Record<string, string>>,
) => ({
  ...document,
  epcisHeader: {
    epcisMasterData: {
      vocabularyList: [
        {
          type: `urn:epcglobal:epcis:vtype:${vocabulary}`,
          vocabularyElementList: Object.entries(names).map(([id, attribute]) => ({
            id,
            attributes: [{ id: 'urn:epcglobal:cbv:mda#name', attribute }],
          })),
        },
      ],
    },
  },
});

const common = (fields: Fields) => ({
  eventTime: `2026-01-02T03:${String(Math.floor(counter / 60) % 60).padStart(2, '0')}:${String(counter++ % 60).padStart(2, '0')}.000Z`,
  eventTimeZoneOffset: '+00:00',
  ...fields,
});

/** Times rise by a second from event to event. */
export const observation = (epcs: readonly string[], fields: Fields = {}) => ({
  type: 'ObjectEvent',
  epcList: epcs,
  action: 'OBSERVE',
  bizStep: 'inspecting',
  ...common(fields),
});
export const commissioning = (epcs: readonly string[], fields: Fields = {}) => ({
  type: 'ObjectEvent',
  epcList: epcs,
  action: 'ADD',
  bizStep: 'commissioning',
  ...common(fields),
});
export const transformation = (inputs: readonly string[], outputs: readonly string[], fields: Fields = {}) => ({
  type: 'TransformationEvent',
  inputEPCList: inputs,
  outputEPCList: outputs,
  bizStep: 'creating_class_instance',
  ...common(fields),
});
export const packing = (parentID: string, childEPCs: readonly string[], fields: Fields = {}) => ({
  type: 'AggregationEvent',
  parentID,
  childEPCs,
  action: 'ADD',
  bizStep: 'packing',
  ...common(fields),
});
export const shipping = (epcs: readonly string[], from: string, to: string, fields: Fields = {}) => ({
  ...observation(epcs, { bizStep: 'shipping', disposition: 'in_transit', ...fields }),
  sourceList: [{ type: 'owning_party', source: from }],
  destinationList: [{ type: 'owning_party', destination: to }],
});

/** SGTIN URN of unit `serial` of item 1 under a company prefix of seven digits. */
export const unit = (prefix: string, serial: string, item = '00001') => `urn:epc:id:sgtin:${prefix}.0${item}.${serial}`;
export const party = (prefix: string) => `urn:epc:id:pgln:${prefix}.00000`;
export const place = (prefix: string) => `urn:epc:id:sgln:${prefix}.00001.0`;
