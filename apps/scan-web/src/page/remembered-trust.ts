/** What this browser remembers of the trust root, so that a change does not go unseen (docs/protocol/trust.md). */

const KEY = 'waymark.trust-root';

/** The part of `localStorage` that is needed here. */
export interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * Remembers a first fingerprint. Gives the remembered one where it is another; it stays until the reader accepts the new
 * one. A browser that keeps nothing (private mode, storage refused) cannot warn: `memory` is undefined there.
 */
export function changedTrust(memory: Memory | undefined, fingerprint: string): string | undefined {
  const before = memory?.getItem(KEY) ?? undefined;
  if (before === undefined) acceptTrust(memory, fingerprint);
  return before === undefined || before === fingerprint ? undefined : before;
}

export function acceptTrust(memory: Memory | undefined, fingerprint: string): void {
  try {
    memory?.setItem(KEY, fingerprint);
  } catch (cause) {
    // Full or refused storage: the page works, it only cannot warn next time.
    if (!(cause instanceof DOMException)) throw cause;
  }
}

/** `localStorage`, or undefined where the browser refuses it. */
export function browserMemory(): Memory | undefined {
  try {
    return window.localStorage;
  } catch (cause) {
    if (cause instanceof DOMException) return undefined;
    throw cause;
  }
}
