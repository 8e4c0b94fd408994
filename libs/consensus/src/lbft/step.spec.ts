import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { assembleCertificate } from '../certificates/quorum.js';
import { VoteType, type Hash, type SignedVote } from '../certificates/vote.js';
import type { Certificate, CommitCertificate } from '../certificates/certificate.js';
import {
  markVerified,
  recover,
  step,
  summarize,
  type BlockRef,
  type Effect,
  type Input,
  type LbftConfig,
  type LbftState,
  type LogRecord,
  type Message,
  type Status,
} from './index.js';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const genesis: BlockRef = {
  hash: 'ff'.repeat(32),
  parentHash: '00'.repeat(32),
  view: 0,
  parentView: 0,
  height: 0,
  timeMs: 1_000_000,
  txCount: 0,
};
const deltaMs = 100;
const minBlockMs = 200;
const slotMs = 3000;
/** Four validators, of whom 1, 2, 3 propose in turn: view 1 is led by member 1, view 2 by 2, view 3 by 3, view 4 by 1. */
const config: LbftConfig = {
  committeeSize: 4,
  self: 0,
  proposers: [1, 2, 3],
  leaderOf: (view) => (view - 1) % 3,
  epoch: 0,
  genesis,
  parameters: { deltaMs, minBlockMs, slotMs },
  sha256,
};
type Unclocked = Input extends infer One ? (One extends Input ? Omit<One, 'clock'> : never) : never;
const signature = new Uint8Array(64);
const vote = (type: VoteType, sender: number, view: number, blockHash: Hash): SignedVote => ({
  vote: type === VoteType.IMPEACH ? { type, epoch: 0, view } : { type, epoch: 0, view, blockHash },
  sender,
  signature,
});
const prepare = (sender: number, block: BlockRef): SignedVote => vote(VoteType.PREPARE, sender, block.view, block.hash);
const commit = (sender: number, block: BlockRef): SignedVote => vote(VoteType.COMMIT, sender, block.view, block.hash);
const impeach = (sender: number, view: number): SignedVote => vote(VoteType.IMPEACH, sender, view, '');
const certified = (...votes: SignedVote[]): Certificate => assembleCertificate(votes, 3)!;
const prepared = (block: BlockRef): Certificate => certified(prepare(1, block), prepare(2, block), prepare(3, block));
const committed = (block: BlockRef): CommitCertificate =>
  certified(commit(1, block), commit(2, block), commit(3, block)) as CommitCertificate;
const skipped = (view: number): Certificate => certified(impeach(1, view), impeach(2, view), impeach(3, view));

function child(parent: BlockRef, view: number, more: Partial<BlockRef> = {}): BlockRef {
  const name = `${parent.hash}/${view}/${JSON.stringify(more)}`;
  return {
    hash: createHash('sha256').update(name).digest('hex'),
    parentHash: parent.hash,
    parentView: parent.view,
    view,
    height: parent.height + 1,
    timeMs: parent.timeMs + 10,
    txCount: 0,
    ...more,
  };
}

/** One node in hand: what goes in, what came out. */
class Bench {
  readonly state: LbftState;
  effects: Effect[] = [];
  ignored: string | undefined;
  nowMs = 50_000;
  wallMs = 1_000_000;

  constructor(records: readonly LogRecord[] = [], more: Partial<LbftConfig> = {}, guarded = false) {
    this.state = recover({ ...config, ...more }, records);
    this.give({ kind: 'START' });
    if (!guarded) for (const peer of [1, 2]) this.status(peer);
    this.effects = [];
  }

  give(input: Unclocked): this {
    const result = step(this.state, { ...input, clock: { monotonicMs: this.nowMs, wallMs: this.wallMs } });
    this.effects = [...result.effects];
    this.ignored = result.ignored;
    return this;
  }

  message(from: number, message: Message): this {
    return this.give({ kind: 'MESSAGE', from, message: markVerified(message) });
  }

  vote(signed: SignedVote): this {
    return this.message(signed.sender, { kind: 'VOTE', vote: signed });
  }

  certificate(certificate: Certificate, from = 1): this {
    return this.message(from, { kind: 'CERTIFICATE', certificate });
  }

  validate(block: BlockRef, from = 1): this {
    return this.message(from, { kind: 'VALIDATE', certificate: committed(block), block });
  }

  propose(block: BlockRef, ...certificates: Certificate[]): this {
    const leader = config.leaderOf(block.view);
    return this.message(config.proposers[leader]!, {
      kind: 'PROPOSE',
      vote: vote(VoteType.PROPOSE, leader, block.view, block.hash),
      block,
      certificates,
    });
  }

  evaluated(block: BlockRef, outcome: 'VALID' | 'ILLICIT' | 'DIVERGENT' | 'NOT_YET' | 'DETACHED'): this {
    return this.give({ kind: 'PROPOSAL_EVALUATED', view: block.view, blockHash: block.hash, outcome });
  }

  durable(block: BlockRef): this {
    return this.give({ kind: 'BLOCK_DURABLE', block });
  }

