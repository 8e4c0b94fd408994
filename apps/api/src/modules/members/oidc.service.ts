import { readFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import * as openid from 'openid-client';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { hashOfToken, newToken } from '../../platform/auth/secret-token.js';
import type { SessionTokens } from '../../platform/auth/sessions.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { unitOfWork } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError, unavailable } from '../../platform/errors/problem.js';
import { DATABASE } from '../../platform/tokens.js';
import { type Account, accountByEmail, accountById } from './accounts.js';
import { AcceptingService } from './accepting.service.js';
import type { OidcWaiting } from './dto/member-schemas.js';
import { type Device, SignInService } from './sign-in.service.js';
import { SignInLimits } from './sign-in-limits.js';

const ATTEMPT_MINUTES = 10;

/** What the provider says about a person. */
interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only where the provider says that it has checked it. */
  readonly verifiedEmail: string | undefined;
  readonly name: string;
  /** The provider says that it has asked for a second factor itself, in words that the configuration trusts. */
  readonly secondFactor: boolean;
}

/** What somebody whom the provider has vouched for must still show. */
interface Asked {
  readonly password: boolean;
  readonly totp: boolean;
}

/** A provider's answer that waits for {@link Asked}. */
interface WaitingRow extends Identity {
  readonly userId: string;
  readonly invitationId: string | null;
}

/** Signed in; or not yet: the browser holds this and is asked for the rest. */
export type Finished = { readonly tokens: SessionTokens } | { readonly waiting: string };

/**
 * Sign-in with an organisation's own identity provider: OpenID Connect, code flow with PKCE, state and nonce. Accounts are never made by
 * signing in: an identity is tied to an account by an invitation, or by an address that the provider has verified and an account has. An
 * account with a password is tied only by whoever shows that password, and its second step is asked for each time, unless the provider
 * asked for one itself and is trusted in that.
 */
