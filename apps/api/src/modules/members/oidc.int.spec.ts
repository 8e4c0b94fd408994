import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { freePort } from '../../../../../test/support/postgres.js';
import type { OneTimeLink, SessionAnswer } from './dto/member-schemas.js';

const CALLBACK = 'http://console.example/api/session/oidc/callback';
const CONFIRM = 'http://console.example/sign-in?provider=confirm';
const PASSWORD = 'harbour lantern copper otter';

/** A browser's cookies, for one host. */
class Cookies {
  private readonly kept = new Map<string, string>();
  take(response: Response): void {
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === '') this.kept.delete(name);
      else this.kept.set(name, value);
    }
  }
  set(name: string, value: string): void {
    this.kept.set(name, value);
  }
  get(name: string): string | undefined {
    return this.kept.get(name);
  }
  get header(): string {
    return [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

describe('sign-in with an identity provider', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'waymark-oidc-'));
  let provider: ChildProcess;
  let house: ApiHouse;
  let issuer: string;

  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}`;
    provider = spawn(process.execPath, [path.resolve('test/support/oidc-provider.mjs'), String(port), CALLBACK], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    if (provider.stdout === null) throw new Error('the provider has no output');
    await once(provider.stdout, 'data');
    const clientSecretFile = path.join(folder, 'secret');
    writeFileSync(clientSecretFile, 'a-secret-of-the-test-that-is-long-enough\n');
    house = await ApiHouse.open({
      worker: false,
      settings: {
        oidc: { issuer, clientId: 'waymark', clientSecretFile, label: 'Test provider', secondFactor: ['mfa'] },
      },
    });
    await house.withDatabase((database) =>
      database.query(
        `WITH made AS (INSERT INTO user_account (id, email, name, created_at)
           SELECT gen_random_uuid(), e, e, now() FROM unnest(ARRAY['ada@farm.example', 'unverified@farm.example']) e RETURNING id)
         INSERT INTO membership (id, user_id, organisation, roles, created_at, changed_at, changed_by)
           SELECT gen_random_uuid(), id, 'farm', '{administrator}', now(), now(), 'test' FROM made`,
      ),
    );
  }, 120_000);
  afterAll(async () => {
    await house?.close();
    provider?.stdin?.end();
    if (provider !== undefined && provider.exitCode === null) await once(provider, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const post = (to: string, body: object, cookie = '') =>
    house.fetch(to, { method: 'POST', body: JSON.stringify(body), ...(cookie !== '' && { headers: { cookie } }) });

  /** A person at the provider's pages, in a browser: signs in, agrees, and is sent back. */
  const atProvider = async (location: string, login: string): Promise<URL> => {
    const cookies = new Cookies();
    const go = async (address: string, body?: URLSearchParams): Promise<URL> => {
      if (address.startsWith(CALLBACK)) return new URL(address);
      const response = await fetch(address, {
        redirect: 'manual',
        headers: { cookie: cookies.header },
        ...(body !== undefined && { method: 'POST', body }),
      });
      cookies.take(response);
      const next = response.headers.get('location');
      if (next !== null) return go(new URL(next, issuer).href);
      const page = await response.text();
      const form = /action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
      if (form === undefined || prompt === undefined) throw new Error(`no form at ${address}: ${page.slice(0, 400)}`);
      return go(new URL(form, issuer).href, new URLSearchParams({ prompt, login, password: 'any' }));
    };
    return go(location);
  };

  const start = async (invitation?: string) => {
    const cookies = new Cookies();
    const begun = await post('/session/oidc/start', invitation === undefined ? {} : { invitation });
    expect(begun.status).toBe(200);
    cookies.take(begun);
    return { cookies, location: ((await begun.json()) as { location: string }).location };
  };
  const back = async (returned: URL, cookies: Cookies) => {
    const response = await house.fetch(`/session/oidc/callback${returned.search}`, {
      headers: { cookie: cookies.header },
    });
    cookies.take(response);
    return response.headers.get('location');
  };
  const sessionOf = async (cookies: Cookies) => {
    const response = await post('/session/refresh', {}, `waymark_refresh=${cookies.get('waymark_refresh') ?? ''}`);
    return { status: response.status, session: (await response.json()) as SessionAnswer };
  };
  const signIn = async (login: string, invitation?: string) => {
    const { cookies, location } = await start(invitation);
    const to = await back(await atProvider(location, login), cookies);
    return { to, cookies, ...(await sessionOf(cookies)) };
  };
  const confirm = async (cookies: Cookies, given: object) => {
    const response = await post('/session/oidc/confirm', given, cookies.header);
    cookies.take(response);
    const session = (await response.json()) as SessionAnswer & { code?: string };
    return { status: response.status, session, code: session.code };
  };
  const waiting = async (cookies: Cookies) => {
    const response = await house.fetch('/session/oidc/waiting', { headers: { cookie: cookies.header } });
    return { status: response.status, body: (await response.json()) as object };
  };
  const refusals = (organisation: string) =>
    house.withDatabase((database) =>
      database.query<{ target: string; because: string }[]>(
        `SELECT target, facts->>'because' AS because FROM audit_entry
          WHERE action = 'session.refused' AND organisation = $1 ORDER BY id`,
        [organisation],
      ),
    );

  it('asks the provider with PKCE, state and nonce', async () => {
    expect(await (await house.fetch('/session/ways')).json()).toMatchObject({
      oidc: { label: 'Test provider' },
    });
    const { location, cookies } = await start();
    const query = new URL(location).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(query.get(name)?.length).toBeGreaterThan(20);
    expect(query.get('redirect_uri')).toBe(CALLBACK);
    expect(cookies.get('waymark_oidc')).toMatch(/^wo_/);
  });

  it('lets in whoever has an account with an address that the provider has verified, then by the identity itself', async () => {
    const first = await signIn('ada@farm.example');
    expect(first.to).toBe('http://console.example/');
    expect(first.session).toMatchObject({ user: { email: 'ada@farm.example', password: false }, organisation: 'farm' });
    await house.withDatabase((database) =>
      database.query(`UPDATE user_account SET email = 'renamed@farm.example' WHERE email = 'ada@farm.example'`),
    );
    expect((await signIn('ada@farm.example')).session).toMatchObject({ user: { email: 'renamed@farm.example' } });
  });

  it('lets whoever has no password yet choose one only soon after they signed in', async () => {
    const { session } = await signIn('ada@farm.example');
    const choose = () =>
      house.fetch('/session/password', {
        body: JSON.stringify({ next: 'seven purple kites in rain' }),
        headers: { authorization: `Bearer ${session.accessToken}` },
      });
    const age = (hours: number) =>
      house.withDatabase((database) =>
        database.query(`UPDATE session SET created_at = created_at - $2 * interval '1 hour' WHERE id = $1`, [
          session.sessionId,
          hours,
        ]),
      );
    await age(1);
    const late = await choose();
    expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([403, 'ACCOUNT_SIGN_IN_AGAIN']);
    await age(-1);
    expect((await choose()).status).toBe(200);
    await house.withDatabase((database) =>
      database.query(`UPDATE user_account SET password_hash = NULL WHERE email = 'renamed@farm.example'`),
    );
  });

  it('makes no account, and believes no address that is not verified', async () => {
    for (const login of ['stranger@elsewhere.example', 'unverified@farm.example']) {
      const refused = await signIn(login);
      expect(refused.to).toBe('http://console.example/sign-in?problem=OIDC_NO_ACCOUNT');
      expect(refused.status).toBe(401);
    }
    const accounts = await house.withDatabase((database) =>
      database.query<{ n: string }[]>(`SELECT count(*) AS n FROM user_account`),
    );
    expect(Number(accounts[0]?.n)).toBe(2);
  });

  it('takes an answer once, only in the browser that asked, and only as it was given', async () => {
    const { cookies, location } = await start();
    const returned = await atProvider(location, 'ada@farm.example');
    expect(await back(returned, new Cookies())).toMatch(/problem=OIDC_REFUSED$/);
    expect(await back(returned, cookies)).toBe('http://console.example/');
    expect(await back(returned, cookies)).toMatch(/problem=OIDC_REFUSED$/);
    const other = await start();
    const forged = await atProvider(other.location, 'ada@farm.example');
    forged.searchParams.set('code', 'made-up');
    expect(await back(forged, other.cookies)).toMatch(/problem=OIDC_REFUSED$/);
  });

  it('ties an identity by an invitation, but never to an account of somebody else', async () => {
    const by = (await signIn('ada@farm.example')).session;
    const invite = async (email: string) => {
      const made = await house.fetch('/invitations', {
        body: JSON.stringify({ email, roles: ['quality'] }),
        headers: { authorization: `Bearer ${by.accessToken}` },
      });
      return ((await made.json()) as OneTimeLink).link.split('#token=')[1] ?? '';
    };
    const joined = await signIn('unverified-new@idp.example', await invite('new@farm.example'));
    expect(joined.to).toBe('http://console.example/');
    expect(joined.session).toMatchObject({
      user: { email: 'new@farm.example' },
      permissions: ['read', 'capture', 'visibility', 'audit'],
    });
    expect((await signIn('unverified-new@idp.example')).session.user.email).toBe('new@farm.example');

    const accepted = await post('/invitations/accept', {
      token: await invite('pat@shop.example'),
      name: 'Pat',
      password: PASSWORD,
    });
    expect(accepted.status).toBe(200);
    await house.withDatabase((database) =>
      database.query(
        `DELETE FROM membership m USING user_account u WHERE u.id = m.user_id AND u.email = 'pat@shop.example'`,
      ),
    );
    const stolen = await signIn('unverified-thief@idp.example', await invite('pat@shop.example'));
    expect(stolen.to).toMatch(/problem=PEOPLE_OTHER_EMAIL$/);
    // The account has a password: the provider's word and an invitation are not enough.
    const link = await invite('pat@shop.example');
    const asked = await signIn('pat@shop.example', link);
    expect([asked.to, asked.status]).toEqual([CONFIRM, 401]);
    expect((await confirm(asked.cookies, { password: 'wrong' })).code).toBe('AUTH_SIGN_IN_REFUSED');
    expect((await confirm(asked.cookies, { password: PASSWORD })).session).toMatchObject({
      user: { email: 'pat@shop.example', password: true },
      organisation: 'farm',
    });
    expect((await post('/invitations/look', { token: link })).status).toBe(404);

    // Whoever tied an identity of theirs by an invitation that they accepted in somebody else's name is out.
    await signIn('unverified-squatter@idp.example', await invite('lee@shop.example'));
    expect((await signIn('unverified-squatter@idp.example')).session.user.email).toBe('lee@shop.example');
    await house.withDatabase((database) =>
      database.query(
        `DELETE FROM membership m USING user_account u WHERE u.id = m.user_id AND u.email = 'lee@shop.example'`,
      ),
    );
    expect((await signIn('lee@shop.example', await invite('lee@shop.example'))).status).toBe(200);
    expect((await signIn('unverified-squatter@idp.example')).to).toMatch(/problem=OIDC_NO_ACCOUNT$/);
  });

  it('ties an account with a password only for whoever shows it, once, and keeps its second step', async () => {
    const by = (await signIn('ada@farm.example')).session;
    const token = async (email: string) => {
      const made = await house.fetch('/invitations', {
        body: JSON.stringify({ email, roles: ['reader'] }),
        headers: { authorization: `Bearer ${by.accessToken}` },
      });
      return ((await made.json()) as OneTimeLink).link.split('#token=')[1] ?? '';
    };
    const email = 'kai@farm.example';
    const joined = await post('/invitations/accept', { token: await token(email), name: 'Kai', password: PASSWORD });
    const { accessToken } = (await joined.json()) as SessionAnswer;
    const own = async (to: string, body: object) =>
      (await (
        await house.fetch(to, { body: JSON.stringify(body), headers: { authorization: `Bearer ${accessToken}` } })
      ).json()) as { secret: string; recoveryCodes: string[] };
    const { secret } = await own('/session/totp', { password: PASSWORD });
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const { recoveryCodes } = await own('/session/totp/confirm', { code: totp.generate() });
    const tied = () =>
      house.withDatabase((database) =>
        database.query<unknown[]>(`SELECT 1 FROM oidc_identity WHERE subject = $1`, [email]),
      );

    const first = await signIn(email);
    expect([first.to, first.status]).toEqual([CONFIRM, 401]);
    expect((await waiting(first.cookies)).body).toEqual({ email, password: true, totp: true });
    expect((await waiting(new Cookies())).status).toBe(401);
    expect((await confirm(new Cookies(), { password: PASSWORD, totp: recoveryCodes[0] })).code).toBe('OIDC_REFUSED');
    expect((await confirm(first.cookies, { totp: recoveryCodes[0] })).code).toBe('AUTH_SIGN_IN_REFUSED');
    expect((await confirm(first.cookies, { password: PASSWORD })).code).toBe('AUTH_TOTP_NEEDED');
    expect((await confirm(first.cookies, { password: PASSWORD, totp: '000000' })).code).toBe('AUTH_TOTP_WRONG');
    expect(await tied()).toHaveLength(0);
    const stale = new Cookies();
    stale.set('waymark_oidc', first.cookies.get('waymark_oidc') ?? '');
    const opened = await confirm(first.cookies, { password: PASSWORD, totp: recoveryCodes[0] });
    expect([opened.status, opened.session.user.email]).toEqual([200, email]);
    expect(await tied()).toHaveLength(1);
    expect((await confirm(stale, { password: PASSWORD, totp: recoveryCodes[1] })).code).toBe('OIDC_REFUSED');

    // Tied by now: no password any more, but the second step each time.
    const second = await signIn(email);
    expect([second.to, second.status]).toEqual([CONFIRM, 401]);
    expect((await waiting(second.cookies)).body).toEqual({ email, password: false, totp: true });
    expect((await confirm(second.cookies, {})).code).toBe('AUTH_TOTP_NEEDED');
    expect((await confirm(second.cookies, { totp: recoveryCodes[2] })).status).toBe(200);

    // Unless the provider says that it asked for one itself, in the word that the configuration trusts.
    await house.withDatabase((database) =>
      database.query(`UPDATE oidc_identity SET subject = 'mfa-' || subject WHERE subject = $1`, [email]),
    );
    expect((await signIn(`mfa-${email}`)).to).toBe('http://console.example/');
    await house.withDatabase((database) =>
      database.query(`UPDATE oidc_identity SET subject = 'sms-' || $1 WHERE subject = 'mfa-' || $1`, [email]),
    );
    expect((await signIn(`sms-${email}`)).to).toBe(CONFIRM);
    expect((await refusals('farm')).filter(({ target }) => target === email).map(({ because }) => because)).toEqual([
      'password',
      'second factor',
    ]);
  });

  it('gives an account without a password to no second identity with the same address', async () => {
    await house.withDatabase((database) =>
      database.query(
        `INSERT INTO oidc_identity (issuer, subject, user_id, linked_at)
         SELECT $1, 'who had the address before', id, now() FROM user_account WHERE email = 'unverified@farm.example'`,
        [issuer],
      ),
    );
    await house.withDatabase((database) =>
      database.query(
        `UPDATE user_account SET email = 'passed-on@farm.example' WHERE email = 'unverified@farm.example'`,
      ),
    );
    expect((await signIn('passed-on@farm.example')).to).toMatch(/problem=OIDC_OTHER_IDENTITY$/);
  });

  it('tells refused sign-ins to the organisations of the account, and of nobody to the operators', async () => {
    await signIn('somebody@elsewhere.example');
    expect(await refusals('farm')).toContainEqual({ target: 'somebody@elsewhere.example', because: 'OIDC_NO_ACCOUNT' });
    await house.withDatabase((database) =>
      database.query(
        `UPDATE membership SET deactivated_at = now() WHERE user_id IN (SELECT id FROM user_account WHERE email = 'lee@shop.example')`,
      ),
    );
    expect((await signIn('lee@shop.example')).to).toMatch(/problem=AUTH_SIGN_IN_REFUSED$/);
    expect(await refusals('farm')).toContainEqual({ target: 'lee@shop.example', because: 'AUTH_SIGN_IN_REFUSED' });
  });
});