  status(from: number, more: Partial<Status> = {}): this {
    const status: Status = {
      epoch: 0,
      view: 1,
      state: 'IDLE',
      quarantined: false,
      edgePending: false,
      finalView: 0,
      finalHeight: 0,
      entryCertificateHash: null,
      commitCertificateHash: null,
      yours: null,
      ownVotes: [],
      ...more,
    };
    return this.message(from, { kind: 'STATUS', status });
  }

  signed(type: VoteType, view: number, blockHash = ''): this {
    return this.give({
      kind: 'SIGNED',
      vote: vote(type, type === VoteType.PROPOSE ? this.state.config.proposers.indexOf(0) : 0, view, blockHash),
    });
  }

  later(ms: number): this {
    this.nowMs += ms;
    this.wallMs += ms;
    return this;
  }

  /** The clock goes to this timer's instant and it fires. */
  ring(timer: 'VIEW' | 'PROPOSE' | 'STATUS'): this {
    const due = this.state.timers[timer];
    if (due === null) throw new Error(`${timer} is not set`);
    return this.later(Math.max(0, due - this.nowMs)).give({ kind: 'TIMER', timer });
  }

  of<K extends Effect['kind']>(kind: K): Extract<Effect, { kind: K }>[] {
    return this.effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
  }

  /** Votes asked for by the last input, as "TYPE view". */
  get asked(): string[] {
    const names = { 1: 'PROPOSE', 2: 'PREPARE', 3: 'COMMIT', 4: 'IMPEACH' };
    return this.of('SIGN').map(({ vote: asked }) => `${names[asked.type]} ${asked.view}`);
  }

  get published(): string[] {
    return this.of('PUBLISH').map(({ message }) =>
      message.kind === 'CERTIFICATE' ? `${message.certificate.kind} ${message.certificate.view}` : message.kind,
    );
  }

  get view(): number {
    return summarize(this.state).view;
  }
}

const b1 = child(genesis, 1);
/** A node that has PREPAREd b1. */
const withPrepared = (): Bench => new Bench().propose(b1).evaluated(b1, 'VALID').signed(VoteType.PREPARE, 1, b1.hash);

describe('R0: nothing is published before it is signed and stored', () => {
  it('asks, and publishes only what came back', () => {
    const bench = new Bench().propose(b1).evaluated(b1, 'VALID');
    expect(bench.asked).toEqual(['PREPARE 1']);
    expect(bench.of('SIGN')[0]).toMatchObject({ rest: { block: b1 } });
    expect(bench.published).toEqual([]);
    bench.signed(VoteType.PREPARE, 1, b1.hash);
    expect(bench.published).toEqual(['VOTE']);
    expect(bench.of('PUBLISH')[0]!.to).toEqual([1, 2, 3]);
  });

  it('never asks again for what the sign-state refused', () => {
    const bench = new Bench().propose(b1).evaluated(b1, 'VALID');
    bench.give({ kind: 'SIGNING_REFUSED', vote: prepare(0, b1).vote, code: 'DOUBLE_PREPARE' });
    expect(bench.propose(b1).asked).toEqual([]);
  });

  it('does not take an input before START', () => {
    const state = recover(config, []);
    expect(() => step(state, { kind: 'TIMER', timer: 'VIEW', clock: { monotonicMs: 0, wallMs: 0 } })).toThrow('START');
  });
});

describe('the start guard', () => {
  it('signs nothing before STATUS has come from q-1 others, then starts the timer in full', () => {
    const bench = new Bench([], {}, true).propose(b1);
    expect(bench.of('EVALUATE_PROPOSAL')).toEqual([]);
    expect(bench.state.timers.VIEW).toBeNull();
    bench.status(1).status(1);
    expect(bench.of('EVALUATE_PROPOSAL')).toEqual([]);
    bench.later(500).status(2);
    expect(bench.of('EVALUATE_PROPOSAL')).toHaveLength(1);
    expect(bench.state.timers.VIEW).toBe(bench.nowMs + slotMs + 3 * deltaMs);
  });
});

describe('R1: entering views', () => {
  it.each<[string, Certificate, number]>([
    ['a P-certificate', prepared(b1), 2],
    ['an I-certificate', skipped(1), 2],
    ['a certificate far ahead', skipped(300), 301],
  ])('by %s, only forward, and the certificate is logged and relayed once', (_, certificate, next) => {
    const bench = new Bench().certificate(certificate, 2);
    expect(bench.view).toBe(next);
    expect(bench.of('APPEND_CERTIFICATE')).toMatchObject([{ certificate }]);
    expect(bench.of('PUBLISH')).toMatchObject([{ message: { kind: 'CERTIFICATE', certificate }, to: [1, 3] }]);
    expect(bench.certificate(certificate, 3).effects).toEqual([]);
    expect(bench.certificate(skipped(1), 1).view).toBe(next);
  });
});

