import { useState, type FormEvent } from 'react';

/** An act that takes a while and may fail: what a button or form shows meanwhile and afterwards. */
export interface Act<Given extends readonly unknown[]> {
  readonly busy: boolean;
  /** Why the last try failed; undefined while one is under way. */
  readonly error: unknown;
  readonly run: (...given: Given) => void;
}

/** What `act` throws is kept as the error. A failure that it can deal with itself it does not throw. */
export function useAct<Given extends readonly unknown[]>(act: (...given: Given) => Promise<void> | void): Act<Given> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const attempt = async (...given: Given) => {
    setBusy(true);
    setError(undefined);
    try {
      await act(...given);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run: (...given) => void attempt(...given) };
}

/** {@link useAct} for a form: `<form onSubmit={form.onSubmit}>`. */
export function useSubmit(act: () => Promise<void> | void): Omit<Act<[]>, 'run'> & {
  readonly onSubmit: (event: FormEvent) => void;
} {
  const { busy, error, run } = useAct(act);
  return {
    busy,
    error,
    onSubmit: (event) => {
      event.preventDefault();
      run();
    },
  };
}
