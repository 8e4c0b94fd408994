import type { Hashing } from './hashing.js';
import type { SignatureCheck, Verifier } from './verifier.js';

/** One implementation of the acceleration contract. Every engine passes the suite in `conformance/`. */
export interface Engine {
  /** Stable name for logs and metrics: `native-pool`, `native`, `portable`. */
  readonly name: string;
  readonly hashing: Hashing;
  /** Makes a verifier that the caller must close. */
  openVerifier(): Verifier;
  /** The same predicate, at once and on the calling thread. */
  verifySignature(check: SignatureCheck): boolean;
}

/** Why an engine was not taken, or is no longer used. */
export interface Demotion {
  readonly engine: string;
  readonly reason: 'unavailable' | 'self-test-failed' | 'cross-check-failed' | 'engine-failed';
  /** In plain words, for the operator's log. */
  readonly detail: string;
}

/** A verifier that has chosen its engine and changes to the next one when that engine fails. */
export interface SelectedVerifier extends Verifier {
  /** The engine answering now. */
  readonly name: string;
  /** Everything that was turned down so far, oldest first. */
  readonly demotions: readonly Demotion[];
}

export interface SelectionOptions {
  /** One in so many answers of a fast engine is compared with the portable reference; 0 switches it off. Default 1,024. */
  readonly crossCheckEvery?: number;
  /** Told once for each engine turned down. */
  readonly onDemotion?: (demotion: Demotion) => void;
}
