import type { JsonObject, JsonValue } from '@waymark/epcis/model';
import { isJsonObject } from '@waymark/epcis/model';

/** What an event is, in the few facts that a person recognises it by. Texts are as given, cut where they are absurdly long. */
export interface EventFacts {
  type: string;
  action?: string;
  bizStep?: string;
  disposition?: string;
  eventTime?: string;
  eventTimeZoneOffset?: string;
  readPoint?: string;
  bizLocation?: string;
  itemCount: number;
  firstItem?: string;
  errorDeclaration?: true;
}

const TEXT_MAX = 500;
/** Cut between characters: no database takes half of one. */
const text = (value: JsonValue | undefined) =>
  typeof value === 'string' ? value.slice(0, TEXT_MAX).replace(/\p{Cs}$/u, '') : undefined;
const idOf = (value: JsonValue | undefined) => (isJsonObject(value) ? text(value['id']) : undefined);

const EPC_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'];
const QUANTITY_LISTS = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];

/** Reads them from an event that need not be valid. */
export function eventFacts(event: JsonObject): EventFacts {
  const epcs = EPC_LISTS.flatMap((name) => list(event[name]).map(text));
  const classes = QUANTITY_LISTS.flatMap((name) =>
    list(event[name]).map((quantity) => (isJsonObject(quantity) ? text(quantity['epcClass']) : undefined)),
  );
  const items = [...epcs, ...classes];
  const parent = text(event['parentID']);
  const facts = {
    action: text(event['action']),
    bizStep: text(event['bizStep']),
    disposition: text(event['disposition']),
    eventTime: text(event['eventTime']),
    eventTimeZoneOffset: text(event['eventTimeZoneOffset']),
    readPoint: idOf(event['readPoint']),
    bizLocation: idOf(event['bizLocation']),
    firstItem: items.find((item) => item !== undefined) ?? parent,
  };
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return {
    type: text(event['type']) ?? '',
    ...given,
    itemCount: items.length + (parent === undefined ? 0 : 1),
    ...(isJsonObject(event['errorDeclaration']) && { errorDeclaration: true }),
  };
}

const list = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);
