import { describe, expect, it } from '@jest/globals';
import { nativeHashing as hashing } from '@waymark/accel/node';
import { decodeHeader, decodeTransaction, type Header } from '@waymark/ledger/chain';
import { appendLeaf, EMPTY_RANGE, rangeRoot, toHex, treeHead } from '@waymark/ledger/primitives';
import { createRuntime } from '@waymark/ledger/runtime';
import type { Executed } from '../execution/execution-tree.js';
import { Mempool } from '../mempool/mempool.js';
import { notes, noteTransaction, testGenesis } from '../testing/consortium.js';
import type { VerifiedTransaction } from '../verification/transaction-verifier.js';
import { buildProposal } from './proposal-builder.js';
import { judgeBody, judgeHeader, type JudgedAgainst, type Judgement } from './proposal-judge.js';
import { rosterOf } from './roster.js';

const of = testGenesis(4);
const { genesis, genesisHash } = of;
const runtime = createRuntime({ hashing, modules: [notes], genesis, genesisHash });
const view = runtime.genesisState();
const parent: Executed = {
  hash: toHex(genesisHash),
  parentHash: '',
  height: 0,
  timeMs: genesis.timeMs,
  view,
  stateRoot: view.root,
  receiptRoot: treeHead(hashing, []),
  range: appendLeaf(hashing, EMPTY_RANGE, genesisHash).range,
};
const { committeeHash } = rosterOf(hashing, genesis);
const against: JudgedAgainst = {
  genesis,
  genesisHash,
  committeeHash,
  leaderIdx: 1,
  parent,
  historyRoot: rangeRoot(hashing, parent.range),
  runtime,
};

function transaction(text: string, over: { expiryHeight?: number } = {}): VerifiedTransaction {
  const decoded = decodeTransaction(hashing, noteTransaction(of, 'farm', [text], over).bytes);
  if (!decoded.ok) throw new Error(decoded.refusal.code);
  return decoded.value as VerifiedTransaction;
}
function built(texts: readonly string[]): { header: Header; transactions: readonly VerifiedTransaction[] } {
  const mempool = new Mempool({ countMax: 100, bytesMax: 1_000_000 });
  for (const text of texts) mempool.add(transaction(text), 0);
  const { headerBytes, transactions } = buildProposal(
    { hashing, genesis, genesisHash, committeeHash, runtime, mempool },
    {
      view: 1,
      parent,
      parentView: 0,
      historyRoot: against.historyRoot,
      timeMs: Date.now(),
      leaderIdx: 1,
      empty: false,
      bytesAim: 1_000_000,
    },
  );
  const header = decodeHeader(headerBytes);
  if (!header.ok) throw new Error(header.refusal.code);
  return { header: header.value, transactions };
}
const one = new Uint8Array(32).fill(1);
const ruleOf = (judgement: Judgement): string =>
  judgement.outcome === 'VALID' ? 'VALID' : `${judgement.outcome} ${judgement.rule}`;

describe('judging a proposal', () => {
  it('finds nothing wrong with what an honest leader builds', () => {
    const { header, transactions } = built(['a', 'b']);
    expect(transactions).toHaveLength(2);
    expect(ruleOf(judgeHeader(header, against))).toBe('VALID');
    expect(ruleOf(judgeBody(header, transactions, against))).toBe('VALID');
  });

  it('names the rule that each wrong field of a header breaks', () => {
    const { header } = built(['a']);
    const cases: [Partial<Header>, string][] = [
      [{ version: 2 }, 'V2 version or suite'],
      [{ suite: 2 }, 'V2 version or suite'],
      [{ genesisHash: one }, 'V2 genesisHash'],
      [{ committeeHash: one }, 'V2 committee, generation or epoch'],
      [{ generation: 1 }, 'V2 committee, generation or epoch'],
      [{ epoch: 1 }, 'V2 committee, generation or epoch'],
      [{ leaderIdx: 2 }, 'V2 leaderIdx'],
      [{ sideRoot: one }, 'V2 unused fields'],
      [{ nextCommitteeHash: one }, 'V2 unused fields'],
      [{ nextProposersHash: one }, 'V2 unused fields'],
      [{ nextSeed: one }, 'V2 unused fields'],
      [{ edgeHash: one }, 'V2 unused fields'],
      [{ extraRoot: one }, 'V2 unused fields'],
      [{ signal: 1 }, 'V2 unused fields'],
      [{ reveal: one }, 'V10'],
      [{ kind: 1 }, 'V11'],
      [{ height: 2 }, 'V4 height'],
      [{ historyRoot: one }, 'V4 historyRoot'],
      [{ bodyBytes: genesis.parameters.maxBlockBytes + 1 }, 'V6 bodyBytes'],
      [{ txCount: header.bodyBytes + 1 }, 'V6 txCount'],
    ];
    for (const [change, rule] of cases)
      expect(ruleOf(judgeHeader({ ...header, ...change }, against))).toBe(`ILLICIT ${rule}`);
  });

  it('names what is wrong with a body, and tells other roots apart from broken rules', () => {
    const { header, transactions } = built(['a', 'b']);
    const judged = (change: Partial<Header>, body: readonly VerifiedTransaction[] = transactions): string =>
      ruleOf(judgeBody({ ...header, ...change }, body, against));
    expect(judged({ txCount: 3 })).toBe('ILLICIT V7 txCount or bodyBytes');
    expect(judged({ bodyBytes: 7 })).toBe('ILLICIT V7 txCount or bodyBytes');
    const twice = [transactions[0] as VerifiedTransaction, transactions[0] as VerifiedTransaction];
    const bytesOf = (body: readonly VerifiedTransaction[]): number =>
      body.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(judged({ bodyBytes: bytesOf(twice) }, twice)).toBe('ILLICIT V7 txId twice');
    const far = [transaction('far', { expiryHeight: 20_000 })];
    expect(judged({ txCount: 1, bodyBytes: bytesOf(far) }, far)).toBe('ILLICIT V7 expiryHeight');
    expect(judged({ parentStateRoot: one })).toBe('DIVERGENT V8 parentStateRoot');
    expect(judged({ parentReceiptRoot: one })).toBe('DIVERGENT V8 parentReceiptRoot');
  });
});
