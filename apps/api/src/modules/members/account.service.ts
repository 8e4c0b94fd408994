import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Sessions } from '../../platform/auth/sessions.js';
import { unitOfWork } from '../../platform/database/database.js';
import { editConflict } from '../../platform/errors/edit-conflict.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { personOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Account, accountById } from './accounts.js';
import type { OwnSessions } from './dto/member-schemas.js';
import { checkNewPassword, hashPassword, isPassword } from './passwords.js';
import { SecondFactor } from './second-factor.js';
import { SignInLimits } from './sign-in-limits.js';

const LATELY_MINUTES = 15;

/** What a person does with their own account. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly secondFactor: SecondFactor,
    private readonly limits: SignInLimits,
  ) {}

  async rename(context: RequestContext, wanted: { version: number; name: string }): Promise<void> {
    const account = await this.own(context);
    await unitOfWork(this.database, async (manager) => {
      const [, changed] = await manager.query<[unknown, number]>(
        `UPDATE user_account SET name = $3, version = version + 1 WHERE id = $1 AND version = $2`,
        [account.id, wanted.version, wanted.name],
      );
      if (changed === 0)
        throw editConflict({
          current: { name: account.name, version: account.version },
          version: account.version,
          changedBy: account.email,
          changedAt: new Date(),
        });
      await this.audit.record({ context, action: 'account.changed', target: account.email }, manager);
    });
  }

  /** All other sessions of the person end. @throws ProblemError 401 when the current password is wrong, 422 */
  async changePassword(
    context: RequestContext,
    given: { current?: string | undefined; next: string },
  ): Promise<number> {
    const person = personOf(context);
    const account = await this.proven(context, given.current, '/current');
    checkNewPassword(given.next, [account.email.split('@')[0] ?? '', account.name], '/next');
    const passwordHash = await hashPassword(given.next);
    return unitOfWork(this.database, async (manager) => {
      await manager.query(
        `UPDATE user_account SET password_hash = $2, password_set_at = now(), version = version + 1 WHERE id = $1`,
        [account.id, passwordHash],
      );
      const ended = await this.sessions.endAll(manager, account.id, 'password', person.sessionId);
      await this.audit.record(
        { context, action: 'account.password.changed', target: account.email, facts: { sessionsEnded: ended } },
        manager,
      );
      return ended;
    });
  }

  async listSessions(context: RequestContext): Promise<OwnSessions> {
    const person = personOf(context);
    const sessions = await this.sessions.listOf(person.userId);
    return {
      sessions: sessions.map((one) => ({
        ...one,
        current: one.id === person.sessionId,
        createdAt: one.createdAt.toISOString(),
        lastUsedAt: one.lastUsedAt.toISOString(),
      })),
    };
  }

  async endSession(context: RequestContext, id: string): Promise<void> {
    const person = personOf(context);
    if (!(await this.sessions.listOf(person.userId)).some((one) => one.id === id))
      throw notFound('SESSION_NOT_THERE', 'You have no such session.', 'Load the list of your sessions again.');
    await unitOfWork(this.database, async (manager) => {
      await this.sessions.end(manager, id, 'ended');
      await this.audit.record({ context, action: 'session.ended', target: person.email }, manager);
    });
  }

  async endOtherSessions(context: RequestContext): Promise<number> {
    const person = personOf(context);
    return unitOfWork(this.database, async (manager) => {
      const ended = await this.sessions.endAll(manager, person.userId, 'ended', person.sessionId);
      await this.audit.record(
        { context, action: 'session.others-ended', target: person.email, facts: { sessionsEnded: ended } },
        manager,
      );
      return ended;
    });
  }

  /**
   * Begins a second factor; it is on once {@link confirmSecondFactor} has seen a code of it. Asks for the password: whoever finds a
   * session open must not tie the account to a phone of their own and lock its owner out.
   */
  async beginSecondFactor(
    context: RequestContext,
    password: string | undefined,
  ): Promise<{ secret: string; uri: string }> {
    const account = await this.proven(context, password, '/password');
    if (account.totpSince !== null)
      throw new ProblemError('conflict', {
        code: 'TOTP_ALREADY_ON',
        detail: 'Your second factor is on already.',
        howToFix: 'Turn it off first, to set up another phone.',
      });
    const { sealed, secret, uri } = this.secondFactor.begin(account.id, account.email);
    await this.database.query(
      `UPDATE user_account SET totp_secret = $2, totp_last_step = 0 WHERE id = $1 AND totp_since IS NULL`,
      [account.id, sealed],
    );
    return { secret, uri };
  }

  async confirmSecondFactor(context: RequestContext, code: string): Promise<string[]> {
    const account = await this.own(context);
    await this.limits.attempt(account.email, context.address);
    if (account.totpSecret === null || account.totpSince !== null)
      throw new ProblemError('conflict', {
        code: 'TOTP_NOT_BEGUN',
        detail: 'There is no second factor that waits to be confirmed.',
        howToFix: 'Begin again.',
      });
    const step = this.secondFactor.stepOf(account.id, account.totpSecret, code, Date.now());
    if (step === undefined) throw wrongCode();
    await this.limits.succeeded(account.email, context.address);
    return unitOfWork(this.database, async (manager) => {
      await manager.query(
        `UPDATE user_account SET totp_since = now(), totp_last_step = $2, version = version + 1 WHERE id = $1`,
        [account.id, step],
      );
      await this.audit.record({ context, action: 'account.second-factor.on', target: account.email }, manager);
      return this.secondFactor.newRecoveryCodes(manager, account.id);
    });
  }

  async endSecondFactor(
    context: RequestContext,
    given: { password?: string | undefined; code: string },
  ): Promise<void> {
    const account = await this.proven(context, given.password, '/password');
    if (account.totpSince === null || account.totpSecret === null) return;
    const { totpSecret } = account;
    // Whoever has the password must not be able to try all codes: this one counts for itself.
    const codes = `second factor of ${account.email}`;
    await this.limits.attempt(codes, context.address);
    if (!(await this.secondFactor.take(this.database.manager, account.id, totpSecret, given.code))) throw wrongCode();
    await this.limits.succeeded(codes, context.address);
    await unitOfWork(this.database, async (manager) => {
      await manager.query(
        `UPDATE user_account SET totp_secret = NULL, totp_since = NULL, version = version + 1 WHERE id = $1`,
        [account.id],
      );
      await manager.query(`DELETE FROM recovery_code WHERE user_id = $1`, [account.id]);
      await this.audit.record({ context, action: 'account.second-factor.off', target: account.email }, manager);
    });
  }

  /**
   * The person's account, once they have shown its password again. Somebody with an identity provider only has none: a session that was
   * opened a moment ago stands for it, so that one which was left open or taken does not become a lasting way in.
   */
  private async proven(
    context: RequestContext,
    password: string | undefined,
    pointer: '/current' | '/password',
  ): Promise<Account> {
    const account = await this.own(context);
    if (account.passwordHash === null) {
      await this.signedInLately(context);
      return account;
    }
    await this.limits.attempt(account.email, context.address);
    if (!(await isPassword(account.passwordHash, password ?? '')))
      throw new ProblemError('forbidden', {
        code: 'ACCOUNT_PASSWORD_WRONG',
        detail: 'This is not your current password.',
        howToFix: 'Type the password with which you sign in now.',
        pointer,
      });
    await this.limits.succeeded(account.email, context.address);
    return account;
  }

  private async signedInLately(context: RequestContext): Promise<void> {
    const [session] = await this.database.query<{ lately: boolean }[]>(
      `SELECT created_at > now() - $2 * interval '1 minute' AS lately FROM session WHERE id = $1`,
      [personOf(context).sessionId, LATELY_MINUTES],
    );
    if (session?.lately === true) return;
    throw new ProblemError('forbidden', {
      code: 'ACCOUNT_SIGN_IN_AGAIN',
      detail: `You signed in more than ${LATELY_MINUTES} minutes ago.`,
      howToFix: 'Sign out, sign in again with your identity provider, and come back here.',
    });
  }

  private async own(context: RequestContext): Promise<Account> {
    const account = await accountById(this.database.manager, personOf(context).userId);
    if (account === undefined) throw notFound('ACCOUNT_GONE', 'This account is gone.', 'Sign in again.');
    return account;
  }
}

const wrongCode = () =>
  new ProblemError('forbidden', {
    code: 'ACCOUNT_CODE_WRONG',
    detail: 'The code is wrong, or was used before.',
    howToFix: 'Wait for the next code that your phone shows, and check that its clock is right.',
    pointer: '/code',
  });
