import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import type { Joining } from './dto/joining.js';

describe('what a company is told that joins with a node of its own', () => {
  let house: ApiHouse;
  beforeAll(async () => {
    house = await ApiHouse.open();
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  it('is the chain, its fingerprint, its height, and whether its own node is there', async () => {
    const response = await house.fetch('/joining', { as: 'farm' });
    expect(response.status).toBe(200);
    const told = (await response.json()) as Joining;
    expect(told).toMatchObject({ account: 'farm', fullNodes: [] });
    expect(told.height).toBeGreaterThanOrEqual(0);
    expect(told.trustFingerprint).toMatch(/^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
    const genesis = await house.fetch('/joining/genesis', { as: 'farm' });
    expect(genesis.headers.get('content-disposition')).toBe('attachment; filename="genesis.json"');
    const bytes = Buffer.from(await genesis.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(told.genesisHash);
    const trust = (await (await house.fetch('/joining/trust', { as: 'farm' })).json()) as { genesisHash: string };
    expect(trust.genesisHash).toBe(told.genesisHash);
  });

  it('is told to members only', async () => {
    for (const path of ['/joining', '/joining/genesis', '/joining/trust'])
      expect((await house.fetch(path)).status).toBe(401);
  });
});
