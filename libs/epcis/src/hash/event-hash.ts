import { bytesToHex } from '@noble/hashes/utils.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { isJsonObject } from '../model/json.js';
import { formatInstant, parseInstant } from '../model/time.js';
import { prefixesOf } from './context.js';
import type { Prefixes } from './context.js';
import { canonicalValue, compareCodePoints } from './values.js';
import { expandWord } from './words.js';
import type { WordKind } from './words.js';

/** The one hash function this room needs; the caller brings it. */
export interface Hashing {
  sha256(bytes: Uint8Array): Uint8Array;
}

/** Part of the Encoding standard, in every browser and in Node; declared here so that no other global of theirs is. */
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { written: number };
};
const encoder = new TextEncoder();
/** Room for what most events write: making an array for each costs more than filling it. */
const room = new Uint8Array(8_192);

/** UTF-8 of a text, good until the next call. */
function utf8Once(text: string): Uint8Array {
  return text.length * 3 > room.length
    ? encoder.encode(text)
    : room.subarray(0, encoder.encodeInto(text, room).written);
}

/** How a field of the canonical order is written (CBV 2.0, event hash, canonical property order). */
type Shape =
  | { as: 'time' | 'value' }
  | { as: 'word'; kind: WordKind }
  /** A list whose items are written under one name. */
  | { as: 'items'; item: string }
  /** A list of objects, each written under `item` with its fields in order. */
  | { as: 'objects'; item: string; fields: readonly Field[] }
  /** A list of objects written without a name of their own (type first, then the value). */
  | { as: 'pairs'; fields: readonly Field[] }
  /** One object, fields in order. */
  | { as: 'object'; fields: readonly Field[] }
  /** A value or a list of values, each written under the field's own name. */
  | { as: 'values' }
  /** A list of words, each written under the field's own name. */
  | { as: 'words'; kind: WordKind }
  /** A list of objects, each written under the field's own name. */
  | { as: 'repeated'; fields: readonly Field[] };

interface Field {
  name: string;
  shape: Shape;
}

const field = (name: string, shape: Shape): Field => ({ name, shape });
const value = (name: string) => field(name, { as: 'value' });
const time = (name: string) => field(name, { as: 'time' });
const word = (name: string, kind: WordKind) => field(name, { as: 'word', kind });
const epcs = (name: string) => field(name, { as: 'items', item: 'epc' });
const quantities = (name: string) =>
  field(name, { as: 'objects', item: 'quantityElement', fields: [value('epcClass'), value('quantity'), value('uom')] });
const pairs = (name: string, item: string, kind: WordKind) =>
  field(name, { as: 'pairs', fields: [word('type', kind), value(item)] });

const METADATA = [
  time('time'),
  time('startTime'),
  time('endTime'),
  ...['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'].map(value),
];
const REPORT = [
  word('type', 'measurement'),
  word('exception', 'sensorAlert'),
  ...['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'].map(value),
  time('time'),
  ...['microorganism', 'chemicalSubstance', 'value'].map(value),
  word('component', 'component'),
  ...[
    'stringValue',
    'booleanValue',
    'hexBinaryValue',
    'uriValue',
    'minValue',
    'maxValue',
    'meanValue',
    'sDev',
    'percRank',
    'percValue',
    'uom',
    'coordinateReferenceSystem',
  ].map(value),
];
const SENSOR_ELEMENT = [
  field('sensorMetadata', { as: 'object', fields: METADATA }),
  field('sensorReport', { as: 'repeated', fields: REPORT }),
];

const ORDER: readonly Field[] = [
  time('eventTime'),
  value('eventTimeZoneOffset'),
  field('certificationInfo', { as: 'values' }),
  epcs('epcList'),
  value('parentID'),
  epcs('inputEPCList'),
  epcs('childEPCs'),
  quantities('quantityList'),
  quantities('childQuantityList'),
  quantities('inputQuantityList'),
  epcs('outputEPCList'),
  quantities('outputQuantityList'),
  value('action'),
  value('transformationID'),
  word('bizStep', 'bizStep'),
  word('disposition', 'disposition'),
  field('persistentDisposition', {
    as: 'object',
    fields: [field('set', { as: 'words', kind: 'disposition' }), field('unset', { as: 'words', kind: 'disposition' })],
  }),
  field('readPoint', { as: 'object', fields: [value('id')] }),
  field('bizLocation', { as: 'object', fields: [value('id')] }),
  field('sensorElementList', { as: 'objects', item: 'sensorElement', fields: SENSOR_ELEMENT }),
];

/**
 * Written behind, sorted among `ilmd` and the extensions: so does the reference implementation that made the published
 * expected hashes, and a hash is of use only where all agree.
 */
const BEHIND: readonly Field[] = [
  pairs('bizTransactionList', 'bizTransaction', 'bizTransaction'),
  pairs('sourceList', 'source', 'sourceDestination'),
  pairs('destinationList', 'destination', 'sourceDestination'),
];

/** Never part of the hash. */
const LEFT_OUT = new Set(['@context', 'type', 'eventID', 'recordTime', 'errorDeclaration']);
const COMMENTS = new Set(['rdfs:comment', 'comment', '#text']);
const ORDERED_NAMES = new Set(ORDER.map(({ name }) => name));
const BEHIND_BY_NAME = new Map(BEHIND.map((child) => [child.name, child]));

const asList = (item: JsonValue | undefined): JsonValue[] =>
  item === undefined || item === null ? [] : Array.isArray(item) ? item : [item];

function text(item: JsonValue | undefined): string {
  return typeof item === 'string' ? item : typeof item === 'number' || typeof item === 'boolean' ? String(item) : '';
}

/** Nothing written is the empty string, which changes no join. */
const sortedJoin = (parts: string[]): string =>
  parts.length === 1 ? (parts[0] as string) : parts.sort(compareCodePoints).join('');

