import canonicalize from 'canonicalize';
import { equalBytes, fromUtf8, utf8 } from '../primitives/index.js';

/** RFC 8785 (JCS) bytes of a JSON value. @throws when the value is no JSON (a function, NaN, a lone surrogate). */
export function canonicalJson(value: unknown): Uint8Array {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return utf8(text);
}

/** The value of canonical JSON bytes, or undefined when they are not JSON or not in canonical form. */
export function parseCanonicalJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    return equalBytes(canonicalJson(value), bytes) ? { value } : undefined;
  } catch {
    // Not UTF-8, not JSON, or JSON that has no canonical form: all the same answer.
    return undefined;
  }
}
