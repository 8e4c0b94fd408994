import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { tooManyRequests } from '../../platform/auth/request-limits.js';
import { networkOf } from '../../platform/http/network-of.js';

const MINUTE = 60;

/** How often somebody may try before they have to wait. Seconds. */
export const SIGN_IN_LIMITS = {
  /** One account from one address. */
  pair: { points: 8, duration: 15 * MINUTE },
  /** One account from anywhere: many machines guess together. */
  account: { points: 50, duration: 60 * MINUTE },
  /** One address, whatever the account: one machine tries many. */
  address: { points: 100, duration: 15 * MINUTE },
} as const;

type Kind = keyof typeof SIGN_IN_LIMITS;

/**
 * Limits on trying passwords, codes and one-time links, in Postgres, so that they hold for all processes and over a restart; in memory
 * while Postgres is away. An attempt counts before it is judged, so that many at once gain nothing; a success gives the points back.
 */
export class SignInLimits {
  private readonly limiters: Readonly<Record<Kind, RateLimiterPostgres>>;

  constructor(database: DataSource) {
    const limiter = (kind: Kind) =>
      new RateLimiterPostgres({
        storeClient: database,
        storeType: 'typeorm',
        tableName: 'sign_in_attempt',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: kind,
        ...SIGN_IN_LIMITS[kind],
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: kind, ...SIGN_IN_LIMITS[kind] }),
      });
    this.limiters = { pair: limiter('pair'), account: limiter('account'), address: limiter('address') };
  }

  /** Counts an attempt. @throws ProblemError 429 */
  async attempt(account: string, address: string): Promise<void> {
    for (const [kind, key] of keysOf(account, address)) {
      try {
        await this.limiters[kind].consume(key);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw tooManyRequests('There were too many attempts to sign in.', error.msBeforeNext / 1_000);
      }
    }
  }

  /**
   * Counts an attempt with a one-time link. Counted by address only: a link is no account that could be guessed by many together, and
   * a counter for all links would let one stranger shut everybody's out. @throws ProblemError 429
   */
  async attemptLink(address: string): Promise<void> {
    await this.attempt(oneTimeLink(address), address);
  }

  /** The link was right. */
  async linkSucceeded(address: string): Promise<void> {
    await this.succeeded(oneTimeLink(address), address);
  }

  /** The attempt was right: it and those before it no longer count for this account from this address. */
  async succeeded(account: string, address: string): Promise<void> {
    for (const [kind, key] of keysOf(account, address))
      if (kind === 'pair') await this.limiters[kind].delete(key);
      else await this.limiters[kind].reward(key);
  }
}

const oneTimeLink = (address: string) => `one-time link ${address}`;

// Hashed: the table is no list of who has an account, and a key is never longer than its column.
function keysOf(account: string, address: string): readonly (readonly [Kind, string])[] {
  const network = networkOf(address);
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64url');
  return [
    ['address', hash(network)],
    // Before the account's: whoever is stopped here takes no more of what the account's owner may try from elsewhere.
    ['pair', hash(`${account} ${network}`)],
    ['account', hash(account)],
  ];
}
