/**
 * Dry runs of a node: asked by anybody who may call its RPC, and never at the cost of its votes. They wait in line, one is judged at a
 * time, senders take turns, and every line is short: who finds it full asks another node, or later.
 */
import { equalBytes, fromHex } from '@waymark/ledger/primitives';
import type { StateReader } from '@waymark/ledger/state';
import type { Executed, ExecutionTree } from '../execution/execution-tree.js';
import { Busy } from '../mempool/admission.js';
import { TokenBucket } from '../network/token-bucket.js';
import type { ChainStore } from '../storage/index.js';
import { StateGone, type DryRunAnswer, type DryRunJudge, type DryRunRequest } from './dry-run.js';

export const DRY_RUN_BOUNDS = {
  /** Bytes of all bodies of one dry run. */
  bytesMax: 4 * 1024 * 1024,
  /** Dry runs that wait or are judged, and those of one sender among them. */
  waitingMax: 32,
  waitingPerSenderMax: 6,
  /** Dry runs of one sender a second, with room for a burst. */
  perSecond: 50,
  burst: 100,
  /** Longer than any caller waits. */
  runMsMax: 15_000,
} as const;

const RETRY_MS = 1_000;
/** How often a dry run begins anew because the block that it stood on was given up. */
const TRIES = 3;
/** Senders whose rate is remembered. */
const SENDERS_MAX = 256;

interface Waiting {
  readonly request: DryRunRequest;
  readonly signal: AbortSignal;
  readonly resolve: (answer: Judged) => void;
  readonly reject: (error: Error) => void;
}

export interface Judged {
  /** Height of the last executed block, on whose state it was judged. */
  readonly height: number;
  readonly answer: DryRunAnswer;
}

export class DryRuns {
  /** By sender, in the order of their turns. */
  private readonly lines = new Map<string, Waiting[]>();
  private readonly rates = new Map<string, { readonly bucket: TokenBucket; usedAtMs: number }>();
  private running: Waiting | null = null;

  constructor(
    private readonly on: {
      readonly judge: DryRunJudge;
      readonly tree: Pick<ExecutionTree, 'latest' | 'get'>;
      readonly store: Pick<ChainStore, 'hashAt'>;
      /** Steady milliseconds. */
      readonly nowMs: () => number;
      readonly wallMs: () => number;
    },
  ) {}

  /** Judges on the last executed state. @throws Busy when there is no room, now or for this sender; what `signal` says when it is aborted */
  async run(request: DryRunRequest, signal: AbortSignal): Promise<Judged> {
    const { sender } = request;
    signal.throwIfAborted();
    const mine = (this.lines.get(sender)?.length ?? 0) + (this.running?.request.sender === sender ? 1 : 0);
    const all = [...this.lines.values()].reduce((sum, line) => sum + line.length, this.running === null ? 0 : 1);
    if (mine >= DRY_RUN_BOUNDS.waitingPerSenderMax || all >= DRY_RUN_BOUNDS.waitingMax)
      throw new Busy('this node has as many dry runs under way as it may', RETRY_MS);
    this.count(sender);
    return new Promise<Judged>((resolve, reject) => {
      const left = (): void => this.giveUp(waiting);
      const over = (): void => signal.removeEventListener('abort', left);
      const waiting: Waiting = {
        request,
        signal,
        resolve: (judged) => {
          over();
          resolve(judged);
        },
        reject: (error) => {
          over();
          reject(error);
        },
      };
      signal.addEventListener('abort', left, { once: true });
      this.lines.set(sender, [...(this.lines.get(sender) ?? []), waiting]);
      this.next();
    });
  }

  private count(sender: string): void {
    const now = this.on.nowMs();
    if (this.rates.size >= SENDERS_MAX) {
      const full = (1_000 * DRY_RUN_BOUNDS.burst) / DRY_RUN_BOUNDS.perSecond;
      for (const [name, { usedAtMs }] of this.rates) if (now - usedAtMs > full) this.rates.delete(name);
      if (this.rates.size >= SENDERS_MAX) throw new Busy('this node hears too many senders of dry runs', RETRY_MS);
    }
    let rate = this.rates.get(sender);
    if (rate === undefined) {
      rate = { bucket: new TokenBucket(DRY_RUN_BOUNDS.perSecond, DRY_RUN_BOUNDS.burst, now), usedAtMs: now };
      this.rates.set(sender, rate);
    }
    rate.usedAtMs = now;
    if (rate.bucket.take(1, now) === 0) return;
    rate.bucket.take(-1, now);
    throw new Busy('more dry runs of this sender came in a second than this node takes', RETRY_MS);
  }

  /** Nobody waits for it any more. One that is being judged ends by its signal. */
  private giveUp(waiting: Waiting): void {
    const { sender } = waiting.request;
    const line = this.lines.get(sender);
    if (line?.includes(waiting) !== true) return;
    this.setLine(
      sender,
      line.filter((one) => one !== waiting),
    );
    waiting.reject(waiting.signal.reason as Error);
  }

  private setLine(sender: string, line: Waiting[]): void {
    this.lines.delete(sender);
    if (line.length > 0) this.lines.set(sender, line);
  }

  private next(): void {
    if (this.running !== null) return;
    const [first] = this.lines;
    if (first === undefined) return;
    const [sender, [waiting, ...rest]] = first;
    this.setLine(sender, rest); // at the end: others come before its next one
    if (waiting === undefined) return;
    this.running = waiting;
    void this.judge(waiting)
      .then(waiting.resolve, waiting.reject)
      .finally(() => {
        this.running = null;
        this.next();
      });
  }

  private async judge({ request, signal }: Waiting): Promise<Judged> {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(DRY_RUN_BOUNDS.runMsMax)]);
    for (let tries = 1; ; tries++) {
      const block = this.on.tree.latest;
      const { height } = block;
      const place = { state: this.stateOf(block), height: height + 1, timeMs: this.on.wallMs() };
      try {
        return { height, answer: await this.on.judge.judge(request, place, bounded) };
      } catch (error) {
        if (error instanceof StateGone && tries < TRIES) continue;
        if (error instanceof StateGone || (bounded.aborted && !signal.aborted))
          throw new Busy('this node did not come to an end with the dry run', RETRY_MS);
        throw error;
      }
    }
  }

  /** The state after a block, for as long as the block stands: executed, or booked since. */
  private stateOf(block: Executed): StateReader {
    const { tree, store } = this.on;
    let booked = false;
    return {
      get: (key, text) => {
        if (!booked && tree.get(block.hash) === undefined) {
          const now = store.hashAt(block.height);
          if (now === null || !equalBytes(now, fromHex(block.hash))) throw new StateGone('the block was given up');
          booked = true;
        }
        return block.view.get(key, text);
      },
    };
  }
}
