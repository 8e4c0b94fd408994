import type { Defect, EvidenceCode, Facts } from './verdict.js';

/** A step's result: what it found, or why the file is refused. */
export type Step<T> = { readonly ok: true; readonly value: T } | Defect<EvidenceCode>;

export const found = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = <Code extends string>(code: Code, where: string, facts: Facts = {}): Defect<Code> => ({
  ok: false,
  code,
  where,
  facts,
});
