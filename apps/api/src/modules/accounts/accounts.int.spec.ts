import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signMessage } from '@waymark/accel/portable';
import { proofOfPossessionBytes } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { ApiHouse } from '../../../../../test/support/api-house.js';
import { commissioning, epcisDocument, unit } from '../../../../../test/support/epcis-documents.js';
import { keyOf } from '../../../../../test/support/small-chain.js';
import { sealKey } from '../../platform/sealed-keys/sealed-key.js';
import type { LedgerAccountAnswer, LedgerTicket, MotionAnswer, MotionList } from './dto/account-schemas.js';

const hexOf = (name: string): string => toHex(keyOf(`organisation/${name}`).publicKey);
const [FARM, SHOP] = ['9521001', '9521003'];

describe('accounts and motions', () => {
  let house: ApiHouse;
  const admins = new Map<string, string>();
  beforeAll(async () => {
    house = await ApiHouse.open();
    for (const account of ['farm', 'factory', 'shop', 'stranger'])
      admins.set(account, (await house.newKey(account, ['read', 'capture', 'admin'])).key);
  }, 120_000);
  afterAll(async () => house?.close(), 60_000);

  const ask = async <T>(as: string, target: string, body?: unknown) => {
    const response = await house.fetch(target, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${admins.get(as)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T & { code?: string } };
  };
  /** Sends a command and waits for its job; gives the codes of what was refused, `ok` for nothing. */
  const done = async (as: string, target: string, body: unknown): Promise<string> => {
    const taken = await ask<LedgerTicket>(as, target, body);
    if (taken.status !== 202) return taken.body.code ?? String(taken.status);
    const job = await house.finished(as, `/epcis/capture/${taken.body.job}`);
    return job.success ? 'ok' : job.errors.map(({ code }) => code).join(' ');
  };
  const account = async (name: string) => (await ask<LedgerAccountAnswer>('stranger', `/accounts/${name}`)).body;
  const motions = async (as: string, state: 'open' | 'closed' = 'open') =>
    (await ask<MotionList>(as, `/motions?state=${state}`)).body.motions;
  const newest = async (as: string, title: string): Promise<MotionAnswer> => {
    for (const until = Date.now() + 10_000; ;) {
      const found = [...(await motions(as)), ...(await motions(as, 'closed'))].find((motion) => motion.title === title);
      if (found !== undefined) return found;
      if (Date.now() > until) throw new Error(`no motion "${title}"`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const seen = async (id: string, state: MotionAnswer['state']): Promise<MotionAnswer> => {
    for (const until = Date.now() + 10_000; ;) {
      const { body } = await ask<MotionAnswer>('farm', `/motions/${id}`);
      if (body.state === state) return body;
      if (Date.now() > until) throw new Error(`the motion is ${body.state}, not ${state}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const key = (name: string, weight = 1) => ({ key: hexOf(name), weight });

  it('shows an account as the ledger keeps it, and nobody that is not there', async () => {
    expect(await account('farm')).toMatchObject({
      account: 'farm',
      class: 'producer',
      closedAtHeight: null,
      companyPrefixes: [FARM],
      permissions: [
        { name: 'active', threshold: 1, parent: 'owner', keys: [key('farm')] },
        { name: 'owner', threshold: 1, parent: '', keys: [key('farm')] },
      ],
    });
    expect(await ask('farm', '/accounts/nobody')).toMatchObject({ status: 404, body: { code: 'ACCOUNT_UNKNOWN' } });
  });

  it('takes an account under two hands: what then wants both is refused before it is signed', async () => {
    const both = {
      threshold: 2,
      keys: [key('farm')],
      accounts: [{ account: 'factory', permission: 'active', weight: 1 }],
    };
    const permissions = {
      owner: { ...both, parent: '' },
      active: { ...both, parent: 'owner' },
      desk: { threshold: 1, keys: [key('farm')], accounts: [], parent: 'active' },
    };
    const said = await done('farm', '/motions', {
      on: { account: 'farm', permission: 'owner' },
      title: 'Two hands',
      bodies: [{ kind: 'account.update', content: { permissions } }],
    });
    expect(said).toBe('ok');
    // One key reaches the threshold of owner: proposing was enough.
    expect(await newest('farm', 'Two hands')).toMatchObject({ state: 'executed', approvals: [{ account: 'farm' }] });
    expect((await account('farm')).permissions.find(({ name }) => name === 'active')).toMatchObject({ threshold: 2 });
    const job = await house.captured('farm', epcisDocument(commissioning([unit(FARM, 'TOO-EARLY')])));
    expect([job.success, job.errors.map(({ code }) => code)]).toEqual([false, ['TX_THRESHOLD_MISSED']]);
  });

  it('lets signers sign one after the other, and executes with the last of them', async () => {
    const link = { kind: 'account.link', content: { kind: 'epcis.*', permission: 'desk' } };
    const said = { on: { account: 'farm', permission: 'active' }, title: 'The desk captures', bodies: [link] };
    expect(await done('farm', '/motions', said)).toBe('ok');
    const { motion, digest, state } = await newest('farm', 'The desk captures');
    expect(state).toBe('open');
    const views = await Promise.all(['farm', 'factory', 'stranger'].map((as) => motions(as)));
    expect(
      views.map((list) => list.filter((one) => one.motion === motion).map(({ mine, approved }) => [mine, approved])),
    ).toEqual([[[true, true]], [[true, false]], [[false, false]]]);
    const [shown] = (views[1] ?? []).filter((one) => one.motion === motion);
    expect(shown?.bodies).toEqual([link]);
    expect(await done('stranger', `/motions/${motion}/approve`, { digest })).toBe('MOTION_NOT_YOURS');
    expect(await done('factory', `/motions/${motion}/approve`, { digest: '00'.repeat(32) })).toBe('MOTION_CHANGED');
    expect(await done('farm', `/motions/${motion}/approve`, { digest })).toBe('MOTION_APPROVED_ALREADY');
    expect(await done('factory', `/motions/${motion}/approve`, { digest })).toBe('ok');
    expect((await seen(motion, 'executed')).approvals.map((approval) => approval.account)).toEqual(['farm', 'factory']);
    expect((await account('farm')).links).toEqual([{ kind: 'epcis.*', permission: 'desk' }]);
    const job = await house.captured('farm', epcisDocument(commissioning([unit(FARM, 'BY-THE-DESK')])));
    expect([job.success, job.errors]).toEqual([true, []]);
    expect(await done('factory', `/motions/${motion}/approve`, { digest })).toBe('MOTION_CLOSED');
  });

  it('takes a motion back, and only for the one who proposed it', async () => {
    const said = {
      on: { account: 'farm', permission: 'active' },
      title: 'Never mind',
      bodies: [{ kind: 'account.link', content: { kind: 'epcis.event', permission: 'active' } }],
    };
    expect(await done('farm', '/motions', said)).toBe('ok');
    const { motion } = await newest('farm', 'Never mind');
    expect(await done('factory', `/motions/${motion}/withdraw`, {})).toBe('MOTION_NOT_YOURS');
    expect(await done('farm', `/motions/${motion}/withdraw`, {})).toBe('ok');
    expect((await seen(motion, 'withdrawn')).closedAt).not.toBeNull();
  });

  it('refuses what the ledger would refuse, with its code, before anything is signed', async () => {
    const propose = (bodies: unknown, more: object = {}) =>
      done('farm', '/motions', { on: { account: 'farm', permission: 'active' }, title: 'x', bodies, ...more });
    const withdraw = { kind: 'motion.withdraw', content: { motion: '00'.repeat(16) } };
    expect(await propose([withdraw])).toBe('MOTION_NESTED');
    expect(await propose([{ kind: 'epcis.event', content: {} }])).toBe('MOTION_KIND_FORBIDDEN');
    expect(await propose([withdraw], { on: { board: 'nobody' } })).toBe('MOTION_BOARD_UNKNOWN');
    expect(await propose([withdraw], { expiresAt: '2020-01-01T00:00:00Z' })).toBe('MOTION_EXPIRED');
    expect(await propose([])).toBe('HTTP_REQUEST_INVALID');
    const reader = await house.fetch('/motions', { as: 'farm', body: '{}' });
    expect(reader.status).toBe(403);
  });

  it('rotates a key: proven, in every permission, effective with its block; captures go on with the new one', async () => {
    const fresh = keyOf('organisation/shop, the next');
    const secret = readFileSync(path.join(house.folder, 'secret'), 'utf8').trim();
    const sealed = await sealKey(fresh.seed, { account: 'shop', publicKey: fresh.publicKey, secret });
    writeFileSync(path.join(house.folder, 'keys', 'shop.next.key.json'), JSON.stringify(sealed), { mode: 0o600 });
    const to = toHex(fresh.publicKey);
    const proof = toHex(signMessage(fresh.seed, proofOfPossessionBytes('organisation', 'shop')));
    const foreign = toHex(signMessage(fresh.seed, proofOfPossessionBytes('organisation', 'farm')));
    const rotate = (change: object = {}) =>
      done('shop', '/accounts/own/key-rotation', { from: hexOf('shop'), to, proof, ...change });
    expect(await rotate({ proof: foreign })).toBe('ACCOUNT_KEY_UNPROVEN');
    expect(await rotate({ from: to })).toBe('ACCOUNT_KEY_NOT_IN_USE');
    // What is captured while the rotation is under way waits for the new key instead of being refused for the old one.
    const [rotated, during] = await Promise.all([
      rotate(),
      house.captured('shop', epcisDocument(commissioning([unit(SHOP, 'MEANWHILE')]))),
    ]);
    expect([rotated, during.success]).toEqual(['ok', true]);
    expect((await account('shop')).permissions.map(({ keys }) => keys)).toEqual([
      [{ key: to, weight: 1 }],
      [{ key: to, weight: 1 }],
    ]);
    expect(await rotate()).toBe('ACCOUNT_KEY_NOT_IN_USE');
    const job = await house.captured('shop', epcisDocument(commissioning([unit(SHOP, 'NEW-KEY')])));
    expect([job.success, job.errors]).toEqual([true, []]);
  });

  it('notes who proposed, approved, withdrew and rotated', async () => {
    const { body } = await ask<{ entries: { action: string }[] }>('farm', '/audit');
    const actions = body.entries.map(({ action }) => action).filter((action) => action.startsWith('ledger.'));
    expect(actions.sort()).toEqual([
      'ledger.motion.proposed',
      'ledger.motion.proposed',
      'ledger.motion.proposed',
      'ledger.motion.withdrawn',
    ]);
    const shop = await ask<{ entries: { action: string }[] }>('shop', '/audit');
    expect(shop.body.entries.map(({ action }) => action)).toContain('ledger.key.rotated');
  });
});
