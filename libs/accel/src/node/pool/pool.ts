/**
 * Worker threads over any engine, so that the main loop of a node stays free. Nothing is shared between threads: requests
 * and answers are handed over. A thread that dies, or is silent for too long, rejects everything in hand and ends the pool
 * for good: the selection then does that work again elsewhere.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Accelerator, Operation, OperationAnswers, OperationRequests, RunOptions } from '../../contract/index.js';
import { decodeAnswer, encodeRequest, verifyWellFormed } from '../../wire/index.js';
import { split } from './splitting.js';
import type { PoolMessage, PoolRequest, WorkerTask } from './worker.js';

/** An engine by the built module that exports it: a thread loads it for itself. */
export interface PooledEngine {
  /** Stable name of the engine inside. */
  readonly name: string;
  /** Address of a JavaScript module (file:). */
  readonly module: URL;
  /** Name of the exported engine. */
  readonly exported: string;
}

export interface PoolOptions {
  /** Threads, at least 1. Default: one less than the machine runs at once, at most 4. */
  readonly threads?: number;
  /** What runs in the threads. Default: the native engine. */
  readonly engine?: PooledEngine;
  /** A thread that has work and gives no answer for so long hangs. Default 10,000. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** Parts in a thread's hands: one at work, one waiting so that it need not. */
const IN_HAND_MAX = 2;

/** A part of a call, waiting or in a thread's hands. */
interface Job {
  readonly operation: Operation;
  readonly request: OperationRequests[Operation];
  readonly resolve: (answer: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly inHand: Map<number, Job>;
  silence: NodeJS.Timeout | undefined;
}

/** How many threads a pool has unless told. */
function defaultThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1));
}

/**
 * Starts the threads; resolves when the engine runs in each. Rejects where worker threads cannot load this package's built
 * code (when run from TypeScript sources), or the engine does not start.
 */
export async function startPool(name: string, task: WorkerTask, options: PoolOptions): Promise<Accelerator> {
  if (!import.meta.url.endsWith('.js'))
    throw new Error('worker threads need the built package: these are the TypeScript sources');
  const count = Math.max(1, Math.floor(options.threads ?? defaultThreads()));
  const pool = new Pool(name, count, task, options.timeoutMs ?? TIMEOUT_MS);
  await pool.ready;
  return pool;
}

class Pool implements Accelerator {
  readonly name: string;
  operations: readonly Operation[] = [];
  readonly ready: Promise<void>;
  private readonly threads: Thread[];
  private readonly waiting = new Set<Job>();
  private readonly underWay = new Set<Promise<unknown>>();
  private failure: Error | undefined;
  private closing: Promise<void> | undefined;
  private nextId = 0;
  private failReady: (error: Error) => void = () => undefined;

  constructor(
    name: string,
    private readonly count: number,
    task: WorkerTask,
    private readonly timeoutMs: number,
  ) {
    this.name = `${name}-${count}`;
    let started = 0;
    let isReady: () => void = () => undefined;
    this.ready = new Promise((resolve, reject) => {
      isReady = resolve;
      this.failReady = reject;
    });
    this.threads = Array.from({ length: count }, () => {
      // No flags of the process: some of them (--eval, --input-type) make a thread refuse its file.
      const worker = new Worker(new URL('./worker.js', import.meta.url), {
        name: 'waymark-accel',
        execArgv: [],
        workerData: task,
      });
      const thread: Thread = { worker, inHand: new Map(), silence: undefined };
      worker.on('message', (message: PoolMessage) => {
        if (message.kind === 'ready') {
          this.operations = message.operations;
          worker.unref(); // a pool without work keeps no process alive
          started += 1;
          if (started === count) isReady();
        } else {
          this.answered(thread, message);
        }
      });
      worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
      worker.on('exit', (code) => this.fail(new Error(`a thread ended with code ${code}`)));
      return thread;
    });
  }

  run<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    options: RunOptions = {},
  ): Promise<OperationAnswers[O]> {
    if (this.closing !== undefined) return Promise.reject(new Error('The pool is closed.'));
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const call: Promise<OperationAnswers[O]> =
      operation === 'verify'
        ? (verifyWellFormed(request as OperationRequests['verify'], (checks) =>
            this.runParts('verify', checks, options),
          ) as Promise<OperationAnswers[O]>)
        : this.runParts(operation, request, options);
    const settled = call.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.add(settled);
    void settled.then(() => this.underWay.delete(settled));
    return call;
  }

  close(): Promise<void> {
    this.closing ??= Promise.all(this.underWay).then(async () => {
      this.failure ??= new Error('The pool is closed.');
      await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
    });
    return this.closing;
  }

  private async runParts<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    { signal }: RunOptions,
  ): Promise<OperationAnswers[O]> {
    signal?.throwIfAborted();
    const { parts, join } = split(operation, request, this.count);
    const jobs: Job[] = [];
    const answers = Promise.all(
      parts.map(
        (part) =>
          new Promise<Uint8Array>((resolve, reject) => {
            const job: Job = { operation, request: part, resolve, reject };
            jobs.push(job);
            this.waiting.add(job);
          }),
      ),
    );
    /** What has not begun is not begun; what a thread has in hand ends unread. */
    const giveUp = () => {
      for (const job of jobs) {
        this.waiting.delete(job);
        job.reject(signal?.reason as Error);
      }
    };
    signal?.addEventListener('abort', giveUp);
    this.sendWaiting();
    try {
      return join((await answers).map((bytes) => decodeAnswer(operation, bytes)));
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  private sendWaiting(): void {
    for (const job of this.waiting) {
      const thread = this.threads.reduce((least, other) => (other.inHand.size < least.inHand.size ? other : least));
      if (thread.inHand.size >= IN_HAND_MAX) return;
      this.waiting.delete(job);
      const request: PoolRequest = {
        id: this.nextId++,
        operation: job.operation,
        request: encodeRequest(job.operation, job.request),
      };
      if (thread.inHand.size === 0) {
        thread.worker.ref();
        this.expectAnswer(thread);
      }
      thread.inHand.set(request.id, job);
      thread.worker.postMessage(request, [request.request.buffer]);
    }
  }

  private answered(thread: Thread, message: Exclude<PoolMessage, { kind: 'ready' }>): void {
    const job = thread.inHand.get(message.id);
    thread.inHand.delete(message.id);
    clearTimeout(thread.silence);
    if (thread.inHand.size === 0) thread.worker.unref();
    else this.expectAnswer(thread);
    if (message.kind === 'answer') job?.resolve(message.answer);
    else job?.reject(new Error(message.detail));
    this.sendWaiting();
  }

  private expectAnswer(thread: Thread): void {
    thread.silence = setTimeout(
      () => this.fail(new Error(`a thread gave no answer for ${this.timeoutMs} ms`)),
      this.timeoutMs,
    ).unref();
  }

  private fail(error: Error): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.failReady(error);
    for (const job of this.waiting) job.reject(error);
    this.waiting.clear();
    for (const { worker, inHand, silence } of this.threads) {
      clearTimeout(silence);
      for (const { reject } of inHand.values()) reject(error);
      inHand.clear();
      void worker.terminate();
    }
  }
}
