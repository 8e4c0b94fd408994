import { isJsonObject, parseTimeMs, plainNumber } from '@waymark/epcis/model';
import type { Action, EpcisEventType, JsonObject, JsonValue } from '@waymark/epcis/model';
import type { EventFacts, ItemFact, ItemRole, LotTie, PartyFact, PartyRole } from './event-facts.js';
import { identify, isAcceptableId, lotIdOf } from './identity.js';
import { bodyBounds, deny } from './read-body.js';
import type { Read } from './read-body.js';

interface ItemField {
  readonly name: string;
  readonly role: ItemRole;
  /** One id, a list of instance ids, or a list of quantity elements. */
  readonly shape: 'one' | 'instances' | 'quantities';
}

const one = (name: string, role: ItemRole): ItemField => ({ name, role, shape: 'one' });
const instances = (name: string, role: ItemRole): ItemField => ({ name, role, shape: 'instances' });
const quantities = (name: string, role: ItemRole): ItemField => ({ name, role, shape: 'quantities' });

const packing = [one('parentID', 'parent'), instances('childEPCs', 'child'), quantities('childQuantityList', 'child')];

/** The "what" of each event type (EPCIS 2.0, 7.4). */
const ITEM_FIELDS: Readonly<Record<EpcisEventType, readonly ItemField[]>> = {
  ObjectEvent: [instances('epcList', 'object'), quantities('quantityList', 'object')],
  AggregationEvent: packing,
  AssociationEvent: packing,
  TransactionEvent: [one('parentID', 'parent'), instances('epcList', 'object'), quantities('quantityList', 'object')],
  TransformationEvent: [
    instances('inputEPCList', 'input'),
    quantities('inputQuantityList', 'input'),
    instances('outputEPCList', 'output'),
    quantities('outputQuantityList', 'output'),
  ],
};

const ACTIONS: ReadonlySet<unknown> = new Set(['ADD', 'OBSERVE', 'DELETE']);

const isEventType = (type: unknown): type is EpcisEventType =>
  typeof type === 'string' && Object.hasOwn(ITEM_FIELDS, type);
const isAction = (action: unknown): action is Action => ACTIONS.has(action);

/** Spellings of CBV words: bare, EPCIS 1.x URN, web URI, CURIE (CBV 2.0, 7). */
const CBV_WORD =
  /^(?:urn:epcglobal:cbv:(?:bizstep|disp|sdt|er):|https?:\/\/(?:ref\.)?gs1\.org\/cbv\/(?:BizStep|Disp|SDT|ER)-|cbv:(?:BizStep|Disp|SDT|ER)-)([a-z_]+)$/;

/** The bare CBV word of any spelling; another vocabulary's URI is itself. */
export function cbvWord(text: string): string {
  return CBV_WORD.exec(text)?.[1] ?? text;
}

/** `lotNumber` of `cbvmda:lotNumber`, `https://ref.gs1.org/cbv/mda/lotNumber`, `urn:epcglobal:cbv:mda#lotNumber`. */
function localName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/'), name.lastIndexOf('#')) + 1);
}

