import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grant, heldBy, keyNamed } from '../../../../test/support/ledger-story.js';
import { accountRecordOf, foundingAccount, type AccountsReader, type StoredAccount } from './account.js';
import { authorise, coversKind, linkedPermission, NODES_MAX, standsOver } from './authorise.js';

const plain = (account: string): StoredAccount =>
  foundingAccount({
    account,
    name: { en: account, 'zh-CN': account },
    role: 'company',
    class: 'producer',
    keys: [],
    companyPrefixes: [],
  });
const worldOf = (accounts: Readonly<Record<string, Partial<StoredAccount>>>): AccountsReader => ({
  byAccount: (account) =>
    Object.hasOwn(accounts, account) ? accountRecordOf({ ...plain(account), ...accounts[account] }) : undefined,
  ownerOf: () => undefined,
});
const ask = (
  world: AccountsReader,
  place: string,
  keys: readonly string[],
  more: { readonly kind?: string; readonly timeMs?: number } = {},
) => {
  const [account = '', permission = ''] = place.split('@');
  const question = { account, permission, keys: new Set(keys.map(keyNamed)), timeMs: 0, ...more };
  return authorise(question, world);
};

describe('a permission', () => {
  const world = worldOf({
    acme: {
      permissions: {
        owner: grant(1, { boss: 1 }, {}, ''),
        active: grant(3, { a: 2, b: 1, c: 1 }),
        ship: grant(1, { dock: 1 }, {}, 'active'),
      },
    },
  });

  it.each([
    [['a', 'b'], true],
    [['a', 'c'], true],
    [['b', 'c'], false],
    [['a'], false],
    [['boss'], true],
    [['dock', 'a'], false],
    [['stranger', 'a', 'b'], true],
    [[], false],
  ])('of threshold 3 over weights 2, 1, 1, under an owner: %j -> %s', (keys, isReached) => {
    expect(ask(world, 'acme@active', keys).satisfied).toBe(isReached);
  });

  it('is also reached by what stands above it, and never by what stands below', () => {
    expect(ask(world, 'acme@ship', ['a', 'b']).satisfied).toBe(true);
    expect(ask(world, 'acme@ship', ['boss']).satisfied).toBe(true);
    expect(ask(world, 'acme@owner', ['a', 'b', 'c', 'dock']).satisfied).toBe(false);
  });

  it('that is not there, or of an account that is not there or closed, is reached by nobody', () => {
    expect(ask(world, 'acme@gone', ['a', 'b']).satisfied).toBe(false);
    expect(ask(world, 'acme@constructor', ['boss']).satisfied).toBe(false);
    expect(ask(world, 'nobody@active', ['a']).satisfied).toBe(false);
    const closed = worldOf({ acme: { permissions: heldBy('a'), closedAt: 7 } });
    expect(ask(closed, 'acme@active', ['a'])).toMatchObject({ satisfied: false, threshold: 0 });
  });

  it('tells what was reached of it, and which keys counted', () => {
    const answer = ask(world, 'acme@active', ['b', 'c', 'stranger']);
    expect(answer).toMatchObject({ weight: 2, threshold: 3 });
    expect([...answer.met].sort()).toEqual([keyNamed('b'), keyNamed('c')].sort());
  });

  it('is never reached one short of its threshold, whatever the weights are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (weights, chosen) => {
          const keys = Object.fromEntries(weights.map((weight, index) => [`k${index}`, weight]));
          const signing = weights.map((_, index) => `k${index}`).filter((_, index) => chosen[index]);
          const reached = weights.reduce((sum, weight, index) => sum + (chosen[index] === true ? weight : 0), 0);
          const of = (threshold: number): boolean => {
            const permissions = { owner: grant(1, { boss: 1 }, {}, ''), active: grant(threshold, keys) };
            return ask(worldOf({ acme: { permissions } }), 'acme@active', signing).satisfied;
          };
          return of(reached + 1) === false && (reached === 0 || of(reached));
        },
      ),
    );
  });
});

