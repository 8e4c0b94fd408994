import type { VocabularyElement } from '../model/epcis.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import type { Problem } from '../model/problem.js';

/** `@context` of a document: its exact source bytes and its value. */
export interface ParsedContext {
  pointer: string;
  bytes: Uint8Array;
  value: JsonValue;
}

/** One event: its exact source bytes (what is signed and stored), its value, its place. Not validated yet. */
export interface ParsedEvent {
  /** Position in the document's event list, from 0. */
  index: number;
  /** RFC 6901 pointer into the document. */
  pointer: string;
  bytes: Uint8Array;
  value: JsonObject;
}

/** One master-data element; `bytes` is the content of an `epcis.masterdata` body: `{"type": ..., "element": <source bytes>}`. */
export interface ParsedMasterData {
  type: string;
  element: VocabularyElement;
  pointer: string;
  bytes: Uint8Array;
}

export interface ParsedDocument {
  kind: 'EPCISDocument' | 'EPCISQueryDocument';
  context: ParsedContext;
  events: ParsedEvent[];
  masterData: ParsedMasterData[];
  /** The whole document's value. */
  value: JsonObject;
}

/** Result of a parse: never throws on input. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

/** Bounds of a document. Defaults: 8 MiB, depth 64, 2,000 events, 2,000 master-data elements, 256 KiB an event, 64 KiB the
 * context and each master-data element. */
export interface ParseLimits {
  sizeBytesMax: number;
  depthMax: number;
  eventsMax: number;
  masterDataMax: number;
  eventBytesMax: number;
  contextBytesMax: number;
  masterDataBytesMax: number;
}
