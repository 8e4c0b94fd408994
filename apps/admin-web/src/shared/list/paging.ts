import { useState } from 'react';

/** What the foot of a list needs. */
export interface Paging {
  /** From 1. */
  readonly page: number;
  readonly hasNext: boolean;
  readonly next: () => void;
  readonly previous: () => void;
  /** Known entries in all; absent where counting them would cost too much. */
  readonly total?: number;
}

export interface TokenPaging {
  /** For the request of the page shown now; undefined on the first. */
  readonly token: string | undefined;
  /** The {@link Paging} of the list, given the token to the next page that the last answer named. */
  readonly paging: (nextPageToken: string | null | undefined, total?: number) => Paging;
}

/**
 * Pages by opaque tokens (`nextPageToken`): forward as the server says, back as we came. `about` is what the list shows (filters, order): when it
 * changes, the first page is shown.
 */
export function useTokenPaging(about: string): TokenPaging {
  const [state, setState] = useState<{ about: string; tokens: readonly string[] }>({ about, tokens: [] });
  const tokens = state.about === about ? state.tokens : [];
  return {
    token: tokens.at(-1),
    paging: (nextPageToken, total) => ({
      page: tokens.length + 1,
      hasNext: typeof nextPageToken === 'string' && nextPageToken !== '',
      next: () => {
        if (typeof nextPageToken === 'string') setState({ about, tokens: [...tokens, nextPageToken] });
      },
      previous: () => setState({ about, tokens: tokens.slice(0, -1) }),
      ...(total !== undefined && { total }),
    }),
  };
}
