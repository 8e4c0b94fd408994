import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Sessions, type SessionTokens } from '../../platform/auth/sessions.js';
import { unitOfWork } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { Organisations } from '../../platform/members/organisations.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Account, accountByEmail, membershipsOf } from './accounts.js';
import { isPassword } from './passwords.js';
import { SecondFactor } from './second-factor.js';
import { SignInLimits } from './sign-in-limits.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly totp?: string | undefined;
  readonly organisation?: string | undefined;
}

/** Where and by what somebody signs in. */
export interface Device {
  readonly context: RequestContext;
  readonly userAgent: string;
}

/** Whether somebody is who they say, and a session for them. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly organisations: Organisations,
    private readonly audit: AuditLog,
    private readonly limits: SignInLimits,
    private readonly secondFactor: SecondFactor,
  ) {}

  /** @throws ProblemError 401 AUTH_SIGN_IN_REFUSED, AUTH_TOTP_NEEDED, AUTH_TOTP_WRONG; 429 */
  async signIn(credentials: Credentials, device: Device): Promise<SessionTokens> {
    const { address } = device.context;
    await this.limits.attempt(credentials.email, address);
    const account = await this.prove(credentials, device);
    await this.limits.succeeded(credentials.email, address);
    return unitOfWork(this.database, (manager) =>
      this.openFor(manager, account, device, 'password', credentials.organisation),
    );
  }

  /** The account whose password (and second factor, where it is on) these are. Uses the second factor up. */
  private async prove(credentials: Credentials, device: Device): Promise<Account> {
    const account = await accountByEmail(this.database.manager, credentials.email);
    const right = await isPassword(account?.passwordHash, credentials.password);
    // Somebody who was deactivated everywhere reads the same as a stranger.
    const belongs = account !== undefined && (await membershipsOf(this.database.manager, account.id)).length > 0;
    if (!right || account === undefined || !belongs) {
      if (account !== undefined) await this.noteRefusal(account, device, right ? 'deactivated' : 'password');
      throw refused();
    }
    await this.proveSecondFactor(account, credentials.totp, device);
    return account;
  }

  /** That these are password and second factor of this account. @throws ProblemError 401 as {@link signIn} */
  async proveOwn(
    account: Account,
    given: { readonly password: string; readonly totp?: string | undefined },
    device: Device,
  ): Promise<void> {
    if (!(await isPassword(account.passwordHash, given.password))) {
      await this.noteRefusal(account, device, 'password');
      throw refused();
    }
    await this.proveSecondFactor(account, given.totp, device);
  }

  /** The second factor alone; nothing where it is off. @throws ProblemError 401 as {@link signIn} */
  async proveSecondFactor(account: Account, code: string | undefined, device: Device): Promise<void> {
    if (account.totpSince === null || account.totpSecret === null) return;
    if (code === undefined)
      throw new ProblemError('unauthenticated', {
        code: 'AUTH_TOTP_NEEDED',
        detail: 'This account also asks for the code that your phone shows.',
        howToFix: 'Type the six digits, or one of your recovery codes.',
      });
    if (await this.secondFactor.take(this.database.manager, account.id, account.totpSecret, code)) return;
    await this.noteRefusal(account, device, 'second factor');
    throw new ProblemError('unauthenticated', {
      code: 'AUTH_TOTP_WRONG',
      detail: 'The code is wrong, or was used before.',
      howToFix: 'Wait for the next code that your phone shows, and check that its clock is right.',
    });
  }

  /**
   * Begins a session for a person who is known by now, for the organisation that was `wanted` or for none.
   * @throws ProblemError 401 when no organisation has them (any more); 403 AUTH_NOT_A_MEMBER when the wanted one has not
   */
  async openFor(
    manager: EntityManager,
    account: Pick<Account, 'id' | 'email'>,
    device: Device,
    by: 'password' | 'invitation' | 'reset' | 'oidc',
    wanted?: string,
  ): Promise<SessionTokens> {
    const memberships = (await membershipsOf(manager, account.id)).filter(
      ({ organisation }) => this.organisations.find(organisation) !== undefined,
    );
    const [last] = await manager.query<{ organisation: string }[]>(
      `SELECT organisation FROM session WHERE user_id = $1 ORDER BY last_used_at DESC LIMIT 1`,
      [account.id],
    );
    // Whoever sets a new password opens a page of their own: it was not made for the organisation that gave the link.
    const bound = wanted !== undefined && by !== 'reset' && memberships.length > 0;
    if (bound && !memberships.some(({ organisation }) => organisation === wanted)) throw noMember();
    const acting =
      memberships.find(({ organisation }) => organisation === wanted) ??
      memberships.find(({ organisation }) => organisation === last?.organisation) ??
      memberships[0];
    if (acting === undefined) throw refused();
    const tokens = await this.sessions.open(manager, {
      userId: account.id,
      organisation: acting.organisation,
      address: device.context.address,
      userAgent: device.userAgent,
    });
    await manager.query(`UPDATE user_account SET last_sign_in_at = now() WHERE id = $1`, [account.id]);
    await this.audit.record(
      {
        context: device.context,
        action: 'session.opened',
        target: account.email,
        facts: { by },
        organisation: acting.organisation,
        actor: { kind: 'user', id: account.id, label: account.email },
      },
      manager,
    );
    return tokens;
  }

  /** A refused attempt on an account is told to every organisation that has the person, or, where none has any more, that had them. */
  async noteRefusal(account: Account, device: Device, because: string): Promise<void> {
    const told = await this.database.query<{ organisation: string }[]>(
      `SELECT organisation FROM membership m WHERE user_id = $1 AND (deactivated_at IS NULL
         OR NOT EXISTS (SELECT 1 FROM membership a WHERE a.user_id = $1 AND a.deactivated_at IS NULL)) ORDER BY organisation`,
      [account.id],
    );
    for (const { organisation } of told)
      await this.audit.record({
        context: device.context,
        action: 'session.refused',
        target: account.email,
        facts: { because },
        organisation,
        actor: { kind: 'anonymous', id: '', label: '' },
      });
  }
}

/** 403: who is asking is known, and is told only of themselves. */
export function noMember(): ProblemError {
  return new ProblemError('forbidden', {
    code: 'AUTH_NOT_A_MEMBER',
    detail: 'You do not belong to this organisation.',
    howToFix: 'Choose one of your organisations.',
  });
}

/** 401: the same words and the same time, whether there is such an account or not. */
export function refused(): ProblemError {
  return new ProblemError('unauthenticated', {
    code: 'AUTH_SIGN_IN_REFUSED',
    detail: 'E-mail address and password do not fit together.',
    howToFix: 'Check both, or ask an administrator of your organisation for a new link.',
  });
}
