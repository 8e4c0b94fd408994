import { ProblemError } from './problem.js';

/**
 * 409 `EDIT_CONFLICT`: somebody changed the record after the caller read it. The answer carries the record as it is now, who changed it
 * and when, so that a page can show both and let the person choose; sending again with the newer `version` overwrites.
 */
export function editConflict(change: {
  /** The record as the caller would read it now. */
  readonly current: unknown;
  readonly version: number;
  /** Who changed it last, as a person would name them. */
  readonly changedBy: string;
  readonly changedAt: Date;
}): ProblemError {
  return new ProblemError('conflict', {
    code: 'EDIT_CONFLICT',
    detail: `${change.changedBy} changed this while you were editing it.`,
    howToFix: 'Compare your changes with what is there now, and save again.',
    facts: { version: change.version, changedBy: change.changedBy, changedAt: change.changedAt.toISOString() },
    current: change.current,
  });
}
