import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { mayGrant, permissionsOfRole, type Role } from '../../platform/auth/permissions.js';
import { Standings } from '../../platform/auth/standings.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { unitOfWork } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { callerOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import type { InvitationAnswer, OneTimeLink } from './dto/member-schemas.js';
import { answerOf, BY_KEY, type InvitationRow, issueLink, LINK_COLUMNS, LINK_IS_OPEN } from './one-time-links.js';

/** Invitations into an organisation, as its administrators give and withdraw them. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly organisations: Organisations,
    private readonly standings: Standings,
    private readonly audit: AuditLog,
  ) {}

  /** Links that still wait to be used. */
  async list(organisation: string): Promise<InvitationAnswer[]> {
    const rows = await this.database.query<InvitationRow[]>(
      `SELECT ${LINK_COLUMNS} FROM invitation WHERE organisation = $1 AND ${LINK_IS_OPEN} ORDER BY created_at DESC, id LIMIT 500`,
      [organisation],
    );
    return rows.map(answerOf);
  }

  /** A link for somebody new to the organisation; older links for the same address end. */
  async invite(
    context: RequestContext,
    wanted: { readonly email: string; readonly roles: readonly Role[]; readonly jobTitle: string },
  ): Promise<OneTimeLink> {
    const caller = callerOf(context);
    this.checkRoles(context, wanted.roles);
    const by = caller.via.kind === 'session' ? caller.via.email : `${BY_KEY}${caller.via.keyId}`;
    return unitOfWork(this.database, async (manager) => {
      const [member] = await manager.query<{ active: boolean }[]>(
        `SELECT m.deactivated_at IS NULL AS active FROM membership m JOIN user_account u ON u.id = m.user_id
          WHERE u.email = $1 AND m.organisation = $2`,
        [wanted.email, caller.organisation],
      );
      if (member !== undefined)
        throw new ProblemError('conflict', {
          code: 'PEOPLE_ALREADY_THERE',
          detail: member.active
            ? `${wanted.email} already belongs to your organisation.`
            : `${wanted.email} belonged to your organisation and was deactivated.`,
          howToFix: member.active
            ? 'Change their roles in the list of people.'
            : 'Activate them again in the list of people.',
          pointer: '/email',
        });
      const made = await issueLink(manager, this.config.consoleBaseUrl, {
        kind: 'invite',
        organisation: caller.organisation,
        email: wanted.email,
        userId: null,
        roles: wanted.roles,
        jobTitle: wanted.jobTitle,
        createdBy: by,
      });
      await this.audit.record(
        { context, action: 'people.user.invited', target: wanted.email, facts: { roles: wanted.roles } },
        manager,
      );
      return made;
    });
  }

  /** Ends a link that was not used. @throws ProblemError 404 */
  async withdraw(context: RequestContext, id: string): Promise<void> {
    const { organisation } = callerOf(context);
    await unitOfWork(this.database, async (manager) => {
      const [rows] = await manager.query<[{ email: string }[], number]>(
        `UPDATE invitation SET withdrawn_at = now() WHERE id = $1 AND organisation = $2 AND ${LINK_IS_OPEN} RETURNING email`,
        [id, organisation],
      );
      const email = rows[0]?.email;
      if (email === undefined)
        throw notFound('PEOPLE_NO_SUCH_LINK', 'There is no such link that still waits.', 'Load the list again.');
      await this.audit.record({ context, action: 'people.invitation.withdrawn', target: email }, manager);
    });
  }

  /** @throws ProblemError 422 for a role that the organisation may not give; 403 for one that a key may not */
  checkRoles(context: RequestContext, roles: readonly Role[]): void {
    const { organisation } = callerOf(context);
    this.checkNotBeyond(context, roles);
    const known = this.organisations.find(organisation);
    const refused = roles.find((role) => known === undefined || !mayGrant(role, this.standings.of(known)));
    if (refused !== undefined)
      throw new ProblemError('against-the-rules', {
        code: 'PEOPLE_ROLE_NOT_GRANTABLE',
        detail:
          refused === 'regulator'
            ? 'Only an organisation that the consortium knows as a regulator has people with the role "regulator".'
            : `Your organisation may not give the role "${refused}".`,
        howToFix: 'Choose other roles; who may operate this deployment is set by its operator (WAYMARK_OPERATORS).',
        pointer: '/roles',
        facts: { role: refused },
      });
  }

  /** A machine that manages people gives nobody more than it has itself. @throws ProblemError 403 */
  checkNotBeyond(context: RequestContext, roles: readonly Role[]): void {
    const { via, permissions } = callerOf(context);
    if (via.kind !== 'key') return;
    const beyond = roles.find((role) => permissionsOfRole(role).some((one) => !permissions.includes(one)));
    if (beyond !== undefined)
      throw new ProblemError('forbidden', {
        code: 'PEOPLE_ROLE_BY_PERSONS_ONLY',
        detail: `This API key may not give the role "${beyond}", which may do more than the key itself.`,
        howToFix: 'Let an administrator do this in the console.',
        pointer: '/roles',
        facts: { role: beyond },
      });
  }
}
