/** The content of bodies that the ledger itself reads: canonical JSON, bounded in bytes and in depth before it is parsed. */
import { parseCanonicalJson } from './canonical-json.js';
import { ShapeError } from './json-shape.js';
import { done, refused, type Outcome } from './refusal.js';

/** Bytes of a body's content, and how deep lists and objects may lie in one another. */
export const BODY_JSON_MAX = { bytes: 16_384, depth: 8 } as const;

const QUOTE = 0x22;
const ESCAPE = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** How deep brackets lie in one another outside of texts. Asked before anything is parsed: what is too deep is not. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inText) {
      if (byte === ESCAPE) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return deepest;
}

/**
 * Reads a body's content. Refused: `BODY_TOO_LARGE`, `BODY_TOO_DEEP`, `BODY_MALFORMED` (with the pointer of the wrong part;
 * '' when it is not canonical JSON, RFC 8785).
 */
export function readBodyJson<T>(content: Uint8Array, read: (value: unknown) => T): Outcome<T> {
  if (content.length > BODY_JSON_MAX.bytes)
    return refused('BODY_TOO_LARGE', '', { bytes: content.length, most: BODY_JSON_MAX.bytes });
  const depth = depthOf(content);
  if (depth > BODY_JSON_MAX.depth) return refused('BODY_TOO_DEEP', '', { depth, most: BODY_JSON_MAX.depth });
  const parsed = parseCanonicalJson(content);
  if (parsed === undefined) return refused('BODY_MALFORMED', '', { reason: 'not canonical JSON (RFC 8785)' });
  try {
    return done(read(parsed.value));
  } catch (error) {
    if (error instanceof ShapeError) return refused('BODY_MALFORMED', error.pointer, { reason: error.reason });
    throw error;
  }
}
