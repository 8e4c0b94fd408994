import type { Problem } from '@waymark/epcis';
import type { BodyOrigin, JobProblem } from '../entities/capture-job.entity.js';
import { sayRefusal } from './refusal-words.js';

const EXCEPTION = {
  type: 'epcisException:ValidationException',
  title: 'ValidationException: The event cannot be captured',
};
const REMARK = { type: 'urn:waymark:remark', title: 'Captured, but something does not add up' };

/** A fault found in the document, as the capture job shows it. */
export function jobProblem(problem: Problem, index: number | undefined): JobProblem {
  return {
    ...(problem.severity === 'error' ? EXCEPTION : REMARK),
    detail: problem.message,
    code: problem.code,
    ...(index !== undefined && { index }),
    pointer: problem.pointer,
    howToFix: problem.howToFix,
    facts: problem.facts,
  };
}

/** What the ledger says of a body: `body` is its index + 1, 0 for the transaction as a whole. */
export interface LedgerRemark {
  readonly body: number;
  readonly code: string;
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** A refusal (or warning) of the ledger, with the pointer moved from the body into the document. */
export function ledgerProblem(
  remark: LedgerRemark,
  origins: readonly BodyOrigin[],
  severity: 'error' | 'warning',
): JobProblem {
  const origin = remark.body === 0 ? undefined : origins[remark.body - 1];
  const { detail, howToFix } = sayRefusal(remark.code, remark.facts, severity);
  return {
    ...(severity === 'error' ? EXCEPTION : REMARK),
    detail,
    code: remark.code,
    ...(origin?.index !== undefined && { index: origin.index }),
    pointer: `${origin?.pointer ?? ''}${remark.pointer}`,
    howToFix,
    facts: { ...remark.facts },
  };
}