describe('R2: proposing', () => {
  const leading = (records: readonly LogRecord[] = []): Bench => new Bench(records, { self: 0, proposers: [0, 1, 2] });

  it('waits for the slot when the chain is idle', () => {
    const bench = leading();
    expect(bench.state.timers.PROPOSE).toBe(bench.nowMs + slotMs);
    bench.ring('PROPOSE');
    expect(bench.of('BUILD_PROPOSAL')).toMatchObject([
      { view: 1, parent: genesis, certificates: [], empty: false, timeMs: bench.wallMs },
    ]);
  });

  it('proposes as soon as work arrives, not sooner than minBlockMs after the parent', () => {
    const early = leading().later(50);
    early.give({ kind: 'WORK', oldestMonotonicMs: early.nowMs });
    expect(early.state.timers.PROPOSE).toBe(early.nowMs - 50 + minBlockMs);
    const late = leading().later(1000);
    late.give({ kind: 'WORK', oldestMonotonicMs: late.nowMs });
    expect(late.of('BUILD_PROPOSAL')).toHaveLength(1);
  });

  it('counts a parent that carries transactions as work, once', () => {
    const full = child(genesis, 1, { txCount: 3 });
    const bench = new Bench([], { proposers: [1, 0, 2] }).durable(full).certificate(prepared(full));
    expect(bench.state.timers.PROPOSE).toBe(bench.nowMs + minBlockMs);
  });

  it('proposes early after a skipped view, with its I-certificate', () => {
    const bench = new Bench([], { proposers: [1, 0, 2] }).certificate(skipped(1));
    expect(bench.state.timers.PROPOSE).toBe(bench.nowMs + minBlockMs);
    expect(bench.ring('PROPOSE').of('BUILD_PROPOSAL')).toMatchObject([{ parent: genesis, certificates: [skipped(1)] }]);
  });

  it('builds on the highest certified view even when that view was skipped too (P2)', () => {
    const bench = new Bench([], { proposers: [1, 0, 2] })
      .durable(b1)
      .certificate(skipped(1))
      .certificate(prepared(b1))
      .ring('PROPOSE');
    expect(bench.of('BUILD_PROPOSAL')).toMatchObject([{ parent: b1, certificates: [prepared(b1)] }]);
  });

  it('asks for a certificate that is missing and does not guess', () => {
    const bench = new Bench([], { proposers: [1, 2, 0] }).certificate(skipped(2));
    expect(bench.of('REQUEST_CERTIFICATES')).toMatchObject([{ fromView: 1, toView: 1, to: [1, 2, 3] }]);
    expect(bench.state.timers.PROPOSE).toBeNull();
    bench.certificate(skipped(1));
    expect(bench.state.timers.PROPOSE).not.toBeNull();
  });

  it('fetches the body of its parent first', () => {
    const bench = new Bench([], { proposers: [1, 0, 2] }).certificate(prepared(b1));
    expect(bench.of('REQUEST_BLOCK')).toMatchObject([{ blockHash: b1.hash }]);
    expect(bench.state.timers.PROPOSE).toBeNull();
    expect(bench.durable(b1).state.timers.PROPOSE).not.toBeNull();
  });

  it('signs what was built, publishes it when it is signed, and sends it again to who shows no vote', () => {
    const bench = leading().ring('PROPOSE');
    const block = child(genesis, 1, { timeMs: bench.wallMs });
    bench.give({ kind: 'PROPOSAL_BUILT', view: 1, block });
    expect(bench.asked).toEqual(['PROPOSE 1']);
    bench.signed(VoteType.PROPOSE, 1, block.hash);
    expect(bench.published).toEqual(['PROPOSE']);
    expect(bench.status(3).of('SEND')).toMatchObject([{ to: 3, message: { kind: 'PROPOSE', block } }]);
    expect(bench.status(3, { state: 'PREPARE' }).of('SEND')).toEqual([]);
  });

  it('builds once a view, and again when the host could not', () => {
    const bench = leading().ring('PROPOSE');
    expect(bench.later(10).status(3).of('BUILD_PROPOSAL')).toEqual([]);
    bench.give({ kind: 'PROPOSAL_BUILT', view: 1, block: null });
    expect(bench.ring('PROPOSE').of('BUILD_PROPOSAL')).toHaveLength(1);
  });

  it('never makes a second proposal of a view after a restart; the first is sent again if its bytes are here (R11)', () => {
    const block = child(genesis, 1);
    const own: LogRecord = { kind: 'OWN_VOTE', vote: vote(VoteType.PROPOSE, 0, 1, block.hash) };
    const lost = leading([own]);
    expect(lost.state.timers.PROPOSE).toBeNull();
    const kept = new Bench([own, { kind: 'OWN_PROPOSAL', block, certificates: [] }], { proposers: [0, 1, 2] }, true)
      .status(1)
      .status(2);
    expect(kept.published).toEqual(['PROPOSE']);
    expect(kept.of('BUILD_PROPOSAL')).toEqual([]);
  });

  it('sends empty blocks, early, when more than 64 views are open (U)', () => {
    const far = Array.from({ length: 66 }, (_, index) => skipped(index + 1));
    const bench = new Bench([], { proposers: [0], leaderOf: () => 0 });
    for (const certificate of far) bench.certificate(certificate);
    bench.ring('PROPOSE');
    expect(bench.of('BUILD_PROPOSAL')).toMatchObject([{ view: 67, empty: true }]);
    expect(bench.of('BUILD_PROPOSAL')[0]!.certificates).toHaveLength(16);
  });
});

