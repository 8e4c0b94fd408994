import { keepPreviousData, useQuery } from '@tanstack/react-query';

/** Longest pause between two tries while the API does not answer, milliseconds. */
const PAUSE_MS_MAX = 30_000;

/**
 * Asks again every `everyMs`, later each time while it fails, and not at all while the tab is hidden. The last answer stays on the page: `stale`
 * says that a newer one could not be had.
 */
export function usePolled<Answer>(
  key: readonly unknown[],
  ask: (signal: AbortSignal) => Promise<Answer>,
  everyMs: number,
) {
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(signal),
    retry: false,
    placeholderData: keepPreviousData,
    refetchIntervalInBackground: false,
    refetchInterval: ({ state }) => Math.min(PAUSE_MS_MAX, everyMs * 2 ** Math.min(state.fetchFailureCount, 6)),
  });
  return {
    data: query.data,
    /** Only where there is nothing to show. */
    error: query.data === undefined ? query.error : null,
    stale: query.data !== undefined && query.isError,
    answeredAtMs: query.dataUpdatedAt,
    again: () => void query.refetch(),
  };
}
