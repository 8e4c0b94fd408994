import { fromUtf8 } from '@waymark/ledger/primitives';

/** The value of a JSON text, as somebody else sent it; undefined for what is no JSON: whatever checks it then says that it cannot be read. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The value of a record's content; undefined where it is no JSON, or no UTF-8. */
export function jsonOfContent(content: Uint8Array | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return jsonOf(fromUtf8(content));
  } catch (cause) {
    if (isTypeError(cause)) return undefined; // not UTF-8
    throw cause;
  }
}

/** By its name: the decoder of the platform may throw the TypeError of another realm, as it does in a worker or under a test runner. */
const isTypeError = (cause: unknown): boolean => (cause as { readonly name?: unknown } | null)?.name === 'TypeError';