describe('R3: judging a proposal', () => {
  it('asks the host for what needs the ledger, once', () => {
    const bench = new Bench().propose(b1);
    expect(bench.of('EVALUATE_PROPOSAL')).toEqual([{ kind: 'EVALUATE_PROPOSAL', view: 1, block: b1, parent: genesis }]);
    expect(bench.propose(b1).ignored).toBe('duplicate');
    expect(bench.effects).toEqual([]);
  });

  it('(a) drops what is not by the leader of its view', () => {
    const foreign = {
      kind: 'PROPOSE',
      vote: vote(VoteType.PROPOSE, 1, 1, b1.hash),
      block: b1,
      certificates: [],
    } as const;
    const bench = new Bench().message(2, foreign);
    expect(bench.ignored).toMatch('V1');
    expect(bench.effects).toEqual([]);
  });

  it('(b) never impeaches for a missing certificate: it asks, and goes on when it comes', () => {
    const b3 = child(genesis, 3);
    const bench = new Bench().certificate(skipped(2)).propose(b3);
    expect(bench.of('REQUEST_CERTIFICATES')).toMatchObject([{ fromView: 1, toView: 1 }]);
    expect(bench.of('EVALUATE_PROPOSAL')).toEqual([]);
    expect(bench.certificate(skipped(1)).of('EVALUATE_PROPOSAL')).toHaveLength(1);
  });

  it('takes the certificates that came with the proposal', () => {
    const b3 = child(b1, 3);
    const bench = new Bench().durable(b1).propose(b3, prepared(b1), skipped(2));
    expect(bench.view).toBe(3);
    expect(bench.of('EVALUATE_PROPOSAL')).toMatchObject([{ block: b3, parent: b1 }]);
  });

  it.each<[string, BlockRef]>([
    ['a wrong height (V4)', child(genesis, 1, { height: 2 })],
    ['a time not above its parent (V5)', child(genesis, 1, { timeMs: genesis.timeMs })],
  ])('(c) impeaches %s at once', (_, block) => {
    expect(new Bench().propose(block).asked).toEqual(['IMPEACH 1']);
  });

  it('(c) impeaches what the host finds illicit', () => {
    expect(new Bench().propose(b1).evaluated(b1, 'ILLICIT').asked).toEqual(['IMPEACH 1']);
  });

  it.each<[string, number]>([
    ['from the future', 501],
    ['older than the delay allows', -2501],
  ])('(d) does not vote for a time %s, and waits for the timer', (_, offset) => {
    const bench = new Bench().later(10_000);
    const block = child(genesis, 1, { timeMs: bench.wallMs + offset });
    expect(bench.propose(block).of('EVALUATE_PROPOSAL')).toEqual([]);
    expect(bench.asked).toEqual([]);
    const edge = child(genesis, 1, { timeMs: bench.wallMs + (offset > 0 ? 500 : -2500) });
    const fresh = new Bench().later(10_000).propose(edge);
    expect(fresh.of('EVALUATE_PROPOSAL')).toHaveLength(1);
  });

  it('(d) reads the clock at first receipt only', () => {
    const bench = new Bench().propose(child(genesis, 2, { timeMs: 1_000_400 }));
    bench.later(100_000).certificate(skipped(1));
    expect(bench.of('EVALUATE_PROPOSAL')).toHaveLength(1);
  });

  it('(e) waits for a host that is not ready, and takes its later answer', () => {
    const bench = new Bench().propose(b1).evaluated(b1, 'NOT_YET');
    expect(bench.effects).toEqual([]);
    expect(bench.evaluated(b1, 'DETACHED').of('REQUEST_BLOCK')).toMatchObject([{ blockHash: b1.hash }]);
    expect(bench.evaluated(b1, 'VALID').asked).toEqual(['PREPARE 1']);
  });

  it('(f) raises an alarm on divergence, and halts only when the block is certified', () => {
    const bench = new Bench().propose(b1).evaluated(b1, 'DIVERGENT');
    expect(bench.of('ALARM')).toMatchObject([{ code: 'STATE_DIVERGENCE', halt: false }]);
    expect(bench.asked).toEqual([]);
    bench.certificate(prepared(b1));
    expect(bench.of('ALARM')).toMatchObject([{ code: 'STATE_DIVERGENCE', halt: true }]);
    expect(bench.asked).toEqual([]);
    expect(bench.vote(commit(1, b1)).ignored).toBe('halted');
  });

  it('prepares one block a view, and reports a leader who shows two (E1)', () => {
    const twin = child(genesis, 1, { timeMs: genesis.timeMs + 11 });
    const bench = withPrepared().propose(twin);
    expect(bench.of('EVIDENCE')).toMatchObject([{ offence: 'E1' }]);
    expect(bench.of('EVALUATE_PROPOSAL')).toEqual([]);
    expect(bench.asked).toEqual([]);
  });

  it('prepares nothing in a view it has impeached', () => {
    const bench = new Bench().ring('VIEW');
    expect(bench.asked).toEqual(['IMPEACH 1']);
    expect(bench.propose(b1).effects).toEqual([]);
  });

  it('fetches a proposal that f+1 others have prepared', () => {
    const bench = new Bench().vote(prepare(1, b1));
    expect(bench.of('REQUEST_BLOCK')).toEqual([]);
    expect(bench.vote(prepare(2, b1)).of('REQUEST_BLOCK')).toMatchObject([
      { blockHash: b1.hash, from: [1, 2], proposal: true },
    ]);
  });
});