const pointerPart = (name: string) => name.replace(/~/g, '~0').replace(/\//g, '~1');

/** Under construction. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

class FieldInvalid {
  constructor(
    readonly pointer: string,
    readonly expected: string,
  ) {}
}

const isAbsent = (value: JsonValue | undefined): value is null | undefined => value === undefined || value === null;

function itemOf(raw: unknown, role: ItemRole, pointer: string, instanceList: boolean): Draft<ItemFact> | FieldInvalid {
  if (!isAcceptableId(raw)) return new FieldInvalid(pointer, 'identifier');
  const { id, gs1, isInstance, doubt } = identify(raw);
  const item: Draft<ItemFact> = { id, role, pointer, isInstance: isInstance ?? instanceList, implied: false };
  if (gs1 !== undefined) item.gs1 = gs1;
  if (doubt !== undefined) item.isOdd = true;
  return item;
}

function quantityItemOf(raw: JsonValue, role: ItemRole, pointer: string): ItemFact | FieldInvalid {
  if (!isJsonObject(raw)) return new FieldInvalid(pointer, 'quantityElement');
  const item = itemOf(raw['epcClass'], role, `${pointer}/epcClass`, false);
  if (item instanceof FieldInvalid) return item;
  const { quantity, uom } = raw;
  if (!isAbsent(uom) && (typeof uom !== 'string' || uom.length > 16 || !isAcceptableId(uom)))
    return new FieldInvalid(`${pointer}/uom`, 'unit of measure');
  if (!isAbsent(uom)) item.uom = uom;
  if (isAbsent(quantity)) return item;
  const amount = typeof quantity === 'number' && quantity >= 0 ? plainNumber(quantity) : undefined;
  if (amount === undefined) return new FieldInvalid(`${pointer}/quantity`, 'number of at least 0');
  item.quantity = amount;
  return item;
}

function itemsOf(event: JsonObject, type: EpcisEventType): ItemFact[] | FieldInvalid {
  const items: ItemFact[] = [];
  const seen = new Set<string>();
  for (const { name, role, shape } of ITEM_FIELDS[type]) {
    const content = event[name];
    if (isAbsent(content)) continue;
    const list = shape === 'one' ? [content] : content;
    if (!Array.isArray(list)) return new FieldInvalid(`/${name}`, 'list');
    if (items.length + list.length > bodyBounds.itemsMax)
      return new FieldInvalid(`/${name}`, `at most ${bodyBounds.itemsMax} identifiers`);
    for (let index = 0; index < list.length; index += 1) {
      const pointer = shape === 'one' ? `/${name}` : `/${name}/${index}`;
      const raw = list[index] as JsonValue;
      const item = shape === 'quantities' ? quantityItemOf(raw, role, pointer) : itemOf(raw, role, pointer, true);
      if (item instanceof FieldInvalid) return item;
      if (item.isInstance) {
        // The same unit twice in one role is the same unit.
        const key = `${role} ${item.id}`;
        if (seen.has(key)) continue;
        seen.add(key);
      }
      items.push(item);
    }
  }
  return items;
}

/**
 * Rule TIE (docs/protocol/provenance.md): a unit belongs to a lot when the event says so: its own identifier names the
 * lot; or, where things come into being, `ilmd` gives the lot number; or exactly one lot of its GTIN stands beside it in the
 * same role.
 */
function tiesOf(
  event: JsonObject,
  type: EpcisEventType,
  items: readonly ItemFact[],
): { ties: LotTie[]; implied: ItemFact[] } {
  const ties: LotTie[] = [];
  const implied: ItemFact[] = [];
  const bringsForth = type === 'TransformationEvent' || (type === 'ObjectEvent' && event['action'] === 'ADD');
  const units = items.filter((item) => item.isInstance && item.gs1?.gtin !== undefined && item.gs1.key === '01');
  if (units.length === 0) return { ties, implied };

  /** The only lot of a GTIN in a role; `undefined`: several. */
  const lotBeside = new Map<string, string | undefined>();
  for (const { isInstance, gs1, role, id } of items) {
    if (isInstance || gs1?.gtin === undefined || gs1.lot === undefined) continue;
    const place = `${role} ${gs1.gtin}`;
    const before = lotBeside.get(place);
    lotBeside.set(place, !lotBeside.has(place) || before === id ? id : undefined);
  }
  const [lotField, lotNumber] = bringsForth ? lotNumberOf(event['ilmd']) : [];
  const impliedLots = new Map<string, string | undefined>();
  const present = new Set(items.map(({ role, id }) => `${role} ${id}`));
  for (const unit of units) {
    const gtin = unit.gs1?.gtin ?? '';
    let lot = unit.gs1?.lot === undefined ? undefined : lotIdOf(gtin, unit.gs1.lot);
    const comesForth = unit.role === 'output' || unit.role === 'object';
    if (lot === undefined && lotNumber !== undefined && comesForth) {
      if (!impliedLots.has(gtin)) {
        impliedLots.set(gtin, lotIdOf(gtin, lotNumber));
        const id = impliedLots.get(gtin);
        if (id !== undefined && !present.has(`${unit.role} ${id}`)) {
          const { gs1 } = identify(id);
          const pointer = `/ilmd/${pointerPart(lotField ?? '')}`;
          implied.push({ id, role: unit.role, pointer, isInstance: false, ...(gs1 ? { gs1 } : {}), implied: true });
        }
      }
      lot = impliedLots.get(gtin);
    }
    lot ??= lotBeside.get(`${unit.role} ${gtin}`);
    if (lot !== undefined) ties.push({ lot, unit: unit.id });
  }
  return { ties, implied };
}

function lotNumberOf(ilmd: JsonValue | undefined): [field: string, lot: string] | [] {
  if (!isJsonObject(ilmd)) return [];
  for (const field of Object.keys(ilmd)) {
    const value = ilmd[field];
    if (localName(field) === 'lotNumber' && typeof value === 'string') return [field, value];
  }
  return [];
}

const PARTY_TYPES: ReadonlySet<string> = new Set<PartyRole>(['owning_party', 'possessing_party', 'location']);

function partiesOf(event: JsonObject, bizLocation?: string, readPoint?: string): PartyFact[] | FieldInvalid {
  const parties: PartyFact[] = [];
  for (const [list, member, direction] of [
    ['sourceList', 'source', 'source'],
    ['destinationList', 'destination', 'destination'],
  ] as const) {
    const content = event[list];
    if (isAbsent(content)) continue;
    if (!Array.isArray(content)) return new FieldInvalid(`/${list}`, 'list');
    if (content.length > 100) return new FieldInvalid(`/${list}`, 'at most 100 entries');
    for (let index = 0; index < content.length; index += 1) {
      const entry = content[index];
      const party = isJsonObject(entry) ? entry[member] : undefined;
      if (!isJsonObject(entry) || !isAcceptableId(party))
        return new FieldInvalid(`/${list}/${index}/${member}`, 'identifier');
      const type = typeof entry['type'] === 'string' ? cbvWord(entry['type']) : '';
      parties.push({ id: identify(party).id, role: PARTY_TYPES.has(type) ? (type as PartyRole) : 'other', direction });
    }
  }
  for (const name of Object.keys(event)) {
    if (!name.includes(':')) continue;
    const role = localName(name);
    const value = event[name];
    if ((role === 'informationProvider' || role === 'productOwner') && isAcceptableId(value))
      parties.push({ id: identify(value).id, role, direction: 'none' });
  }
  if (bizLocation !== undefined) parties.push({ id: bizLocation, role: 'bizLocation', direction: 'none' });
  if (readPoint !== undefined) parties.push({ id: readPoint, role: 'readPoint', direction: 'none' });
  return parties;
}

function placeOf(event: JsonObject, name: 'bizLocation' | 'readPoint'): string | undefined | FieldInvalid {
  const place = event[name];
  if (isAbsent(place)) return undefined;
  const id = isJsonObject(place) ? place['id'] : undefined;
  return isAcceptableId(id) ? identify(id).id : new FieldInvalid(`/${name}/id`, 'identifier');
}

function wordOf(event: JsonObject, name: string): string | undefined | FieldInvalid {
  const word = event[name];
  if (isAbsent(word)) return undefined;
  return isAcceptableId(word) ? cbvWord(word) : new FieldInvalid(`/${name}`, 'vocabulary word');
}

function errorDeclarationOf(event: JsonObject): EventFacts['errorDeclaration'] | FieldInvalid {
  const declaration = event['errorDeclaration'];
  if (isAbsent(declaration)) return undefined;
  if (!isJsonObject(declaration)) return new FieldInvalid('/errorDeclaration', 'object');
  const time = declaration['declarationTime'];
  const declarationTimeMs = typeof time === 'string' ? parseTimeMs(time) : undefined;
  if (declarationTimeMs === undefined) return new FieldInvalid('/errorDeclaration/declarationTime', 'time with a zone');
  const { reason, correctiveEventIDs: ids } = declaration;
  if (!isAbsent(reason) && !isAcceptableId(reason))
    return new FieldInvalid('/errorDeclaration/reason', 'vocabulary word');
  if (!isAbsent(ids) && (!Array.isArray(ids) || ids.length > 100 || !ids.every(isAcceptableId)))
    return new FieldInvalid('/errorDeclaration/correctiveEventIDs', 'at most 100 event ids');
  return {
    declarationTimeMs,
    ...(isAbsent(reason) ? {} : { reason: cbvWord(reason) }),
    correctiveEventIDs: isAbsent(ids) ? [] : ids,
  };
}

/**
 * Reads everything that Waymark knows of an event out of the event itself. Total: for what is no event it gives a refusal
 * (`PROVENANCE_EVENT_TYPE_UNKNOWN`, `PROVENANCE_FIELD_INVALID` with pointer and what is expected there). It does not repeat the
 * schema's validation, which is the edge's; it takes nothing on trust that it uses.
 *
 * @param eventHash hex of the CBV 2.0 event hash of the same event
 */
export function deriveFacts(event: JsonObject, eventHash: string): Read<EventFacts> {
  const type = event['type'];
  if (!isEventType(type)) return deny('PROVENANCE_EVENT_TYPE_UNKNOWN', '/type');
  const invalid = (field: FieldInvalid) =>
    deny('PROVENANCE_FIELD_INVALID', field.pointer, { expected: field.expected });

  const time = event['eventTime'];
  const eventTimeMs = typeof time === 'string' ? parseTimeMs(time) : undefined;
  if (eventTimeMs === undefined) return invalid(new FieldInvalid('/eventTime', 'time with a zone'));
  const action = type === 'TransformationEvent' ? undefined : event['action'];
  if (type !== 'TransformationEvent' && !isAction(action))
    return invalid(new FieldInvalid('/action', 'ADD, OBSERVE or DELETE'));
  const offset = event['eventTimeZoneOffset'];
  const eventID = event['eventID'];
  if (!isAbsent(eventID) && !isAcceptableId(eventID)) return invalid(new FieldInvalid('/eventID', 'identifier'));
  const transformationID = type === 'TransformationEvent' ? event['transformationID'] : undefined;
  if (!isAbsent(transformationID) && !isAcceptableId(transformationID))
    return invalid(new FieldInvalid('/transformationID', 'identifier'));

  const bizStep = wordOf(event, 'bizStep');
  if (bizStep instanceof FieldInvalid) return invalid(bizStep);
  const disposition = wordOf(event, 'disposition');
  if (disposition instanceof FieldInvalid) return invalid(disposition);
  const bizLocation = placeOf(event, 'bizLocation');
  if (bizLocation instanceof FieldInvalid) return invalid(bizLocation);
  const readPoint = placeOf(event, 'readPoint');
  if (readPoint instanceof FieldInvalid) return invalid(readPoint);
  const items = itemsOf(event, type);
  if (items instanceof FieldInvalid) return invalid(items);
  const parties = partiesOf(event, bizLocation, readPoint);
  if (parties instanceof FieldInvalid) return invalid(parties);
  const errorDeclaration = errorDeclarationOf(event);
  if (errorDeclaration instanceof FieldInvalid) return invalid(errorDeclaration);

  const { ties, implied } = tiesOf(event, type, items);
  if (!isAbsent(transformationID))
    implied.push({
      id: transformationID,
      role: 'transformation',
      pointer: '/transformationID',
      isInstance: false,
      implied: true,
    });
  const contains = type === 'AggregationEvent' || type === 'AssociationEvent';
  const facts: Draft<EventFacts> = {
    eventHash,
    record: errorDeclaration === undefined ? 'event' : 'errorDeclaration',
    type,
    eventTimeMs,
    eventTimeZoneOffset: typeof offset === 'string' && offset.length <= 6 ? offset : '',
    items: implied.length === 0 ? items : [...items, ...implied],
    releasesAll: contains && action === 'DELETE' && !items.some(({ role }) => role === 'child'),
    ties,
    parties,
    hasIlmd: !isAbsent(event['ilmd']),
  };
  if (isAction(action)) facts.action = action;
  if (!isAbsent(eventID)) facts.eventID = eventID;
  if (bizStep !== undefined) facts.bizStep = bizStep;
  if (disposition !== undefined) facts.disposition = disposition;
  if (bizLocation !== undefined) facts.bizLocation = bizLocation;
  if (readPoint !== undefined) facts.readPoint = readPoint;
  if (!isAbsent(transformationID)) facts.transformationID = transformationID;
  if (errorDeclaration !== undefined) facts.errorDeclaration = errorDeclaration;
  return { ok: true, value: facts };
}

const KEY_SUFFIX = { event: '', errorDeclaration: '-error' } as const;

/** The name of a record in the views: the event hash, with `-error` behind it for an error declaration. */
export function eventKeyOf(facts: Pick<EventFacts, 'eventHash' | 'record'>): string {
  return facts.eventHash + KEY_SUFFIX[facts.record];
}

/** The record that a key names; undefined: it is no key of a record. */
export function recordOfKey(key: string): Pick<EventFacts, 'eventHash' | 'record'> | undefined {
  const parts = /^([0-9a-f]{64})(-error)?$/.exec(key);
  if (parts?.[1] === undefined) return undefined;
  return { eventHash: parts[1], record: parts[2] === undefined ? 'event' : 'errorDeclaration' };
}
