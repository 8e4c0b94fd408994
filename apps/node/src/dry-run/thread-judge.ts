import { MessageChannel, Worker } from 'node:worker_threads';
import { StateGone, type DryRunAnswer, type DryRunJudge, type DryRunPlace, type DryRunRequest } from './dry-run.js';
import { Signal, type JudgeNews, type JudgeOrder, type JudgeThreadData, type ReadAnswer } from './judge-messages.js';

/** Whether a thread can load this package: not from its TypeScript sources. */
export const canOpenThreadJudge = import.meta.url.endsWith('.js');

const HEAP_MIB_MAX = 256;

interface Thread {
  readonly worker: Worker;
  readonly signals: Int32Array<SharedArrayBuffer>;
  /** The state about which the thread asks. */
  place: DryRunPlace | undefined;
  under: { settle(news: JudgeNews): void; fail(error: Error): void } | undefined;
  /** Why the state could not be read. */
  broken: Error | undefined;
}

/**
 * Judges in a thread of its own, so that the node votes meanwhile: a dry run of 4 MiB takes seconds. One at a time. A thread that
 * dies takes its dry run with it; the next one gets a new thread.
 *
 * @param file the built thread; tests give one of their own
 */
export function threadJudge(
  genesis: Uint8Array,
  file: URL = new URL('./judge-thread.js', import.meta.url),
): DryRunJudge {
  let thread: Thread | undefined;
  let nextId = 0;

  const open = (): Thread => {
    const { port1: ours, port2: theirs } = new MessageChannel();
    const signals = new Int32Array(new SharedArrayBuffer(8));
    const data: JudgeThreadData = { genesis, reads: theirs, signals };
    const worker = new Worker(file, {
      name: 'waymark-dry-run',
      workerData: data,
      transferList: [theirs],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
    });
    const opened: Thread = { worker, signals, place: undefined, under: undefined, broken: undefined };
    const died = (error: Error): void => {
      if (thread === opened) thread = undefined;
      ours.close();
      opened.under?.fail(error);
      opened.under = undefined;
    };
    worker.on('message', (news: JudgeNews) => {
      const { under } = opened;
      opened.under = undefined;
      opened.place = undefined;
      worker.unref();
      ours.unref();
      under?.settle(news);
    });
    worker.on('error', (cause) => died(cause instanceof Error ? cause : new Error(String(cause))));
    worker.on('exit', (code) => died(new Error(`the thread of dry runs ended with code ${code}`)));
    ours.on('message', (key: Uint8Array) => {
      let answer: ReadAnswer = 'gone';
      try {
        if (opened.place !== undefined) answer = { value: opened.place.state.get(key) };
      } catch (cause) {
        opened.broken = cause instanceof Error ? cause : new Error(String(cause));
      }
      ours.postMessage(answer);
      Atomics.store(signals, Signal.ANSWERED, 1);
      Atomics.notify(signals, Signal.ANSWERED);
    });
    worker.unref(); // without work it keeps no process alive
    ours.unref();
    return opened;
  };

  return {
    judge(request: DryRunRequest, place: DryRunPlace, signal: AbortSignal): Promise<DryRunAnswer> {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const at = (thread ??= open());
      if (at.under !== undefined) return Promise.reject(new Error('one dry run at a time'));
      Atomics.store(at.signals, Signal.CANCELLED, 0);
      const cancel = (): void => void Atomics.store(at.signals, Signal.CANCELLED, 1);
      signal.addEventListener('abort', cancel, { once: true });
      return new Promise<DryRunAnswer>((resolve, reject) => {
        const id = nextId++;
        at.place = place;
        at.broken = undefined;
        at.under = {
          settle: (news) => {
            if ('answer' in news) resolve(news.answer);
            else if (news.failed === 'gone') reject(at.broken ?? new StateGone('the dry run had ended'));
            else if (news.failed === 'cancelled') reject(signal.reason as Error);
            else reject(new Error(`a dry run failed: ${news.why ?? ''}`));
          },
          fail: reject,
        };
        at.worker.ref();
        const order: JudgeOrder = { id, request, height: place.height, timeMs: place.timeMs };
        at.worker.postMessage(order);
      }).finally(() => signal.removeEventListener('abort', cancel));
    },
    close: async () => {
      await thread?.worker.terminate();
    },
  };
}