describe('R4: a P-certificate', () => {
  it('is made of q PREPARE, the own one among them, and answered by COMMIT when the body is durable', () => {
    const bench = withPrepared().vote(prepare(2, b1));
    expect(bench.view).toBe(1);
    bench.vote(prepare(3, b1));
    expect(bench.published).toEqual(['P 1']);
    expect(bench.asked).toEqual(['COMMIT 1']);
    expect(bench.view).toBe(2);
  });

  it('does not count one sender twice', () => {
    expect(withPrepared().vote(prepare(2, b1)).vote(prepare(2, b1)).view).toBe(1);
  });

  it('without the body delays only the COMMIT', () => {
    const bench = new Bench().certificate(prepared(b1));
    expect(bench.view).toBe(2);
    expect(bench.asked).toEqual([]);
    expect(bench.of('REQUEST_BLOCK')).toMatchObject([{ blockHash: b1.hash, from: [1, 2, 3] }]);
    expect(bench.durable(b1).asked).toEqual(['COMMIT 1']);
  });

  it('after IMPEACH leads on without COMMIT (R8)', () => {
    const bench = new Bench().durable(b1).ring('VIEW').certificate(prepared(b1));
    expect(bench.view).toBe(2);
    expect(bench.asked).toEqual([]);
  });

  it('reports a sender of two PREPARE (E2), whose votes count for each block', () => {
    const twin = child(genesis, 1, { timeMs: genesis.timeMs + 11 });
    const bench = new Bench().vote(prepare(1, b1)).vote(prepare(1, twin));
    expect(bench.of('EVIDENCE')).toMatchObject([{ offence: 'E2' }]);
    expect(bench.vote(prepare(2, twin)).vote(prepare(3, twin)).view).toBe(2);
  });
});

describe('R5 and R6: giving up a view', () => {
  it('impeaches on timeout, then repeats STATUS after 2, 4, ... Delta up to 2 s', () => {
    const bench = new Bench().ring('VIEW');
    expect(bench.asked).toEqual(['IMPEACH 1']);
    const times = Array.from({ length: 6 }, () => bench.ring('STATUS').nowMs);
    expect(times.slice(1).map((time, index) => time - times[index]!)).toEqual([200, 400, 800, 1600, 2000]);
    expect(bench.of('SEND').map(({ to }) => to)).toEqual([1, 2, 3]);
  });

  it('follows f+1 others, and one is not enough', () => {
    const bench = new Bench().vote(impeach(1, 1));
    expect(bench.asked).toEqual([]);
    expect(bench.vote(impeach(2, 1)).asked).toEqual(['IMPEACH 1']);
  });

  it('acts on IMPEACH that came before the view was entered', () => {
    const bench = new Bench().vote(impeach(1, 2)).vote(impeach(2, 2)).certificate(skipped(1));
    expect(bench.asked).toEqual(['IMPEACH 2']);
  });

  it('never impeaches a view of which COMMIT was asked for (P4, R8)', () => {
    const bench = new Bench().durable(b1).certificate(prepared(b1));
    expect(bench.asked).toEqual(['COMMIT 1']);
    expect(bench.vote(impeach(1, 1)).vote(impeach(2, 1)).asked).toEqual([]);
  });
});

describe('R7: an I-certificate', () => {
  it('is made of q IMPEACH and skips the view', () => {
    const bench = new Bench().vote(impeach(1, 1)).vote(impeach(2, 1));
    bench.signed(VoteType.IMPEACH, 1);
    expect(bench.published).toEqual(['VOTE', 'I 1']);
    expect(bench.view).toBe(2);
  });

  it('reports COMMIT and IMPEACH by one key (E3)', () => {
    expect(new Bench().vote(commit(1, b1)).vote(impeach(1, 1)).of('EVIDENCE')).toMatchObject([{ offence: 'E3' }]);
  });
});

