import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { Role } from '../../platform/auth/permissions.js';
import { Sessions } from '../../platform/auth/sessions.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { PEOPLE_LOCK_CLASS, unitOfWork } from '../../platform/database/database.js';
import { editConflict } from '../../platform/errors/edit-conflict.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { callerOf, personOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { pageToken } from '../../platform/http/paging.js';
import { DATABASE } from '../../platform/tokens.js';
import type { OneTimeLink, People, Person } from './dto/member-schemas.js';
import { identifier } from './identifier.js';
import { InvitationsService } from './invitations.service.js';
import { issueLink } from './one-time-links.js';

interface PersonRow {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly roles: Role[];
  readonly active: boolean;
  readonly totp: boolean;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: string;
}

const select = `SELECT m.id, u.id AS "userId", u.email, u.name, m.job_title AS "jobTitle", m.roles,
    m.deactivated_at IS NULL AS active, u.totp_since IS NOT NULL AS totp, m.created_at AS "createdAt",
    u.last_sign_in_at AS "lastSignInAt", m.version, m.changed_at AS "changedAt", m.changed_by AS "changedBy"
  FROM membership m JOIN user_account u ON u.id = m.user_id`;

/** People of one organisation. Everything here is bounded by the caller's own: another company's id is a missing one. */
@Injectable()
export class PeopleService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly invitations: InvitationsService,
  ) {}

  async list(
    organisation: string,
    query: {
      text?: string | undefined;
      state: 'active' | 'deactivated' | 'all';
      perPage: number;
      after: readonly string[] | undefined;
    },
  ): Promise<People> {
    const filter = `m.organisation = $1
      AND ($2::text IS NULL OR strpos(lower(u.name), $2) > 0 OR strpos(u.email, $2) > 0 OR strpos(lower(m.job_title), $2) > 0)
      AND ($3 = 'all' OR (m.deactivated_at IS NULL) = ($3 = 'active'))`;
    const parameters = [organisation, query.text?.toLowerCase() ?? null, query.state];
    const rows = await this.database.query<PersonRow[]>(
      `${select} WHERE ${filter} AND ($4::text IS NULL OR (u.email, m.id) > ($4, $5::uuid)) ORDER BY u.email, m.id LIMIT $6`,
      [
        ...parameters,
        query.after?.[0] ?? null,
        query.after === undefined ? null : identifier(query.after[1] ?? ''),
        query.perPage + 1,
      ],
    );
    const [count] = await this.database.query<{ total: string }[]>(
      `SELECT count(*) AS total FROM membership m JOIN user_account u ON u.id = m.user_id WHERE ${filter}`,
      parameters,
    );
    const page = rows.slice(0, query.perPage);
    const last = page.at(-1);
    return {
      people: page.map(answer),
      nextPageToken: rows.length > query.perPage && last !== undefined ? pageToken([last.email, last.id]) : null,
      total: Number(count?.total ?? 0),
    };
  }

  async one(organisation: string, id: string): Promise<Person> {
    return answer(await find(this.database.manager, organisation, id));
  }

  /** Changes roles and job title. @throws ProblemError 404, 409 EDIT_CONFLICT, PEOPLE_LAST_ADMINISTRATOR, 422 */
  async change(
    context: RequestContext,
    id: string,
    wanted: { version: number; roles: readonly Role[]; jobTitle: string },
  ): Promise<Person> {
    const { organisation } = callerOf(context);
    this.invitations.checkRoles(context, wanted.roles);
    const roles = [...new Set(wanted.roles)];
    return this.alter(context, id, wanted.version, async (manager, before) => {
      if (!roles.includes('administrator')) {
        await this.keepAnAdministrator(manager, organisation, before);
        await withdrawLinksOf(manager, organisation, before);
      }
      await manager.query(`UPDATE membership SET roles = $2, job_title = $3 WHERE id = $1`, [
        id,
        roles,
        wanted.jobTitle,
      ]);
      return {
        action: 'people.user.changed',
        facts: {
          rolesBefore: before.roles,
          roles,
          ...(before.jobTitle !== wanted.jobTitle && { jobTitle: wanted.jobTitle }),
        },
      };
    });
  }

  /** From the next request on the person does nothing for this organisation any more. */
  async deactivate(context: RequestContext, id: string, version: number): Promise<Person> {
    const { organisation, via } = callerOf(context);
    return this.alter(context, id, version, async (manager, before) => {
      if (via.kind === 'session' && via.userId === before.userId)
        throw new ProblemError('conflict', {
          code: 'PEOPLE_SELF',
          detail: 'You cannot deactivate yourself.',
          howToFix: 'Ask another administrator of your organisation.',
        });
      await this.keepAnAdministrator(manager, organisation, before);
      await manager.query(`UPDATE membership SET deactivated_at = coalesce(deactivated_at, now()) WHERE id = $1`, [id]);
      await manager.query(
        `UPDATE invitation SET withdrawn_at = now() WHERE user_id = $1 AND organisation = $2 AND used_at IS NULL AND withdrawn_at IS NULL`,
        [before.userId, organisation],
      );
      await withdrawLinksOf(manager, organisation, before);
      await this.sessions.endFor(manager, before.userId, organisation);
      return { action: 'people.user.deactivated', facts: {} };
    });
  }

  async activate(context: RequestContext, id: string, version: number): Promise<Person> {
    return this.alter(context, id, version, async (manager, before) => {
      this.invitations.checkNotBeyond(context, before.roles);
      await manager.query(`UPDATE membership SET deactivated_at = NULL WHERE id = $1`, [id]);
      return { action: 'people.user.activated', facts: {} };
    });
  }

  /** A one-time link with which the person sets a new password; the second factor goes with it. */
  async reset(context: RequestContext, id: string): Promise<OneTimeLink> {
    // Whoever holds the link is that person, with all that they may: nothing for a key that only manages people.
    const { organisation, email: by } = personOf(context);
    return unitOfWork(this.database, async (manager) => {
      const before = await find(manager, organisation, id);
      if (!before.active)
        throw new ProblemError('conflict', {
          code: 'PEOPLE_DEACTIVATED',
          detail: `${before.email} is deactivated.`,
          howToFix: 'Activate them first.',
        });
      // A link is whole access to the account: where others rely on it too, no single organisation may hand one out.
      const elsewhere = await manager.query<unknown[]>(
        `SELECT 1 FROM membership WHERE user_id = $1 AND organisation <> $2 AND deactivated_at IS NULL LIMIT 1`,
        [before.userId, organisation],
      );
      if (elsewhere.length > 0)
        throw new ProblemError('conflict', {
          code: 'PEOPLE_ELSEWHERE_TOO',
          detail: `${before.email} also signs in for another organisation, so that yours alone cannot reset the account.`,
          howToFix: 'Ask the operator of this deployment to make the link (admin.js reset).',
        });
      const link = await issueLink(manager, this.config.consoleBaseUrl, {
        kind: 'reset',
        organisation,
        email: before.email,
        userId: before.userId,
        roles: before.roles,
        jobTitle: before.jobTitle,
        createdBy: by,
      });
      await this.audit.record({ context, action: 'people.user.reset', target: before.email }, manager);
      return link;
    });
  }

  private async alter(
    context: RequestContext,
    id: string,
    version: number,
    work: (
      manager: EntityManager,
      before: PersonRow,
    ) => Promise<{ action: string; facts: Record<string, string | boolean | readonly string[]> }>,
  ): Promise<Person> {
    const { organisation, via } = callerOf(context);
    const by = via.kind === 'session' ? via.email : 'an API key';
    return unitOfWork(this.database, async (manager) => {
      // One change at a time in each organisation: two administrators who remove each other at once do not both succeed.
      await manager.query(`SELECT pg_advisory_xact_lock($1, hashtext($2))`, [PEOPLE_LOCK_CLASS, organisation]);
      const before = await find(manager, organisation, id);
      if (before.version !== version)
        throw editConflict({
          current: answer(before),
          version: before.version,
          changedBy: before.changedBy,
          changedAt: before.changedAt,
        });
      const { action, facts } = await work(manager, before);
      await manager.query(
        `UPDATE membership SET version = version + 1, changed_at = now(), changed_by = $2 WHERE id = $1`,
        [id, by],
      );
      await this.audit.record({ context, action, target: before.email, facts }, manager);
      return answer(await find(manager, organisation, id));
    });
  }

  /** @throws ProblemError 409 when this is the last active administrator */
  private async keepAnAdministrator(manager: EntityManager, organisation: string, leaving: PersonRow): Promise<void> {
    if (!leaving.active || !leaving.roles.includes('administrator')) return;
    const others = await manager.query<unknown[]>(
      `SELECT id FROM membership WHERE organisation = $1 AND 'administrator' = ANY (roles) AND deactivated_at IS NULL LIMIT 2`,
      [organisation],
    );
    if (others.length > 1) return;
    throw new ProblemError('conflict', {
      code: 'PEOPLE_LAST_ADMINISTRATOR',
      detail: `${leaving.email} is the last administrator of your organisation.`,
      howToFix: 'Make somebody else an administrator first.',
    });
  }
}

/** Who may no longer invite leaves no door open behind them: what they handed out and nobody used ends. */
async function withdrawLinksOf(manager: EntityManager, organisation: string, { email }: PersonRow): Promise<void> {
  await manager.query(
    `UPDATE invitation SET withdrawn_at = now() WHERE organisation = $1 AND created_by = $2 AND used_at IS NULL AND withdrawn_at IS NULL`,
    [organisation, email],
  );
}

async function find(manager: EntityManager, organisation: string, id: string): Promise<PersonRow> {
  const [row] = await manager.query<PersonRow[]>(`${select} WHERE m.organisation = $1 AND m.id = $2`, [
    organisation,
    id,
  ]);
  if (row === undefined)
    throw notFound(
      'PEOPLE_NO_SUCH_PERSON',
      'There is no such person in your organisation.',
      'Load the list of people again.',
    );
  return row;
}

const answer = (row: PersonRow): Person => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
  changedAt: row.changedAt.toISOString(),
});
