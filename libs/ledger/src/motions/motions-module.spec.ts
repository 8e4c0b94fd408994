import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { grant, keyNamed, LedgerStory, note } from '../../../../test/support/ledger-story.js';
import { accountBody } from '../accounts/account-bodies.js';
import { decodeLedgerEvent, type BodyInput } from '../chain/index.js';
import { fromUtf8, toHex, utf8 } from '../primitives/index.js';
import { motionBody, motionBodyOf, motionDigest, type MotionOn, type MotionPropose } from './motion-bodies.js';
import { motionStateKeys } from './motion-records.js';

const HOUR = 3_600_000;
let serial = 0;
const newId = (): string => toHex(hashing.sha256(utf8(`motion ${(serial += 1)}`)).subarray(0, 16));

/** Motions in few words. */
class Motions extends LedgerStory {
  propose(
    who: string,
    on: MotionOn,
    bodies: readonly BodyInput[],
    more: Partial<MotionPropose> & { readonly keys?: readonly string[] } = {},
  ): { readonly answer: string; readonly motion: string; readonly digest: string } {
    const { keys, ...said } = more;
    const says: MotionPropose = {
      motion: newId(),
      on,
      bodies: bodies.map(motionBodyOf),
      expiresMs: this.timeMs + HOUR,
      title: 'a motion',
      ...said,
    };
    const body = motionBody('motion.propose', says);
    const answer = this.say({ sender: who, bodies: [body], ...(keys === undefined ? {} : { keys }) });
    return { answer, motion: says.motion, digest: motionDigest(hashing, body.content) };
  }

  approve(
    who: string,
    { motion, digest }: { readonly motion: string; readonly digest: string },
    keys: readonly string[] = [who],
  ): string {
    return this.say({ sender: who, keys, bodies: [motionBody('motion.approve', { motion, digest })] });
  }

  withdraw(who: string, { motion }: { readonly motion: string }): string {
    return this.say({ sender: who, bodies: [motionBody('motion.withdraw', { motion })] });
  }

  status(motion: string): string | undefined {
    const value = this.view.get(Uint8Array.of(4, ...motionStateKeys.motion(motion)));
    return value === undefined ? undefined : (JSON.parse(fromUtf8(value)) as { status: string }).status;
  }
}

/** `maker` whose active takes two of three keys. */
const twoOfThree = (): Motions => {
  const story = new Motions();
  story.account('maker', 'account.update', { permissions: { active: grant(2, { a: 1, b: 1, c: 1 }) } });
  return story;
};
const active: MotionOn = { account: 'maker', permission: 'active' };

