import { useSyncExternalStore } from 'react';
import { checkRunOf, type CheckRun, type CheckView } from './check-run.js';

/** The check of this person, live or kept. */
export function useCheckRun(owner: string): { readonly run: CheckRun; readonly view: CheckView } {
  const run = checkRunOf(owner);
  return { run, view: useSyncExternalStore(run.subscribe, run.get) };
}
