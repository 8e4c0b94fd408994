import { describe, expect, it } from '@jest/globals';
import { grant, heldBy, keyNamed, LedgerStory, note } from '../../../../test/support/ledger-story.js';
import { ReceiptStatus, type BodyInput } from '../chain/index.js';
import { fromHex, utf8 } from '../primitives/index.js';
import { accountBody, type AccountCreate } from './account-bodies.js';
import { DELEGATION_MAX_MS } from './accounts-module.js';

const DAY = 86_400_000;
const creation = (more: Partial<AccountCreate> = {}): AccountCreate => ({
  account: 'newcomer',
  name: { en: 'New', 'zh-CN': '新' },
  permissions: heldBy('newcomer'),
  deposit: 100,
  ...more,
});

describe('an account is made', () => {
  it('by another, which locks a deposit for it; it speaks from its block on', () => {
    const story = new LedgerStory();
    const [receipt] = story.block({ sender: 'maker', bodies: [accountBody('account.create', creation())] }).receipts;
    expect(receipt).toMatchObject({ status: ReceiptStatus.ACCEPTED, signerKeys: [fromHex(keyNamed('maker'))] });
    expect(story.record('newcomer')).toMatchObject({
      class: 'none',
      keys: [keyNamed('newcomer')],
      deposit: { amount: 100, from: 'maker' },
      createdAt: 1,
    });
    expect([story.balance('maker'), story.balance('newcomer')]).toEqual([900, 0]);
    expect(story.account('newcomer', 'account.update', { permissions: heldBy('newcomer', 'second') })).toBe('ok');
  });

  it('that has no certificate may see to itself and approve, and do nothing else', () => {
    const story = new LedgerStory();
    story.create('newcomer');
    expect(story.say({ sender: 'newcomer', bodies: [note('hello')] })).toBe('TX_CLASS_MISSING');
  });

  it.each([
    ['ACCOUNT_NAME_MALFORMED', { account: 'No Such' }],
    ['ACCOUNT_NAME_TAKEN', { account: 'seller' }],
    ['ACCOUNT_NAME_CONFUSABLE', { account: 'se11er' }],
    ['ACCOUNT_NAME_CONFUSABLE', { account: 'rnaker' }],
    ['ACCOUNT_NAME_CONFUSABLE', { account: 'mak-er' }],
    ['ACCOUNT_NAME_RESERVED', { account: 'seller.lab' }],
    ['ACCOUNT_DEPOSIT_TOO_SMALL', { deposit: 99 }],
    ['ACCOUNT_BALANCE_TOO_SMALL', { deposit: 1_001 }],
    ['ACCOUNT_PERMISSION_MISSING', { permissions: { active: grant(1, { a: 1 }) } }],
    ['ACCOUNT_PARENT_WRONG', { permissions: { owner: grant(1, { a: 1 }), active: grant(1, { a: 1 }) } }],
    ['ACCOUNT_PARENT_WRONG', { permissions: { ...heldBy('a'), ship: grant(1, { a: 1 }, {}, 'ship') } }],
    ['ACCOUNT_PARENT_WRONG', { permissions: { ...heldBy('a'), ship: grant(1, { a: 1 }, {}, 'gone') } }],
    ['ACCOUNT_THRESHOLD_UNREACHABLE', { permissions: { ...heldBy('a'), active: grant(3, { a: 1, b: 1 }) } }],
    ['ACCOUNT_REFERENCE_UNKNOWN', { permissions: { ...heldBy('a'), active: grant(1, {}, { 'nobody@active': 1 }) } }],
    ['ACCOUNT_REFERENCE_UNKNOWN', { permissions: { ...heldBy('a'), active: grant(1, {}, { 'seller@ship': 1 }) } }],
    ['ACCOUNT_CYCLE', { permissions: { ...heldBy('a'), active: grant(1, {}, { 'newcomer@active': 1 }) } }],
  ])('%s: %j', (code, more) => {
    const story = new LedgerStory();
    expect(story.account('maker', 'account.create', creation(more))).toBe(code);
    expect(story.record('newcomer')).toBeUndefined();
    expect(story.balance('maker')).toBe(1_000);
  });

  it('under its own name only, however much somebody would like to have the names of others', () => {
    const story = new LedgerStory(undefined, { grant: 250 });
    expect(story.create('maker.lab')).toBe('ok');
    expect(story.create('maker.lab.two', undefined, 'seller')).toBe('ACCOUNT_NAME_RESERVED');
    expect(['squat-a', 'squat-b', 'squat-c'].map((name) => story.create(name, undefined, 'seller'))).toEqual([
      'ok',
      'ok',
      'ACCOUNT_BALANCE_TOO_SMALL',
    ]);
  });
});