describe('R9: finality', () => {
  it('delivers the block once q committed, raises the floor and tells observers', () => {
    const bench = withPrepared()
      .vote(prepare(2, b1))
      .vote(prepare(3, b1))
      .signed(VoteType.COMMIT, 1, b1.hash)
      .vote(commit(2, b1));
    expect(bench.of('DELIVER')).toEqual([]);
    bench.vote(commit(3, b1));
    expect(bench.of('DELIVER')).toMatchObject([{ blocks: [b1] }]);
    expect(bench.of('RAISE_FLOOR')).toMatchObject([{ view: 1 }]);
    expect(bench.of('PUBLISH')).toMatchObject([{ message: { kind: 'VALIDATE', block: b1 }, observers: true }]);
    expect(summarize(bench.state)).toMatchObject({ finalHeight: 1, deliveredHeight: 1, floor: 1 });
  });

  it('delivers all ancestors in height order, once, when their bodies are here', () => {
    const b2 = child(b1, 2);
    const b3 = child(b2, 3);
    const bench = new Bench().validate(b3);
    expect(summarize(bench.state)).toMatchObject({ finalHeight: 3, deliveredHeight: 0, view: 4 });
    bench.durable(b3).durable(b2);
    expect(bench.of('DELIVER')).toEqual([]);
    bench.durable(b1);
    expect(bench.of('DELIVER')).toMatchObject([{ blocks: [b1, b2, b3] }]);
    expect(bench.durable(b2).effects).toEqual([]);
  });

  it('leaves long gaps to catch-up, and goes on from there', () => {
    const far = { ...child(genesis, 200), height: 100, parentHash: 'ee'.repeat(32), parentView: 199 };
    const bench = new Bench().validate(far);
    expect(bench.of('CATCH_UP')).toMatchObject([{ block: far, deliveredHeight: 0 }]);
    const next = child(far, 201);
    bench.durable(next).validate(next);
    expect(bench.of('DELIVER')).toEqual([]);
    bench.give({ kind: 'CAUGHT_UP', block: far, certificate: markVerified(committed(far)) });
    expect(bench.of('DELIVER')).toMatchObject([{ blocks: [next] }]);
  });

  it.each<[string, (bench: Bench) => Bench]>([
    ['another block at the final height', (bench) => bench.validate(child(genesis, 2))],
    ['another block in the final view', (bench) => bench.validate(child(genesis, 1, { timeMs: genesis.timeMs + 11 }))],
    [
      'a branch that leaves the final chain',
      (bench) =>
        bench
          .durable(child(child(genesis, 2), 3))
          .durable(child(genesis, 2))
          .validate(child(child(genesis, 2), 3)),
    ],
  ])('halts on %s', (_, conflict) => {
    const bench = conflict(new Bench().durable(b1).validate(b1));
    expect(bench.of('ALARM')).toMatchObject([{ code: 'FINALITY_CONFLICT', halt: true }]);
    expect(bench.state.timers).toEqual({ VIEW: null, PROPOSE: null, STATUS: null });
  });
});

describe('R10: STATUS', () => {
  it('is answered with what the peer lacks', () => {
    const bench = new Bench().durable(b1).validate(b1).certificate(skipped(2)).certificate(skipped(3));
    expect(
      bench
        .status(3)
        .of('SEND')
        .map(({ message }) => message),
    ).toMatchObject([
      { kind: 'VALIDATE', block: b1 },
      { kind: 'CERTIFICATE', certificate: { kind: 'I', view: 2 } },
      { kind: 'CERTIFICATE', certificate: { kind: 'I', view: 3 } },
    ]);
    expect(bench.status(3, { view: 4, finalView: 1, finalHeight: 1 }).of('SEND')).toEqual([]);
  });

  it('carries votes that count as if they had come by themselves (P5)', () => {
    const bench = new Bench().durable(b1).certificate(prepared(b1)).signed(VoteType.COMMIT, 1, b1.hash);
    bench.status(1, { view: 2, ownVotes: [commit(1, b1)] }).status(2, { view: 2, ownVotes: [commit(2, b1)] });
    expect(bench.of('DELIVER')).toHaveLength(1);
  });

  it('repeats own unfinal votes, sooner when a COMMIT stays unfinal', () => {
    const bench = new Bench().durable(b1).certificate(prepared(b1)).signed(VoteType.COMMIT, 1, b1.hash);
    const asked = bench.nowMs;
    bench.ring('STATUS').ring('STATUS');
    expect(bench.nowMs).toBe(asked + 2 * deltaMs);
    expect(bench.of('SEND')[0]!.message).toMatchObject({
      kind: 'STATUS',
      status: { view: 2, ownVotes: [{ vote: { type: VoteType.COMMIT, view: 1 } }] },
    });
  });

  it('shows each peer its own highest message (twin guard)', () => {
    const bench = new Bench().vote(impeach(1, 1)).vote(prepare(2, b1)).ring('STATUS');
    expect(
      bench
        .of('SEND')
        .map(({ message }) => (message.kind === 'STATUS' ? (message.status.yours?.vote.type ?? null) : undefined)),
    ).toEqual([VoteType.IMPEACH, VoteType.PREPARE, null]);
  });

  it('answers CERT_REQ with at most 64 views', () => {
    const bench = new Bench().certificate(skipped(1)).certificate(skipped(2));
    bench.message(3, { kind: 'CERT_REQ', epoch: 0, fromView: 1, toView: 10 });
    expect(bench.of('SEND')).toMatchObject([
      { message: { kind: 'CERT_RESP', certificates: [skipped(1), skipped(2)] } },
    ]);
    expect(bench.message(3, { kind: 'CERT_REQ', epoch: 0, fromView: 1, toView: 65 }).ignored).toBe('over 64 views');
  });
});

