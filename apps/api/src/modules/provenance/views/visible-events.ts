import type { Viewer } from '@waymark/provenance/visibility';

/** Postgres takes no U+0000 in a text and no view holds one: what is asked with one matches nothing (the views write it like this too). */
const searchable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : Array.isArray(value) ? value.map(searchable) : value;

/** SQL parameters collected while a statement is put together. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The placeholder of a new parameter. */
  add(value: unknown): string {
    this.values.push(searchable(value));
    return `$${this.values.length}`;
  }
}

const signedBy = (account: string, parameters: Parameters) =>
  `(e.signer = ${parameters.add(account)} OR e.witnesses @> ${parameters.add(JSON.stringify([{ account }]))}::jsonb)`;

/**
 * The rows of `epcis_event e` that a viewer is shown in full: the SQL twin of `disclosureOf` in `@waymark/provenance/visibility` (a spec
 * holds the two together). A page looks at few events: with `EXISTS`, Postgres would first read all that ever named the company.
 */
export function shownInFull(viewer: Viewer, parameters: Parameters): string {
  switch (viewer.kind) {
    case 'regulator':
      return 'TRUE';
    case 'shopper':
      return 'e.visibility = 1';
    case 'company':
      return `(e.visibility = 1 OR ${signedBy(viewer.account, parameters)}
        OR (e.visibility = 2 AND (SELECT true FROM party_named p WHERE p.event_key = e.event_key AND p.account = ${parameters.add(viewer.account)} LIMIT 1) IS NOT NULL))`;
  }
}

/** The rows a viewer's trace may walk through: all that could be shown to them at least as a step. */
export function walkable(viewer: Viewer, parameters: Parameters): string {
  switch (viewer.kind) {
    case 'regulator':
      return 'TRUE';
    case 'shopper':
      return 'e.visibility = 1';
    case 'company':
      return `(e.visibility IN (1, 2) OR ${signedBy(viewer.account, parameters)})`;
  }
}