describe('bodies of accounts', () => {
  const raw = (text: string, kind = 'account.create'): BodyInput => ({ kind, content: utf8(text) });
  const bomb = `{"permissions":${'['.repeat(4_000)}${']'.repeat(4_000)}}`;
  it.each([
    ['BODY_MALFORMED', raw('{}')],
    ['BODY_MALFORMED', raw('{ }', 'account.close')],
    ['BODY_MALFORMED', raw('{"b":1}', 'account.close')],
    ['BODY_MALFORMED', raw('not json', 'account.close')],
    ['BODY_TOO_DEEP', raw(bomb, 'account.update')],
    ['BODY_TOO_DEEP', raw('['.repeat(16_000), 'account.update')],
    ['BODY_TOO_LARGE', raw(`"${'x'.repeat(16_384)}"`, 'account.update')],
    ['BODY_MALFORMED', raw('{"permissions":{"__proto__":null}}', 'account.update')],
    ['BODY_MALFORMED', raw('{"permissions":{"Owner":null}}', 'account.update')],
  ])('%s', (code, body) => {
    const story = new LedgerStory();
    expect(story.say({ sender: 'maker', bodies: [body] })).toBe(code);
    expect(story.runtime.checkBodies(story.transaction({ sender: 'maker', bodies: [body] }))?.code).toBe(code);
  });

  it('say each thing in one way: lists in order, nothing twice', () => {
    const story = new LedgerStory();
    const twice = {
      ...grant(1, { a: 1 }),
      keys: [
        { key: keyNamed('a'), weight: 1 },
        { key: keyNamed('a'), weight: 1 },
      ],
    };
    expect(story.account('maker', 'account.update', { permissions: { active: twice } })).toBe('BODY_MALFORMED');
  });
});

describe('keys are rotated', () => {
  it('without losing the account: the old one ends and the new one begins with the block, and not before', () => {
    const story = new LedgerStory();
    expect(story.account('maker', 'account.update', { permissions: heldBy('fresh') })).toBe('ok');
    expect(story.say({ sender: 'maker', bodies: [note('old')] })).toBe('TX_SIGNER_UNKNOWN');
    expect(story.say({ sender: 'maker', keys: ['fresh'], bodies: [note('new')] })).toBe('ok');
    expect(story.record('maker')).toMatchObject({ keys: [keyNamed('fresh')], companyPrefixes: ['952100'] });
  });

  it('within a block, in the order of its transactions', () => {
    const story = new LedgerStory();
    const { receipts } = story.block(
      { sender: 'maker', bodies: [note('before')] },
      { sender: 'maker', bodies: [accountBody('account.update', { permissions: heldBy('fresh') })] },
      { sender: 'maker', bodies: [note('after, by the old key')] },
      { sender: 'maker', keys: ['fresh'], bodies: [note('after')] },
    );
    expect(receipts.map(({ failures }) => failures[0]?.code ?? 'ok')).toEqual(['ok', 'ok', 'TX_SIGNER_UNKNOWN', 'ok']);
  });

  it('and the change is taken back with the transaction that is refused', () => {
    const story = new LedgerStory();
    const bodies = [accountBody('account.update', { permissions: heldBy('fresh') }), note('x'.repeat(41))];
    expect(story.say({ sender: 'maker', bodies })).toBe('NOTES_TOO_LONG');
    expect(story.say({ sender: 'maker', bodies: [note('still me')] })).toBe('ok');
  });

  it('a stolen key of active does not reach owner, and owner takes it out of service', () => {
    const story = new LedgerStory();
    const split = { owner: grant(1, { safe: 1 }, {}, ''), active: grant(1, { daily: 1 }) };
    expect(story.account('maker', 'account.update', { permissions: split })).toBe('ok');
    const thief = { permissions: { owner: grant(1, { thief: 1 }, {}, '') } };
    expect(story.account('maker', 'account.update', thief, ['daily'])).toBe('TX_SIGNER_UNKNOWN');
    expect(
      story.account('maker', 'account.update', { permissions: { active: grant(1, { thief: 1 }) } }, ['daily']),
    ).toBe('ok');
    expect(story.account('maker', 'account.close', {}, ['thief'])).toBe('TX_SIGNER_UNKNOWN');
    expect(story.account('maker', 'account.update', { permissions: { active: grant(1, { next: 1 }) } }, ['safe'])).toBe(
      'ok',
    );
    expect(story.say({ sender: 'maker', keys: ['thief'], bodies: [note('thief')] })).toBe('TX_SIGNER_UNKNOWN');
    expect(story.say({ sender: 'maker', keys: ['next'], bodies: [note('next')] })).toBe('ok');
  });
});

