import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { PERMISSION, type RouteRule } from '../../platform/auth/permission.js';
import { PERMISSIONS } from '../../platform/auth/permissions.js';
import { Sessions } from '../../platform/auth/sessions.js';
import { unitOfWork } from '../../platform/database/database.js';

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly rule: RouteRule | undefined;
}

/** Every route of the running application, read from its controllers. */
function routesOf(app: INestApplicationContext): Route[] {
  const routes: Route[] = [];
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as object;
      const of = (target: object, key: string) => Reflect.getMetadata(key, target) as unknown;
      const bases = [of(metatype, PATH_METADATA)].flat() as string[];
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler =
          name === 'constructor' ? undefined : (Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown);
        if (typeof handler !== 'function') continue;
        const method = of(handler, METHOD_METADATA);
        if (typeof method !== 'number') continue;
        for (const base of bases)
          for (const path of [of(handler as object, PATH_METADATA)].flat() as string[])
            routes.push({
              name: `${metatype.name}.${name}`,
              method: RequestMethod[method] ?? '',
              path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
              rule: (of(handler, PERMISSION) ?? of(metatype, PERMISSION)) as RouteRule | undefined,
            });
      }
    }
  return routes;
}

const isList = (rule: RouteRule | undefined): rule is Exclude<RouteRule, string> => Array.isArray(rule);

/** What anybody may call. A route that is added here says so before everybody's eyes. */
const OPEN = new Set([
  'GET /.well-known/gs1resolver',
  'GET /chain/trust',
  'GET /evidence/record',
  'GET /trace/graph',
  'DELETE /session',
  'GET /00/*',
  'GET /01/*',
  'GET /414/*',
  'GET /417/*',
  'GET /8006/*',
  'GET /chain/genesis',
  'GET /chain/status',
  'GET /epcis/events',
  'GET /epcis/events/:eventID',
  'GET /evidence',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /session/oidc/callback',
  'GET /session/oidc/waiting',
  'GET /session/ways',
  'GET /story',
  'GET /trace',
  'OPTIONS /epcis/capture',
  'POST /invitations/accept',
  'POST /invitations/look',
  'POST /session',
  'POST /session/oidc/confirm',
  'POST /session/oidc/start',
  'POST /session/refresh',
]);

describe('every route of the API', () => {
  let house: ApiHouse;
  let routes: Route[];
  beforeAll(async () => {
    house = await ApiHouse.open({ worker: false });
    if (house.api === undefined) throw new Error('the API is not running');
    routes = routesOf(house.api.app);
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  it('says who may use it', () => {
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.filter(({ rule }) => rule === undefined)).toEqual([]);
    for (const { name, rule } of routes)
      if (isList(rule))
        expect([name, rule.length > 0 && rule.every((one) => PERMISSIONS.includes(one))]).toEqual([name, true]);
  });

  it('is open only where it is meant to be', () => {
    const open = routes.filter(({ rule }) => rule === 'open').map(({ method, path }) => `${method} ${path}`);
    expect(open.filter((route) => !OPEN.has(route))).toEqual([]);
  });

  it('answers nobody in particular with 401 where it is not open', async () => {
    for (const { method, path, rule } of routes) {
      if (rule === 'open') continue;
      const address = path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'x');
      const response = await house.fetch(address, { method });
      expect([`${method} ${path}`, response.status]).toEqual([`${method} ${path}`, 401]);
    }
  });

  it('is closed to somebody without any of its permissions', async () => {
    const key = (await house.newKey('stranger', [])).key;
    for (const { method, path, rule } of routes) {
      if (!isList(rule)) continue;
      const address = path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'x');
      const response = await house.fetch(address, { method, headers: { authorization: `Bearer ${key}` } });
      expect([`${method} ${path}`, response.status]).toEqual([`${method} ${path}`, 403]);
    }
  });

  it("answers another company's ids like missing ones, on every route about people, links, keys and sessions", async () => {
    const ids = await house.withDatabase(async (database) => {
      const user = (email: string) =>
        database.query<{ id: string }[]>(
          `INSERT INTO user_account (id, email, name, created_at) VALUES (gen_random_uuid(), $1, $1, now()) RETURNING id`,
          [email],
        );
      const member = async (email: string, organisation: string) => {
        const [{ id } = { id: '' }] = await user(email);
        const [membership] = await database.query<{ id: string }[]>(
          `INSERT INTO membership (id, user_id, organisation, roles, created_at, changed_at, changed_by)
           VALUES (gen_random_uuid(), $1, $2, '{administrator}', now(), now(), 'test') RETURNING id`,
          [id, organisation],
        );
        const tokens = await unitOfWork(database, (manager) =>
          new Sessions(database).open(manager, { userId: id, organisation, address: '', userAgent: '' }),
        );
        return { membership: membership?.id ?? '', session: tokens.sessionId, token: tokens.accessToken };
      };
      const farm = await member('a@farm.example', 'farm');
      const factory = await member('b@factory.example', 'factory');
      const [link] = await database.query<{ id: string }[]>(
        `INSERT INTO invitation (id, kind, organisation, email, roles, token_hash, created_at, created_by, expires_at)
         VALUES (gen_random_uuid(), 'invite', 'farm', 'c@farm.example', '{reader}', 'x', now(), 'test', now() + interval '1 day') RETURNING id`,
      );
      return { farm, factory, link: link?.id ?? '' };
    });
    const key = await house.newKey('farm', ['read']);
    const foreign: Record<string, string> = {
      people: ids.farm.membership,
      invitations: ids.link,
      'api-keys': key.id,
      session: ids.farm.session,
    };
    const body = JSON.stringify({ version: 1, roles: ['reader'], jobTitle: '' });
    const bodies: Record<string, string> = { deactivate: '{"version":1}', activate: '{"version":1}' };
    const about = routes.filter(({ path }) => /^\/(people|invitations|api-keys|session)\/.*:id/.test(path));
    expect(about.length).toBeGreaterThanOrEqual(7);
    for (const { method, path } of about) {
      const room = path.split('/')[1] ?? '';
      const ask = async (id: string) => {
        const response = await house.fetch(path.replace(':id', id), {
          method,
          headers: { authorization: `Bearer ${ids.factory.token}` },
          ...(['PATCH', 'POST'].includes(method) && { body: bodies[path.split('/').at(-1) ?? ''] ?? body }),
        });
        const { instance: _path, ...answer } = (await response.json()) as Record<string, unknown>;
        return { status: response.status, answer };
      };
      const theirs = await ask(foreign[room] ?? '');
      expect([path, theirs.status]).toEqual([path, 404]);
      expect(theirs).toEqual(await ask('11111111-1111-4111-8111-111111111111'));
      expect(theirs).toEqual(await ask('no-id-at-all'));
    }
    const own = await house.fetch(`/people/${ids.farm.membership}`, {
      headers: { authorization: `Bearer ${ids.farm.token}` },
    });
    expect(await own.json()).toMatchObject({ roles: ['administrator'], version: 1, active: true });
  });
});
