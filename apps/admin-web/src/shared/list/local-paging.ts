import { useState } from 'react';
import type { Paging } from './paging.js';

/** Pages of rows that are all here already. The foot is left out where one page holds them all. */
export function useLocalPaging<Row>(
  rows: readonly Row[],
  perPage: number,
): { readonly shown: readonly Row[]; readonly toFirst: () => void; readonly foot: { readonly paging?: Paging } } {
  const [wanted, setWanted] = useState(0);
  // The rows may have become fewer meanwhile.
  const page = Math.min(wanted, Math.max(0, Math.ceil(rows.length / perPage) - 1));
  const end = (page + 1) * perPage;
  return {
    shown: rows.slice(page * perPage, end),
    toFirst: () => setWanted(0),
    foot: {
      ...(rows.length > perPage && {
        paging: {
          page: page + 1,
          hasNext: end < rows.length,
          next: () => setWanted(page + 1),
          previous: () => setWanted(page - 1),
          total: rows.length,
        },
      }),
    },
  };
}
