import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from '../errors/problem.js';
import { networkOf } from '../http/network-of.js';
import type { Caller } from '../http/request-context.js';

const WINDOW_SECONDS = 60;

/**
 * How often anybody may ask this process: so many requests a minute for each network address, and as many for each key or person. Kept
 * in memory: it is against floods, and must cost nothing. Trying passwords has limits of its own, in Postgres (`modules/members`).
 */
export class RequestLimits {
  private readonly limiter: RateLimiterMemory | undefined;
  private readonly own: ReadonlySet<string>;

  /** `perMinute` 0: no limit. `ownProxies`: what asks from there without naming a client is a server of ours, and has no limit. */
  constructor(perMinute: number, ownProxies: readonly string[]) {
    this.limiter = perMinute === 0 ? undefined : new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
    this.own = new Set(ownProxies);
  }

  /** Counts a request from its address. @throws ProblemError 429 */
  async take(request: FastifyRequest): Promise<void> {
    if (!this.own.has(request.ip)) await this.count(`address:${networkOf(request.ip)}`);
  }

  /** Counts a request of whoever asks. @throws ProblemError 429 */
  async takeFor(caller: Caller): Promise<void> {
    if (caller.kind === 'anonymous') return;
    const { via } = caller;
    await this.count(via.kind === 'key' ? `key:${via.keyId}` : `user:${via.userId}`);
  }

  private async count(name: string): Promise<void> {
    try {
      await this.limiter?.consume(name);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw tooManyRequests('More requests came from you in a minute than this API takes.', error.msBeforeNext / 1_000);
    }
  }
}

/** 429, with the time after which it makes sense to ask again. */
export function tooManyRequests(
  detail: string,
  retryAfterSeconds: number,
  code = 'HTTP_TOO_MANY_REQUESTS',
): ProblemError {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
  return new ProblemError('too-many-requests', {
    code,
    detail,
    howToFix: `Nothing was done. Try again in ${seconds} seconds.`,
    retryAfterSeconds: seconds,
    facts: { retryAfterSeconds: seconds },
  });
}