function leaf(name: string, content: string): string {
  return content === '' ? '' : `${name}=${content}`;
}

function writeTime(raw: string): string {
  const text = raw.trim();
  const instant = parseInstant(text);
  // Milliseconds in UTC are how a time is written: nothing to do for most.
  return instant === undefined || (text.length === 24 && text.endsWith('Z')) ? text : formatInstant(instant);
}

/** The fields of an object that are there, in canonical order. */
function writeFields(owner: JsonObject, fields: readonly Field[], prefixes: Prefixes): string {
  let written = '';
  for (const { name, shape } of fields) {
    const content = owner[name];
    if (content !== undefined && content !== null) written += writeField(name, shape, content, prefixes);
  }
  return written;
}

function writeObject(label: string, item: JsonValue, fields: readonly Field[], prefixes: Prefixes): string {
  if (!isJsonObject(item)) return '';
  const inner = writeFields(item, fields, prefixes) + writeOtherFields(item, fields, prefixes);
  return inner === '' ? '' : label + inner;
}

const writeWord = (item: JsonValue, kind: WordKind, prefixes: Prefixes): string =>
  canonicalValue(expandWord(kind, text(item).trim(), prefixes), prefixes);

const titled = (name: string, inner: string): string => (inner === '' ? '' : name + inner);

function writeField(name: string, shape: Shape, content: JsonValue, prefixes: Prefixes): string {
  switch (shape.as) {
    case 'time':
      return leaf(name, writeTime(text(content)));
    case 'value':
      return leaf(name, canonicalValue(text(content), prefixes));
    case 'word':
      return leaf(name, writeWord(content, shape.kind, prefixes));
    case 'values':
      return sortedJoin(asList(content).map((item) => leaf(name, canonicalValue(text(item), prefixes))));
    case 'words':
      return sortedJoin(asList(content).map((item) => leaf(name, writeWord(item, shape.kind, prefixes))));
    case 'items':
      return titled(
        name,
        sortedJoin(asList(content).map((item) => leaf(shape.item, canonicalValue(text(item), prefixes)))),
      );
    case 'objects':
      return titled(
        name,
        sortedJoin(asList(content).map((item) => writeObject(shape.item, item, shape.fields, prefixes))),
      );
    case 'pairs':
      return titled(name, sortedJoin(asList(content).map((item) => writeObject('', item, shape.fields, prefixes))));
    case 'repeated':
      return sortedJoin(asList(content).map((item) => writeObject(name, item, shape.fields, prefixes)));
    case 'object':
      return writeObject(name, content, shape.fields, prefixes);
  }
}

/** `{namespace}local` of an extension field; a name without a declared prefix stays as it is (rules 19 and 20). */
function extensionName(name: string, prefixes: Prefixes): string {
  const colon = name.indexOf(':');
  const namespace = colon > 0 ? prefixes.get(name.slice(0, colon)) : undefined;
  return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`;
}

/** One extension field with everything below it; an array is its field repeated. */
function writeExtension(name: string, content: JsonValue | undefined, prefixes: Prefixes): string[] {
  const label = extensionName(name, prefixes);
  return asList(content).map((item) => {
    if (Array.isArray(item)) return label + sortedJoin(writeExtension('', item, prefixes));
    if (isJsonObject(item)) return label + writeExtensions(item, prefixes);
    const written = canonicalValue(text(item), prefixes);
    return written === '' ? label : `${label}=${written}`;
  });
}

function writeExtensions(owner: JsonObject, prefixes: Prefixes): string {
  return sortedJoin(
    Object.entries(owner).flatMap(([name, content]) =>
      COMMENTS.has(name) ? [] : writeExtension(name, content, prefixes),
    ),
  );
}

/** Extensions inside a standard field, behind its own fields (rule 21). */
function writeOtherFields(owner: JsonObject, fields: readonly Field[], prefixes: Prefixes): string {
  const written: string[] = [];
  for (const name of Object.keys(owner)) {
    if (COMMENTS.has(name) || fields.some((child) => child.name === name)) continue;
    for (const part of writeExtension(name, owner[name], prefixes)) written.push(part);
  }
  return written.length === 0 ? '' : sortedJoin(written);
}

/**
 * The canonical string of an event (CBV 2.0, "EPCIS Event Hash ID"), before hashing. `context` is the value
 * of the document's `@context`; the event's own is read after it. Nothing is fetched.
 */
export function canonicalString(event: JsonObject, context: unknown): string {
  const prefixes = prefixesOf(context, event['@context']);
  const behind: string[] = [];
  for (const name of Object.keys(event)) {
    if (LEFT_OUT.has(name) || COMMENTS.has(name) || ORDERED_NAMES.has(name)) continue;
    const content = event[name];
    const child = BEHIND_BY_NAME.get(name);
    if (child === undefined) for (const part of writeExtension(name, content, prefixes)) behind.push(part);
    else if (content !== undefined && content !== null) behind.push(writeField(name, child.shape, content, prefixes));
  }
  return `eventType=${text(event['type'])}${writeFields(event, ORDER, prefixes)}${sortedJoin(behind)}`;
}

/** The 32 bytes of the CBV 2.0 event hash. */
export function eventDigest(event: JsonObject, context: unknown, hashing: Hashing): Uint8Array {
  return hashing.sha256(utf8Once(canonicalString(event, context)));
}

/** The CBV 2.0 event hash as a URI, `ni:///sha-256;<hex>?ver=CBV2.0`: the name of an event. */
export function eventHash(event: JsonObject, context: unknown, hashing: Hashing): string {
  return `ni:///sha-256;${bytesToHex(eventDigest(event, context, hashing))}?ver=CBV2.0`;
}