describe('a transaction is judged by the permission of what it says', () => {
  const story = new LedgerStory();
  story.account('maker', 'account.update', {
    permissions: {
      active: grant(2, { a: 1, b: 1, c: 1 }),
      desk: grant(1, { desk: 1 }, {}, 'active'),
      vault: grant(2, { v1: 1, v2: 1 }),
    },
  });
  story.account('maker', 'account.link', { kind: 'notes.*', permission: 'desk' }, ['a', 'b']);
  const say = (keys: readonly string[], ...bodies: BodyInput[]) => story.say({ sender: 'maker', keys, bodies });

  it('TX_THRESHOLD_MISSED: one short', () => {
    const update = accountBody('account.update', { permissions: { desk: grant(1, { desk: 1, d2: 1 }, {}, 'active') } });
    expect(say(['a'], update)).toBe('TX_THRESHOLD_MISSED');
    expect(say(['a', 'c'], update)).toBe('ok');
  });

  it('a linked kind asks for its own permission, or one above it', () => {
    expect(say(['desk'], note('by the desk'))).toBe('ok');
    expect(say(['b', 'c'], note('by active'))).toBe('ok');
    expect(say(['maker'], note('by owner'))).toBe('ok');
    expect(say(['b'], note('by one of two'))).toBe('TX_THRESHOLD_MISSED');
  });

  it('all kinds of a transaction must be reached, and a key that counts for none of them refuses it', () => {
    const update = accountBody('account.update', { permissions: { desk: grant(1, { desk: 1 }, {}, 'active') } });
    expect(say(['desk'], note('both'), update)).toBe('TX_THRESHOLD_MISSED');
    expect(say(['desk', 'a', 'b'], note('both'), update)).toBe('ok');
    expect(say(['desk', 'stranger'], note('with a stranger'))).toBe('TX_SIGNER_UNKNOWN');
    expect(say(['desk', 'v1'], note('with a key of another permission'))).toBe('TX_SIGNER_UNKNOWN');
  });

  it('active does not touch what does not stand under it, nor what keeps it out', () => {
    const by = (keys: readonly string[], kind: 'account.link', to: string | null) =>
      story.account('maker', kind, { kind: 'notes.pin', permission: to }, keys);
    const vault = { permissions: { vault: grant(1, { a: 1 }) } };
    expect(story.account('maker', 'account.update', vault, ['a', 'b'])).toBe('TX_SIGNER_UNKNOWN');
    expect(by(['a', 'b'], 'account.link', 'vault')).toBe('TX_SIGNER_UNKNOWN');
    expect(by(['maker'], 'account.link', 'vault')).toBe('ok');
    expect(by(['a', 'b'], 'account.link', null)).toBe('TX_SIGNER_UNKNOWN');
    expect(say(['a', 'b'], note('pinned', 'notes.pin'))).toBe('TX_SIGNER_UNKNOWN');
    expect(say(['v1', 'v2'], note('pinned', 'notes.pin'))).toBe('ok');
  });

  it('ACCOUNT_PERMISSION_IN_USE, ACCOUNT_PERMISSION_UNKNOWN: what is linked stays, what is not there does not go', () => {
    const without = (name: string) =>
      story.account('maker', 'account.update', { permissions: { [name]: null } }, ['maker']);
    expect(without('desk')).toBe('ACCOUNT_PERMISSION_IN_USE');
    expect(without('gone')).toBe('ACCOUNT_PERMISSION_UNKNOWN');
    expect(without('owner')).toBe('ACCOUNT_PERMISSION_MISSING');
  });

  it('ACCOUNT_LINK_FORBIDDEN, ACCOUNT_LINK_UNKNOWN, ACCOUNT_PERMISSION_UNKNOWN: links', () => {
    const link = (kind: string, permission: string | null) =>
      story.account('maker', 'account.link', { kind, permission }, ['maker']);
    expect(link('account.update', 'desk')).toBe('ACCOUNT_LINK_FORBIDDEN');
    expect(link('account.*', 'desk')).toBe('ACCOUNT_LINK_FORBIDDEN');
    expect(link('epcis.event', null)).toBe('ACCOUNT_LINK_UNKNOWN');
    expect(link('epcis.event', 'gone')).toBe('ACCOUNT_PERMISSION_UNKNOWN');
    expect(link('no kind', 'desk')).toBe('BODY_MALFORMED');
  });
});

