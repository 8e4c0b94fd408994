import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Sessions, type SessionTokens } from '../../platform/auth/sessions.js';
import { unitOfWork } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Account, accountByEmail, accountById, membershipsOf, newAccount } from './accounts.js';
import type { InvitationFacts } from './dto/member-schemas.js';
import {
  BY_OPERATOR,
  type InvitationRow,
  LINK_COLUMNS,
  LINK_IS_OPEN,
  noSuchLink,
  openLink,
  useUp,
} from './one-time-links.js';
import { checkNewPassword, hashPassword } from './passwords.js';
import { type Device, SignInService } from './sign-in.service.js';
import { SignInLimits } from './sign-in-limits.js';

/** What whoever holds a one-time link does with it: an invitation into an organisation, or a new password. 24 hours, once. */
@Injectable()
export class AcceptingService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly organisations: Organisations,
    private readonly audit: AuditLog,
    private readonly sessions: Sessions,
    private readonly signIn: SignInService,
    private readonly limits: SignInLimits,
  ) {}

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
      await useUp(manager, given.token);
      const account =
        before ??
        (await newAccount(manager, { email: found.email, name: given.name ?? found.email, passwordHash })) ??
        raced();
      return this.join(manager, found, account, device, 'invitation');
    });
  }

  /**
   * The account that an invitation is for, where there is one already. @throws ProblemError 404; 409 PEOPLE_OTHER_EMAIL when the identity
   * provider does not vouch for its address
   */
  async accountBehind(
    manager: EntityManager,
    invitationId: string,
    verifiedEmail: string | undefined,
  ): Promise<Account | undefined> {
    const row = await this.openInvitation(manager, invitationId);
    const before = await this.accountOf(manager, row);
    // Otherwise whoever may invite could tie an identity of their own to somebody else's account.
    if (before !== undefined && verifiedEmail !== row.email) throw onlyByPassword();
    return before;
  }

  /** Uses an invitation up for a person whom an identity provider has vouched for, and who has shown what their account asks for. */
  async acceptBy(
    manager: EntityManager,
    invitationId: string,
    before: Account | undefined,
    name: string,
  ): Promise<{ account: Account; organisation: string }> {
    const row = await this.openInvitation(manager, invitationId);
    const account = before ?? (await newAccount(manager, { email: row.email, name, passwordHash: null })) ?? raced();
    await manager.query(`UPDATE invitation SET used_at = now() WHERE id = $1`, [row.id]);
    await this.enter(manager, row, account);
    return { account, organisation: row.organisation };
  }

  private async openInvitation(manager: EntityManager, id: string): Promise<InvitationRow> {
    const [row] = await manager.query<InvitationRow[]>(
      `SELECT ${LINK_COLUMNS} FROM invitation WHERE id = $1 AND kind = 'invite' AND ${LINK_IS_OPEN} FOR UPDATE`,
      [id],
    );
    if (row === undefined) throw noSuchLink();
    return row;
  }

  /**
   * For an account without a password and without a second step: the provider vouches for whoever has the address; nobody has vouched
   * for who tied other identities to it. An administrator elsewhere may have made the account under somebody else's address and waited
   * for them to join: from now on the provider's word is the only way in.
   */
  async leaveOnly(
    manager: EntityManager,
    account: Account,
    { issuer, subject }: { readonly issuer: string; readonly subject: string },
  ): Promise<void> {
    const [, untied] = await manager.query<[unknown, number]>(
      `DELETE FROM oidc_identity WHERE user_id = $1 AND (issuer, subject) IS DISTINCT FROM ($2, $3)`,
      [account.id, issuer, subject],
    );
    if (untied === 0) return;
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

  private async acceptReset(
    found: InvitationRow,
    given: { readonly token: string; readonly password: string },
    device: Device,
  ): Promise<SessionTokens> {
    checkNewPassword(given.password, [found.email.split('@')[0] ?? '']);
    const passwordHash = await hashPassword(given.password);
    return unitOfWork(this.database, async (manager) => {
      await useUp(manager, given.token);
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
      // One that the provider vouches for is tied again by its next sign-in, which asks for the new password.
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
    const row = await openLink(manager, token);
    if (row === undefined || this.organisations.find(row.organisation) === undefined) throw noSuchLink();
    return row;
  }
}

const by = (device: Device, found: InvitationRow, account: Account) => ({
  context: device.context,
  target: account.email,
  organisation: found.organisation,
  actor: { kind: 'user' as const, id: account.id, label: account.email },
});

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
