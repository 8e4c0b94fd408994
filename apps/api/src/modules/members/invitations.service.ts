import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { mayGrant, type Role } from '../../platform/auth/permissions.js';
import { hashOfToken, isToken, newToken } from '../../platform/auth/secret-token.js';
import { Sessions, type SessionTokens } from '../../platform/auth/sessions.js';
import { Standings } from '../../platform/auth/standings.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { unitOfWork } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { callerOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Account, accountByEmail, accountById, membershipsOf, newAccount } from './accounts.js';
import type { InvitationAnswer, InvitationFacts, OneTimeLink } from './dto/member-schemas.js';
import { checkNewPassword, hashPassword } from './passwords.js';
import { type Device, SignInService } from './sign-in.service.js';
import { SignInLimits } from './sign-in-limits.js';

export const LINK_HOURS = 24;
const PREFIX = 'wi_';
/** Who made a link at the operator's command line; a person is named by an address, a key as such. */
export const BY_OPERATOR = 'operator';

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

const columns = `id, kind, organisation, email, user_id AS "userId", roles, job_title AS "jobTitle",
  created_at AS "createdAt", created_by AS "createdBy", expires_at AS "expiresAt"`;
const open = `used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()`;

/** One-time links: an invitation into an organisation, or a new password for somebody who lost theirs. 24 hours, once. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly organisations: Organisations,
    private readonly standings: Standings,
    private readonly audit: AuditLog,
    private readonly sessions: Sessions,
    private readonly signIn: SignInService,
    private readonly limits: SignInLimits,
  ) {}

  /** Links that still wait to be used. */
  async list(organisation: string): Promise<InvitationAnswer[]> {
    const rows = await this.database.query<InvitationRow[]>(
      `SELECT ${columns} FROM invitation WHERE organisation = $1 AND ${open} ORDER BY created_at DESC, id LIMIT 500`,
      [organisation],
    );
    return rows.map(answer);
  }

  /** A link for somebody new to the organisation; older links for the same address end. */
  async invite(
    context: RequestContext,
    wanted: { readonly email: string; readonly roles: readonly Role[]; readonly jobTitle: string },
  ): Promise<OneTimeLink> {
    const caller = callerOf(context);
    this.checkRoles(context, wanted.roles);
    const by = caller.via.kind === 'session' ? caller.via.email : 'an API key';
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
        `UPDATE invitation SET withdrawn_at = now() WHERE id = $1 AND organisation = $2 AND ${open} RETURNING email`,
        [id, organisation],
      );
      const email = rows[0]?.email;
      if (email === undefined)
        throw notFound('PEOPLE_NO_SUCH_LINK', 'There is no such link that still waits.', 'Load the list again.');
      await this.audit.record({ context, action: 'people.invitation.withdrawn', target: email }, manager);
    });
  }

  /** What whoever holds the link is told before they use it. @throws ProblemError 404 */
  async look(token: string, address: string): Promise<InvitationFacts> {
    await this.limits.attemptLink(address);
    const found = await this.find(this.database.manager, token);
    await this.limits.linkSucceeded(address);
    const account = await this.accountOf(this.database.manager, found);
    if (found.kind === 'reset')
      if (account === undefined || !(await this.isWhollyTheirs(this.database.manager, found, account)))
        throw noSuchLink();
    const organisation = this.organisations.find(found.organisation);
    return {
      kind: found.kind,
      email: found.email,
      organisation: {
        account: found.organisation,
        names: {
          en: organisation?.names.en ?? found.organisation,
          'zh-CN': organisation?.names['zh-CN'] ?? found.organisation,
        },
      },
      roles: found.roles,
      account: found.kind === 'invite' && account !== undefined ? 'existing' : 'new',
      totp: account?.totpSince != null,
      expiresAt: found.expiresAt.toISOString(),
    };
  }

  /**
   * Uses the link up and signs the person in. An invitation for an address that has an account asks for that account's own password:
   * whoever may invite must not get into accounts of people of other organisations.
   */
  async accept(
    given: {
      readonly token: string;
      readonly name?: string | undefined;
      readonly password: string;
      readonly totp?: string | undefined;
    },
    device: Device,
  ): Promise<SessionTokens> {
    await this.limits.attemptLink(device.context.address);
    const found = await this.find(this.database.manager, given.token);
    await this.limits.linkSucceeded(device.context.address);
    const before = await this.accountOf(this.database.manager, found);
    if (found.kind === 'reset') return this.acceptReset(found, given, device);
    if (before !== undefined) {
      await this.limits.attempt(found.email, device.context.address);
      if (before.passwordHash === null) throw onlyByProvider();
      await this.signIn.proveOwn(before, given, device);
      await this.limits.succeeded(found.email, device.context.address);
    } else checkNewPassword(given.password, [found.email.split('@')[0] ?? '', given.name ?? '']);
    const passwordHash = before === undefined ? await hashPassword(given.password) : null;
    return unitOfWork(this.database, async (manager) => {
      await this.useUp(manager, given.token);
      const account =
        before ??
        (await newAccount(manager, { email: found.email, name: given.name ?? found.email, passwordHash })) ??
        raced();
      return this.join(manager, found, account, device, 'invitation');
    });
  }

  /** Uses an invitation up for a person whom an identity provider has vouched for. */
  async acceptBy(
    manager: EntityManager,
    invitationId: string,
    who: {
      readonly verifiedEmail: string | undefined;
      readonly name: string;
      readonly issuer: string;
      readonly subject: string;
    },
  ): Promise<{ account: Account; organisation: string }> {
    const [row] = await manager.query<InvitationRow[]>(
      `SELECT ${columns} FROM invitation WHERE id = $1 AND kind = 'invite' AND ${open} FOR UPDATE`,
      [invitationId],
    );
    if (row === undefined) throw noSuchLink();
    const before = await this.accountOf(manager, row);
    // Otherwise whoever may invite could tie an identity of their own to somebody else's account.
    if (before !== undefined && who.verifiedEmail !== row.email) throw onlyByPassword();
    if (before !== undefined) await this.leaveOnly(manager, before, who);
    const account =
      before ?? (await newAccount(manager, { email: row.email, name: who.name, passwordHash: null })) ?? raced();
    await manager.query(`UPDATE invitation SET used_at = now() WHERE id = $1`, [row.id]);
    await this.enter(manager, row, account);
    return { account, organisation: row.organisation };
  }

  /**
   * The provider vouches for whoever has the address; nobody has vouched for who set the account's password or tied other identities to it.
   * An administrator elsewhere may have made the account under somebody else's address and waited for them to join: from now on the
   * provider's word is the only way in.
   */
  private async leaveOnly(
    manager: EntityManager,
    account: Account,
    { issuer, subject }: { readonly issuer: string; readonly subject: string },
  ): Promise<void> {
    const [, untied] = await manager.query<[unknown, number]>(
      `DELETE FROM oidc_identity WHERE user_id = $1 AND (issuer, subject) IS DISTINCT FROM ($2, $3)`,
      [account.id, issuer, subject],
    );
    if (untied === 0 && account.passwordHash === null && account.totpSecret === null) return;
    await manager.query(
      `UPDATE user_account SET password_hash = NULL, password_set_at = NULL, totp_secret = NULL, totp_since = NULL,
              version = version + 1 WHERE id = $1`,
      [account.id],
    );
    await manager.query(`DELETE FROM recovery_code WHERE user_id = $1`, [account.id]);
    await this.sessions.endAll(manager, account.id, 'password');
    for (const { organisation } of await membershipsOf(manager, account.id))
      await this.audit.record(
        { context: undefined, action: 'account.other-ways-removed', target: account.email, organisation },
        manager,
      );
  }

  /** The invitation's id, for an attempt to sign in with an identity provider. */
  async idOf(token: string): Promise<string> {
    const found = await this.find(this.database.manager, token);
    if (found.kind !== 'invite') throw noSuchLink();
    return found.id;
  }

  /** @throws ProblemError 422 for a role that the organisation may not give; 403 for one that a key may not */
  checkRoles(context: RequestContext, roles: readonly Role[]): void {
    const { organisation, via, permissions } = callerOf(context);
    // A machine that manages people must not make itself a person who may do more for everybody than it may.
    const beyond =
      via.kind === 'key'
        ? roles.find(
            (role) =>
              (role === 'operator' && !permissions.includes('operate')) ||
              (role === 'regulator' && !permissions.includes('regulate')),
          )
        : undefined;
    if (beyond !== undefined)
      throw new ProblemError('forbidden', {
        code: 'PEOPLE_ROLE_BY_PERSONS_ONLY',
        detail: `An API key may not give the role "${beyond}".`,
        howToFix: 'Let an administrator do this in the console.',
        pointer: '/roles',
        facts: { role: beyond },
      });
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

  private async acceptReset(
    found: InvitationRow,
    given: { readonly token: string; readonly password: string },
    device: Device,
  ): Promise<SessionTokens> {
    checkNewPassword(given.password, [found.email.split('@')[0] ?? '']);
    const passwordHash = await hashPassword(given.password);
    return unitOfWork(this.database, async (manager) => {
      await this.useUp(manager, given.token);
      const account = found.userId === null ? undefined : await accountById(manager, found.userId);
      if (account === undefined) throw noSuchLink();
      if (!(await this.isWhollyTheirs(manager, found, account))) throw noSuchLink();
      // The second factor goes too: whoever asks for a link has often lost the phone as well.
      await manager.query(
        `UPDATE user_account SET password_hash = $2, password_set_at = now(), totp_secret = NULL, totp_since = NULL,
                version = version + 1 WHERE id = $1`,
        [account.id, passwordHash],
      );
      await manager.query(`DELETE FROM recovery_code WHERE user_id = $1`, [account.id]);
      // One that the provider vouches for is tied again by its next sign-in.
      await manager.query(`DELETE FROM oidc_identity WHERE user_id = $1`, [account.id]);
      await this.sessions.endAll(manager, account.id, 'password');
      await this.audit.record(
        {
          ...by(device, found, account),
          action: 'account.password.reset',
          facts: { secondFactorTakenOff: account.totpSince !== null },
        },
        manager,
      );
      return this.signIn.openFor(manager, account, device, 'reset', found.organisation);
    });
  }

  /**
   * Whether a link for a new password may still be used: it is whole access to the account, and was made while one organisation alone
   * relied on it. By now others may.
   */
  private async isWhollyTheirs(manager: EntityManager, found: InvitationRow, account: Account): Promise<boolean> {
    if (found.createdBy === BY_OPERATOR) return true;
    const relying = await membershipsOf(manager, account.id);
    return relying.every(({ organisation }) => organisation === found.organisation);
  }

  private async join(
    manager: EntityManager,
    found: InvitationRow,
    account: Account,
    device: Device,
    how: 'invitation',
  ): Promise<SessionTokens> {
    await this.enter(manager, found, account);
    await this.audit.record({ ...by(device, found, account), action: 'people.invitation.accepted' }, manager);
    return this.signIn.openFor(manager, account, device, how, found.organisation);
  }

  private async enter(manager: EntityManager, found: InvitationRow, account: Account): Promise<void> {
    await manager.query(
      `INSERT INTO membership (id, user_id, organisation, roles, job_title, created_at, changed_at, changed_by)
       VALUES ($1, $2, $3, $4, $5, now(), now(), $6)
       ON CONFLICT (user_id, organisation) DO NOTHING`,
      [randomUUID(), account.id, found.organisation, found.roles, found.jobTitle, found.createdBy],
    );
  }

  private accountOf(manager: EntityManager, found: InvitationRow): Promise<Account | undefined> {
    return found.userId === null ? accountByEmail(manager, found.email) : accountById(manager, found.userId);
  }

  private async find(manager: EntityManager, token: string): Promise<InvitationRow> {
    const [row] = isToken(token, PREFIX)
      ? await manager.query<InvitationRow[]>(`SELECT ${columns} FROM invitation WHERE token_hash = $1 AND ${open}`, [
          hashOfToken(token),
        ])
      : [];
    if (row === undefined || this.organisations.find(row.organisation) === undefined) throw noSuchLink();
    return row;
  }

  private async useUp(manager: EntityManager, token: string): Promise<void> {
    const [, used] = await manager.query<[unknown, number]>(
      `UPDATE invitation SET used_at = now() WHERE token_hash = $1 AND ${open}`,
      [hashOfToken(token)],
    );
    if (used === 0) throw noSuchLink();
  }
}

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
    `UPDATE invitation SET withdrawn_at = now() WHERE organisation = $1 AND email = $2 AND kind = $3 AND ${open}`,
    [link.organisation, link.email, link.kind],
  );
  const [row] = await manager.query<InvitationRow[]>(
    `INSERT INTO invitation (id, kind, organisation, email, user_id, roles, job_title, token_hash, created_at, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), $9, now() + $10 * interval '1 hour') RETURNING ${columns}`,
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
    invitation: answer(row),
  };
}

