import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Role } from '../../platform/auth/permissions.js';
import { hashOfToken, isToken, newToken } from '../../platform/auth/secret-token.js';
import { notFound } from '../../platform/errors/not-found.js';
import type { InvitationAnswer, OneTimeLink } from './dto/member-schemas.js';

export const LINK_HOURS = 24;
const PREFIX = 'wi_';
/** Who made a link at the operator's command line; a person is named by an address, a key as such. */
export const BY_OPERATOR = 'operator';
/** Before the id of a key that made a link. */
export const BY_KEY = 'API key ';

export interface InvitationRow {
  readonly id: string;
  readonly kind: 'invite' | 'reset';
  readonly organisation: string;
  readonly email: string;
  readonly userId: string | null;
  readonly roles: Role[];
  readonly jobTitle: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
}

/** What of a row is read. */
export const LINK_COLUMNS = `id, kind, organisation, email, user_id AS "userId", roles, job_title AS "jobTitle",
  created_at AS "createdAt", created_by AS "createdBy", expires_at AS "expiresAt"`;
/** SQL: the link still waits to be used, and whoever made it still stands: the key is not revoked, the person not deactivated there. */
export const LINK_IS_OPEN = `used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()
  AND (invitation.created_by NOT LIKE '${BY_KEY}%' OR EXISTS (SELECT 1 FROM api_key k
    WHERE '${BY_KEY}' || k.id::text = invitation.created_by AND k.revoked_at IS NULL))
  AND (invitation.created_by NOT LIKE '%@%' OR EXISTS (SELECT 1 FROM membership m JOIN user_account u ON u.id = m.user_id
    WHERE u.email = invitation.created_by AND m.organisation = invitation.organisation AND m.deactivated_at IS NULL))`;

/** Writes a link; older ones of the same kind for the same person end. */
export async function issueLink(
  manager: EntityManager,
  consoleBaseUrl: string,
  link: {
    readonly kind: 'invite' | 'reset';
    readonly organisation: string;
    readonly email: string;
    readonly userId: string | null;
    readonly roles: readonly Role[];
    readonly jobTitle: string;
    readonly createdBy: string;
  },
): Promise<OneTimeLink> {
  const token = newToken(PREFIX);
  await manager.query(
    `UPDATE invitation SET withdrawn_at = now() WHERE organisation = $1 AND email = $2 AND kind = $3 AND ${LINK_IS_OPEN}`,
    [link.organisation, link.email, link.kind],
  );
  const [row] = await manager.query<InvitationRow[]>(
    `INSERT INTO invitation (id, kind, organisation, email, user_id, roles, job_title, token_hash, created_at, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), $9, now() + $10 * interval '1 hour') RETURNING ${LINK_COLUMNS}`,
    [
      randomUUID(),
      link.kind,
      link.organisation,
      link.email,
      link.userId,
      link.roles,
      link.jobTitle,
      hashOfToken(token),
      link.createdBy,
      LINK_HOURS,
    ],
  );
  if (row === undefined) throw new Error('the link was not written');
  // In the fragment: a browser sends it to no server, so that it is in no log.
  return {
    link: `${consoleBaseUrl}/welcome#token=${token}`,
    expiresAt: row.expiresAt.toISOString(),
    invitation: answerOf(row),
  };
}

/** The link of this token, while it waits to be used. */
export async function openLink(manager: EntityManager, token: string): Promise<InvitationRow | undefined> {
  if (!isToken(token, PREFIX)) return undefined;
  const [row] = await manager.query<InvitationRow[]>(
    `SELECT ${LINK_COLUMNS} FROM invitation WHERE token_hash = $1 AND ${LINK_IS_OPEN}`,
    [hashOfToken(token)],
  );
  return row;
}

/** Uses the link up. @throws ProblemError 404 when somebody did meanwhile */
export async function useUp(manager: EntityManager, token: string): Promise<void> {
  const [, used] = await manager.query<[unknown, number]>(
    `UPDATE invitation SET used_at = now() WHERE token_hash = $1 AND ${LINK_IS_OPEN}`,
    [hashOfToken(token)],
  );
  if (used === 0) throw noSuchLink();
}

/** A link as it is told: without its token. */
export const answerOf = (row: InvitationRow): InvitationAnswer => ({
  id: row.id,
  kind: row.kind,
  email: row.email,
  roles: row.roles,
  jobTitle: row.jobTitle,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  expiresAt: row.expiresAt.toISOString(),
});

/** 404: the same words whatever became of it. */
export const noSuchLink = () =>
  notFound(
    'PEOPLE_NO_SUCH_LINK',
    'This link is not valid (any more): it was used, withdrawn, or is older than a day.',
    'Ask an administrator of your organisation for a new one.',
  );
