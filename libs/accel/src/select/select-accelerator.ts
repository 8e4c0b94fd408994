/**
 * Chooses among engines and keeps watching them: known answers before the first use, calibration, a sample of the answers
 * compared with the portable reference. On any failure the engine is dropped and the next one does the same batch again, so
 * that a caller sees right answers or, when even the reference fails, a rejection; never an answer of an engine found wrong.
 */
import {
  answerProblem,
  OPERATIONS,
  RequestDeclined,
  requestProblem,
  type Accelerator,
  type Demotion,
  type DemotionCode,
  type Engine,
  type EngineChoice,
  type Operation,
  type OperationAnswers,
  type OperationRequests,
  type RunOptions,
  type SelectedAccelerator,
  type SelectionOptions,
} from '../contract/index.js';
import { portableServiceEngine } from '../portable/service/index.js';
import { calibrate, CALIBRATION_SIZES, classOf, sizeOf, type Candidate } from './calibration.js';
import { CrossCheck } from './cross-check.js';
import { selfTest } from './self-test.js';

const CROSS_CHECK_EVERY = 1024;
const TIMEOUT_MS = 10_000;
const CALIBRATION_MS = 300;
const COME_BACK_MS = 30_000;
/** Demotions kept for the operator: an engine that comes and goes must not fill the memory. */
const DEMOTIONS_KEPT = 256;

/** An engine that was started and passed its self-test. */
interface Entry extends Candidate {
  readonly engine: Engine;
  readonly accelerator: Accelerator;
}

