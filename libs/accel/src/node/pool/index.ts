import { OPERATIONS, type Engine } from '../../contract/index.js';
import { startPool, type PooledEngine, type PoolOptions } from './pool.js';

export { type PooledEngine, type PoolOptions } from './pool.js';

const NATIVE: PooledEngine = {
  name: 'native',
  module: new URL('../native/engine.js', import.meta.url),
  exported: 'nativeEngine',
};

/** The portable engine for {@link poolEngine}. */
export const POOLED_PORTABLE: PooledEngine = {
  name: 'portable',
  module: new URL('../../portable/service/engine.js', import.meta.url),
  exported: 'portableServiceEngine',
};

/** Any engine in worker threads; the native one unless told. Every operation, cancellation, and an end to what hangs. */
export function poolEngine(options: PoolOptions = {}): Engine {
  const { name, module, exported } = options.engine ?? NATIVE;
  return {
    name: `${name}-pool`,
    operations: OPERATIONS,
    onCallingThread: false,
    start: () => startPool(`${name}-pool`, { module: module.href, exported }, options),
  };
}
