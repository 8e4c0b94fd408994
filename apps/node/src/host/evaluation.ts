/**
 * Judges one proposal at a time (R3): waits for its body and its parent, applies the V-rules, executes it. Goes on after
 * NOT_YET whenever something changed, until another proposal is asked for.
 */
import { toHex } from '@waymark/ledger/primitives';
import type { EvaluationOutcome } from '@waymark/consensus/lbft';
import type { Genesis } from '@waymark/ledger/chain';
import type { Runtime } from '@waymark/ledger/runtime';
import type { Logger } from 'pino';
import type { CheckedBlock, Executed, ExecutionTree } from '../execution/execution-tree.js';
import type { TransactionVerifier, VerifiedTransaction } from '../verification/transaction-verifier.js';
import type { BlockDesk, DeskBlock } from './block-desk.js';
import { judgeBody, judgeHeader, type Judgement } from './proposal-judge.js';

interface Asked {
  readonly view: number;
  readonly hash: string;
}

type Answer = { readonly outcome: EvaluationOutcome; readonly rule?: string };
const NOT_YET: Answer = { outcome: 'NOT_YET' };

/** The checked form of a block whose body is whole. */
export function checkedBlock(block: DeskBlock): CheckedBlock | null {
  if (block.transactions === null) return null;
  return { hash: block.hash, header: block.header, headerBytes: block.headerBytes, transactions: block.transactions };
}

export class Evaluation {
  private asked: Asked | null = null;
  private running = false;
  private again = false;
  private readonly faulted = new Set<string>();

  constructor(
    private readonly on: {
      readonly desk: BlockDesk;
      readonly tree: ExecutionTree;
      readonly verifier: TransactionVerifier;
      readonly runtime: Runtime;
      readonly genesis: Genesis;
      readonly genesisHash: Uint8Array;
      readonly committeeHash: Uint8Array;
      readonly leaderOf: (view: number) => number;
      /** A transaction that waits in the mempool, by its txHash. */
      readonly waiting: (txHash: string) => VerifiedTransaction | undefined;
      /** The body is whole and checked: make it durable. */
      readonly whole: (block: DeskBlock) => void;
      /** The body of this block, or of this parent, is missing: fetch it. */
      readonly missing: (hash: string) => void;
      readonly answer: (view: number, hash: string, outcome: EvaluationOutcome, rule: string | undefined) => void;
      /** Execution threw: these transactions must not be proposed again by this node. */
      readonly faulty: (block: DeskBlock, error: unknown) => void;
      readonly failed: (error: unknown) => void;
      readonly log: Logger;
    },
  ) {}

  ask(view: number, hash: string): void {
    this.asked = { view, hash };
    this.recheck();
  }

  /** Something changed that a waiting proposal may need. */
  recheck(): void {
    if (this.asked === null) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    this.run().catch((error: unknown) => this.on.failed(error));
  }

  private async run(): Promise<void> {
    try {
      do {
        this.again = false;
        const asked: Asked | null = this.asked;
        if (asked === null) return;
        const { outcome, rule } = await this.evaluate(asked);
        if (this.asked !== asked) {
          this.again = true;
          continue;
        }
        if (outcome !== 'NOT_YET') {
          this.asked = null;
          this.on.answer(asked.view, asked.hash, outcome, rule);
        }
      } while (this.again);
    } finally {
      this.running = false;
    }
  }

  private async evaluate({ view, hash }: Asked): Promise<Answer> {
    const { desk, log } = this.on;
    const block = desk.get(hash);
    if (block === undefined || this.faulted.has(hash)) return NOT_YET;
    const parent = await this.executed(toHex(block.header.parentHash));
    if (parent === null) return NOT_YET;
    const against = {
      genesis: this.on.genesis,
      genesisHash: this.on.genesisHash,
      committeeHash: this.on.committeeHash,
      leaderIdx: this.on.leaderOf(view),
      parent,
      historyRoot: this.on.tree.historyRoot(parent),
      runtime: this.on.runtime,
    };
    const header = judgeHeader(block.header, against);
    if (header.outcome !== 'VALID') return this.refused(block, header);
    if (!(await this.bodyIsWhole(block))) {
      if (block.illicit !== null) return this.refused(block, { outcome: 'ILLICIT', rule: `V7 ${block.illicit}` });
      this.on.missing(hash);
      return NOT_YET;
    }
    const body = judgeBody(block.header, block.transactions ?? [], against);
    if (body.outcome !== 'VALID') return this.refused(block, body);
    this.on.whole(block);
    try {
      const executed = await this.on.tree.execute(checkedBlock(block) as CheckedBlock);
      return executed === null ? NOT_YET : { outcome: 'VALID' };
    } catch (error) {
      // A fault of ours: this block gets no vote here, so that a deterministic one stops no node.
      this.faulted.add(hash);
      log.error(
        { hash, height: block.ref.height, error: (error as Error).message },
        'executing a proposal failed: a fault of this program',
      );
      this.on.faulty(block, error);
      return NOT_YET;
    }
  }

  private refused(block: DeskBlock, judgement: Judgement & { readonly rule: string }): Answer {
    this.on.log.warn(
      { hash: block.hash, height: block.ref.height, rule: judgement.rule, outcome: judgement.outcome },
      'a proposal was refused',
    );
    return { outcome: judgement.outcome, rule: judgement.rule };
  }

  /** State after a block, executing what lies between if the bodies are here; null when they are not. */
  async executed(hash: string): Promise<Executed | null> {
    const there = this.on.tree.get(hash);
    if (there !== undefined) return there;
    const block = this.on.desk.get(hash);
    if (block === undefined || !(await this.bodyIsWhole(block))) {
      this.on.missing(hash);
      return null;
    }
    if ((await this.executed(toHex(block.header.parentHash))) === null) return null;
    try {
      return await this.on.tree.execute(checkedBlock(block) as CheckedBlock);
    } catch (error) {
      this.on.log.error(
        { hash, error: (error as Error).message },
        'executing a certified block failed: a fault of this program',
      );
      return null;
    }
  }

  /** Completes the body from what waits here, or checks one that a peer sent. False: missing, or illicit. */
  private async bodyIsWhole(block: DeskBlock): Promise<boolean> {
    const { desk, verifier, waiting } = this.on;
    if (block.transactions !== null) return true;
    if (block.illicit !== null) return false;
    if (desk.complete(block, (txHash) => waiting(txHash) ?? verifier.known(txHash))) return true;
    if (block.bytes === null) return false;
    const checked = await Promise.all(block.bytes.transactions.map((bytes) => verifier.check(bytes)));
    const transactions: VerifiedTransaction[] = [];
    for (const answer of checked) {
      if (!answer.ok) {
        block.illicit = answer.refusal.code;
        return false;
      }
      transactions.push(answer.value);
    }
    desk.setBody(block, transactions);
    return true;
  }
}