describe('a motion on an account’s permission', () => {
  it('waits for the signers, one after the other, and is executed as the account by the last of them', () => {
    const story = twoOfThree();
    const made = story.propose('maker', active, [note('signed by two')], { keys: ['a'] });
    expect([made.answer, story.status(made.motion), story.note('signed by two')]).toEqual(['ok', 'open', undefined]);
    const { receipts, eventBytes } = story.block({
      sender: 'maker',
      keys: ['c'],
      bodies: [motionBody('motion.approve', { motion: made.motion, digest: made.digest })],
    });
    expect(receipts[0]?.failures).toEqual([]);
    const events = (eventBytes[0] ?? [])
      .map(decodeLedgerEvent)
      .map((read) => (read.ok ? [read.value.type, read.value.body] : []));
    expect(events).toEqual([
      ['motion.approved', 0],
      ['motion.executed', 0],
      ['notes.written', 0],
    ]);
    expect([story.status(made.motion), story.note('signed by two')]).toEqual(['executed', 'maker by maker']);
  });

  it('counts signers of other accounts that the permission names', () => {
    const story = new Motions();
    story.account('maker', 'account.update', { permissions: { active: grant(2, { own: 1 }, { 'seller@active': 1 }) } });
    const made = story.propose('maker', active, [note('with the seller')], { keys: ['own'] });
    expect(story.approve('seller', made)).toBe('ok');
    expect(story.note('with the seller')).toBe('maker by maker+seller');
  });

  it('MOTION_APPROVED_ALREADY: a second word of the same key does not count', () => {
    const story = twoOfThree();
    const made = story.propose('maker', active, [note('twice')], { keys: ['a'] });
    expect(story.approve('maker', made, ['a'])).toBe('MOTION_APPROVED_ALREADY');
    expect(story.status(made.motion)).toBe('open');
  });

  it('one short stays open: a key whose weight is not enough', () => {
    const story = new Motions();
    story.account('maker', 'account.update', { permissions: { active: grant(3, { a: 1, b: 1, c: 1 }) } });
    const made = story.propose('maker', active, [note('three')], { keys: ['a'] });
    expect(story.approve('maker', made, ['b'])).toBe('ok');
    expect([story.status(made.motion), story.note('three')]).toEqual(['open', undefined]);
    expect(story.approve('maker', made, ['c'])).toBe('ok');
    expect(story.note('three')).toBe('maker by maker');
  });

  it('does not count a key that was taken away before the end', () => {
    const story = twoOfThree();
    const made = story.propose('maker', active, [note('taken away')], { keys: ['a'] });
    story.account('maker', 'account.update', { permissions: { active: grant(2, { b: 1, c: 1 }) } }, ['maker']);
    expect(story.approve('maker', made, ['b'])).toBe('ok');
    expect(story.status(made.motion)).toBe('open');
    expect(story.approve('maker', made, ['c'])).toBe('ok');
    expect(story.status(made.motion)).toBe('executed');
  });

  it('MOTION_EXPIRED: from its moment on nobody approves it, and anybody clears it away', () => {
    const story = twoOfThree();
    const made = story.propose('maker', active, [note('late')], { keys: ['a'] });
    expect(story.withdraw('seller', made)).toBe('MOTION_NOT_YOURS');
    story.wait(HOUR);
    expect(story.approve('maker', made, ['b'])).toBe('MOTION_EXPIRED');
    expect(story.withdraw('seller', made)).toBe('ok');
    expect([story.status(made.motion), story.note('late')]).toEqual(['expired', undefined]);
  });

  it('MOTION_CLOSED: executed or withdrawn, it is not approved again; MOTION_ID_TAKEN: nor proposed', () => {
    const story = twoOfThree();
    const made = story.propose('maker', active, [note('once')], { keys: ['a'] });
    expect(story.approve('maker', made, ['b'])).toBe('ok');
    expect(story.approve('maker', made, ['c'])).toBe('MOTION_CLOSED');
    expect(story.withdraw('maker', made)).toBe('MOTION_CLOSED');
    const again = { motion: made.motion, keys: ['a'] };
    expect(story.propose('maker', active, [note('again')], again).answer).toBe('MOTION_ID_TAKEN');
    const other = story.propose('maker', active, [note('other')], { keys: ['a'] });
    expect(story.say({ sender: 'maker', keys: ['b'], bodies: [motionBody('motion.withdraw', other)] })).toBe(
      'BODY_MALFORMED',
    );
    expect(story.withdraw('maker', other)).toBe('ok');
    expect(story.approve('maker', other, ['b'])).toBe('MOTION_CLOSED');
  });

  it('MOTION_CHANGED: who was shown other bodies does not approve these; MOTION_UNKNOWN: none', () => {
    const story = twoOfThree();
    const made = story.propose('maker', active, [note('what it says')], { keys: ['a'] });
    expect(story.approve('maker', { ...made, digest: 'ab'.repeat(32) }, ['b'])).toBe('MOTION_CHANGED');
    expect(story.approve('maker', { ...made, motion: newId() }, ['b'])).toBe('MOTION_UNKNOWN');
  });

  it('MOTION_NESTED: a motion carries no motion', () => {
    const story = twoOfThree();
    const inner = motionBody('motion.withdraw', { motion: newId() });
    expect(story.propose('maker', active, [inner], { keys: ['a'] }).answer).toBe('MOTION_NESTED');
  });

  it('MOTION_NOT_YOURS: of somebody with no say in it', () => {
    const story = twoOfThree();
    expect(story.propose('seller', active, [note('x')]).answer).toBe('MOTION_NOT_YOURS');
    const made = story.propose('maker', active, [note('mine')], { keys: ['a'] });
    expect(story.approve('seller', made)).toBe('MOTION_NOT_YOURS');
    expect(story.approve('maker', made, ['stranger'])).toBe('TX_SIGNER_UNKNOWN');
  });

  it('refuses the last approval when a body is refused, with its code and place, and nothing has happened', () => {
    const story = twoOfThree();
    story.say({ sender: 'seller', bodies: [note('taken')] });
    const made = story.propose('maker', active, [note('first'), note('taken')], { keys: ['a'] });
    const [receipt] = story.block({
      sender: 'maker',
      keys: ['b'],
      bodies: [motionBody('motion.approve', { motion: made.motion, digest: made.digest })],
    }).receipts;
    expect(receipt?.failures).toEqual([{ body: 1, code: 'NOTES_TWICE', pointer: '/bodies/1/content/text', facts: {} }]);
    expect([story.status(made.motion), story.note('first')]).toEqual(['open', undefined]);
  });

  it('changes the account itself: owner by several hands', () => {
    const story = new Motions();
    story.account('maker', 'account.update', { permissions: { owner: grant(2, { x: 1, y: 1 }, {}, '') } });
    const update = accountBody('account.update', { permissions: { owner: grant(1, { z: 1 }, {}, '') } });
    expect(story.propose('maker', active, [update]).answer).toBe('MOTION_PERMISSION_WRONG');
    const made = story.propose('maker', { account: 'maker', permission: 'owner' }, [update], { keys: ['x'] });
    expect(made.answer).toBe('ok');
    expect(story.approve('maker', made, ['y'])).toBe('ok');
    expect(story.record('maker')?.permissions['owner']?.keys).toEqual([{ key: keyNamed('z'), weight: 1 }]);
  });

  it.each([
    ['MOTION_EXPIRED', { expiresMs: 1 }],
    ['MOTION_EXPIRY_TOO_FAR', { expiresMs: Date.UTC(2026, 2, 1) }],
    ['MOTION_ACCOUNT_UNKNOWN', { on: { account: 'nobody', permission: 'active' } }],
    ['MOTION_KIND_FORBIDDEN', { bodies: [motionBodyOf(note('x', 'notes.pin'))] }],
    ['MOTION_KIND_FORBIDDEN', { bodies: [motionBodyOf(note('x', 'no.such'))] }],
    ['NOTES_TOO_LONG', { bodies: [motionBodyOf(note('x'.repeat(41)))] }],
    ['BODY_MALFORMED', { bodies: [] }],
    ['BODY_MALFORMED', { title: '' }],
    ['BODY_MALFORMED', { bodies: [{ kind: 'notes.write', content: 'no base64!' }] }],
  ])('%s: %j', (code, more) => {
    expect(twoOfThree().propose('maker', active, [note('x')], { keys: ['a'], ...more }).answer).toBe(code);
  });

  it('MOTION_TOO_MANY: of one proposer, until some are closed', () => {
    const story = twoOfThree();
    const made = Array.from({ length: 64 }, () => story.propose('maker', active, [note('x')], { keys: ['a'] }));
    expect(new Set(made.map(({ answer }) => answer))).toEqual(new Set(['ok']));
    expect(story.propose('maker', active, [note('x')], { keys: ['a'] }).answer).toBe('MOTION_TOO_MANY');
    expect(story.withdraw('maker', made[0] as (typeof made)[number])).toBe('ok');
    expect(story.propose('maker', active, [note('x')], { keys: ['a'] }).answer).toBe('ok');
  });
});

