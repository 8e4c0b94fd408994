import { setTimeout } from 'node:timers/promises';

/** Waits so long, or until `signal` says to stop; whoever waits looks at the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
