import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../../platform/errors/problem.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import type { Device } from './sign-in.service.js';

export const deviceOf = (context: RequestContext, request: FastifyRequest): Device => ({
  context,
  userAgent: request.headers['user-agent'] ?? '',
});

/**
 * The cookie is `SameSite=Strict`, which still lets another port or sub-domain of ours send it: what the browser marks as coming from
 * another origin may neither open nor end a session.
 */
export function notFromElsewhere(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new ProblemError('forbidden', {
    code: 'AUTH_FOREIGN_ORIGIN',
    detail: 'Sessions are opened and ended by the console itself, not by another page.',
    howToFix: 'Open the console and sign in there.',
  });
}