describe('timers', () => {
  it.each([
    [0, 300],
    [1, 450],
    [2, 675],
    [3, 1012],
    [4, 1200],
    [100, 1200],
  ])('with %i open views the margin is %i ms', (open, margin) => {
    const bench = new Bench();
    if (open === 0) expect(bench.state.timers.VIEW).toBe(bench.nowMs + slotMs + margin);
    else expect(bench.certificate(skipped(open + 2)).state.timers.VIEW).toBe(bench.nowMs + minBlockMs + margin);
  });

  it('are brought forward by work that has waited minBlockMs, never put back', () => {
    const bench = new Bench().later(100);
    bench.give({ kind: 'WORK', oldestMonotonicMs: bench.nowMs });
    const due = bench.nowMs + minBlockMs + minBlockMs + 3 * deltaMs;
    expect(bench.state.timers.VIEW).toBe(due);
    expect(bench.give({ kind: 'WORK', oldestMonotonicMs: null }).state.timers.VIEW).toBe(due);
  });

  it('skip a leader fast who was silent for 8 s and whose last view was skipped; hearing it ends that', () => {
    const bench = new Bench().certificate(skipped(1)).later(10_000);
    for (const view of [2, 3]) bench.certificate(skipped(view));
    expect(bench.view).toBe(4);
    expect(bench.state.timers.VIEW).toBe(bench.nowMs + deltaMs / 2);
    bench.status(1, { view: 4 });
    expect(bench.state.timers.VIEW).toBe(bench.nowMs + minBlockMs + 450);
  });
});

describe('2.6: memory is bounded', () => {
  it('takes votes of 64 views behind and ahead only', () => {
    const bench = new Bench();
    expect(bench.vote(impeach(1, 65)).ignored).toBeUndefined();
    expect(bench.vote(impeach(1, 66)).ignored).toBe('view out of the window');
    bench.certificate(skipped(100));
    expect(bench.vote(impeach(1, 37)).ignored).toBe('view out of the window');
    expect(bench.vote(impeach(1, 38)).ignored).toBeUndefined();
  });

  it('keeps two conflicting votes of a sender, not a third', () => {
    const bench = new Bench();
    const many = [11, 12, 13].map((more) => child(genesis, 1, { timeMs: genesis.timeMs + more }));
    for (const block of many) bench.vote(prepare(1, block));
    expect(bench.ignored).toBe('third conflicting vote');
    expect(summarize(bench.state).bufferedMessages).toBe(2);
  });

  it('under a flood of one liar holds a bounded number of messages', () => {
    const bench = new Bench();
    for (let view = 1; view < 400; view++) {
      for (let more = 11; more < 16; more++)
        bench.vote(prepare(1, child(genesis, view, { timeMs: genesis.timeMs + more })));
      bench.vote(impeach(1, view));
    }
    expect(summarize(bench.state).bufferedMessages).toBeLessThanOrEqual(4 * 128 * 4);
  });
});

describe('R11: restart', () => {
  it('resumes in the highest view whose entry certificate is held, with votes as recorded', () => {
    const records: LogRecord[] = [
      { kind: 'CERTIFICATE', certificate: skipped(1), block: null },
      { kind: 'OWN_VOTE', vote: impeach(0, 1) },
      { kind: 'OWN_VOTE', vote: prepare(0, child(genesis, 2)) },
      { kind: 'BLOCK', block: child(genesis, 2) },
    ];
    const bench = new Bench(records);
    expect(bench.view).toBe(2);
    expect(
      bench.propose(child(genesis, 2, { timeMs: genesis.timeMs + 11 }), skipped(1)).of('EVALUATE_PROPOSAL'),
    ).toEqual([]);
    expect(bench.certificate(prepared(child(genesis, 2))).asked).toEqual(['COMMIT 2']);
  });

  it('may still impeach a view in which only PREPARE is recorded', () => {
    const bench = new Bench([{ kind: 'OWN_VOTE', vote: prepare(0, b1) }]);
    expect(bench.ring('VIEW').asked).toEqual(['IMPEACH 1']);
  });

  it('commits, after the guard, what was certified before', () => {
    const records: LogRecord[] = [
      { kind: 'BLOCK', block: b1 },
      { kind: 'CERTIFICATE', certificate: prepared(b1), block: null },
    ];
    const bench = new Bench(records, {}, true).status(1);
    expect(bench.asked).toEqual([]);
    expect(bench.status(2).asked).toEqual(['COMMIT 1']);
  });

  it('delivers what was final and not delivered', () => {
    const records: LogRecord[] = [
      { kind: 'BLOCK', block: b1 },
      { kind: 'CERTIFICATE', certificate: committed(b1), block: b1 },
    ];
    const state = recover(config, records);
    const { effects } = step(state, { kind: 'START', clock: { monotonicMs: 0, wallMs: 0 } });
    expect(effects.filter(({ kind }) => kind === 'DELIVER')).toMatchObject([{ blocks: [b1] }]);
  });

  it('gives the same state however often the records are repeated', () => {
    const records: LogRecord[] = [
      { kind: 'DELIVERED', block: b1 },
      { kind: 'CERTIFICATE', certificate: committed(b1), block: b1 },
      { kind: 'CERTIFICATE', certificate: skipped(2), block: null },
      { kind: 'FLOOR', view: 1 },
      { kind: 'OWN_VOTE', vote: impeach(0, 2) },
    ];
    expect(recover(config, [...records, ...records])).toEqual(recover(config, records));
  });

  it('is quarantine when a vote is recorded in a view that cannot have been entered', () => {
    expect(summarize(new Bench([{ kind: 'OWN_VOTE', vote: impeach(0, 5) }]).state).quarantined).toBe(true);
  });
});

