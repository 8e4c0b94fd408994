import { ProblemError } from './problem.js';

/** 404. What the caller may not see gets the same words as what does not exist. */
export function notFound(code: string, detail: string, howToFix: string): ProblemError {
  return new ProblemError('not-found', { code, detail, howToFix });
}
