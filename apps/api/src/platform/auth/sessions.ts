import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { unitOfWork } from '../database/database.js';
import { hashOfToken, isToken, newToken } from './secret-token.js';

/** Lifetimes in seconds. */
export const SESSION_LIFE = {
  /** An access token; it lies in a page's memory only. */
  access: 600,
  /** A refresh token that nobody uses: after so long a pause one signs in again. */
  idle: 4 * 3_600,
  /** A session, however busy. */
  session: 12 * 3_600,
  /** Two tabs that refresh at once are no theft: so long after its first use a refresh token is still taken. */
  grace: 20,
} as const;

export const ACCESS_PREFIX = 'ws_';
export const REFRESH_PREFIX = 'wr_';

/** A person who is signed in, as every request sees it. */
export interface SignedIn {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  /** The organisation that the session acts for. */
  readonly organisation: string;
  readonly roles: readonly string[];
}

/** New tokens of a session. The texts are the only copies there will ever be. */
export interface SessionTokens {
  readonly sessionId: string;
  readonly userId: string;
  readonly organisation: string;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string;
  /** When the cookie that holds the refresh token ends. */
  readonly refreshExpiresAt: Date;
}

export type Refreshed =
  | { readonly kind: 'refreshed'; readonly tokens: SessionTokens }
  /** Unknown, ended or over. */
  | { readonly kind: 'over' }
  /** The session stands, but its person does not belong to the organisation that was asked for (any more). Nothing has changed. */
  | { readonly kind: 'no-member' }
  /** Somebody used a token a second time: all tokens of the session are dead now. */
  | { readonly kind: 'reused'; readonly userId: string; readonly sessionId: string; readonly organisation: string };

/** A session of a person, as they see it on their own page. */
export interface SessionRecord {
  readonly id: string;
  readonly organisation: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Sessions of people (docs/architecture.md "Who may do what"). Every request asks the database whether session, account and membership
 * still stand, so that ending one, deactivating somebody or changing their roles holds from the next request on.
 */
export class Sessions {
  constructor(private readonly database: DataSource) {}

  /** Who holds this access token, or undefined where it is unknown, over, ended, or its holder has left the organisation. */
  async authenticate(token: string): Promise<SignedIn | undefined> {
    if (!isToken(token, ACCESS_PREFIX)) return undefined;
    const [found] = await this.database.query<SignedIn[]>(
      `SELECT s.id AS "sessionId", u.id AS "userId", u.email, t.organisation, m.roles
         FROM session_token t
         JOIN session s ON s.id = t.session_id
         JOIN user_account u ON u.id = s.user_id
         JOIN membership m ON m.user_id = u.id AND m.organisation = t.organisation AND m.deactivated_at IS NULL
        WHERE t.hash = $1 AND t.kind = 'access' AND t.expires_at > now() AND s.ended_at IS NULL AND s.expires_at > now()`,
      [hashOfToken(token)],
    );
    return found;
  }

  /** Begins a session. The caller has checked who it is, and that they belong to the organisation. */
  async open(
    manager: EntityManager,
    whose: {
      readonly userId: string;
      readonly organisation: string;
      readonly address: string;
      readonly userAgent: string;
    },
  ): Promise<SessionTokens> {
    const id = randomUUID();
    await manager.query(
      `DELETE FROM session WHERE least(expires_at, coalesce(ended_at, expires_at)) < now() - interval '1 day'`,
    );
    await manager.query(
      `INSERT INTO session (id, user_id, organisation, created_at, last_used_at, expires_at, address, user_agent)
       VALUES ($1, $2, $3, now(), now(), now() + $4 * interval '1 second', $5, $6)`,
      [id, whose.userId, whose.organisation, SESSION_LIFE.session, whose.address, whose.userAgent.slice(0, 300)],
    );
    return this.issue(manager, id, whose.userId, whose.organisation);
  }

  /**
   * New tokens for a refresh token. `organisation`: for which one the page acts. Where it is given, it is that one or none: a page that
   * was made for one company must never go on, and sign, as another. Without it, the one the session acted for last, or any.
   */
  async refresh(token: unknown, organisation?: string): Promise<Refreshed> {
    if (!isToken(token, REFRESH_PREFIX)) return { kind: 'over' };
    return unitOfWork(this.database, async (manager): Promise<Refreshed> => {
      const [found] = await manager.query<
        { id: string; userId: string; organisation: string; live: boolean; late: boolean | null }[]
      >(
        `SELECT s.id, s.user_id AS "userId", s.organisation,
                t.expires_at > now() AND s.ended_at IS NULL AND s.expires_at > now() AS live,
                t.used_at < now() - $2 * interval '1 second' AS late
           FROM session_token t JOIN session s ON s.id = t.session_id
          WHERE t.hash = $1 AND t.kind = 'refresh' FOR UPDATE`,
        [hashOfToken(token), SESSION_LIFE.grace],
      );
      if (!found?.live) return { kind: 'over' };
      if (found.late === true) {
        await this.end(manager, found.id, 'reused');
        return { kind: 'reused', userId: found.userId, sessionId: found.id, organisation: found.organisation };
      }
      const member = await manager.query<{ organisation: string }[]>(
        `SELECT organisation FROM membership WHERE user_id = $1 AND deactivated_at IS NULL
          ORDER BY organisation = $2 DESC, organisation LIMIT 1`,
        [found.userId, organisation ?? found.organisation],
      );
      const acting = member[0]?.organisation;
      if (acting === undefined) return { kind: 'over' };
      if (organisation !== undefined && acting !== organisation) return { kind: 'no-member' };
      await manager.query(`UPDATE session_token SET used_at = coalesce(used_at, now()) WHERE hash = $1`, [
        hashOfToken(token),
      ]);
      await manager.query(
        `DELETE FROM session_token WHERE session_id = $1 AND kind = 'access' AND expires_at < now()`,
        [found.id],
      );
      await manager.query(`UPDATE session SET last_used_at = now(), organisation = $2 WHERE id = $1`, [
        found.id,
        acting,
      ]);
      return { kind: 'refreshed', tokens: await this.issue(manager, found.id, found.userId, acting) };
    });
  }

