import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { startRpcServer, type RpcServer } from './rpc-server.js';

let server: RpcServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const token = 'a-token-of-at-least-thirty-two-characters';
const start = async (wanted: string | null): Promise<string> => {
  server = await startRpcServer({
    listen: { host: '127.0.0.1', port: 0 },
    token: wanted,
    methods: new Map([['status', () => Promise.resolve({ ok: true })]]),
    unhealthy: () => null,
    metrics: () => Promise.resolve({ contentType: 'text/plain', body: 'waymark 1' }),
    log: pino({ level: 'silent' }),
  });
  return `http://127.0.0.1:${server.port}`;
};
const ask = (url: string, authorization?: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'status' }),
  });

describe('the RPC behind a token', () => {
  it('answers whoever shows it, and nobody else; figures are behind it, health is not', async () => {
    const url = await start(token);
    expect((await ask(url)).status).toBe(401);
    for (const wrong of ['', `Bearer ${token}x`, `Basic ${token}`, token])
      expect((await ask(url, wrong)).status).toBe(401);
    expect(await (await ask(url, `Bearer ${token}`)).json()).toMatchObject({ result: { ok: true } });
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('answers everybody where none is set', async () => {
    expect((await ask(await start(null))).status).toBe(200);
  });
});
