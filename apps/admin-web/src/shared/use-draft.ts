import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from './session/use-session.js';

interface Stored<Value> {
  readonly savedAt: number;
  readonly value: Value;
}

/** Drafts being typed at this moment that this browser keeps, by what they are kept under. */
const kept = new Set<string>();

/** Whether what is typed on the page shown now would be there again after a reload. */
export const isDraftKept = (): boolean => kept.size > 0;

const keyOf = (userId: string, organisation: string, name: string) => `waymark.draft.${userId}.${organisation}.${name}`;

export interface Draft<Value> {
  readonly value: Value;
  readonly set: (change: Value | ((before: Value) => Value)) => void;
  /** When the draft was saved that this page began with; undefined where it began empty. */
  readonly restoredAt: Date | undefined;
  /** Back to the beginning; the stored draft is deleted. Call it when the form was sent. */
  readonly discard: () => void;
}

/**
 * What somebody types, kept in this browser so that a reload, an ended session or a lost network loses nothing. Kept apart by person and
 * organisation; never for passwords. `accepts` says whether a stored value still has the shape that this page expects.
 */
export function useDraft<Value>(
  name: string,
  initial: Value,
  accepts: (stored: unknown) => stored is Value,
): Draft<Value> {
  const session = useSession();
  const key = keyOf(session.user.id, session.organisation, name);
  const [{ value, restoredAt }, setState] = useState(() => {
    const stored = read(key, accepts);
    return { value: stored?.value ?? initial, restoredAt: stored && new Date(stored.savedAt) };
  });
  const untouched = useRef(true);
  useEffect(() => {
    if (untouched.current) return;
    kept.add(key);
    const now = () => {
      if (!write(key, value)) kept.delete(key);
    };
    const timer = setTimeout(now, 200);
    window.addEventListener('pagehide', now);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', now);
    };
  }, [key, value]);
  const latest = useRef(value);
  latest.current = value;
  // Leaving the page within the pause above.
  useEffect(
    () => () => {
      if (!untouched.current) write(key, latest.current);
      kept.delete(key);
    },
    [key],
  );
  const set = useCallback((change: Value | ((before: Value) => Value)) => {
    untouched.current = false;
    setState((state) => ({
      ...state,
      value: typeof change === 'function' ? (change as (before: Value) => Value)(state.value) : change,
    }));
  }, []);
  const first = useRef(initial);
  const discard = useCallback(() => {
    untouched.current = true;
    localStorage.removeItem(key);
    kept.delete(key);
    setState({ value: first.current, restoredAt: undefined });
  }, [key]);
  return { value, set, restoredAt, discard };
}

function read<Value>(key: string, accepts: (stored: unknown) => stored is Value): Stored<Value> | undefined {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  try {
    const stored = JSON.parse(text) as Stored<unknown>;
    return typeof stored.savedAt === 'number' && accepts(stored.value)
      ? { savedAt: stored.savedAt, value: stored.value }
      : undefined;
  } catch {
    // Not ours, or cut off: the form begins empty, as without a draft.
    return undefined;
  }
}

/** False: a browser whose storage is full or closed keeps the draft in the page only. */
function write<Value>(key: string, value: Value): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ savedAt: Date.now(), value } satisfies Stored<Value>));
    return true;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    return false;
  }
}