describe('other accounts in a permission', () => {
  it('ACCOUNT_CYCLE: whoever would close a circle is refused, over any number of accounts', () => {
    const story = new LedgerStory();
    const leaning = (on: string) => ({ ...heldBy('k'), active: grant(1, { k: 1 }, { [`${on}@active`]: 1 }) });
    story.create('alpha', heldBy('k'));
    story.create('beta', leaning('alpha'));
    story.create('gamma', leaning('beta'));
    expect(story.account('alpha', 'account.update', { permissions: leaning('gamma') }, ['k'])).toBe('ACCOUNT_CYCLE');
    expect(story.account('alpha', 'account.update', { permissions: leaning('alpha') }, ['k'])).toBe('ACCOUNT_CYCLE');
    expect(story.account('alpha', 'account.update', { permissions: leaning('seller') }, ['k'])).toBe('ok');
  });

  it('ACCOUNT_TOO_DEEP: five levels stand, a sixth does not', () => {
    const story = new LedgerStory();
    const answers = ['one', 'two', 'three', 'four', 'five', 'six'].map((name, index, all) =>
      story.create(
        name,
        index === 0 ? heldBy('k') : { ...heldBy('k'), active: grant(1, {}, { [`${all[index - 1]}@active`]: 1 }) },
      ),
    );
    expect(answers).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ACCOUNT_TOO_DEEP']);
  });

  it('speak for it once their own threshold is reached; the receipt names the keys that counted', () => {
    const story = new LedgerStory();
    story.account('maker', 'account.update', {
      permissions: { active: grant(2, { own: 1 }, { 'seller@active': 1 }) },
    });
    expect(story.say({ sender: 'maker', keys: ['own'], bodies: [note('alone')] })).toBe('TX_THRESHOLD_MISSED');
    const { receipts } = story.block({ sender: 'maker', keys: ['own', 'seller'], bodies: [note('together')] });
    expect(receipts[0]).toMatchObject({
      status: ReceiptStatus.ACCEPTED,
      signerKeys: [fromHex(keyNamed('own')), fromHex(keyNamed('seller'))],
    });
  });
});

describe('a delegation', () => {
  const lent = { to: 'seller', permission: 'active', kinds: ['notes.*'] };

  it('lets another speak until its moment, and TX_DELEGATION_EXPIRED says that it is over', () => {
    const story = new LedgerStory();
    expect(story.account('maker', 'account.delegate', { ...lent, untilMs: story.timeMs + DAY })).toBe('ok');
    expect(story.say({ sender: 'maker', keys: ['seller'], bodies: [note('for the maker')] })).toBe('ok');
    expect(story.note('for the maker')).toBe('maker');
    expect(story.say({ sender: 'maker', keys: ['seller'], bodies: [note('p', 'notes.pin')] })).toBe('ok');
    expect(story.account('maker', 'account.update', { permissions: heldBy('thief') }, ['seller'])).toBe(
      'TX_SIGNER_UNKNOWN',
    );
    story.wait(DAY);
    expect(story.say({ sender: 'maker', keys: ['seller'], bodies: [note('too late')] })).toBe('TX_DELEGATION_EXPIRED');
    const late = story.transaction({ sender: 'maker', keys: ['seller'], bodies: [note('too late')] });
    expect(story.runtime.checkInclusion(story.view, late, story.height + 1, story.timeMs)?.code).toBe(
      'TX_DELEGATION_EXPIRED',
    );
  });

  it('ends when it is revoked', () => {
    const story = new LedgerStory();
    story.account('maker', 'account.delegate', { ...lent, untilMs: story.timeMs + DAY });
    expect(story.account('maker', 'account.revokeDelegation', { to: 'seller', permission: 'active' })).toBe('ok');
    expect(story.say({ sender: 'maker', keys: ['seller'], bodies: [note('revoked')] })).toBe('TX_SIGNER_UNKNOWN');
    expect(story.account('maker', 'account.revokeDelegation', { to: 'seller', permission: 'active' })).toBe(
      'ACCOUNT_DELEGATION_UNKNOWN',
    );
  });

  it.each([
    ['ACCOUNT_DELEGATE_UNKNOWN', { to: 'nobody' }],
    ['ACCOUNT_DELEGATE_UNKNOWN', { to: 'maker' }],
    ['ACCOUNT_PERMISSION_UNKNOWN', { permission: 'gone' }],
    ['ACCOUNT_DELEGATION_FORBIDDEN', { kinds: ['account.update'] }],
    ['ACCOUNT_DELEGATION_FORBIDDEN', { kinds: ['account.*'] }],
    ['ACCOUNT_DELEGATION_OVER', { untilMs: 0 }],
    ['ACCOUNT_DELEGATION_TOO_LONG', { untilMs: Date.UTC(2026, 0, 1) + DELEGATION_MAX_MS + DAY }],
    ['BODY_MALFORMED', { kinds: [] }],
    ['BODY_MALFORMED', { kinds: ['*'] }],
  ])('%s: %j', (code, more) => {
    const story = new LedgerStory();
    expect(story.account('maker', 'account.delegate', { ...lent, untilMs: story.timeMs + DAY, ...more })).toBe(code);
  });
});

