import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestCluster, eventually } from '../support/cluster.js';

interface Problem {
  status: number;
  code: string;
  pointer?: string;
  howToFix?: string;
  errors?: { pointer?: string }[];
}

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const place = 'urn:epc:id:sgln:952999999.000.0';
const observe = (changes: object = {}) => ({
  type: 'ObjectEvent',
  eventTime: '2026-01-02T03:04:05.000Z',
  eventTimeZoneOffset: '+00:00',
  epcList: ['urn:example:thing:1'],
  action: 'OBSERVE',
  bizStep: 'inspecting',
  bizLocation: { id: place },
  ...changes,
});
const document = (...events: object[]) => ({
  '@context': context,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-02T03:04:05.000Z',
  epcisBody: { eventList: events },
});

describe('bad input is refused with a code, a place and what to do, and nothing is stored', () => {
  let cluster: TestCluster;
  let key: string;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    key = await cluster.key('processor');
  }, 180_000);
  afterAll(async () => cluster?.close(), 60_000);

  const post = async (body: string, headers: Record<string, string> = {}) =>
    fetch(new URL('/epcis/capture', cluster.deployment.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body,
    });
  const problemOf = async (response: Response) => {
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as Problem;
    expect(problem.status).toBe(response.status);
    expect(problem.code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)+$/);
    expect(problem.howToFix).toEqual(expect.any(String));
    return problem;
  };
  const jobErrors = async (...events: object[]) => {
    const client = await cluster.client('processor');
    const job = await client.finished(await client.send(document(...events), 'public'));
    expect(job.success).toBe(false);
    return job.errors as unknown as { code: string; pointer: string }[];
  };

  it('malformed JSON', async () => {
    expect((await problemOf(await post('{"type": "EPCISDocument",'))).status).toBe(400);
  });

  it('a wrong schema', async () => {
    const response = await post(JSON.stringify({ '@context': context, type: 'EPCISDocument', schemaVersion: '2.0' }));
    expect((await problemOf(response)).status).toBe(400);
  });

  it('a document over the stated limits', async () => {
    const padding = 'x'.repeat(3 * 1024 * 1024);
    expect((await problemOf(await post(JSON.stringify(document(observe({ 'ex:padding': padding })))))).status).toBe(
      413,
    );
  });

  it('a wrong and a revoked key', async () => {
    expect((await problemOf(await post('{}', { authorization: 'Bearer wm_wrong' }))).status).toBe(401);
    const revoked = await cluster.deployment.createApiKey('importer', ['capture']);
    await cluster.deployment.revokeApiKey(revoked.id);
    expect(
      (await problemOf(await post(JSON.stringify(document(observe())), { authorization: `Bearer ${revoked.key}` })))
        .status,
    ).toBe(401);
  });

  it('an event in the future, named in the job with its place', async () => {
    const [error] = await jobErrors(observe(), observe({ eventTime: new Date(Date.now() + 3_600_000).toISOString() }));
    expect(error).toMatchObject({ pointer: expect.stringContaining('/eventList/1') as unknown });
  });

  it('a wrong check digit', async () => {
    const errors = await jobErrors(observe({ epcList: ['https://id.gs1.org/01/09521234543210/21/1'] }));
    expect(errors[0]?.pointer).toContain('/epcList/0');
  });

  it('commissioning a unit under the prefix of another company', async () => {
    const foreign = cluster.sample.companies.find(({ account }) => account === 'importer')!.companyPrefixes[0]!;
    const item = '0'.repeat(12 - foreign.length) + '1';
    const errors = await jobErrors(
      observe({ action: 'ADD', bizStep: 'commissioning', epcList: [`urn:epc:id:sgtin:${foreign}.${item}.77`] }),
    );
    expect(errors[0]).toMatchObject({ code: 'PROVENANCE_PREFIX_NOT_YOURS' });
    expect(await (await cluster.get('/epcis/events?perPage=100')).text()).not.toContain(`${foreign}.${item}.77`);
  });

  it('a replayed transaction and a forged signature, at every node', async () => {
    const client = await cluster.client('processor');
    const job = (await client.finished(await client.send(document(observe({ bizStep: 'storing' })), 'public'))) as {
      txId?: unknown;
    };
    const block = await cluster.rpc<{ blocks: { transactions: string[] }[] }>(0, 'blocks', { from: 1, limit: 100 });
    const bytes = block.blocks.flatMap(({ transactions }) => transactions);
    expect(bytes.length).toBeGreaterThan(0);
    const replayed = await cluster.rpc<{ result: string }>(1, 'submitTransaction', { transaction: bytes.at(-1) });
    expect(replayed.result).toBe('final');
    const forged = Buffer.from(bytes.at(-1)!, 'base64');
    const signature = forged.indexOf(Buffer.from([0x12, 0x40])) + 2; // the signature field of the first Signature
    forged[signature + 5] = forged[signature + 5]! ^ 1;
    await expect(cluster.rpc(1, 'submitTransaction', { transaction: forged.toString('base64') })).rejects.toThrow(
      /TX_/,
    );
    const { height } = await cluster.rpc<{ height: number }>(0, 'transaction', { txId: String(job.txId) });
    expect(height).toBeGreaterThan(0);
  });

  it("another company's item that is not visible answers like one that does not exist", async () => {
    const client = await cluster.client('processor');
    const thing = 'urn:example:thing:hidden';
    const job = await client.finished(
      await client.send(document(observe({ epcList: [thing], bizStep: 'packing' })), 'own'),
    );
    expect(job.success).toBe(true);
    const importer = { authorization: `Bearer ${await cluster.key('importer')}` };
    const ask = (headers: Record<string, string>) => cluster.get(`/trace?id=${encodeURIComponent(thing)}`, headers);
    await eventually('the owner sees it', async () => (await ask({ authorization: `Bearer ${key}` })).status === 200);
    const [hidden, absent] = await Promise.all([
      ask(importer),
      cluster.get('/trace?id=urn:example:thing:absent', importer),
    ]);
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(((await hidden.json()) as Problem).code).toBe(((await absent.json()) as Problem).code);
  });
});
