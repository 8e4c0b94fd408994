import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SignatureCheck, Verifier } from '../../contract/index.js';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../../portable/index.js';
import { packChecks } from './packing.js';
import type { PoolAnswer, PoolRequest } from './worker.js';

export interface PoolOptions {
  /** Threads, at least 1. Default: one less than the machine runs at once, at most 4. */
  readonly threads?: number;
}

const CHUNK_CHECKS_MIN = 16;
const CHUNK_CHECKS_MAX = 256;

interface Job {
  readonly resolve: (answers: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
}

/**
 * The native engine in worker threads, so that the main loop of a node stays free. One thread's death rejects what it
 * had in hand and closes the pool for good: `selectVerifier` then does that work again elsewhere. Throws where worker
 * threads cannot load this package's built code (when run from TypeScript sources).
 */
export function openPoolVerifier(options: PoolOptions = {}): Verifier {
  if (!import.meta.url.endsWith('.js')) {
    throw new Error('worker threads need the built package: these are the TypeScript sources');
  }
  const count = Math.max(1, Math.floor(options.threads ?? Math.min(4, availableParallelism() - 1)));
  let failure: Error | undefined;
  let closing: Promise<void> | undefined;
  let nextId = 0;

  const threads: Thread[] = Array.from({ length: count }, () => {
    // No flags of the process: some of them (--eval, --input-type) make a thread refuse its file.
    const worker = new Worker(new URL('./worker.js', import.meta.url), { name: 'waymark-verify', execArgv: [] });
    const jobs = new Map<number, Job>();
    worker.unref(); // a pool without work keeps no process alive
    worker.on('message', ({ id, answers }: PoolAnswer) => {
      const job = jobs.get(id);
      jobs.delete(id);
      if (jobs.size === 0) worker.unref();
      job?.resolve(answers);
    });
    worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => fail(new Error(`a verification thread ended with code ${code}`)));
    return { worker, jobs };
  });

  const fail = (error: Error) => {
    if (failure !== undefined) return;
    failure = error;
    for (const { worker, jobs } of threads) {
      for (const { reject } of jobs.values()) reject(error);
      jobs.clear();
      void worker.terminate();
    }
  };

  const send = (checks: readonly SignatureCheck[]): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const thread = threads.reduce((least, other) => (other.jobs.size < least.jobs.size ? other : least));
      const request: PoolRequest = { id: nextId++, checks: packChecks(checks) };
      thread.jobs.set(request.id, { resolve, reject });
      thread.worker.ref();
      thread.worker.postMessage(request, [request.checks]);
    });

  const verifyMany = async (checks: readonly SignatureCheck[]): Promise<boolean[]> => {
    const answers = new Array<boolean>(checks.length).fill(false);
    const wellFormed = checks.flatMap((check, index) => (hasRightLengths(check) ? [{ check, index }] : []));
    const size = Math.min(CHUNK_CHECKS_MAX, Math.max(CHUNK_CHECKS_MIN, Math.ceil(wellFormed.length / count)));
    const sent: Promise<void>[] = [];
    for (let from = 0; from < wellFormed.length; from += size) {
      const chunk = wellFormed.slice(from, from + size);
      sent.push(
        send(chunk.map(({ check }) => check)).then((bytes) => {
          if (bytes.length !== chunk.length) {
            throw new Error(`a verification thread gave ${bytes.length} answers for ${chunk.length} checks`);
          }
          chunk.forEach(({ index }, i) => (answers[index] = bytes[i] === 1));
        }),
      );
    }
    await Promise.all(sent);
    return answers;
  };

  const underWay = new Set<Promise<boolean[]>>();
  return {
    name: `native-pool-${count}`,
    verifyMany(checks) {
      if (closing !== undefined) return Promise.reject(new Error('The verification pool is closed.'));
      if (failure !== undefined) return Promise.reject(failure);
      const call = verifyMany(checks).finally(() => underWay.delete(call));
      underWay.add(call);
      return call;
    },
    close() {
      closing ??= Promise.allSettled(underWay).then(async () => {
        failure ??= new Error('The verification pool is closed.');
        await Promise.all(threads.map(({ worker }) => worker.terminate()));
      });
      return closing;
    },
  };
}

function hasRightLengths({ publicKey, signature }: SignatureCheck): boolean {
  return publicKey.length === PUBLIC_KEY_BYTES && signature.length === SIGNATURE_BYTES;
}
