/**
 * A refusal: understood, and against the rules. It is a value, never thrown: the sender must act (house.md 6). The
 * code is stable (`SUBSYSTEM_REASON`), the pointer is an RFC 6901 JSON pointer into what was refused ('' for all of
 * it), the facts are what a message is rendered from.
 */
export interface Refusal {
  readonly code: string;
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** Something done, or a refusal. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function refusal(code: string, pointer = '', facts: Readonly<Record<string, string | number>> = {}): Refusal {
  return {
    code,
    pointer,
    facts: Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, String(value)])),
  };
}

export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refused(
  code: string,
  pointer = '',
  facts: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusal(code, pointer, facts) };
}
