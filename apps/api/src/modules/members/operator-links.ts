import type { DataSource } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { mayGrant, type Role, ROLES } from '../../platform/auth/permissions.js';
import { Standings } from '../../platform/auth/standings.js';
import type { Config } from '../../platform/config/config.js';
import { unitOfWork } from '../../platform/database/database.js';
import type { Organisations } from '../../platform/members/organisations.js';
import { accountByEmail, membershipsOf } from './accounts.js';
import { email as emailSchema, type OneTimeLink } from './dto/member-schemas.js';
import { BY_OPERATOR, issueLink } from './one-time-links.js';

/**
 * One-time links from the operator's command line: the first administrator of an organisation, and a way back in for somebody whom no
 * administrator can help. Whoever may run it has the database anyway. A text is the reason why there is no link.
 */
export class OperatorLinks {
  private readonly audit: AuditLog;
  private readonly standings: Standings;

  constructor(
    private readonly database: DataSource,
    private readonly config: Config,
    private readonly organisations: Organisations,
  ) {
    this.audit = new AuditLog(database);
    this.standings = new Standings(config.operators);
  }

  async invite(account: string, address: string, wanted: readonly string[]): Promise<OneTimeLink | string> {
    const organisation = this.organisations.find(account);
    if (organisation === undefined) return `There is no organisation "${account}" in the genesis file.`;
    const email = emailSchema.safeParse(address);
    if (!email.success) return `"${address}" is no e-mail address.`;
    const roles = [...new Set(wanted.flatMap((text) => text.split(',')))];
    const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
    if (unknown !== undefined) return `There is no role "${unknown}"; there are ${ROLES.join(', ')}.`;
    const refused = (roles as Role[]).find((role) => !mayGrant(role, this.standings.of(organisation)));
    if (refused !== undefined)
      return refused === 'regulator'
        ? `${account} is no regulator in the genesis file, so nobody there has this role.`
        : `${account} does not operate this deployment: WAYMARK_OPERATORS does not name it.`;
    return unitOfWork(this.database, async (manager) => {
      const [member] = await manager.query<{ active: boolean }[]>(
        `SELECT m.deactivated_at IS NULL AS active FROM membership m JOIN user_account u ON u.id = m.user_id
          WHERE u.email = $1 AND m.organisation = $2`,
        [email.data, account],
      );
      if (member?.active === true)
        return `${email.data} belongs to ${account} already; "reset" makes a link for a new password.`;
      if (member !== undefined)
        return `${email.data} belonged to ${account} and was deactivated: an administrator of ${account} activates them again in the list of people; where there is none, invite another address.`;
      const made = await issueLink(manager, this.config.consoleBaseUrl, {
        kind: 'invite',
        organisation: account,
        email: email.data,
        userId: null,
        roles: roles as Role[],
        jobTitle: '',
        createdBy: BY_OPERATOR,
      });
      await this.audit.record(
        {
          context: undefined,
          action: 'people.user.invited',
          target: email.data,
          facts: { roles },
          organisation: account,
        },
        manager,
      );
      return made;
    });
  }

  async reset(address: string): Promise<OneTimeLink | string> {
    return unitOfWork(this.database, async (manager) => {
      const account = await accountByEmail(manager, address.trim().toLowerCase());
      const memberships = account === undefined ? [] : await membershipsOf(manager, account.id);
      const [first] = memberships;
      if (account === undefined || first === undefined) return `Nobody who may sign in has the address "${address}".`;
      const made = await issueLink(manager, this.config.consoleBaseUrl, {
        kind: 'reset',
        organisation: first.organisation,
        email: account.email,
        userId: account.id,
        roles: first.roles as Role[],
        jobTitle: '',
        createdBy: BY_OPERATOR,
      });
      for (const { organisation } of memberships)
        await this.audit.record(
          { context: undefined, action: 'people.user.reset', target: account.email, organisation },
          manager,
        );
      return made;
    });
  }
}
