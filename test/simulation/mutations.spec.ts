import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type * as Book from '../../libs/consensus/src/lbft/book.js';
import type * as Proposals from '../../libs/consensus/src/lbft/proposals.js';
import type * as Quorum from '../../libs/consensus/src/certificates/quorum.js';
import type * as Signing from '../../libs/consensus/src/lbft/signing.js';
import type * as Simulate from './simulate.js';
import { VoteType } from '../../libs/consensus/src/certificates/vote.js';

/*
 * Tests of the tests: the core is broken on purpose, in the test only, and the simulator must notice within the stated number of seeds. A mutant that survives means that the
 * checkers or the nemeses are blind.
 */

const lbft = '../../libs/consensus/src/lbft';

const quorumRoom = '../../libs/consensus/src/certificates/quorum.ts';
const broken = [quorumRoom, `${lbft}/signing.ts`, `${lbft}/proposals.ts`];

async function firstViolation(seeds: number, options: Simulate.SimulationOptions): Promise<string> {
  const { simulate } = await import('./simulate.js');
  for (let seed = 1; seed <= seeds; seed++) {
    try {
      simulate(seed, { stormMs: 8000, calmMs: 2000, ...options });
    } catch (error) {
      return (error as Error).message;
    }
  }
  return 'nothing was noticed';
}

describe('the simulator notices', () => {
  afterEach(() => {
    for (const path of broken) jest.unstable_unmockModule(path);
    jest.resetModules();
  });

  it('M1: certificates of f+1 votes', async () => {
    const actual = await jest.requireActual<Promise<typeof Quorum>>(quorumRoom);
    jest.unstable_mockModule(quorumRoom, () => ({
      ...actual,
      quorum: (size: number) => actual.faultTolerance(size) + 1,
    }));
    expect(await firstViolation(10, { committeeSize: 4, byzantine: 1 })).toMatch(/^(I[678]|ALARM)/);
  }, 120_000);

  it('M2: COMMIT that does not exclude IMPEACH', async () => {
    const actual = await jest.requireActual<Promise<typeof Signing>>(`${lbft}/signing.ts`);
    const { recordOf } = await jest.requireActual<Promise<typeof Book>>(`${lbft}/book.ts`);
    jest.unstable_mockModule(`${lbft}/signing.ts`, () => ({
      ...actual,
      askSignature: (...[turn, vote, rest]: Parameters<typeof actual.askSignature>) => {
        const { own } = recordOf(turn.state, vote.view);
        const { imp } = own;
        if (vote.type === VoteType.COMMIT) own.imp = false;
        const asked = actual.askSignature(turn, vote, rest);
        own.imp ||= imp;
        return asked;
      },
    }));
    expect(await firstViolation(20, { committeeSize: 4, defects: { signerForgets: true } })).toMatch(/^(I[278]|ALARM)/);
  }, 120_000);

  it('M2 is stopped by the sign-state, which decides R8 on its own', async () => {
    const actual = await jest.requireActual<Promise<typeof Signing>>(`${lbft}/signing.ts`);
    const { recordOf } = await jest.requireActual<Promise<typeof Book>>(`${lbft}/book.ts`);
    let forbidden = 0;
    jest.unstable_mockModule(`${lbft}/signing.ts`, () => ({
      ...actual,
      askSignature: (...[turn, vote, rest]: Parameters<typeof actual.askSignature>) => {
        const { own } = recordOf(turn.state, vote.view);
        const { imp } = own;
        if (vote.type === VoteType.COMMIT) own.imp = false;
        const asked = actual.askSignature(turn, vote, rest);
        if (imp && asked && vote.type === VoteType.COMMIT) forbidden += 1;
        own.imp ||= imp;
        return asked;
      },
    }));
    expect(await firstViolation(5, { committeeSize: 4 })).not.toMatch(/^I[1-8]:/);
    expect(forbidden).toBeGreaterThan(0);
  }, 120_000);

  it('M3: PREPARE for every proposal of a view', async () => {
    const actual = await jest.requireActual<Promise<typeof Proposals>>(`${lbft}/proposals.ts`);
    jest.unstable_mockModule(`${lbft}/proposals.ts`, () => ({
      ...actual,
      considerProposal: (turn: Parameters<typeof actual.considerProposal>[0]) => {
        actual.considerProposal(turn);
        const record = turn.state.views.get(turn.state.view);
        const second = record?.proposals[1];
        if (record === undefined || second === undefined || second.status === 'UNTIMELY') return;
        const { prep } = record.own;
        if (prep === second.block.hash) return;
        record.own.prep = null;
        record.proposals.reverse();
        actual.considerProposal(turn);
        record.proposals.reverse();
        record.own.prep ??= prep;
      },
    }));
    const options = { committeeSize: 4, byzantine: 1, acts: ['EQUIVOCATE'] as const, defects: { signerForgets: true } };
    expect(await firstViolation(20, options)).toMatch(/^(I[1678]|ALARM)/);
  }, 120_000);

  it('M7: a vote sent before it is flushed', async () => {
    expect(await firstViolation(10, { committeeSize: 4, defects: { sendBeforeFlush: true } })).toMatch(
      /^I[1235]|^QUARANTINE/,
    );
  }, 120_000);

  it('nothing in a cluster that is whole', async () => {
    expect(await firstViolation(6, { committeeSize: 4 })).toBe('nothing was noticed');
  }, 120_000);
});