const answer = (row: InvitationRow): InvitationAnswer => ({
  id: row.id,
  kind: row.kind,
  email: row.email,
  roles: row.roles,
  jobTitle: row.jobTitle,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
  expiresAt: row.expiresAt.toISOString(),
});

const by = (device: Device, found: InvitationRow, account: Account) => ({
  context: device.context,
  target: account.email,
  organisation: found.organisation,
  actor: { kind: 'user' as const, id: account.id, label: account.email },
});

const noSuchLink = () =>
  notFound(
    'PEOPLE_NO_SUCH_LINK',
    'This link is not valid (any more): it was used, withdrawn, or is older than a day.',
    'Ask an administrator of your organisation for a new one.',
  );

const onlyByProvider = () =>
  new ProblemError('conflict', {
    code: 'PEOPLE_NO_PASSWORD',
    detail: 'This address belongs to an account without a password.',
    howToFix: 'Accept the invitation by signing in with your identity provider.',
  });

const onlyByPassword = () =>
  new ProblemError('conflict', {
    code: 'PEOPLE_OTHER_EMAIL',
    detail: 'The invitation is for an account whose e-mail address your identity provider does not vouch for.',
    howToFix: 'Accept it with the password of that account.',
  });

function raced(): never {
  throw new ProblemError('conflict', {
    code: 'PEOPLE_JUST_JOINED',
    detail: 'An account for this address was made at the same moment.',
    howToFix: 'Open the link again.',
  });
}
