import { fromUtf8 } from '@waymark/ledger/primitives';
import type { Refusal } from '@waymark/ledger/chain';
import { isJsonObject } from '@waymark/epcis/model';
import type { JsonObject, JsonValue } from '@waymark/epcis/model';

/** Bounds of a body's content. They protect state, indexes and time; the edge refuses earlier and tells more. */
export const bodyBounds = {
  eventBytesMax: 262_144,
  contextBytesMax: 65_536,
  masterdataBytesMax: 65_536,
  serialisationBytesMax: 1_024,
  visibilityBytesMax: 1_024,
  depthMax: 64,
  /** Identifiers that one event names. */
  itemsMax: 10_000,
  /** Bytes of one identifier or vocabulary word: it becomes a key in state and in indexes. */
  idBytesMax: 512,
} as const;

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** A refusal as a value. */
export function deny(code: string, pointer = '', facts: Readonly<Record<string, string>> = {}) {
  return { ok: false, refusal: { code, pointer, facts } } as const;
}

// eslint-disable-next-line no-control-regex -- U+0000 is exactly what is looked for: no database can hold it in text.
const UNSTORABLE = /[\u0000\p{Cs}]/u;

/** True when every level, number and text of the value can be hashed, stored and shown by everybody. */
function isStorable(value: JsonValue | undefined, depthLeft: number, checkText: boolean): boolean {
  if (typeof value === 'string') return !checkText || !UNSTORABLE.test(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depthLeft === 0) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isStorable(item, depthLeft - 1, checkText)) return false;
    return true;
  }
  for (const key of Object.keys(value)) {
    if (checkText && UNSTORABLE.test(key)) return false;
    if (!isStorable(value[key], depthLeft - 1, checkText)) return false;
  }
  return true;
}

/** JSON within the bounds; never throws, whatever the bytes. */
export function readJson(content: Uint8Array, bytesMax: number): Read<JsonValue> {
  if (content.length > bytesMax)
    return deny('PROVENANCE_BODY_TOO_LARGE', '', { bytes: String(content.length), most: String(bytesMax) });
  let value: JsonValue;
  let escaped: boolean;
  try {
    const text = fromUtf8(content);
    // U+0000 and lone surrogates can only come in by an escape: UTF-8 has no surrogates, JSON no raw control characters.
    escaped = text.includes('\\u');
    value = JSON.parse(text) as JsonValue;
  } catch {
    return deny('PROVENANCE_BODY_MALFORMED', '', { reason: 'no JSON in UTF-8' });
  }
  if (!isStorable(value, bodyBounds.depthMax, escaped))
    return deny('PROVENANCE_BODY_MALFORMED', '', {
      reason: `deeper than ${bodyBounds.depthMax}, a number out of range, or a character that cannot be stored`,
    });
  return { ok: true, value };
}

/** A JSON object within the bounds. */
export function readObject(content: Uint8Array, bytesMax: number): Read<JsonObject> {
  const read = readJson(content, bytesMax);
  if (!read.ok) return read;
  return isJsonObject(read.value)
    ? { ok: true, value: read.value }
    : deny('PROVENANCE_BODY_MALFORMED', '', { reason: 'no JSON object' });
}
