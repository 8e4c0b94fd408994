import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStoryClient } from './story-client.js';

let api: Server;
let apiUrl: string;
let answer: { status: number; body: string } | 'silence';
let askedFor: string | undefined;

beforeAll(async () => {
  api = createServer((request, response) => {
    askedFor = request.url;
    if (answer === 'silence') return;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
});

const ask = (given: typeof answer, timeoutMs = 2_000) => {
  answer = given;
  return createStoryClient(apiUrl, timeoutMs).story('https://id.gs1.org/01/09521005001010/21/C 1');
};
const record = { txId: 'aa', bodyIndex: 1, height: 1, kind: 'epcis.event', sender: 'processor', content: '' };

it('asks for the canonical id, encoded', async () => {
  const story = { subject: 's', records: [record], organisations: {}, truncated: false };
  expect(await ask({ status: 200, body: JSON.stringify(story) })).toEqual({ kind: 'found', story });
  expect(askedFor).toBe('/story?id=https%3A%2F%2Fid.gs1.org%2F01%2F09521005001010%2F21%2FC%201');
});

it('tells what is unknown from what is no identifier', async () => {
  expect(await ask({ status: 404, body: '{}' })).toEqual({ kind: 'notFound' });
  expect(await ask({ status: 400, body: '{}' })).toEqual({ kind: 'badIdentifier' });
});

it('calls everything else unavailable, and says why', async () => {
  expect(await ask({ status: 500, body: '{}' })).toEqual({ kind: 'unavailable', cause: 'the API answered 500' });
  expect(await ask({ status: 200, body: '<html>' })).toMatchObject({ kind: 'unavailable' });
  expect(await ask({ status: 200, body: '{"subject":"s","records":[{}]}' })).toMatchObject({
    kind: 'unavailable',
    cause: 'the API sent a record without its parts',
  });
  expect(await ask('silence', 100)).toMatchObject({ kind: 'unavailable' });
  expect(await createStoryClient('http://127.0.0.1:1/', 500).story('x')).toMatchObject({ kind: 'unavailable' });
});
