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
import { type Device, SignInService } from './sign-in.service.js';

const ATTEMPT_MINUTES = 10;

/** What the provider says about a person. */
interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Only where the provider says that it has checked it. */
  readonly verifiedEmail: string | undefined;
  readonly name: string;
}

/**
 * Sign-in with an organisation's own identity provider: OpenID Connect, code flow with PKCE, state and nonce. Accounts are never made by
 * signing in: an identity is tied to an account by an invitation, or by an address that the provider has verified and an account has.
 */
@Injectable()
export class OidcService {
  private found: Promise<openid.Configuration> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly accepting: AcceptingService,
    private readonly signIn: SignInService,
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
   * @throws ProblemError 401 OIDC_REFUSED, OIDC_NO_ACCOUNT; 409 PEOPLE_OTHER_EMAIL
   */
  async finish(query: URLSearchParams, browser: string | undefined, device: Device): Promise<SessionTokens> {
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
    return unitOfWork(this.database, async (manager) => {
      const { account, organisation } =
        attempt.invitationId === null
          ? { account: await this.accountOf(manager, identity, device), organisation: undefined }
          : await this.accepting.acceptBy(manager, attempt.invitationId, identity);
      if (attempt.invitationId !== null) {
        await this.tie(manager, identity, account, device, organisation);
        await this.audit.record(
          {
            context: device.context,
            action: 'people.invitation.accepted',
            target: account.email,
            facts: { by: identity.issuer },
            organisation: organisation ?? '',
            actor: { kind: 'user', id: account.id, label: account.email },
          },
          manager,
        );
      }
      return this.signIn.openFor(manager, account, device, 'oidc', organisation);
    });
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
      };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw refusedByProvider(error);
    }
  }

  private async accountOf(manager: EntityManager, identity: Identity, device: Device): Promise<Account> {
    const [tied] = await manager.query<{ userId: string }[]>(
      `SELECT user_id AS "userId" FROM oidc_identity WHERE issuer = $1 AND subject = $2`,
      [identity.issuer, identity.subject],
    );
    if (tied !== undefined) {
      const account = await accountById(manager, tied.userId);
      if (account !== undefined) return account;
    }
    const account =
      identity.verifiedEmail === undefined ? undefined : await accountByEmail(manager, identity.verifiedEmail);
    if (account === undefined)
      throw new ProblemError('unauthenticated', {
        code: 'OIDC_NO_ACCOUNT',
        detail: 'Your identity provider knows you, but no organisation here does.',
        howToFix: 'Ask an administrator of your organisation for an invitation, and open its link first.',
      });
    await this.tie(manager, identity, account, device, undefined);
    return account;
  }

  private async tie(
    manager: EntityManager,
    identity: Identity,
    account: Account,
    device: Device,
    organisation: string | undefined,
  ): Promise<void> {
    const [tied] = await manager.query<{ userId: string }[]>(
      `SELECT user_id AS "userId" FROM oidc_identity WHERE issuer = $1 AND subject = $2`,
      [identity.issuer, identity.subject],
    );
    const holder = tied?.userId;
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
