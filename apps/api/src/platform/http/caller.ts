import { ProblemError } from '../errors/problem.js';
import type { RequestContext } from './request-context.js';

/** The organisation that asks. The guard has refused anonymous callers of such routes already. */
export function organisationOf(context: RequestContext): string {
  if (context.caller.kind === 'organisation') return context.caller.organisation;
  throw new ProblemError('unauthenticated', {
    code: 'AUTH_KEY_MISSING',
    detail: 'This address needs an API key and none was sent.',
    howToFix: 'Send the header Authorization: Bearer wm_... with a key of your organisation.',
  });
}
