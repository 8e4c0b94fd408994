import type { SelectedVerifier, SelectionOptions } from '../contract/index.js';
import { portableEngine } from '../portable/index.js';
import { selectVerifier } from '../select/index.js';
import { nativeEngine } from './native/index.js';
import { poolEngine } from './pool/index.js';

/** The engines of a node, best first. */
export type NodeEngineName = 'native-pool' | 'native' | 'portable';

export interface NodeVerifierOptions extends SelectionOptions {
  /** Engines to try, best first; the portable reference is the last resort, named or not. Default: all. */
  readonly engines?: readonly NodeEngineName[];
  /** Threads of the pool, at least 1. Default: one less than the machine runs at once, at most 4. */
  readonly threads?: number;
}

/**
 * The verifier of a node: the fastest engine that works on this machine, watched ({@link selectVerifier}). From
 * TypeScript sources there are no worker threads: the pool is turned down as `unavailable` and libsodium answers on
 * this thread. The caller closes it.
 */
export function openNodeVerifier(options: NodeVerifierOptions = {}): Promise<SelectedVerifier> {
  const names = options.engines ?? ['native-pool', 'native', 'portable'];
  const engines = names.map((name) => {
    switch (name) {
      case 'native-pool':
        return poolEngine(options.threads === undefined ? {} : { threads: options.threads });
      case 'native':
        return nativeEngine;
      case 'portable':
        return portableEngine;
    }
  });
  return selectVerifier(engines, options);
}
