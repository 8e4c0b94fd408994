import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { epcisDocument, observation } from '../../../../../test/support/epcis-documents.js';
import { runAdmin } from '../../admin.js';
import type { OneTimeLink, Person, SessionAnswer } from './dto/member-schemas.js';

const PASSWORD = 'harbour lantern copper otter';

interface Signed {
  readonly session: SessionAnswer;
  readonly cookie: string;
}

describe('people: sign-in, roles, links, keys and the audit log', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open({ worker: false });
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const call = async (
    method: string,
    path: string,
    options: { token?: string; cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await house.fetch(path, {
      method,
      headers: {
        ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
        ...(options.cookie !== undefined && { cookie: `waymark_refresh=${options.cookie}` }),
        ...options.headers,
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as unknown) : undefined;
    const set = response.headers.getSetCookie().find((one) => one.startsWith('waymark_refresh='));
    return { status: response.status, json: json as never, text, headers: response.headers, set };
  };
  const code = ({ json }: { json: unknown }) => (json as { code?: string } | undefined)?.code;
  const cookieOf = (set: string | undefined) => /^waymark_refresh=([^;]*)/.exec(set ?? '')?.[1] ?? '';
  const tokenOf = (link: string) => link.split('#token=')[1] ?? '';
  const admin = async (...args: string[]) => {
    let text = '';
    const status = await runAdmin(
      args,
      {
        DATABASE_URL: house.config.databaseUrl,
        WAYMARK_NODES: house.config.nodes.join(','),
        WAYMARK_TRUST_FILE: house.config.trustFile,
        WAYMARK_GENESIS_FILE: house.config.genesisFile,
        CONSOLE_BASE_URL: 'http://console.example',
        WAYMARK_OPERATORS: 'farm',
      },
      (more) => (text += more),
    );
    return { status, text: text.trim() };
  };
  const accept = async (link: string, name: string, password = PASSWORD): Promise<Signed> => {
    const answer = await call('POST', '/invitations/accept', { body: { token: tokenOf(link), name, password } });
    expect([answer.status, code(answer)]).toEqual([200, undefined]);
    return { session: answer.json, cookie: cookieOf(answer.set) };
  };
  const signIn = async (email: string, password = PASSWORD, more: object = {}): Promise<Signed> => {
    const answer = await call('POST', '/session', { body: { email, password, ...more } });
    expect([answer.status, code(answer)]).toEqual([200, undefined]);
    return { session: answer.json, cookie: cookieOf(answer.set) };
  };
  const invited = async (by: Signed, email: string, roles: string[]): Promise<Signed> => {
    const made = await call('POST', '/invitations', { token: by.session.accessToken, body: { email, roles } });
    expect([made.status, code(made)]).toEqual([201, undefined]);
    return accept((made.json as OneTimeLink).link, email.split('@')[0] ?? '');
  };
  const personOf = async (by: Signed, email: string): Promise<Person> => {
    const { json } = await call('GET', `/people?text=${encodeURIComponent(email)}`, { token: by.session.accessToken });
    return (json as { people: Person[] }).people[0] as Person;
  };
  const sql = (text: string, parameters: unknown[] = []) =>
    house.withDatabase((database) => database.query<Record<string, string>[]>(text, parameters));

  let ada: Signed;
  let boss: Signed;

  describe('the first administrator', () => {
    it('comes in by a link that works once', async () => {
      const made = await admin('invite', '--organisation', 'farm', '--email', 'Ada@Farm.example');
      expect(made).toMatchObject({
        status: 0,
        text: expect.stringMatching(/^http:\/\/console\.example\/welcome#token=wi_/),
      });
      const token = tokenOf(made.text);
      const look = await call('POST', '/invitations/look', { body: { token } });
      expect(look.json).toMatchObject({
        kind: 'invite',
        email: 'ada@farm.example',
        account: 'new',
        roles: ['administrator'],
      });
      const weak = await call('POST', '/invitations/accept', {
        body: { token, name: 'Ada', password: 'Password1234' },
      });
      expect([weak.status, code(weak)]).toEqual([422, 'PASSWORD_COMMON']);
      ada = await accept(made.text, 'Ada <script>alert(1)</script>');
      expect(ada.session).toMatchObject({
        user: { email: 'ada@farm.example', totp: false, password: true },
        organisation: 'farm',
        organisations: [{ account: 'farm', roles: ['administrator'], role: 'company' }],
        permissions: ['read', 'capture', 'visibility', 'people', 'keys', 'audit'],
      });
      const again = await call('POST', '/invitations/accept', { body: { token, name: 'Eve', password: PASSWORD } });
      expect([again.status, code(again)]).toEqual([404, 'PEOPLE_NO_SUCH_LINK']);
      boss = await accept(
        (await admin('invite', '--organisation', 'factory', '--email', 'boss@factory.example')).text,
        'Boss',
      );
    });

    it('comes in by nothing else: a link too old, an organisation or a role that is not there', async () => {
      const made = await admin('invite', '--organisation', 'farm', '--email', 'late@farm.example');
      await sql(`UPDATE invitation SET expires_at = now() - interval '1 second' WHERE email = 'late@farm.example'`);
      expect(code(await call('POST', '/invitations/look', { body: { token: tokenOf(made.text) } }))).toBe(
        'PEOPLE_NO_SUCH_LINK',
      );
      expect((await admin('invite', '--organisation', 'nobody', '--email', 'a@b.example')).status).toBe(1);
      expect(
        (await admin('invite', '--organisation', 'farm', '--email', 'a@b.example', '--role', 'regulator')).status,
      ).toBe(1);
      expect(
        (await admin('invite', '--organisation', 'shop', '--email', 'a@b.example', '--role', 'operator')).status,
      ).toBe(1);
      expect((await admin('invite', '--organisation', 'farm', '--email', 'ada@farm.example')).status).toBe(1);
    });

    it('is no way back for somebody who was deactivated', async () => {
      await sql(`UPDATE membership SET deactivated_at = now() WHERE organisation = 'farm'`);
      try {
        const refused = await admin('invite', '--organisation', 'farm', '--email', 'ada@farm.example');
        expect(refused).toMatchObject({ status: 1, text: expect.stringMatching(/deactivated.*activates them/s) });
      } finally {
        await sql(`UPDATE membership SET deactivated_at = NULL WHERE organisation = 'farm'`);
      }
    });
  });

  describe('sessions', () => {
    it('set a cookie that no script reads and no other site sends, and answer nothing that is kept', async () => {
      const answer = await call('POST', '/session', { body: { email: 'ADA@farm.example', password: PASSWORD } });
      expect(answer.status).toBe(200);
      expect(answer.set).toMatch(/^waymark_refresh=wr_[^;]+;.*HttpOnly/);
      expect(answer.set).toMatch(/SameSite=Strict/);
      expect(answer.set).toMatch(/Path=\//);
      expect(answer.set).not.toMatch(/Secure/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const kept = await sql(`SELECT string_agg(t::text, ' ') AS all FROM session_token t`);
      const session = answer.json as SessionAnswer;
      expect(kept[0]?.['all']).not.toContain(session.accessToken.slice(3));
      expect(kept[0]?.['all']).not.toContain(cookieOf(answer.set).slice(3));
    });

    it('are refused in the same words for a wrong password and for nobody', async () => {
      const wrong = await call('POST', '/session', { body: { email: 'ada@farm.example', password: 'wrong' } });
      const nobody = await call('POST', '/session', { body: { email: 'nobody@farm.example', password: 'wrong' } });
      expect(wrong.status).toBe(401);
      expect(wrong.json).toEqual(nobody.json);
      expect(wrong.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await call('GET', '/session/ways')).headers.get('x-content-type-options')).toBe('nosniff');
    });

    it('go on by the cookie, which changes each time; two tabs at once are no theft, a copy is', async () => {
      const one = await signIn('ada@farm.example');
      const first = await call('POST', '/session/refresh', { cookie: one.cookie, body: {} });
      const second = await call('POST', '/session/refresh', { cookie: one.cookie });
      expect([first.status, second.status]).toEqual([200, 200]);
      expect(new Set([one.cookie, cookieOf(first.set), cookieOf(second.set)]).size).toBe(3);
      const works = (token: string) => call('GET', '/session', { token });
      expect((await works((first.json as SessionAnswer).accessToken)).status).toBe(200);
      expect((await works((second.json as SessionAnswer).accessToken)).status).toBe(200);
      await sql(`UPDATE session_token SET used_at = used_at - interval '1 minute' WHERE used_at IS NOT NULL`);
      const copied = await call('POST', '/session/refresh', { cookie: one.cookie });
      expect([copied.status, code(copied)]).toEqual([401, 'AUTH_SESSION_EXPIRED']);
      expect(copied.set).toMatch(/waymark_refresh=;/);
      expect(code(await works((second.json as SessionAnswer).accessToken))).toBe('AUTH_SESSION_EXPIRED');
      expect((await call('POST', '/session/refresh', { cookie: cookieOf(second.set) })).status).toBe(401);
      const log = await call('GET', '/audit?action=session.token-reused', { token: ada.session.accessToken });
      expect((log.json as { entries: unknown[] }).entries).toHaveLength(1);
    });

    it('end: by signing out, by time, by hand', async () => {
      const one = await signIn('ada@farm.example');
      expect((await call('DELETE', '/session', { token: one.session.accessToken })).status).toBe(204);
      expect((await call('GET', '/session', { token: one.session.accessToken })).status).toBe(401);
      expect((await call('POST', '/session/refresh', { cookie: one.cookie })).status).toBe(401);

      const two = await signIn('ada@farm.example');
      await sql(`UPDATE session_token SET expires_at = now() WHERE session_id = $1 AND kind = 'access'`, [
        two.session.sessionId,
      ]);
      expect(code(await call('GET', '/session', { token: two.session.accessToken }))).toBe('AUTH_SESSION_EXPIRED');
      expect((await call('POST', '/session/refresh', { cookie: two.cookie })).status).toBe(200);

      const listed = await call('GET', '/session/sessions', { token: ada.session.accessToken });
      const { sessions } = listed.json as { sessions: { id: string; current: boolean }[] };
      expect(sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([ada.session.sessionId]);
      expect(sessions.map(({ id }) => id)).toContain(two.session.sessionId);
      const end = (id: string, by: Signed) =>
        call('DELETE', `/session/sessions/${id}`, { token: by.session.accessToken });
      expect((await end(two.session.sessionId, boss)).status).toBe(404);
      expect((await end(two.session.sessionId, ada)).status).toBe(204);
      expect((await call('POST', '/session/refresh', { cookie: two.cookie })).status).toBe(401);
    });

    it('are neither opened nor ended by another page', async () => {
      const headers = { 'sec-fetch-site': 'cross-site' };
      const body = { email: 'ada@farm.example', password: PASSWORD };
      expect(code(await call('POST', '/session', { body, headers }))).toBe('AUTH_FOREIGN_ORIGIN');
      expect(code(await call('DELETE', '/session', { cookie: ada.cookie, headers }))).toBe('AUTH_FOREIGN_ORIGIN');
      const foreign = await call('POST', '/session/refresh', {
        cookie: ada.cookie,
        headers: { origin: 'http://evil.example' },
      });
      expect(foreign.headers.get('access-control-allow-credentials')).toBeNull();
    });

    it('give way to a new password, only for who knows the old one', async () => {
      const eve = await invited(ada, 'eve@farm.example', ['reader']);
      const other = await signIn('eve@farm.example');
      const change = (body: object) => call('POST', '/session/password', { token: eve.session.accessToken, body });
      expect(code(await change({ current: 'wrong', next: 'seven purple kites in rain' }))).toBe(
        'ACCOUNT_PASSWORD_WRONG',
      );
      expect(code(await change({ current: PASSWORD, next: 'Password1234' }))).toBe('PASSWORD_COMMON');
      expect((await change({ current: PASSWORD, next: 'seven purple kites in rain' })).json).toEqual({ ended: 1 });
      expect((await call('GET', '/session', { token: other.session.accessToken })).status).toBe(401);
      expect((await call('GET', '/session', { token: eve.session.accessToken })).status).toBe(200);
      await signIn('eve@farm.example', 'seven purple kites in rain');
    });
  });

  describe('the second factor', () => {
    it('asks for a code that is taken once, or a recovery code that is taken once', async () => {
      const tom = await invited(ada, 'tom@farm.example', ['quality']);
      const token = tom.session.accessToken;
      // A session that somebody left open is not enough.
      for (const body of [{}, { password: 'x' }]) {
        const refused = await call('POST', '/session/totp', { token, body });
        expect([refused.status, code(refused)]).toEqual([403, 'ACCOUNT_PASSWORD_WRONG']);
        expect(refused.json).toMatchObject({ pointer: '/password' });
      }
      const untouched = await sql(`SELECT totp_secret FROM user_account WHERE email = 'tom@farm.example'`);
      expect(untouched).toEqual([{ totp_secret: null }]);
      const begun = await call('POST', '/session/totp', { token, body: { password: PASSWORD } });
      const { secret, uri } = begun.json as { secret: string; uri: string };
      expect(uri).toMatch(/^otpauth:\/\/totp\/Waymark:tom%40farm\.example\?/);
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      const at = (minutes: number) => totp.generate({ timestamp: Date.now() + minutes * 60_000 });
      expect(code(await call('POST', '/session/totp/confirm', { token, body: { code: at(60) } }))).toBe(
        'ACCOUNT_CODE_WRONG',
      );
      const confirmed = await call('POST', '/session/totp/confirm', { token, body: { code: at(0) } });
      const { recoveryCodes } = confirmed.json as { recoveryCodes: string[] };
      expect(recoveryCodes).toHaveLength(10);
      const kept = await sql(
        `SELECT encode(totp_secret, 'hex') AS secret FROM user_account WHERE email = 'tom@farm.example'`,
      );
      expect(kept[0]?.['secret']).not.toContain(Buffer.from(Secret.fromBase32(secret).bytes).toString('hex'));

      const attempt = (more: object) =>
        call('POST', '/session', { body: { email: 'tom@farm.example', password: PASSWORD, ...more } });
      expect(code(await attempt({}))).toBe('AUTH_TOTP_NEEDED');
      expect(code(await attempt({ totp: at(0) }))).toBe('AUTH_TOTP_WRONG');
      expect(code(await attempt({ totp: '000000' }))).toBe('AUTH_TOTP_WRONG');
      expect((await attempt({ totp: totp.generate({ timestamp: Date.now() + 30_000 }) })).status).toBe(200);
      expect((await attempt({ totp: recoveryCodes[3] })).status).toBe(200);
      expect(code(await attempt({ totp: recoveryCodes[3] }))).toBe('AUTH_TOTP_WRONG');

      expect(
        code(await call('POST', '/session/totp/off', { token, body: { password: 'x', code: recoveryCodes[4] } })),
      ).toBe('ACCOUNT_PASSWORD_WRONG');
      // With the password alone nobody tries all codes.
      const guesses: number[] = [];
      for (let i = 0; i < 10; i++)
        guesses.push(
          (await call('POST', '/session/totp/off', { token, body: { password: PASSWORD, code: '000000' } })).status,
        );
      expect([guesses[0], guesses.at(-1)]).toEqual([403, 429]);
      await sql(`DELETE FROM sign_in_attempt`);
      expect(
        (await call('POST', '/session/totp/off', { token, body: { password: PASSWORD, code: recoveryCodes[4] } }))
          .status,
      ).toBe(204);
      expect((await attempt({})).status).toBe(200);
    });
  });

  describe('limits', () => {
    it('let nobody try passwords for long, right ones included, and leave others alone', async () => {
      await invited(ada, 'target@farm.example', ['reader']);
      const attempt = (password: string) =>
        call('POST', '/session', { body: { email: 'target@farm.example', password } });
      for (let i = 0; i < 8; i++) expect((await attempt(`wrong ${i}`)).status).toBe(401);
      const stopped = await attempt(PASSWORD);
      expect([stopped.status, code(stopped)]).toEqual([429, 'HTTP_TOO_MANY_REQUESTS']);
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(100);
      await signIn('ada@farm.example');
      await sql(`DELETE FROM sign_in_attempt`);
      await signIn('target@farm.example');
    });

    it('let no stranger shut others out of an account or of one-time links', async () => {
      for (let i = 0; i < 60; i++)
        await call('POST', '/session', { body: { email: 'nobody@farm.example', password: 'wrong' } });
      const points = async () =>
        (await sql(`SELECT key, points FROM sign_in_attempt ORDER BY key`)).filter(({ key }) =>
          key?.startsWith('account'),
        );
      expect((await points()).every(({ points: taken }) => Number(taken) <= 8)).toBe(true);
      await sql(`DELETE FROM sign_in_attempt`);
      const look = (token: string) => call('POST', '/invitations/look', { body: { token } });
      for (let i = 0; i < 9; i++) await look('wi_none');
      expect((await look('wi_none')).status).toBe(429);
      const before = await points();
      for (let i = 0; i < 20; i++) await look('wi_none');
      expect(await points()).toEqual(before);
      // The counters are the stranger's own: none is shared with whoever opens a link from another address.
      expect(before.every(({ points: taken }) => Number(taken) <= 8)).toBe(true);
      await sql(`DELETE FROM sign_in_attempt`);
    });
  });

  describe('people of an organisation', () => {
    it('are invited with roles that it may give, and no others', async () => {
      const invite = (by: Signed, email: string, roles: string[]) =>
        call('POST', '/invitations', { token: by.session.accessToken, body: { email, roles } });
      expect(code(await invite(ada, 'x@farm.example', ['regulator']))).toBe('PEOPLE_ROLE_NOT_GRANTABLE');
      expect(code(await invite(boss, 'x@factory.example', ['operator']))).toBe('PEOPLE_ROLE_NOT_GRANTABLE');
      expect(code(await invite(ada, 'ada@farm.example', ['reader']))).toBe('PEOPLE_ALREADY_THERE');
      expect((await invite(ada, 'no address', ['reader'])).status).toBe(400);
      expect((await invite(ada, 'x@farm.example', [])).status).toBe(400);
      const made = await invite(ada, 'later@farm.example', ['operator']);
      const first = made.json as OneTimeLink;
      const second = (await invite(ada, 'later@farm.example', ['reader'])).json as OneTimeLink;
      expect(code(await call('POST', '/invitations/look', { body: { token: tokenOf(first.link) } }))).toBe(
        'PEOPLE_NO_SUCH_LINK',
      );
      const listed = await call('GET', '/invitations', { token: ada.session.accessToken });
      expect(listed.text).toContain(second.invitation.id);
      expect(listed.text).not.toContain(tokenOf(second.link));
      expect(
        (await call('DELETE', `/invitations/${second.invitation.id}`, { token: boss.session.accessToken })).status,
      ).toBe(404);
      expect(
        (await call('DELETE', `/invitations/${second.invitation.id}`, { token: ada.session.accessToken })).status,
      ).toBe(204);
      expect(code(await call('POST', '/invitations/look', { body: { token: tokenOf(second.link) } }))).toBe(
        'PEOPLE_NO_SUCH_LINK',
      );
    });

    it('change roles that hold from the next request on', async () => {
      const mia = await invited(ada, 'mia@farm.example', ['reader']);
      const asMia = () => call('GET', '/api-keys', { token: mia.session.accessToken });
      expect(code(await asMia())).toBe('AUTH_PERMISSION_MISSING');
      const { id, version } = await personOf(ada, 'mia@farm.example');
      const body = { version, roles: ['administrator'], jobTitle: '<img src=x onerror=alert(1)>' };
      const changed = await call('PATCH', `/people/${id}`, { token: ada.session.accessToken, body });
      expect(changed.json).toMatchObject({ roles: ['administrator'], jobTitle: body.jobTitle, version: version + 1 });
      expect((await asMia()).status).toBe(200);
    });

    it('are edited by two administrators at once: the second sees what the first did', async () => {
      const { id, version } = await personOf(ada, 'mia@farm.example');
      const edit = (by: Signed, jobTitle: string, of = version) =>
        call('PATCH', `/people/${id}`, {
          token: by.session.accessToken,
          body: { version: of, roles: ['administrator', 'quality'], jobTitle },
        });
      const second = await invited(ada, 'second@farm.example', ['administrator']);
      expect((await edit(second, 'Head of quality')).status).toBe(200);
      const stale = await edit(ada, 'Harvest lead');
      expect(stale.status).toBe(409);
      expect(stale.json).toMatchObject({
        code: 'EDIT_CONFLICT',
        current: { jobTitle: 'Head of quality', version: version + 1 },
        facts: { changedBy: 'second@farm.example', version: version + 1 },
      });
      expect((await edit(ada, 'Harvest lead', version + 1)).status).toBe(200);
    });

    it('are deactivated: sessions end at once, and nobody signs in', async () => {
      const sam = await invited(ada, 'sam@farm.example', ['capture']);
      const { id, version } = await personOf(ada, 'sam@farm.example');
      const act = (what: string, of: number) =>
        call('POST', `/people/${id}/${what}`, { token: ada.session.accessToken, body: { version: of } });
      expect((await act('deactivate', version)).json).toMatchObject({ active: false });
      expect(code(await call('GET', '/session', { token: sam.session.accessToken }))).toBe('AUTH_SESSION_EXPIRED');
      expect((await call('POST', '/session/refresh', { cookie: sam.cookie })).status).toBe(401);
      const again = await call('POST', '/session', { body: { email: 'sam@farm.example', password: PASSWORD } });
      expect([again.status, code(again)]).toEqual([401, 'AUTH_SIGN_IN_REFUSED']);
      expect((await act('activate', version + 1)).json).toMatchObject({ active: true });
      await signIn('sam@farm.example');
    });

    it('are deactivated in one of two organisations: what their pages do there is never done as the other', async () => {
      const two = await invited(ada, 'two@farm.example', ['capture']);
      const made = await call('POST', '/invitations', {
        token: boss.session.accessToken,
        body: { email: 'two@farm.example', roles: ['capture'] },
      });
      const joined = await call('POST', '/invitations/accept', {
        body: { token: tokenOf((made.json as OneTimeLink).link), password: PASSWORD },
      });
      expect(joined.json).toMatchObject({ organisation: 'factory' });
      const { id, version } = await personOf(ada, 'two@farm.example');
      await call('POST', `/people/${id}/deactivate`, { token: ada.session.accessToken, body: { version } });

      expect(code(await call('GET', '/session', { token: two.session.accessToken }))).toBe('AUTH_SESSION_EXPIRED');
      const asked = await call('POST', '/session/refresh', { cookie: two.cookie, body: { organisation: 'farm' } });
      expect([asked.status, code(asked), asked.set]).toEqual([403, 'AUTH_NOT_A_MEMBER', undefined]);
      const credentials = { email: 'two@farm.example', password: PASSWORD };
      const again = await call('POST', '/session', { body: { ...credentials, organisation: 'farm' } });
      expect([again.status, code(again), again.set]).toEqual([403, 'AUTH_NOT_A_MEMBER', undefined]);
      // Asked for no organisation in particular, they go on where they belong, and the cookie still stands for that.
      const anew = await call('POST', '/session/refresh', { cookie: two.cookie, body: {} });
      expect(anew.json).toMatchObject({ organisation: 'factory' });
      expect((await signIn('two@farm.example')).session.organisation).toBe('factory');
    });

    it('keep one administrator', async () => {
      const { id, version, roles } = await personOf(boss, 'boss@factory.example');
      const token = boss.session.accessToken;
      expect(roles).toEqual(['administrator']);
      const lessened = await call('PATCH', `/people/${id}`, {
        token,
        body: { version, roles: ['reader'], jobTitle: '' },
      });
      expect([lessened.status, code(lessened)]).toEqual([409, 'PEOPLE_LAST_ADMINISTRATOR']);
      expect(code(await call('POST', `/people/${id}/deactivate`, { token, body: { version } }))).toBe('PEOPLE_SELF');
      const co = await invited(boss, 'co@factory.example', ['administrator']);
      const other = await personOf(boss, 'co@factory.example');
      const out = (who: Person, by: Signed) =>
        call('POST', `/people/${who.id}/deactivate`, { token: by.session.accessToken, body: { version: who.version } });
      const both = await Promise.all([out(other, boss), out({ ...other, id, version }, co)]);
      expect(both.map(({ status }) => status).sort((a, b) => a - b)[0]).toBe(200);
      const left = await sql(
        `SELECT count(*) AS n FROM membership WHERE organisation = 'factory' AND 'administrator' = ANY (roles) AND deactivated_at IS NULL`,
      );
      expect(Number(left[0]?.['n'])).toBe(1);
      await sql(`UPDATE membership SET deactivated_at = NULL WHERE organisation = 'factory'`);
      boss = await signIn('boss@factory.example');
    });

    it('get a new password by a link that ends what was before', async () => {
      const sam = await signIn('sam@farm.example');
      const { id } = await personOf(ada, 'sam@farm.example');
      const made = await call('POST', `/people/${id}/reset`, { token: ada.session.accessToken });
      const { link } = made.json as OneTimeLink;
      const reset = await accept(link, 'ignored', 'nine silver boats at dawn');
      expect(reset.session).toMatchObject({ user: { email: 'sam@farm.example', name: 'sam' }, organisation: 'farm' });
      expect((await call('GET', '/session', { token: sam.session.accessToken })).status).toBe(401);
      expect((await call('POST', '/session', { body: { email: 'sam@farm.example', password: PASSWORD } })).status).toBe(
        401,
      );
      expect((await admin('reset', '--email', 'sam@farm.example')).text).toContain('/welcome#token=');
      expect((await admin('reset', '--email', 'nobody@farm.example')).status).toBe(1);
    });

    it('may belong to two organisations, neither of which gets into the account by that', async () => {
      const made = await call('POST', '/invitations', {
        token: boss.session.accessToken,
        body: { email: 'mia@farm.example', roles: ['reader'] },
      });
      const token = tokenOf((made.json as OneTimeLink).link);
      const look = await call('POST', '/invitations/look', { body: { token } });
      expect(look.json).toMatchObject({ account: 'existing' });
      const taken = await call('POST', '/invitations/accept', {
        body: { token, password: 'a password of the inviter' },
      });
      expect([taken.status, code(taken)]).toEqual([401, 'AUTH_SIGN_IN_REFUSED']);
      const joined = await call('POST', '/invitations/accept', { body: { token, password: PASSWORD } });
      const session = joined.json as SessionAnswer;
      expect(session).toMatchObject({ organisation: 'factory', permissions: ['read'] });
      expect(session.organisations.map(({ account }) => account)).toEqual(['factory', 'farm']);
      const there = await personOf(boss, 'mia@farm.example');
      expect(code(await call('POST', `/people/${there.id}/reset`, { token: boss.session.accessToken }))).toBe(
        'PEOPLE_ELSEWHERE_TOO',
      );

      const moved = await call('POST', '/session/organisation', {
        token: session.accessToken,
        body: { organisation: 'farm' },
      });
      expect(moved.json).toMatchObject({ organisation: 'farm' });
      expect((moved.json as SessionAnswer).permissions).toContain('people');
      const still = await call('GET', '/session', { token: session.accessToken });
      expect(still.json).toMatchObject({ organisation: 'factory' });
      const renewed = await call('POST', '/session/refresh', {
        cookie: cookieOf(moved.set),
        body: { organisation: 'factory' },
      });
      expect(renewed.json).toMatchObject({ organisation: 'factory' });
      expect(
        code(
          await call('POST', '/session/organisation', { token: session.accessToken, body: { organisation: 'shop' } }),
        ),
      ).toBe('AUTH_NOT_A_MEMBER');
      expect(
        (
          await call('POST', `/people/${there.id}/deactivate`, {
            token: boss.session.accessToken,
            body: { version: there.version },
          })
        ).status,
      ).toBe(200);
      expect((await call('GET', '/session', { token: session.accessToken })).status).toBe(401);
      expect((await call('GET', '/session', { token: (moved.json as SessionAnswer).accessToken })).status).toBe(200);
    });

    it('are not taken over by a link from the time when one organisation alone relied on them', async () => {
      await sql(`DELETE FROM sign_in_attempt`);
      await invited(ada, 'kim@farm.example', ['reader']);
      const { id } = await personOf(ada, 'kim@farm.example');
      const made = await call('POST', `/people/${id}/reset`, { token: ada.session.accessToken });
      const kept = tokenOf((made.json as OneTimeLink).link);
      const joins = await call('POST', '/invitations', {
        token: boss.session.accessToken,
        body: { email: 'kim@farm.example', roles: ['administrator'] },
      });
      const joined = await call('POST', '/invitations/accept', {
        body: { token: tokenOf((joins.json as OneTimeLink).link), password: PASSWORD },
      });
      expect(joined.json).toMatchObject({ organisation: 'factory' });
      expect((await call('POST', '/invitations/look', { body: { token: kept } })).status).toBe(404);
      const taken = await call('POST', '/invitations/accept', { body: { token: kept, password: 'nine silver boats' } });
      expect([taken.status, code(taken)]).toEqual([404, 'PEOPLE_NO_SUCH_LINK']);
      await signIn('kim@farm.example');
      const byOperator = await admin('reset', '--email', 'kim@farm.example');
      await accept(byOperator.text, 'ignored', 'nine silver boats at dusk');
    });

    it('leave no open link behind when they may no longer invite', async () => {
      const leaver = await invited(ada, 'leaver@farm.example', ['administrator']);
      const invite = async (email: string) => {
        const made = await call('POST', '/invitations', {
          token: leaver.session.accessToken,
          body: { email, roles: ['administrator'] },
        });
        return { token: tokenOf((made.json as OneTimeLink).link) };
      };
      const before = await invite('private@elsewhere.example');
      expect((await call('POST', '/invitations/look', { body: before })).status).toBe(200);
      const { id, version } = await personOf(ada, 'leaver@farm.example');
      const lessen = { version, roles: ['reader'], jobTitle: '' };
      await call('PATCH', `/people/${id}`, { token: ada.session.accessToken, body: lessen });
      expect(code(await call('POST', '/invitations/look', { body: before }))).toBe('PEOPLE_NO_SUCH_LINK');
    });

    it('are listed in pages, searched, and told what each role means', async () => {
      const token = ada.session.accessToken;
      const all: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const page = await call('GET', `/people?perPage=3${next === '' ? '' : `&nextPageToken=${next}`}`, { token });
        const { people, nextPageToken } = page.json as { people: Person[]; nextPageToken: string | null };
        all.push(...people.map(({ email }) => email));
        next = nextPageToken;
      }
      expect(all).toEqual([...all].sort());
      expect(new Set(all).size).toBe(all.length);
      expect(all.every((email) => email.endsWith('@farm.example'))).toBe(true);
      const odd = Buffer.from(JSON.stringify(['a', 'no id'])).toString('base64url');
      expect((await call('GET', `/people?nextPageToken=${odd}`, { token })).status).toBe(200);
      const meanings = await call('GET', '/people/roles', { token });
      expect(meanings.json).toMatchObject({
        roles: expect.arrayContaining([
          { role: 'regulator', permissions: ['read', 'audit', 'regulate'], grantable: false },
          { role: 'operator', permissions: ['read', 'operate'], grantable: true },
        ]),
        scopes: ['capture', 'read', 'visibility', 'admin', 'operate'],
      });
    });
  });

  describe('keys of machines', () => {
    it('are issued with scopes, shown once, used, and revoked at once', async () => {
      const token = ada.session.accessToken;
      const issue = (label: string, scopes: string[], by = token) =>
        call('POST', '/api-keys', { token: by, body: { label, scopes } });
      expect(code(await issue('x', ['regulate']))).toBe('KEYS_SCOPE_NOT_GRANTABLE');
      expect(code(await issue('x', ['operate'], boss.session.accessToken))).toBe('KEYS_SCOPE_NOT_GRANTABLE');
      const made = await issue('=HYPERLINK("http://evil.example")', ['read']);
      expect(made.status).toBe(201);
      const { key, apiKey } = made.json as { key: string; apiKey: { id: string } };
      const list = async (by = token) => (await call('GET', '/api-keys', { token: by })).text;
      expect(await list()).not.toContain(key);
      expect((await call('GET', '/epcis/capture', { token: key })).status).toBe(200);
      expect(code(await call('POST', '/epcis/capture', { token: key, body: {} }))).toBe('AUTH_PERMISSION_MISSING');
      expect(code(await call('GET', '/session', { token: key }))).toBe('AUTH_PERSONS_ONLY');
      const listed = JSON.parse(await list()) as {
        keys: { id: string; lastUsedAt: string | null; createdBy: string }[];
      };
      const own = listed.keys.find(({ id }) => id === apiKey.id);
      expect(own).toMatchObject({ createdBy: 'ada@farm.example' });
      expect(Date.parse(own?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
      expect((await call('DELETE', `/api-keys/${apiKey.id}`, { token: boss.session.accessToken })).status).toBe(404);
      expect((await call('GET', '/epcis/capture', { token: key })).status).toBe(200);
      expect((await call('DELETE', `/api-keys/${apiKey.id}`, { token })).status).toBe(204);
      expect(code(await call('GET', '/epcis/capture', { token: key }))).toBe('AUTH_KEY_UNKNOWN');
      expect((await call('DELETE', `/api-keys/${apiKey.id}`, { token })).status).toBe(404);
    });

    it('give nobody more than they have themselves', async () => {
      const machine = await house.newKey('farm', ['admin']);
      const by = { token: machine.key };
      for (const scope of ['operate', 'capture'])
        expect(code(await call('POST', '/api-keys', { ...by, body: { label: 'x', scopes: [scope] } }))).toBe(
          'KEYS_SCOPE_NOT_GRANTABLE',
        );
      expect((await call('POST', '/api-keys', { ...by, body: { label: 'x', scopes: ['admin'] } })).status).toBe(201);
      const { id, version } = await personOf(ada, 'mia@farm.example');
      expect(code(await call('POST', `/people/${id}/reset`, by))).toBe('AUTH_PERSONS_ONLY');
      const roles = ['administrator', 'operator'];
      expect(code(await call('PATCH', `/people/${id}`, { ...by, body: { version, roles, jobTitle: '' } }))).toBe(
        'PEOPLE_ROLE_BY_PERSONS_ONLY',
      );
      const invite = (role: string[], using = by) =>
        call('POST', '/invitations', { ...using, body: { email: 'm@farm.example', roles: role } });
      for (const refused of [roles, ['administrator', 'quality'], ['capture'], ['reader']])
        expect([refused, code(await invite(refused))]).toEqual([refused, 'PEOPLE_ROLE_BY_PERSONS_ONLY']);

      // What a key may give ends with the key.
      const reading = await house.newKey('farm', ['admin', 'read']);
      const made = await invite(['reader'], { token: reading.key });
      expect(made.status).toBe(201);
      const link = { token: tokenOf((made.json as OneTimeLink).link) };
      expect((await call('POST', '/invitations/look', { body: link })).status).toBe(200);
      await sql(`UPDATE api_key SET revoked_at = now() WHERE 'API key ' || id::text =
        (SELECT created_by FROM invitation WHERE email = 'm@farm.example')`);
      expect(code(await call('POST', '/invitations/look', { body: link }))).toBe('PEOPLE_NO_SUCH_LINK');
      const late = await call('POST', '/invitations/accept', { body: { ...link, name: 'M', password: PASSWORD } });
      expect(code(late)).toBe('PEOPLE_NO_SUCH_LINK');
    });
  });

  describe('the audit log', () => {
    it('says who did what, is searched, and never changes', async () => {
      const find = async (query: string, by = ada) =>
        (await call('GET', `/audit?${query}`, { token: by.session.accessToken })).json as {
          entries: { id: string; action: string; target: string; at: string; actor: { label: string } }[];
          nextPageToken: string | null;
        };
      const changed = await find('action=people.user.changed&target=mia');
      expect(changed.entries.map(({ actor }) => actor.label)).toEqual(
        expect.arrayContaining(['ada@farm.example', 'second@farm.example']),
      );
      expect((await find('actor=second@')).entries.every(({ actor }) => actor.label === 'second@farm.example')).toBe(
        true,
      );
      const refusals = await find('action=session.refused&target=target@farm.example');
      expect(refusals.entries).toHaveLength(8);
      const pages: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const page = await find(`perPage=7${next === '' ? '' : `&nextPageToken=${next}`}`);
        pages.push(...page.entries.map(({ id }) => id));
        next = page.nextPageToken;
      }
      expect(pages.length).toBeGreaterThan(20);
      expect(pages.map(Number)).toEqual([...pages.map(Number)].sort((a, b) => b - a));
      for (const query of ['actor=%00', 'from=0000-01-01T00:00:00Z'])
        expect((await call('GET', `/audit?${query}`, { token: ada.session.accessToken })).status).toBe(400);
      const middle = (await find('perPage=1')).entries[0]?.at ?? '';
      expect((await find(`from=${encodeURIComponent(middle)}`)).entries.length).toBeLessThan(pages.length);
      expect((await find('perPage=200', boss)).entries.some(({ target }) => target.includes('ada@'))).toBe(false);
      await expect(sql(`UPDATE audit_entry SET action = 'nothing'`)).rejects.toThrow(/neither changed nor deleted/);
      await expect(sql(`DELETE FROM audit_entry`)).rejects.toThrow(/neither changed nor deleted/);
      await expect(sql(`TRUNCATE audit_entry`)).rejects.toThrow(/neither changed nor deleted/);
    });

    it('holds a capture that somebody sent exactly when the capture is kept', async () => {
      const document = epcisDocument(observation(['urn:example:audited']));
      const send = (name: string) =>
        call('POST', '/epcis/capture', {
          token: ada.session.accessToken,
          headers: { 'content-type': 'application/json', 'idempotency-key': name, 'waymark-label': name },
          body: document,
        });
      const kept = async (name: string) =>
        (await sql(
          `SELECT (SELECT count(*)::int FROM capture_job WHERE idempotency_key = $1) AS jobs,
             (SELECT count(*)::int FROM audit_entry WHERE action = 'capture.sent' AND target IN
               (SELECT id::text FROM capture_job WHERE idempotency_key = $1)) AS acts`,
          [name],
        )) as unknown;
      expect((await send('audited-1')).status).toBe(202);
      expect((await send('audited-1')).status).toBe(202);
      expect(await kept('audited-1')).toEqual([{ jobs: 1, acts: 1 }]);
      await sql(`ALTER TABLE audit_entry ADD CONSTRAINT full_disk CHECK (action <> 'capture.sent') NOT VALID`);
      try {
        expect((await send('audited-2')).status).toBe(500);
      } finally {
        await sql(`ALTER TABLE audit_entry DROP CONSTRAINT full_disk`);
      }
      expect(await kept('audited-2')).toEqual([{ jobs: 0, acts: 0 }]);
      expect((await send('audited-2')).status).toBe(202);
      expect(await kept('audited-2')).toEqual([{ jobs: 1, acts: 1 }]);
    });

    it('is taken away as CSV in which nothing is a formula, and holds no secret', async () => {
      const { text, headers } = await call('GET', '/audit/export', { token: ada.session.accessToken });
      expect(headers.get('content-type')).toMatch(/^text\/csv/);
      expect(headers.get('content-disposition')).toContain('audit-log.csv');
      expect(text).toMatch(/^\uFEFF?time,actor,/);
      expect(text).toContain(`'=HYPERLINK`);
      expect(text).not.toMatch(/(^|,|\r\n)"?=/);
      const all = await sql(`SELECT string_agg(t::text, ' ') AS all FROM audit_entry t`);
      for (const secret of [PASSWORD, 'wi_', 'wm_', 'ws_', 'wr_']) expect(all[0]?.['all']).not.toContain(secret);
    });
  });
});
