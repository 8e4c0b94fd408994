import { useNavigate, useSearch as useRouterSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The texts after `?` of the address: what a page shows is in its address, so that it can be shared. */
export type SearchTexts = Readonly<Record<string, string>>;

/** Reads and changes them; `undefined` takes one out. `push` makes a step for the browser's Back (default: replaces). */
export function useSearchTexts(): [
  SearchTexts,
  (change: Readonly<Record<string, string | undefined>>, options?: { push?: boolean }) => void,
] {
  const search: SearchTexts = useRouterSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (wanted: Readonly<Record<string, string | undefined>>, { push = false } = {}) => {
      void navigate({
        to: '.',
        replace: !push,
        search: (before: Record<string, string>) =>
          Object.fromEntries(
            Object.entries({ ...before, ...wanted }).filter(([, value]) => value !== undefined && value !== ''),
          ),
      });
    },
    [navigate],
  );
  return [search, change];
}
