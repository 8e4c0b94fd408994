import type { Hashing } from './hashing.js';
import type { Operation, OperationAnswers, OperationRequests } from './operations.js';
import type { SignatureCheck, Verifier } from './verifier.js';

/** What pure code asks at once and on its own thread. */
export interface InlineEngine {
  readonly name: string;
  readonly hashing: Hashing;
  /** The predicate of consensus.md 2.4. */
  verifySignature(check: SignatureCheck): boolean;
}

export interface RunOptions {
  /** Gives the call up: it rejects with the signal's reason, and work that has not begun is not begun. */
  readonly signal?: AbortSignal;
}

/** An engine that has been started and answers until it is closed. */
export interface Accelerator {
  /** For logs and metrics: which engine answers. */
  readonly name: string;
  /** What it turned out to offer of the engine's operations; absent: all of them. */
  readonly operations?: readonly Operation[];
  /**
   * Answers one batch. Requests are well-formed (`requestProblem` finds nothing) and not changed by the caller until the
   * answer is there; they are not changed or kept by the engine. Rejects when the engine is broken or closed, or the
   * call was given up: a rejection says nothing about the request.
   */
  run<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    options?: RunOptions,
  ): Promise<OperationAnswers[O]>;
  /** Calls under way are answered first; later calls reject. Closing twice is harmless. */
  close(): Promise<void>;
}

/** One implementation of the acceleration contract. Every engine passes the suite in `conformance/`. */
export interface Engine {
  /** Stable name for logs and metrics: `portable`, `native`, `native-pool`, `gpu`, `socket`. */
  readonly name: string;
  /** What it can do; all of it, always. */
  readonly operations: readonly Operation[];
  /** Its work holds the thread that asks. Such an engine has to be twice as fast as one that does not, to be chosen. */
  readonly onCallingThread: boolean;
  /** What made it fail may pass (a process that is started again): it is asked again later, self-test first. */
  readonly mayComeBack?: boolean;
  /** Rejects or throws where this machine does not have it, with the reason in plain words. */
  start(): Accelerator | Promise<Accelerator>;
}

/** Why an engine was not taken, or is no longer used. */
export type DemotionCode =
  | 'ACCEL_ENGINE_UNAVAILABLE'
  | 'ACCEL_SELF_TEST_FAILED'
  | 'ACCEL_ANSWER_WRONG'
  | 'ACCEL_ENGINE_FAILED'
  | 'ACCEL_ENGINE_TIMEOUT';

/** The alarm of the acceleration service. Nobody lost work by it: the next engine did the batch again. */
export interface Demotion {
  readonly code: DemotionCode;
  readonly engine: string;
  /** What it was doing; null when it did not start. */
  readonly operation: Operation | null;
  /** In plain words, for the operator's log. */
  readonly detail: string;
}

/** Time, which a library does not have. */
export interface AcceleratorClock {
  /** Milliseconds, never going back. */
  nowMs(): number;
  /** Calls `act` once after `delayMs` unless the function that it gives is called before; keeps no process alive. */
  after(delayMs: number, act: () => void): () => void;
}

export interface SelectionOptions {
  /** Time-outs, calibration and coming back need it; without it engines are asked in the order given and waited for. */
  readonly clock?: AcceleratorClock;
  /** What will be asked; engines are tested and calibrated for nothing else, and nothing else is answered. Default: everything. */
  readonly operations?: readonly Operation[];
  /** One in so many answers of an engine is compared with the portable reference; 0 switches it off. Default 1,024. */
  readonly crossCheckEvery?: number;
  /** An engine that has not answered a batch after this long is given up. Default 10,000. */
  readonly timeoutMs?: number;
  /** Time that calibration may take in all. 0: none, engines are asked in the order given. Default 300. */
  readonly calibrationMs?: number;
  /** After which time an engine that may come back is asked again. Default 30,000. */
  readonly comeBackMs?: number;
  /** Told once for each engine turned down. */
  readonly onDemotion?: (demotion: Demotion) => void;
}

/** Which engine answers batches of an operation from a size on, best first. */
export interface EngineChoice {
  readonly operation: Operation;
  /** Items of a list (signatures, messages, leaves), or bytes for sealing and compression. */
  readonly fromSize: number;
  readonly engines: readonly string[];
}

/** Engines that were chosen among by self-test and calibration, and are watched: the next one answers when one fails. */
export interface SelectedAccelerator extends Accelerator, Verifier {
  /** The engine that answers middling batches of signatures now. */
  readonly name: string;
  /** Everything that was turned down so far, oldest first. */
  readonly demotions: readonly Demotion[];
  /** For the operator: who answers what. */
  choices(): EngineChoice[];
}

/** {@link SelectedAccelerator} for whoever verifies signatures only. */
export type SelectedVerifier = Verifier & Pick<SelectedAccelerator, 'demotions'>;