describe('a motion before a board', () => {
  const founders = { council: 'foundation', maker: 'producer', office: 'regulator', seller: 'wholesaler' } as const;
  const seal = (text: string): readonly BodyInput[] => [note(text, 'notes.seal')];

  it('takes a majority of two groups where genesis says nothing else', () => {
    const story = new Motions(founders);
    expect(story.say({ sender: 'maker', bodies: seal('alone') })).toBe('NOTES_BOARD_ONLY');
    const made = story.propose('maker', { board: 'issuers' }, seal('sealed'));
    expect([made.answer, story.approve('seller', made)]).toEqual(['ok', 'ok']);
    expect(story.status(made.motion)).toBe('open');
    expect(story.approve('council', made)).toBe('ok');
    expect(story.note('sealed')).toBe('maker by maker+seller+council');
  });

  it('is not carried by members alone, however many, nor by one who speaks twice', () => {
    const story = new Motions({ alpha: 'producer', beta: 'producer', gamma: 'producer', office: 'regulator' });
    const made = story.propose('alpha', { board: 'issuers' }, seal('members only'));
    expect([story.approve('beta', made), story.approve('gamma', made)]).toEqual(['ok', 'ok']);
    expect(story.status(made.motion)).toBe('open');
    expect(story.approve('gamma', made)).toBe('MOTION_APPROVED_ALREADY');
    expect(story.approve('office', made)).toBe('ok');
    expect(story.status(made.motion)).toBe('executed');
  });

  it('MOTION_NOT_YOURS, MOTION_BOARD_UNKNOWN: of its members only', () => {
    const story = new Motions(founders);
    expect(story.propose('maker', { board: 'regulators' }, seal('x')).answer).toBe('MOTION_NOT_YOURS');
    expect(story.propose('maker', { board: 'council' }, seal('x')).answer).toBe('MOTION_BOARD_UNKNOWN');
    expect(new Motions().propose('maker', { board: 'regulators' }, seal('x')).answer).toBe('MOTION_BOARD_UNKNOWN');
    expect(story.propose('office', { board: 'regulators' }, seal('one regulator')).answer).toBe('ok');
    expect(story.note('one regulator')).toBe('office by office');
  });

  it('MOTION_SIGNATURES_MISSED: a member speaks with its whole authority, in one transaction', () => {
    const story = new Motions(founders);
    story.account('office', 'account.update', { permissions: { active: grant(2, { o1: 1, o2: 1 }) } });
    const made = story.propose('maker', { board: 'issuers' }, seal('y'));
    expect(story.approve('office', made, ['o1'])).toBe('MOTION_SIGNATURES_MISSED');
    expect(story.approve('office', made, ['o1', 'o2'])).toBe('ok');
  });

  it('MOTION_KIND_FORBIDDEN: carries what boards decide, and nothing else', () => {
    const story = new Motions(founders);
    const update = accountBody('account.update', { permissions: { active: grant(1, { thief: 1 }) } });
    for (const body of [update, note('plain')])
      expect(story.propose('maker', { board: 'issuers' }, [body]).answer).toBe('MOTION_KIND_FORBIDDEN');
  });

  it('is composed as genesis says', () => {
    const board = { board: 'council', members: ['maker', 'seller'], threshold: 1, classesLeast: 1 };
    const story = new Motions(founders, { boards: [board] });
    expect(story.propose('seller', { board: 'council' }, seal('one is enough')).answer).toBe('ok');
    expect(story.note('one is enough')).toBe('seller by seller');
  });
});

describe('a dry run of an approval', () => {
  it('says what the last approval would bring', () => {
    const story = twoOfThree();
    story.say({ sender: 'seller', bodies: [note('taken')] });
    const made = story.propose('maker', active, [note('taken')], { keys: ['a'] });
    const body = motionBody('motion.approve', { motion: made.motion, digest: made.digest });
    const codes = (signer: string) => {
      const input = {
        sender: 'maker',
        signers: [keyNamed(signer)],
        transactions: [{ proceed: false, bodies: [body] }],
      };
      const answer = story.runtime.dryRun(story.view, input, 9, story.timeMs);
      return answer.ok
        ? answer.results.flatMap(({ failures }) => failures.map(({ code }) => code))
        : [answer.refusal.code];
    };
    expect([codes('a'), codes('b'), codes('z')]).toEqual([
      ['MOTION_APPROVED_ALREADY'],
      ['NOTES_TWICE'],
      ['TX_SIGNER_UNKNOWN'],
    ]);
  });
});
