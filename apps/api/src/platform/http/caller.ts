import type { Permission } from '../auth/permissions.js';
import { ProblemError } from '../errors/problem.js';
import type { RequestContext, Via } from './request-context.js';

type Known = Extract<RequestContext['caller'], { kind: 'organisation' }>;

/** The caller, known. The guard has refused anonymous callers of such routes already. */
export function callerOf(context: RequestContext): Known {
  if (context.caller.kind === 'organisation') return context.caller;
  throw notKnown();
}

/** The organisation that asks. */
export function organisationOf(context: RequestContext): string {
  return callerOf(context).organisation;
}

/** The person who asks; routes for persons are marked `@RequireSession()`. */
export function personOf(context: RequestContext): Extract<Via, { kind: 'session' }> & { organisation: string } {
  const { via, organisation } = callerOf(context);
  if (via.kind === 'session') return { ...via, organisation };
  throw onlyForPersons();
}

/** Whether the caller has a permission beyond the one that the route asks for. */
export function may(context: RequestContext, permission: Permission): boolean {
  return context.caller.kind === 'organisation' && context.caller.permissions.includes(permission);
}

/** 401: neither key nor session was sent. */
export function notKnown(): ProblemError {
  return new ProblemError('unauthenticated', {
    code: 'AUTH_KEY_MISSING',
    detail: 'This address needs to know who asks: an API key or a session, and none was sent.',
    howToFix: 'Sign in, or send the header Authorization: Bearer wm_... with a key of your organisation.',
  });
}

/** 403: a key where a person is wanted. */
export function onlyForPersons(): ProblemError {
  return new ProblemError('forbidden', {
    code: 'AUTH_PERSONS_ONLY',
    detail: 'This address is for a person who is signed in, not for an API key.',
    howToFix: 'Sign in to the console.',
  });
}