describe('2.11: quarantine', () => {
  it.each<[string, (bench: Bench) => Bench]>([
    ['a vote of this key that is not on record', (bench) => bench.message(1, { kind: 'VOTE', vote: impeach(0, 9) })],
    ['such a vote shown in a STATUS', (bench) => bench.status(1, { yours: prepare(0, child(genesis, 9)) })],
    [
      'such a vote inside a certificate',
      (bench) => bench.certificate(certified(impeach(0, 1), impeach(1, 1), impeach(2, 1))),
    ],
  ])('is entered on %s, and nothing is signed', (_, show) => {
    const bench = show(new Bench());
    expect(bench.of('QUARANTINE_ENTERED')).toHaveLength(1);
    expect(bench.propose(b1).effects.filter(({ kind }) => kind === 'SIGN' || kind === 'EVALUATE_PROPOSAL')).toEqual([]);
    expect(bench.state.timers.VIEW).toBeNull();
  });

  it('is not entered by votes on record or below the floor', () => {
    const bench = withPrepared();
    expect(bench.message(1, { kind: 'VOTE', vote: prepare(0, b1) }).effects).toEqual([]);
    bench.durable(b1).validate(b1);
    expect(bench.message(1, { kind: 'VOTE', vote: impeach(0, 1) }).of('QUARANTINE_ENTERED')).toEqual([]);
  });

  it('ends above the highest view that q others show by certificates, over sessions opened since', () => {
    const bench = new Bench([{ kind: 'QUARANTINED', reason: 'SIGN_STATE_LOST' }]).certificate(skipped(4));
    for (const peer of [1, 2, 3]) bench.status(peer, { view: 5 });
    expect(bench.of('LEAVE_QUARANTINE')).toEqual([]);
    for (const peer of [1, 2, 3]) bench.give({ kind: 'SESSION_OPENED', peer });
    bench.status(1, { view: 5 }).status(2, { view: 9 }).status(3, { view: 2, quarantined: true });
    expect(bench.of('LEAVE_QUARANTINE')).toEqual([]);
    bench.status(3, { view: 2 });
    expect(bench.of('LEAVE_QUARANTINE')).toEqual([]);
    bench.certificate(skipped(8)).certificate(skipped(1)).status(2, { view: 9 }).status(3, { view: 2 });
    expect(bench.of('LEAVE_QUARANTINE')).toEqual([{ kind: 'LEAVE_QUARANTINE', epoch: 0, floor: 10 }]);
    bench.give({ kind: 'QUARANTINE_LEFT', floor: 10 });
    expect(bench.ring('VIEW').asked).toEqual([]);
    expect(summarize(bench.state)).toMatchObject({ view: 9, quarantined: true });
    bench.certificate(skipped(10));
    expect(summarize(bench.state)).toMatchObject({ view: 11, quarantined: false });
    expect(bench.ring('VIEW').asked).toEqual(['IMPEACH 11']);
  });
});

describe('a committee of one', () => {
  it('proposes, prepares, commits and delivers on its own', () => {
    const bench = new Bench([], { committeeSize: 1, proposers: [0], leaderOf: () => 0 }, true).ring('PROPOSE');
    const block = child(genesis, 1, { timeMs: bench.wallMs });
    bench
      .give({ kind: 'PROPOSAL_BUILT', view: 1, block })
      .signed(VoteType.PROPOSE, 1, block.hash)
      .evaluated(block, 'VALID')
      .signed(VoteType.PREPARE, 1, block.hash);
    expect(bench.asked).toEqual(['COMMIT 1']);
    expect(bench.signed(VoteType.COMMIT, 1, block.hash).of('DELIVER')).toMatchObject([{ blocks: [block] }]);
  });
});
