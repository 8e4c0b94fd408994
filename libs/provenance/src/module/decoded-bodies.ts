/** Bodies read once: what `checkBody` reads, `execute` finds again. */
import { eventDigest } from '@waymark/epcis/hash';
import type { Hashing } from '@waymark/epcis/hash';
import { hasValidCheckDigit } from '@waymark/epcis/gs1';
import { isJsonObject } from '@waymark/epcis/model';
import type { JsonObject, JsonValue, VocabularyElement } from '@waymark/epcis/model';
import type { Body } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { deriveFacts, recordOfKey } from '../domain/derive-facts.js';
import type { EventFacts, RecordKind } from '../domain/event-facts.js';
import { identify, isAcceptableId } from '../domain/identity.js';
import { bodyBounds, deny, readJson, readObject } from '../domain/read-body.js';
import type { Read } from '../domain/read-body.js';

export const bodyKinds = {
  context: 'epcis.context',
  event: 'epcis.event',
  masterdata: 'epcis.masterdata',
  serialisation: 'provenance.serialisation',
  visibility: 'provenance.visibility',
} as const;

/** How `provenance.visibility` spells who may see a record, with the numbers of `Visibility` (formats.md 2). */
export const visibilityWords = { public: 1, partners: 2, own: 3 } as const;
export type VisibilityWord = keyof typeof visibilityWords;

export interface DecodedEvent {
  readonly event: JsonObject;
  /** Everything but the hash, which needs the context. */
  readonly facts: EventFacts;
}
export interface DecodedMasterdata {
  readonly type: string;
  /** Canonical id. */
  readonly id: string;
  readonly element: VocabularyElement;
}
export interface DecodedVisibility {
  readonly eventKey: string;
  readonly eventHash: string;
  readonly record: RecordKind;
  readonly visibility: VisibilityWord;
}
export interface DecodedSerialisation {
  readonly gtin: string;
  readonly enabled: boolean;
}

/** Remembers an answer for as long as its body lives. */
function oncePerBody<T>(read: (content: Uint8Array) => Read<T>): (body: Pick<Body, 'content'>) => Read<T> {
  const known = new WeakMap<object, Read<T>>();
  return (body) => {
    const before = known.get(body.content);
    if (before !== undefined) return before;
    const answer = read(body.content);
    known.set(body.content, answer);
    return answer;
  };
}

const hashWithoutContext = '';

export const decodeEvent = oncePerBody<DecodedEvent>((content) => {
  const read = readObject(content, bodyBounds.eventBytesMax);
  if (!read.ok) return read;
  const facts = deriveFacts(read.value, hashWithoutContext);
  return facts.ok ? { ok: true, value: { event: read.value, facts: facts.value } } : facts;
});

export const decodeContext = oncePerBody<JsonValue>((content) => {
  const read = readJson(content, bodyBounds.contextBytesMax);
  if (!read.ok) return read;
  const { value } = read;
  return typeof value === 'string' || isJsonObject(value) || Array.isArray(value)
    ? read
    : deny('PROVENANCE_BODY_MALFORMED', '', { reason: 'no JSON-LD context' });
});

const isAttribute = (attribute: JsonValue): boolean => isJsonObject(attribute) && typeof attribute['id'] === 'string';

export const decodeMasterdata = oncePerBody<DecodedMasterdata>((content) => {
  const read = readObject(content, bodyBounds.masterdataBytesMax);
  if (!read.ok) return read;
  const { type, element } = read.value;
  if (!isAcceptableId(type)) return deny('PROVENANCE_FIELD_INVALID', '/type', { expected: 'vocabulary type' });
  if (!isJsonObject(element)) return deny('PROVENANCE_FIELD_INVALID', '/element', { expected: 'object' });
  const { id, attributes } = element;
  if (!isAcceptableId(id)) return deny('PROVENANCE_FIELD_INVALID', '/element/id', { expected: 'identifier' });
  if (attributes !== undefined && !(Array.isArray(attributes) && attributes.every(isAttribute)))
    return deny('PROVENANCE_FIELD_INVALID', '/element/attributes', { expected: 'list of attributes with an id' });
  return { ok: true, value: { type, id: identify(id).id, element: element as unknown as VocabularyElement } };
});

export const decodeSerialisation = oncePerBody<DecodedSerialisation>((content) => {
  const read = readObject(content, bodyBounds.serialisationBytesMax);
  if (!read.ok) return read;
  const { gtin, enabled } = read.value;
  if (typeof gtin !== 'string' || !/^\d{14}$/.test(gtin) || !hasValidCheckDigit(gtin))
    return deny('PROVENANCE_FIELD_INVALID', '/gtin', { expected: '14 digits with a right check digit' });
  if (typeof enabled !== 'boolean') return deny('PROVENANCE_FIELD_INVALID', '/enabled', { expected: 'true or false' });
  return { ok: true, value: { gtin, enabled } };
});

const isVisibilityWord = (value: JsonValue | undefined): value is VisibilityWord =>
  typeof value === 'string' && Object.hasOwn(visibilityWords, value);

export const decodeVisibility = oncePerBody<DecodedVisibility>((content) => {
  const read = readObject(content, bodyBounds.visibilityBytesMax);
  if (!read.ok) return read;
  const { eventKey, visibility } = read.value;
  const named = typeof eventKey === 'string' ? recordOfKey(eventKey) : undefined;
  if (named === undefined)
    return deny('PROVENANCE_FIELD_INVALID', '/eventKey', { expected: 'event hash, with -error for a declaration' });
  if (!isVisibilityWord(visibility))
    return deny('PROVENANCE_FIELD_INVALID', '/visibility', { expected: 'public, partners or own' });
  return { ok: true, value: { eventKey: eventKey as string, ...named, visibility } };
});

/** Hex of the CBV 2.0 event hash. */
export function hashOf(event: JsonObject, context: JsonValue | undefined, hashing: Hashing): string {
  return toHex(eventDigest(event, context, hashing));
}