  /** Lets a session act for another organisation of its person: new tokens; those of other tabs keep theirs until they end. */
  async actFor(
    manager: EntityManager,
    session: SignedIn | { sessionId: string; userId: string },
    organisation: string,
  ) {
    await manager.query(`UPDATE session SET organisation = $2 WHERE id = $1`, [session.sessionId, organisation]);
    return this.issue(manager, session.sessionId, session.userId, organisation);
  }

  /** Ends one session at once. */
  async end(
    manager: EntityManager,
    sessionId: string,
    reason: 'signed-out' | 'reused' | 'ended' | 'password' | 'deactivated',
  ): Promise<void> {
    await manager.query(`UPDATE session SET ended_at = now(), ended_reason = $2 WHERE id = $1 AND ended_at IS NULL`, [
      sessionId,
      reason,
    ]);
    await manager.query(`DELETE FROM session_token WHERE session_id = $1`, [sessionId]);
  }

  /** The session that a refresh token belongs to, for signing out without an access token. */
  async byRefreshToken(
    token: unknown,
  ): Promise<{ sessionId: string; userId: string; organisation: string } | undefined> {
    if (!isToken(token, REFRESH_PREFIX)) return undefined;
    const [found] = await this.database.query<{ sessionId: string; userId: string; organisation: string }[]>(
      `SELECT s.id AS "sessionId", s.user_id AS "userId", s.organisation FROM session_token t JOIN session s ON s.id = t.session_id
        WHERE t.hash = $1 AND t.kind = 'refresh' AND s.ended_at IS NULL`,
      [hashOfToken(token)],
    );
    return found;
  }

  /** Ends all sessions of a person, or all but one. Returns how many. */
  async endAll(
    manager: EntityManager,
    userId: string,
    reason: 'ended' | 'password' | 'deactivated',
    except?: string,
  ): Promise<number> {
    const ended = await manager.query<{ id: string }[]>(
      `SELECT id FROM session WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now() AND id IS DISTINCT FROM $2`,
      [userId, except ?? null],
    );
    for (const { id } of ended) await this.end(manager, id, reason);
    return ended.length;
  }

  /** Takes the tokens with which a person acts for one organisation; what they do for others goes on. */
  async endFor(manager: EntityManager, userId: string, organisation: string): Promise<void> {
    await manager.query(
      `DELETE FROM session_token t USING session s
        WHERE s.id = t.session_id AND s.user_id = $1 AND t.organisation = $2 AND t.kind = 'access'`,
      [userId, organisation],
    );
    const left = await manager.query<unknown[]>(
      `SELECT 1 FROM membership WHERE user_id = $1 AND deactivated_at IS NULL LIMIT 1`,
      [userId],
    );
    if (left.length === 0) await this.endAll(manager, userId, 'deactivated');
  }

  /** Sessions of a person that still stand, the last used first. */
  async listOf(userId: string): Promise<SessionRecord[]> {
    return this.database.query<SessionRecord[]>(
      `SELECT id, organisation, created_at AS "createdAt", last_used_at AS "lastUsedAt", address, user_agent AS "userAgent"
         FROM session s
        WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now()
          AND EXISTS (SELECT 1 FROM session_token t WHERE t.session_id = s.id AND t.expires_at > now())
        ORDER BY last_used_at DESC, id LIMIT 100`,
      [userId],
    );
  }

  private async issue(
    manager: EntityManager,
    sessionId: string,
    userId: string,
    organisation: string,
  ): Promise<SessionTokens> {
    const accessToken = newToken(ACCESS_PREFIX);
    const refreshToken = newToken(REFRESH_PREFIX);
    const made = await manager.query<{ kind: string; expiresAt: Date }[]>(
      `INSERT INTO session_token (hash, session_id, kind, organisation, issued_at, expires_at)
       SELECT h, s.id, k, $2, now(), least(now() + life * interval '1 second', s.expires_at)
         FROM session s, unnest($3::bytea[], $4::text[], $5::int[]) AS n (h, k, life)
        WHERE s.id = $1
       RETURNING kind, expires_at AS "expiresAt"`,
      [
        sessionId,
        organisation,
        [hashOfToken(accessToken), hashOfToken(refreshToken)],
        ['access', 'refresh'],
        [SESSION_LIFE.access, SESSION_LIFE.idle],
      ],
    );
    const until = (kind: string) => made.find((one) => one.kind === kind)?.expiresAt ?? new Date();
    return {
      sessionId,
      userId,
      organisation,
      accessToken,
      accessExpiresAt: until('access'),
      refreshToken,
      refreshExpiresAt: until('refresh'),
    };
  }
}
