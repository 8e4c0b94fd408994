import { canonicalId } from '@waymark/epcis/gs1';

/** What people look at first in the sample. Canonical ids. */
export interface SampleItems {
  /** The lot of the finished product. */
  readonly product: string;
  /** The lot of what it was made from. */
  readonly material: string;
  /** One bottle. */
  readonly unit: string;
  /** The case that was shipped. */
  readonly container: string;
}

export interface SampleEvent extends Readonly<Record<string, unknown>> {
  readonly type: string;
}

/** An EPCIS 2.0 document in JSON-LD, as we write it here. */
export interface SampleDocument {
  readonly '@context': readonly unknown[];
  readonly type: 'EPCISDocument';
  readonly schemaVersion: '2.0';
  readonly creationDate: string;
  readonly epcisHeader?: object;
  readonly epcisBody: { readonly eventList: readonly SampleEvent[] };
}

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const BOTTLES = 6;
const KILOS = 9;
const DAY_MS = 86_400_000;

/**
 * One product from tree to truck, all under the organisation's own company prefix: apples are harvested, shipped to the press, received, pressed into
 * bottles, packed, shipped. Everything carries the word SAMPLE in its lot or serial. `run` (4 letters or digits) tells one loading from the next.
 */
export function sampleDocument(
  prefix: string,
  run: string,
  now: Date,
): { readonly document: SampleDocument; readonly items: SampleItems } {
  const item = (indicator: string) => `${prefix}.${indicator}${'9'.repeat(12 - prefix.length)}`;
  const place = (number: number) => `urn:epc:id:sgln:${prefix}.${'9'.repeat(12 - prefix.length)}.SAMPLE-${number}`;
  const [apples, juice, cases] = [item('1'), item('0'), item('2')];
  const applesLot = `urn:epc:class:lgtin:${apples}.SAMPLE-APPLES-${run}`;
  const juiceLotNumber = `SAMPLE-JUICE-${run}`;
  const juiceLot = `urn:epc:class:lgtin:${juice}.${juiceLotNumber}`;
  const bottles = Array.from({ length: BOTTLES }, (_, n) => `urn:epc:id:sgtin:${juice}.SAMPLE-${run}-${n + 1}`);
  // A case with a number of its own: an SSCC could not carry the word.
  const container = `urn:epc:id:sgtin:${cases}.SAMPLE-CASE-${run}`;
  const [orchard, press, dock] = [place(1), place(2), place(3)];

  const at = (daysAgo: number, hours = 0) => {
    const time = new Date(now.getTime() - daysAgo * DAY_MS + hours * 3_600_000);
    time.setUTCSeconds(0, 0);
    return { eventTime: time.toISOString(), eventTimeZoneOffset: '+00:00' };
  };
  const where = (id: string) => ({ readPoint: { id }, bizLocation: { id } });
  const kilos = [{ epcClass: applesLot, quantity: KILOS, uom: 'KGM' }];

  const eventList: SampleEvent[] = [
    {
      type: 'ObjectEvent',
      ...at(10),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      quantityList: kilos,
      ...where(orchard),
      ilmd: { 'cbvmda:lotNumber': `SAMPLE-APPLES-${run}`, 'cbvmda:harvestEndDate': at(10).eventTime.slice(0, 10) },
    },
    {
      type: 'ObjectEvent',
      ...at(9),
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      quantityList: kilos,
      readPoint: { id: orchard },
    },
    {
      type: 'ObjectEvent',
      ...at(9, 3),
      action: 'OBSERVE',
      bizStep: 'receiving',
      disposition: 'in_progress',
      quantityList: kilos,
      ...where(press),
    },
    {
      type: 'TransformationEvent',
      ...at(7),
      bizStep: 'creating_class_instance',
      disposition: 'active',
      inputQuantityList: kilos,
      outputEPCList: bottles,
      ...where(press),
      ilmd: {
        'cbvmda:lotNumber': juiceLotNumber,
        'cbvmda:itemExpirationDate': new Date(now.getTime() + 365 * DAY_MS).toISOString().slice(0, 10),
      },
    },
    {
      type: 'ObjectEvent',
      ...at(7, 1),
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      epcList: [container],
      ...where(press),
    },
    {
      type: 'AggregationEvent',
      ...at(7, 2),
      action: 'ADD',
      bizStep: 'packing',
      disposition: 'in_progress',
      parentID: container,
      childEPCs: bottles,
      ...where(press),
    },
    {
      type: 'ObjectEvent',
      ...at(6),
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      epcList: [container],
      readPoint: { id: dock },
    },
  ];
  const document: SampleDocument = {
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: now.toISOString(),
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          vocabulary('urn:epcglobal:epcis:vtype:EPCClass', [
            [`urn:epc:idpat:sgtin:${apples}.*`, 'SAMPLE: apples', '示例：苹果'],
            [`urn:epc:idpat:sgtin:${cases}.*`, 'SAMPLE: case of 6 bottles', '示例：6 瓶装箱'],
            [`urn:epc:idpat:sgtin:${juice}.*`, 'SAMPLE: apple juice, bottle of 1 litre', '示例：苹果汁，1 升瓶装'],
          ]),
          vocabulary('urn:epcglobal:epcis:vtype:BusinessLocation', [
            [orchard, 'SAMPLE: orchard', '示例：果园'],
            [press, 'SAMPLE: juice press', '示例：榨汁厂'],
            [dock, 'SAMPLE: loading dock', '示例：装货区'],
          ]),
        ],
      },
    },
    epcisBody: { eventList },
  };
  return {
    document,
    items: {
      product: canonicalId(juiceLot),
      material: canonicalId(applesLot),
      unit: canonicalId(bottles[0] ?? ''),
      container: canonicalId(container),
    },
  };
}

const NAME = 'urn:epcglobal:cbv:mda#name';

function vocabulary(type: string, names: readonly (readonly [id: string, en: string, zh: string])[]) {
  return {
    type,
    vocabularyElementList: names.map(([id, en, zh]) => ({
      id,
      attributes: [
        { id: NAME, attribute: en },
        { id: NAME, attribute: { '@value': zh, '@language': 'zh-CN' } },
      ],
    })),
  };
}

/** Declares every event of a sample as one that did not occur (EPCIS 2.0 7.4.1.2, CBV 2.0 7.5): what a ledger can do for "delete". */
export function withdrawalOf(document: SampleDocument, now: Date): SampleDocument {
  const { epcisHeader: _names, ...rest } = document;
  return {
    ...rest,
    creationDate: now.toISOString(),
    epcisBody: {
      eventList: document.epcisBody.eventList.map((event) => ({
        ...event,
        errorDeclaration: { declarationTime: now.toISOString(), reason: 'did_not_occur' },
      })),
    },
  };
}