@Injectable()
export class OidcService {
  private found: Promise<openid.Configuration> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly accepting: AcceptingService,
    private readonly signIn: SignInService,
    private readonly limits: SignInLimits,
    private readonly audit: AuditLog,
  ) {}

  /** Where the browser goes to sign in, and what it must hold when it comes back. */
  async start(invitation: string | undefined): Promise<{ location: string; browser: string }> {
    const provider = await this.provider();
    const invitationId = invitation === undefined ? null : await this.accepting.idOf(invitation);
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const verifier = openid.randomPKCECodeVerifier();
    const browser = newToken('wo_');
    await this.database.query(`DELETE FROM oidc_attempt WHERE expires_at < now()`);
    await this.database.query(
      `INSERT INTO oidc_attempt (state_hash, browser_hash, code_verifier, nonce, invitation_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 minute')`,
      [hashOfToken(state), hashOfToken(browser), verifier, nonce, invitationId, ATTEMPT_MINUTES],
    );
    const location = openid.buildAuthorizationUrl(provider, {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { location: location.href, browser };
  }

  /**
   * The browser is back from the provider. `browser`: what {@link start} gave it. Each attempt is taken once.
   * @throws ProblemError 401 OIDC_REFUSED, OIDC_NO_ACCOUNT, OIDC_OTHER_IDENTITY; 409 PEOPLE_OTHER_EMAIL
   */
  async finish(query: URLSearchParams, browser: string | undefined, device: Device): Promise<Finished> {
    const [rows] = await this.database.query<
      [{ verifier: string; nonce: string; invitationId: string | null }[], number]
    >(
      `DELETE FROM oidc_attempt WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > now()
       RETURNING code_verifier AS verifier, nonce, invitation_id AS "invitationId"`,
      [hashOfToken(query.get('state') ?? ''), hashOfToken(browser ?? '')],
    );
    const attempt = rows[0];
    if (attempt === undefined) throw refusedByProvider();
    const identity = await this.identity(query, attempt);
    return this.noted(identity, device, () =>
      unitOfWork(this.database, async (manager): Promise<Finished> => {
        const account =
          attempt.invitationId === null
            ? await this.accountOf(manager, identity)
            : await this.accepting.accountBehind(manager, attempt.invitationId, identity.verifiedEmail);
        if (account !== undefined) {
          const { password, totp } = this.asked(account, identity, await this.holder(manager, identity));
          if (password || totp)
            return { waiting: await this.wait(manager, identity, account.id, attempt.invitationId) };
        }
        return { tokens: await this.enter(manager, identity, account, attempt.invitationId, device) };
      }),
    );
  }

  /** What the browser is still asked for. @throws ProblemError 401 OIDC_REFUSED when it waits for nothing (any more) */
  async waiting(browser: string | undefined): Promise<OidcWaiting> {
    const { account, asked } = await this.find(browser);
    return { email: account.email, ...asked };
  }

  /** @throws ProblemError 401 OIDC_REFUSED, AUTH_SIGN_IN_REFUSED, AUTH_TOTP_NEEDED, AUTH_TOTP_WRONG; 429 */
  async confirm(
    browser: string | undefined,
    given: { readonly password?: string | undefined; readonly totp?: string | undefined },
    device: Device,
  ): Promise<SessionTokens> {
    const { row, account, asked, holder } = await this.find(browser);
    const { address } = device.context;
    await this.limits.attempt(account.email, address);
    if (asked.password)
      await this.signIn.proveOwn(account, { password: given.password ?? '', totp: given.totp }, device);
    else if (asked.totp) await this.signIn.proveSecondFactor(account, given.totp, device);
    await this.limits.succeeded(account.email, address);
    return this.noted(row, device, () =>
      unitOfWork(this.database, async (manager) => {
        const [, taken] = await manager.query<[unknown, number]>(
          `DELETE FROM oidc_confirmation WHERE browser_hash = $1 AND expires_at > now()`,
          [hashOfToken(browser ?? '')],
        );
        // What was asked for was asked of the account as it was then.
        const now = await accountById(manager, account.id);
        if (taken === 0 || now?.version !== account.version || (await this.holder(manager, row)) !== holder)
          throw refusedByProvider();
        return this.enter(manager, row, account, row.invitationId, device);
      }),
    );
  }

  /** Signs in whoever has shown everything, and ties the identity where it is not. `account`: undefined for an invitation of somebody new. */
  private async enter(
    manager: EntityManager,
    identity: Identity,
    account: Account | undefined,
    invitationId: string | null,
    device: Device,
  ): Promise<SessionTokens> {
    if (invitationId === null) {
      if (account === undefined) throw noAccount();
      await this.tie(manager, identity, account, device, undefined);
      return this.signIn.openFor(manager, account, device, 'oidc');
    }
    if (account?.passwordHash === null && account.totpSince === null)
      await this.accepting.leaveOnly(manager, account, identity);
    const joined = await this.accepting.acceptBy(manager, invitationId, account, identity.name);
    await this.tie(manager, identity, joined.account, device, joined.organisation);
    await this.audit.record(
      {
        context: device.context,
        action: 'people.invitation.accepted',
        target: joined.account.email,
        facts: { by: identity.issuer },
        organisation: joined.organisation,
        actor: { kind: 'user', id: joined.account.id, label: joined.account.email },
      },
      manager,
    );
    return this.signIn.openFor(manager, joined.account, device, 'oidc', joined.organisation);
  }

  private asked(account: Account, identity: Identity, holder: string | undefined): Asked {
    const tied = holder === account.id;
    return {
      password: !tied && account.passwordHash !== null,
      totp: account.totpSince !== null && !(tied && identity.secondFactor),
    };
  }

  private async wait(
    manager: EntityManager,
    identity: Identity,
    userId: string,
    invitationId: string | null,
  ): Promise<string> {
    const browser = newToken('wo_');
    await manager.query(`DELETE FROM oidc_confirmation WHERE expires_at < now()`);
    await manager.query(
      `INSERT INTO oidc_confirmation
         (browser_hash, issuer, subject, person_name, verified_email, second_factor, user_id, invitation_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 minute')`,
      [
        hashOfToken(browser),
        identity.issuer,
        identity.subject,
        identity.name,
        identity.verifiedEmail ?? null,
        identity.secondFactor,
        userId,
        invitationId,
        ATTEMPT_MINUTES,
      ],
    );
    return browser;
  }

  private async find(browser: string | undefined) {
    const { manager } = this.database;
    const [found] = await manager.query<(Omit<WaitingRow, 'verifiedEmail'> & { verifiedEmail: string | null })[]>(
      `SELECT issuer, subject, person_name AS name, verified_email AS "verifiedEmail", second_factor AS "secondFactor",
              user_id AS "userId", invitation_id AS "invitationId"
         FROM oidc_confirmation WHERE browser_hash = $1 AND expires_at > now()`,
      [hashOfToken(browser ?? '')],
    );
    const account = found === undefined ? undefined : await accountById(manager, found.userId);
    if (found === undefined || account === undefined) throw refusedByProvider();
    const row: WaitingRow = { ...found, verifiedEmail: found.verifiedEmail ?? undefined };
    const holder = await this.holder(manager, row);
    return { row, account, holder, asked: this.asked(account, row, holder) };
  }

  /**
   * A refusal of somebody whom the provider knows is told to the organisations of the account that they were refused, and where there is
   * none, to those who operate this deployment.
   */
  private async noted<T>(identity: Identity, device: Device, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { manager } = this.database;
      const holder = await this.holder(manager, identity);
      const account =
        holder !== undefined
          ? await accountById(manager, holder)
          : identity.verifiedEmail === undefined
            ? undefined
            : await accountByEmail(manager, identity.verifiedEmail);
      if (account !== undefined) await this.signIn.noteRefusal(account, device, error.problem.code);
      else
        for (const organisation of this.config.operators)
          await this.audit.record({
            context: device.context,
            action: 'session.refused',
            target: identity.verifiedEmail ?? identity.subject,
            facts: { because: error.problem.code, issuer: identity.issuer },
            organisation,
            actor: { kind: 'anonymous', id: '', label: '' },
          });
      throw error;
    }
  }

  private async identity(query: URLSearchParams, attempt: { verifier: string; nonce: string }): Promise<Identity> {
    const provider = await this.provider();
    try {
      const tokens = await openid.authorizationCodeGrant(provider, new URL(`${this.redirectUri}?${query.toString()}`), {
        pkceCodeVerifier: attempt.verifier,
        expectedNonce: attempt.nonce,
        expectedState: query.get('state') ?? '',
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw refusedByProvider();
      const info =
        provider.serverMetadata().userinfo_endpoint === undefined
          ? undefined
          : await openid.fetchUserInfo(provider, tokens.access_token, claims.sub);
      const email = info?.email ?? claims['email'];
      const verified = info?.email === undefined ? claims['email_verified'] : info.email_verified;
      const name = info?.name ?? claims['name'];
      return {
        issuer: claims.iss,
        subject: claims.sub,
        verifiedEmail: typeof email === 'string' && verified === true ? email.toLowerCase() : undefined,
        name: (typeof name === 'string' && name.trim() !== '' ? name : typeof email === 'string' ? email : claims.sub)
          .replace(/\p{Cc}/gu, '')
          .slice(0, 120),
        secondFactor: this.isTrustedFactor(claims['amr'], claims['acr']),
      };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw refusedByProvider(error);
    }
  }

  /** The claims `amr` (RFC 8176) and `acr` of an identity token, against what the configuration trusts. */
  private isTrustedFactor(amr: unknown, acr: unknown): boolean {
    const said = [...(Array.isArray(amr) ? (amr as unknown[]) : []), acr];
    return said.some((one) => typeof one === 'string' && (this.config.oidc?.secondFactor ?? []).includes(one));
  }

  /** Whose account the identity is tied to. */
  private async holder(manager: EntityManager, { issuer, subject }: Identity): Promise<string | undefined> {
    const [tied] = await manager.query<{ userId: string }[]>(
      `SELECT user_id AS "userId" FROM oidc_identity WHERE issuer = $1 AND subject = $2`,
      [issuer, subject],
    );
    return tied?.userId;
  }

  private async accountOf(manager: EntityManager, identity: Identity): Promise<Account> {
    const holder = await this.holder(manager, identity);
    const tied = holder === undefined ? undefined : await accountById(manager, holder);
    if (tied !== undefined) return tied;
    const account =
      identity.verifiedEmail === undefined ? undefined : await accountByEmail(manager, identity.verifiedEmail);
    if (account === undefined) throw noAccount();
    // Without a password nothing but that other identity shows whose account it is: an address may have passed to somebody new.
    if (account.passwordHash === null) {
      const others = await manager.query<unknown[]>(`SELECT 1 FROM oidc_identity WHERE user_id = $1 LIMIT 1`, [
        account.id,
      ]);
      if (others.length > 0)
        throw new ProblemError('unauthenticated', {
          code: 'OIDC_OTHER_IDENTITY',
          detail: 'The account with your e-mail address belongs to another identity of your provider.',
          howToFix: 'Ask an administrator of your organisation for a link to set a password, and sign in with it.',
        });
    }
    return account;
  }

  private async tie(
    manager: EntityManager,
    identity: Identity,
    account: Account,
    device: Device,
    organisation: string | undefined,
  ): Promise<void> {
    const holder = await this.holder(manager, identity);
    if (holder !== undefined && holder !== account.id)
      throw new ProblemError('conflict', {
        code: 'OIDC_TIED_ELSEWHERE',
        detail: 'This identity belongs to another account here already.',
        howToFix: 'Sign in with it without the link, or accept the invitation with a password.',
      });
    if (holder !== undefined) return;
    await manager.query(`INSERT INTO oidc_identity (issuer, subject, user_id, linked_at) VALUES ($1, $2, $3, now())`, [
      identity.issuer,
      identity.subject,
      account.id,
    ]);
    const members = await manager.query<{ organisation: string }[]>(
      `SELECT organisation FROM membership WHERE user_id = $1 AND deactivated_at IS NULL`,
      [account.id],
    );
    for (const one of organisation === undefined ? members.map((row) => row.organisation) : [organisation])
      await this.audit.record(
        {
          context: device.context,
          action: 'account.identity-tied',
          target: account.email,
          facts: { issuer: identity.issuer },
          organisation: one,
          actor: { kind: 'user', id: account.id, label: account.email },
        },
        manager,
      );
  }

  private get redirectUri(): string {
    return `${this.config.consoleBaseUrl}/api/session/oidc/callback`;
  }

  /** The provider's own description, read once; read again where it did not answer. */
  private async provider(): Promise<openid.Configuration> {
    const { oidc } = this.config;
    if (oidc === undefined)
      throw notFound(
        'OIDC_NOT_SET_UP',
        'Sign-in with an identity provider is not set up here.',
        'Sign in with your password.',
      );
    const issuer = new URL(oidc.issuer);
    const secret = oidc.clientSecretFile === undefined ? undefined : readFileSync(oidc.clientSecretFile, 'utf8').trim();
    const loopback = issuer.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname);
    this.found ??= openid.discovery(issuer, oidc.clientId, secret, secret === undefined ? openid.None() : undefined, {
      timeout: 10,
      // Plain http only for a provider on this very machine.
      ...(loopback && { execute: [openid.allowInsecureRequests] }),
    });
    try {
      return await this.found;
    } catch (error) {
      this.found = undefined;
      throw unavailable('OIDC_PROVIDER_AWAY', 'Your identity provider does not answer at the moment.', 10, error);
    }
  }
}

const noAccount = () =>
  new ProblemError('unauthenticated', {
    code: 'OIDC_NO_ACCOUNT',
    detail: 'Your identity provider knows you, but no organisation here does.',
    howToFix: 'Ask an administrator of your organisation for an invitation, and open its link first.',
  });

function refusedByProvider(cause?: unknown): ProblemError {
  return new ProblemError(
    'unauthenticated',
    {
      code: 'OIDC_REFUSED',
      detail: 'Your identity provider did not confirm who you are, or the attempt took too long.',
      howToFix: 'Begin again from the sign-in page.',
    },
    { cause },
  );
}
