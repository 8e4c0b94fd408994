import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { VoteType } from '../certificates/vote.js';
import type { BlockRef, Effect, Input, LbftConfig, LogRecord } from '../lbft/index.js';
import { solo, type ConsensusEngine } from './index.js';

const genesis: BlockRef = {
  hash: 'ff'.repeat(32),
  parentHash: '00'.repeat(32),
  view: 0,
  parentView: 0,
  height: 0,
  timeMs: 1000,
  txCount: 0,
};
const config: LbftConfig = {
  committeeSize: 1,
  self: 0,
  proposers: [0],
  leaderOf: () => 0,
  epoch: 0,
  genesis,
  parameters: { deltaMs: 10, minBlockMs: 50, slotMs: 3000 },
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
};
type Unclocked = Input extends infer One ? (One extends Input ? Omit<One, 'clock'> : never) : never;
const give = (engine: ConsensusEngine, input: Unclocked, atMs: number): readonly Effect[] =>
  engine.step({ ...input, clock: { monotonicMs: atMs, wallMs: 1000 + atMs } }).effects;
const b1: BlockRef = {
  hash: 'b1'.repeat(32),
  parentHash: genesis.hash,
  view: 1,
  parentView: 0,
  height: 1,
  timeMs: 1050,
  txCount: 2,
};
const commit = {
  vote: { type: VoteType.COMMIT, epoch: 0, view: 1, blockHash: b1.hash },
  sender: 0,
  signature: new Uint8Array(64),
} as const;

describe('solo', () => {
  it('builds when work comes, judges, signs one COMMIT and delivers it with a certificate of one', () => {
    const engine = solo(config, []);
    expect(give(engine, { kind: 'START' }, 0)).toEqual([{ kind: 'SET_TIMER', timer: 'PROPOSE', atMonotonicMs: 3000 }]);
    expect(give(engine, { kind: 'WORK', oldestMonotonicMs: 20 }, 20)).toEqual([
      { kind: 'SET_TIMER', timer: 'PROPOSE', atMonotonicMs: 50 },
    ]);
    expect(give(engine, { kind: 'TIMER', timer: 'PROPOSE' }, 50)).toMatchObject([
      { kind: 'BUILD_PROPOSAL', view: 1, parent: genesis },
    ]);
    expect(give(engine, { kind: 'PROPOSAL_BUILT', view: 1, block: b1 }, 51)).toMatchObject([
      { kind: 'EVALUATE_PROPOSAL', block: b1 },
    ]);
    expect(
      give(engine, { kind: 'PROPOSAL_EVALUATED', view: 1, blockHash: b1.hash, outcome: 'VALID' }, 52),
    ).toMatchObject([{ kind: 'SIGN', vote: commit.vote, rest: { block: b1 } }]);
    const effects = give(engine, { kind: 'SIGNED', vote: commit }, 60);
    expect(effects.map(({ kind }) => kind)).toEqual([
      'APPEND_CERTIFICATE',
      'RAISE_FLOOR',
      'PUBLISH',
      'DELIVER',
      'PRUNE',
      'SET_TIMER',
    ]);
    expect(effects[3]).toMatchObject({
      blocks: [b1],
      certificate: { kind: 'C', view: 1, bitmap: 1, blockHash: b1.hash },
    });
    expect(engine.summary()).toMatchObject({ view: 2, finalHeight: 1 });
  });

  it('finishes after a restart what it had committed, and signs nothing else in that view', () => {
    const records: LogRecord[] = [
      { kind: 'BLOCK', block: b1 },
      { kind: 'OWN_VOTE', vote: commit },
    ];
    const engine = solo(config, records);
    const effects = give(engine, { kind: 'START' }, 0);
    expect(effects.find(({ kind }) => kind === 'DELIVER')).toMatchObject({ blocks: [b1] });
    expect(engine.summary()).toMatchObject({ view: 2, finalHeight: 1 });
  });

  it('tries again when the host could not build', () => {
    const engine = solo(config, []);
    give(engine, { kind: 'START' }, 0);
    give(engine, { kind: 'TIMER', timer: 'PROPOSE' }, 3000);
    expect(give(engine, { kind: 'PROPOSAL_BUILT', view: 1, block: null }, 3001)).toMatchObject([
      { kind: 'SET_TIMER', timer: 'PROPOSE' },
    ]);
  });

  it('is for a committee of one', () => {
    expect(() => solo({ ...config, committeeSize: 4 }, [])).toThrow(RangeError);
  });
});
