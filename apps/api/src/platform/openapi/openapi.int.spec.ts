import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { runAdmin } from '../../admin.js';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  responses: Record<string, unknown>;
}

describe('the description of the API', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open({ worker: false });
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  it('names every route with a sentence, a permission and its answers', async () => {
    const document = (await (await house.fetch('/docs-json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
      components: { securitySchemes: object; schemas: Record<string, unknown> };
    };
    expect(document.openapi).toMatch(/^3\./);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['apiKey', 'session']);
    expect(document.components.schemas).toHaveProperty('Problem');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/epcis/capture', '/epcis/events', '/trace', '/evidence', '/story', '/chain/status']),
    );
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(methods)) {
        const told = `${method} ${path} ${operation.summary ?? ''}`;
        expect(told).toMatch(/ .+ .+/);
        expect([told, operation.security?.length ?? 0]).not.toEqual([told, 0]);
        expect([told, Object.keys(operation.responses).length]).not.toEqual([told, 0]);
      }
  });

  it('is served as a page that loads nothing from elsewhere', async () => {
    const page = await house.fetch('/docs');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).not.toMatch(/https?:\/\//);
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js'])
      expect((await house.fetch(`/docs/${file}`)).status).toBe(200);
  });

  it('comes with keys that the operator makes and revokes, shown once', async () => {
    const environment = {
      DATABASE_URL: house.config.databaseUrl,
      WAYMARK_NODES: house.config.nodes.join(','),
      WAYMARK_TRUST_FILE: house.config.trustFile,
      WAYMARK_GENESIS_FILE: house.config.genesisFile,
    };
    const run = async (...args: string[]) => {
      let text = '';
      const status = await runAdmin(args, environment, (more) => (text += more));
      return { status, text };
    };
    const made = JSON.parse((await run('create-key', '--organisation', 'farm', '--scopes', 'read', '--json')).text) as {
      id: string;
      key: string;
    };
    const ask = () => house.fetch('/epcis/capture', { headers: { authorization: `Bearer ${made.key}` } });
    expect((await ask()).status).toBe(200);
    expect((await run('list-keys')).text).not.toContain(made.key);
    expect((await run('revoke-key', '--id', made.id)).status).toBe(0);
    expect((await ask()).status).toBe(401);
    expect((await run('create-key', '--organisation', 'nobody')).status).toBe(1);
    expect((await run('create-key', '--organisation', 'farm', '--scopes', 'everything')).status).toBe(1);
    const kept = await house.withDatabase((database) =>
      database.query<{ all: string }[]>(`SELECT string_agg(t::text, ' ') AS all FROM api_key t`),
    );
    expect(kept[0]?.all).not.toContain(made.key);
  });
});