describe('other accounts’ permissions', () => {
  /** a1 -> a2 -> ... -> a7, whose key is `end`. */
  const chain = (length: number): AccountsReader =>
    worldOf(
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          `a${index + 1}`,
          {
            permissions: {
              owner: grant(1, { boss: 1 }, {}, ''),
              active: index + 1 === length ? grant(1, { end: 1 }) : grant(1, {}, { [`a${index + 2}@active`]: 1 }),
            },
          },
        ]),
      ),
    );

  it('count down to five levels and no further', () => {
    for (const length of [1, 2, 5])
      expect([length, ask(chain(length), 'a1@active', ['end']).satisfied]).toEqual([length, true]);
    for (const length of [6, 7])
      expect([length, ask(chain(length), 'a1@active', ['end']).satisfied]).toEqual([length, false]);
  });

  it('count with their own weight, once their own threshold is reached, and not before', () => {
    const world = worldOf({
      group: {
        permissions: {
          owner: grant(1, { o: 1 }, {}, ''),
          active: grant(3, { g: 1 }, { 'left@active': 2, 'right@active': 1 }),
        },
      },
      left: { permissions: { owner: grant(1, { lo: 1 }, {}, ''), active: grant(2, { l1: 1, l2: 1 }) } },
      right: { permissions: heldBy('r') },
    });
    expect(ask(world, 'group@active', ['l1', 'l2', 'g']).satisfied).toBe(true);
    expect(ask(world, 'group@active', ['l1', 'l2', 'r']).satisfied).toBe(true);
    const short = ask(world, 'group@active', ['l1', 'r', 'g']);
    expect(short).toMatchObject({ satisfied: false, weight: 2 });
    expect(short.counted.has(keyNamed('l1'))).toBe(false);
    expect(short.met.has(keyNamed('l1'))).toBe(true);
  });

  it('that lead in a circle end, and give nothing', () => {
    const world = worldOf({
      left: {
        permissions: { owner: grant(1, {}, { 'right@owner': 1 }, ''), active: grant(1, {}, { 'right@active': 1 }) },
      },
      right: {
        permissions: { owner: grant(1, {}, { 'left@owner': 1 }, ''), active: grant(1, {}, { 'left@active': 1 }) },
      },
    });
    expect(ask(world, 'left@active', ['a', 'b']).satisfied).toBe(false);
  });

  it('are looked at up to a bound, however wide they spread', () => {
    let looked = 0;
    const wide = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`m${index}@active`, 1]));
    const permissions = { owner: grant(1, { o: 1 }, {}, ''), active: grant(1, {}, wide) };
    const world = worldOf(
      Object.fromEntries(
        ['top', ...Array.from({ length: 16 }, (_, i) => `m${i}`)].map((account) => [account, { permissions }]),
      ),
    );
    const counting: AccountsReader = { ...world, byAccount: (account) => ((looked += 1), world.byAccount(account)) };
    expect(ask(counting, 'top@active', ['nobody']).satisfied).toBe(false);
    expect(looked).toBeLessThan(NODES_MAX * 20);
  });
});

describe('a delegation', () => {
  const world = worldOf({
    acme: {
      permissions: { ...heldBy('acme'), ship: grant(1, { dock: 1 }, {}, 'active'), vault: grant(1, { safe: 1 }) },
      delegations: [{ to: 'agent', permission: 'active', kinds: ['epcis.*'], untilMs: 1_000 }],
    },
    agent: { permissions: heldBy('agent') },
  });
  const of = (place: string, kind: string, timeMs: number) => ask(world, place, ['agent'], { kind, timeMs });

  it('lets another account speak, in its kinds and for what stands under its permission', () => {
    expect(of('acme@active', 'epcis.event', 999)).toMatchObject({ satisfied: true, delegate: 'agent' });
    expect(of('acme@ship', 'epcis.event', 999).satisfied).toBe(true);
    expect(of('acme@active', 'provenance.visibility', 999).satisfied).toBe(false);
    expect(of('acme@vault', 'epcis.event', 999).satisfied).toBe(false);
    expect(of('acme@owner', 'epcis.event', 999).satisfied).toBe(false);
    expect(ask(world, 'acme@active', ['agent']).satisfied).toBe(false);
  });

  it('ends at its moment, and says that it would have done', () => {
    expect(of('acme@active', 'epcis.event', 1_000)).toMatchObject({ satisfied: false, expired: { to: 'agent' } });
    expect(of('acme@active', 'notes.write', 1_000).expired).toBeUndefined();
  });
});

describe('links', () => {
  it('are found by the kind, else by the nearest prefix, else it is active', () => {
    const links = { 'epcis.*': 'ship', 'epcis.masterdata': 'owner', 'a.b.*': 'deep' };
    expect(
      ['epcis.event', 'epcis.masterdata', 'a.b.c', 'a.c', 'epcisx.event'].map((kind) =>
        linkedPermission({ links }, kind),
      ),
    ).toEqual(['ship', 'owner', 'deep', 'active', 'active']);
    expect(linkedPermission({ links: {} }, 'constructor')).toBe('active');
    expect([
      coversKind('epcis.*', 'epcis.event'),
      coversKind('epcis.*', 'epcisx.event'),
      coversKind('a.b', 'a.b'),
    ]).toEqual([true, false, true]);
  });

  it('parents stand over their children only', () => {
    const record = { permissions: { ...heldBy('a'), ship: grant(1, { b: 1 }, {}, 'active') } };
    expect(standsOver(record, 'active', 'ship')).toBe(true);
    expect(standsOver(record, 'ship', 'active')).toBe(false);
    expect(standsOver(record, 'owner', 'ship')).toBe(true);
  });
});
