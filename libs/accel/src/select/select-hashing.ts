import type { Demotion, Hashing, InlineEngine } from '../contract/index.js';
import { portableEngine } from '../portable/index.js';
import { selfTestHashing } from './self-test.js';

/** The first engine whose SHA-256 gives the known answers; the portable reference when none does. */
export function selectHashing(engines: readonly InlineEngine[], onDemotion?: (demotion: Demotion) => void): Hashing {
  for (const engine of engines) {
    let wrong: string | undefined;
    try {
      wrong = selfTestHashing(engine.hashing);
    } catch (error) {
      wrong = error instanceof Error ? error.message : String(error);
    }
    if (wrong === undefined) return engine.hashing;
    onDemotion?.({ code: 'ACCEL_SELF_TEST_FAILED', engine: engine.name, operation: 'hash', detail: wrong });
  }
  return portableEngine.hashing;
}
