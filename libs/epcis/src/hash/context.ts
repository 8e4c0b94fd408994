import { isJsonObject } from '../model/json.js';

/**
 * Prefixes of the built-in EPCIS context, whatever URL names it. Namespaces are written as the XML binding has them, so
 * that one event hashes alike in both (CBV 2.0, event hash rules 15 to 20).
 */
const BUILT_IN: Readonly<Record<string, string>> = {
  epcis: 'https://ref.gs1.org/epcis/',
  cbv: 'https://ref.gs1.org/cbv/',
  cbvmda: 'urn:epcglobal:cbv:mda',
  gs1: 'https://gs1.org/voc/',
};

/** Values remembered under one context; beyond them the memory begins anew. */
const WRITTEN_MAX = 4_096;

/** What a `@context` says about names, and the values that were written under it: events of a document repeat each other. */
export class Prefixes {
  private readonly written = new Map<string, string>();

  constructor(private readonly namespaces: ReadonlyMap<string, string>) {}

  /** The namespace of a declared prefix. */
  get(prefix: string): string | undefined {
    return this.namespaces.get(prefix);
  }

  /** `write(value)`, which must depend on the value and this context alone; asked once for each value. */
  remembered(value: string, write: (value: string, prefixes: Prefixes) => string): string {
    let written = this.written.get(value);
    if (written === undefined) {
      written = write(value, this);
      if (this.written.size >= WRITTEN_MAX) this.written.clear();
      this.written.set(value, written);
    }
    return written;
  }
}

const known = new WeakMap<object, Prefixes>();

/** The prefix map of a document's `@context` and of an event's own; the former is kept, as a document has many
 * events: a context value is not changed once it was given here. */
export function prefixesOf(documentContext: unknown, eventContext: unknown): Prefixes {
  if (eventContext !== undefined || typeof documentContext !== 'object' || documentContext === null) {
    return readPrefixes(documentContext, eventContext);
  }
  let kept = known.get(documentContext);
  if (kept === undefined) known.set(documentContext, (kept = readPrefixes(documentContext)));
  return kept;
}

/**
 * The prefix map of a `@context` value. Nothing is fetched: a URL contributes nothing beyond the built-in prefixes; an
 * object contributes each member whose value is a string or `{ "@id": string }`.
 */
function readPrefixes(...contexts: readonly unknown[]): Prefixes {
  const prefixes = new Map(Object.entries(BUILT_IN));
  const read = (context: unknown) => {
    if (Array.isArray(context)) context.forEach(read);
    else if (isJsonObject(context)) {
      for (const [name, value] of Object.entries(context)) {
        const uri = isJsonObject(value) ? value['@id'] : value;
        if (typeof uri === 'string' && !name.startsWith('@')) prefixes.set(name, uri);
      }
    }
  };
  contexts.forEach(read);
  return new Prefixes(prefixes);
}