/** An engine did not do its work: `code` for the alarm. */
class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  constructor(
    readonly code: DemotionCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * @param engines in the order of preference where calibration does not say otherwise; the portable reference is the last
 *   resort, named or not.
 * @returns engines that passed their self-test. Rejects only if the reference itself fails it: then this build of
 *   JavaScript cannot be trusted and the process must not go on.
 */
export async function selectAccelerator(
  engines: readonly Engine[],
  options: SelectionOptions = {},
): Promise<SelectedAccelerator> {
  const selection = new Selection(
    [...engines.filter(({ name }) => name !== portableServiceEngine.name), portableServiceEngine],
    options,
  );
  await selection.begin();
  return selection;
}

class Selection implements SelectedAccelerator {
  readonly demotions: Demotion[] = [];
  private entries: Entry[] = [];
  private closed = false;
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly stopWaiting = new Set<() => void>();
  /** Engines that were told to be gone and have not come back. */
  private readonly away = new Set<Engine>();
  private readonly check: CrossCheck;
  private readonly asked: readonly Operation[];

  constructor(
    private readonly engines: readonly Engine[],
    private readonly options: SelectionOptions,
  ) {
    this.asked = options.operations ?? OPERATIONS;
    this.check = new CrossCheck(options.crossCheckEvery ?? CROSS_CHECK_EVERY);
  }

  get name(): string {
    const [middling = 1] = CALIBRATION_SIZES.verify.slice(1);
    return this.ranked('verify', middling)[0]?.accelerator.name ?? portableServiceEngine.name;
  }

  async begin(): Promise<void> {
    for (const engine of this.engines) {
      const entry = await this.startOne(engine);
      if (entry !== undefined) this.entries.push(entry);
    }
    if (!this.entries.some(({ engine }) => engine === portableServiceEngine)) {
      const why = this.demotions.map(({ engine, detail }) => `${engine}: ${detail}`).join('; ');
      await this.close();
      throw new Error(`The portable reference does not pass its self-test here: ${why}`);
    }
    await this.calibrate(this.entries);
  }

  choices(): EngineChoice[] {
    return this.asked.flatMap((operation) =>
      CALIBRATION_SIZES[operation].map((fromSize) => ({
        operation,
        fromSize,
        engines: this.ranked(operation, fromSize).map(({ accelerator }) => accelerator.name),
      })),
    );
  }

  verifyMany(checks: OperationRequests['verify']): Promise<boolean[]> {
    return this.run('verify', checks);
  }

  run<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    options: RunOptions = {},
  ): Promise<OperationAnswers[O]> {
    if (this.closed) return Promise.reject(new Error('The acceleration service is closed.'));
    if (!this.asked.includes(operation))
      return Promise.reject(new RangeError(`${operation} is not among what this service was opened for`));
    const problem = requestProblem(operation, request);
    if (problem !== undefined) return Promise.reject(new RangeError(`${operation}: ${problem}`));
    const call = this.answer(operation, request, options);
    const settled: Promise<unknown> = call
      .catch(() => undefined)
      .then(() => {
        this.underWay.delete(settled);
      });
    this.underWay.add(settled);
    return call;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const stop of this.stopWaiting) stop();
    this.stopWaiting.clear();
    await Promise.all(this.underWay);
    await Promise.all(this.entries.map(({ accelerator }) => accelerator.close()));
  }

  private async answer<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    options: RunOptions,
  ): Promise<OperationAnswers[O]> {
    const size = sizeOf(operation, request);
    const declined = new Set<Entry>();
    for (;;) {
      options.signal?.throwIfAborted();
      const entry = this.ranked(operation, size).find((candidate) => !declined.has(candidate));
      if (entry === undefined) throw new Error(`No engine answers ${operation} correctly here.`);
      try {
        const answer = await this.ask(entry, operation, request, options);
        const wrong = this.isReference(entry) ? undefined : this.check.findsWrong(operation, request, answer, size);
        if (wrong === undefined) return answer;
        this.demote(entry, 'ACCEL_ANSWER_WRONG', operation, wrong);
      } catch (error) {
        options.signal?.throwIfAborted();
        // What the reference cannot do, nobody can: the caller is told.
        if (this.isReference(entry)) throw error;
        if (error instanceof RequestDeclined) declined.add(entry);
        else this.demote(entry, codeOf(error), operation, messageOf(error));
      }
    }
  }

  /** The answer of one engine, in time and in the right form. */
  private async ask<O extends Operation>(
    entry: Pick<Entry, 'accelerator' | 'engine'>,
    operation: O,
    request: OperationRequests[O],
    options: RunOptions,
  ): Promise<OperationAnswers[O]> {
    const answer = await this.inTime(
      () => entry.accelerator.run(operation, request, options),
      // The reference is slow and never hangs; nobody could take over from it.
      this.isReference(entry) ? undefined : `${operation} not answered`,
      options.signal,
    );
    const problem = answerProblem(operation, request, answer);
    if (problem !== undefined) throw new EngineFailure('ACCEL_ENGINE_FAILED', problem);
    return answer;
  }

  private inTime<T>(work: () => T | Promise<T>, what: string | undefined, signal?: AbortSignal): Promise<T> {
    const { clock, timeoutMs = TIMEOUT_MS } = this.options;
    return new Promise<T>((resolve, reject) => {
      let stop: () => void = () => undefined;
      const settle = () => {
        stop();
        signal?.removeEventListener('abort', giveUp);
      };
      const giveUp = () => {
        settle();
        reject(signal?.reason as Error);
      };
      if (clock !== undefined && what !== undefined)
        stop = clock.after(timeoutMs, () => {
          settle();
          reject(new EngineFailure('ACCEL_ENGINE_TIMEOUT', `${what} in ${timeoutMs} ms`));
        });
      signal?.addEventListener('abort', giveUp);
      // `work` may throw at once; a promise's executor turns that into a rejection, but the timer must go too.
      new Promise<T>((answered) => answered(work())).then(
        (answer) => {
          settle();
          resolve(answer);
        },
        (error: unknown) => {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  /** Engines that offer an operation, best first for this size; the reference last where nothing was measured. */
  private ranked(operation: Operation, size: number): Entry[] {
    const index = classOf(operation, size);
    const cost = (entry: Entry): number => entry.costs.get(operation)?.[index] ?? Number.POSITIVE_INFINITY;
    // Infinity minus infinity is no number, and not comparable: the order given stays.
    return this.entries.filter((entry) => entry.offers(operation)).sort((a, b) => cost(a) - cost(b) || 0);
  }

  private isReference({ engine }: Pick<Entry, 'engine'>): boolean {
    return engine === portableServiceEngine;
  }

  /** Starts an engine and puts the known answers before it. Undefined: turned down, and told so. */
  private async startOne(engine: Engine): Promise<Entry | undefined> {
    let accelerator: Accelerator;
    try {
      accelerator = await this.inTime(() => engine.start(), 'not started');
    } catch (error) {
      this.tell(engine, 'ACCEL_ENGINE_UNAVAILABLE', null, messageOf(error));
      return undefined;
    }
    const offered = (accelerator.operations ?? engine.operations).filter((operation) => this.asked.includes(operation));
    const entry: Entry = {
      engine,
      accelerator,
      onCallingThread: engine.onCallingThread,
      offers: (operation) => offered.includes(operation),
      costs: new Map(),
      attempt: async (operation, request) => {
        try {
          await this.ask(entry, operation, request, {});
          return true;
        } catch (error) {
          if (error instanceof RequestDeclined) return false;
          this.demote(entry, codeOf(error), operation, messageOf(error));
          return false;
        }
      },
    };
    for (const operation of offered) {
      let code: DemotionCode = 'ACCEL_SELF_TEST_FAILED';
      const wrong = await this.inTime(
        () => selfTest(accelerator, operation),
        `the self-test of ${operation} not done`,
      ).catch((error: unknown) => {
        if (error instanceof EngineFailure) ({ code } = error);
        return messageOf(error);
      });
      if (wrong === undefined) continue;
      this.tell(engine, code, operation, wrong);
      closeQuietly(accelerator);
      return undefined;
    }
    return entry;
  }

  private async calibrate(candidates: readonly Entry[]): Promise<void> {
    const { clock, calibrationMs = CALIBRATION_MS } = this.options;
    if (clock !== undefined && calibrationMs > 0) await calibrate(candidates, this.asked, clock, calibrationMs);
  }

  /** Drops an engine that is in use. Many calls may fail by it at once: it is told once. */
  private demote(entry: Entry, code: DemotionCode, operation: Operation, detail: string): void {
    if (!this.entries.includes(entry)) return;
    this.entries = this.entries.filter((other) => other !== entry);
    closeQuietly(entry.accelerator);
    this.tell(entry.engine, code, operation, detail);
  }

  private tell(engine: Engine, code: DemotionCode, operation: Operation | null, detail: string): void {
    // Who lied once is never asked again.
    const lied = code === 'ACCEL_ANSWER_WRONG' || code === 'ACCEL_SELF_TEST_FAILED';
    if (engine.mayComeBack === true && !lied) this.awaitReturn(engine);
    if (this.away.has(engine) && !lied) return;
    this.away.add(engine);
    const demotion: Demotion = { code, engine: engine.name, operation, detail };
    this.demotions.push(demotion);
    if (this.demotions.length > DEMOTIONS_KEPT) this.demotions.shift();
    this.options.onDemotion?.(demotion);
  }

  private awaitReturn(engine: Engine): void {
    const { clock, comeBackMs = COME_BACK_MS } = this.options;
    if (clock === undefined || this.closed) return;
    const stop = clock.after(comeBackMs, () => {
      this.stopWaiting.delete(stop);
      const returning = this.takeBack(engine).finally(() => this.underWay.delete(returning));
      this.underWay.add(returning);
    });
    this.stopWaiting.add(stop);
  }

  private async takeBack(engine: Engine): Promise<void> {
    const entry = await this.startOne(engine);
    if (entry === undefined) return;
    if (this.closed) return closeQuietly(entry.accelerator);
    this.away.delete(engine);
    const place = (other: Entry): number => this.engines.indexOf(other.engine);
    // The others are measured with it again: the machine may have changed since.
    await this.calibrate([...this.entries, entry]);
    this.entries = [...this.entries, entry].sort((a, b) => place(a) - place(b));
  }
}

function codeOf(error: unknown): DemotionCode {
  return error instanceof EngineFailure ? error.code : 'ACCEL_ENGINE_FAILED';
}

/** An engine found wrong is not given the chance to fail again, or to hang, while closing. */
function closeQuietly(accelerator: Accelerator): void {
  void new Promise((closed) => closed(accelerator.close())).catch(() => undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