describe('an account is closed', () => {
  it('and its deposit goes back to whoever locked it; its name is never given again', () => {
    const story = new LedgerStory();
    story.create('newcomer');
    expect(story.account('newcomer', 'account.close', {})).toBe('ok');
    expect(story.balance('maker')).toBe(1_000);
    expect(story.record('newcomer')).toMatchObject({ closedAt: 2, keys: [], permissions: {} });
    expect(story.account('newcomer', 'account.close', {})).toBe('TX_SENDER_CLOSED');
    expect(story.create('newcomer')).toBe('ACCOUNT_NAME_TAKEN');
    expect(story.create('newc0mer')).toBe('ACCOUNT_NAME_CONFUSABLE');
  });

  it('back to the first who paid, where those between are closed too', () => {
    const story = new LedgerStory(undefined, { deposit: 0 });
    story.create('alpha');
    const beta = { ...creation({ account: 'beta', permissions: heldBy('beta') }), deposit: 0 };
    expect(story.account('alpha', 'account.create', beta)).toBe('ok');
    expect(story.account('alpha', 'account.close', {})).toBe('ok');
    expect(story.account('beta', 'account.close', {})).toBe('ok');
    expect(story.balance('maker')).toBe(1_000);
  });

  it('and what follows in the same transaction is refused', () => {
    const story = new LedgerStory();
    story.create('newcomer');
    const bodies = [accountBody('account.close', {}), accountBody('account.update', { permissions: heldBy('x') })];
    expect(story.say({ sender: 'newcomer', bodies })).toBe('TX_SENDER_CLOSED');
    expect(story.record('newcomer')?.closedAt).toBe(0);
  });

  it('ACCOUNT_FOUNDER: an organisation of genesis is not', () => {
    expect(new LedgerStory().account('maker', 'account.close', {})).toBe('ACCOUNT_FOUNDER');
  });
});

describe('a dry run', () => {
  it('asks for permissions only where it is told who will sign', () => {
    const story = new LedgerStory();
    story.account('maker', 'account.update', { permissions: { active: grant(2, { a: 1, b: 1 }) } });
    const codes = (signers?: readonly string[]) => {
      const answer = story.runtime.dryRun(
        story.view,
        {
          sender: 'maker',
          transactions: [{ proceed: false, bodies: [note('dry')] }],
          ...(signers === undefined ? {} : { signers: signers.map(keyNamed) }),
        },
        9,
        story.timeMs,
      );
      return answer.ok
        ? answer.results.flatMap(({ failures }) => failures.map(({ code }) => code))
        : [answer.refusal.code];
    };
    expect([codes(), codes(['a']), codes(['a', 'b']), codes(['z'])]).toEqual([
      [],
      ['TX_THRESHOLD_MISSED'],
      [],
      ['TX_SIGNER_UNKNOWN'],
    ]);
  });
});
