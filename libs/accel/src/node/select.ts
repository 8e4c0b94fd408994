import type { Engine, SelectedAccelerator, SelectionOptions } from '../contract/index.js';
import { portableServiceEngine } from '../portable/service/index.js';
import { selectAccelerator } from '../select/index.js';
import { processClock } from './clock.js';
import { nativeEngine } from './native/index.js';
import { poolEngine } from './pool/index.js';

/** The engines that every node may have, in the order of preference. */
export const NODE_ENGINES = ['native-pool', 'native', 'portable'] as const;
export type NodeEngineName = (typeof NODE_ENGINES)[number];

export interface NodeAcceleratorOptions extends SelectionOptions {
  /** Engines to try; the portable reference is the last resort, named or not. Default: all. */
  readonly engines?: readonly NodeEngineName[];
  /** Threads of the pool, at least 1. Default: one less than the machine runs at once, at most 4. */
  readonly threads?: number;
  /** Engines to try before those of the node: behind a socket, on a GPU, a maker's own. */
  readonly before?: readonly Engine[];
}

/**
 * The acceleration service of a node: the engines that work on this machine, calibrated and watched
 * ({@link selectAccelerator}). From TypeScript sources there are no worker threads: the pool is turned down as unavailable
 * and libsodium answers on this thread. The caller closes it.
 */
export function openNodeAccelerator(options: NodeAcceleratorOptions = {}): Promise<SelectedAccelerator> {
  const { timeoutMs, threads } = options;
  const engines = (options.engines ?? NODE_ENGINES).map((name): Engine => {
    switch (name) {
      case 'native-pool':
        return poolEngine({
          ...(threads === undefined ? {} : { threads }),
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        });
      case 'native':
        return nativeEngine;
      case 'portable':
        return portableServiceEngine;
    }
  });
  return selectAccelerator([...(options.before ?? []), ...engines], { clock: processClock, ...options });
}

/** {@link openNodeAccelerator} for whoever verifies signatures only, and not many: nothing is calibrated. */
export function openNodeVerifier(options: NodeAcceleratorOptions = {}): Promise<SelectedAccelerator> {
  return openNodeAccelerator({ operations: ['verify'], calibrationMs: 0, ...options });
}
