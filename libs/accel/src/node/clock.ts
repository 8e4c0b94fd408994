import type { AcceleratorClock } from '../contract/index.js';

/** The process's own clock; its timers keep no process alive. */
export const processClock: AcceleratorClock = {
  nowMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
