import type { SearchAnswer, SearchHit } from '../../client/api.schemas.js';

export type FoundKind = SearchAnswer['groups'][number]['kind'];

/** Where a hit of the search leads. */
export function addressOf(kind: FoundKind, hit: SearchHit): { to: string; search?: Record<string, string> } {
  switch (kind) {
    case 'items':
      return { to: '/item', search: { id: hit.id } };
    case 'products':
      return { to: '/items', search: { product: hit.id } };
    case 'places':
      return { to: '/items', search: { place: hit.id } };
    case 'parties':
      return { to: '/items', search: hit.detail === 'organisation' ? { signer: hit.id } : { party: hit.id } };
    case 'days':
      return { to: '/items', search: daysOf(hit.id) };
    case 'records':
      return { to: '/item', search: { id: hit.detail ?? hit.id } };
    case 'jobs':
      return { to: `/capture/jobs/${encodeURIComponent(hit.id)}` };
    case 'blocks':
      return { to: `/consortium/blocks/${encodeURIComponent(hit.id)}` };
    case 'transactions':
      return { to: `/consortium/transactions/${encodeURIComponent(hit.id)}` };
  }
}

/** First and last day of a day `2025-10-02` or a month `2025-10`. */
function daysOf(text: string): { from: string; to: string } {
  const isMonth = text.length === 7;
  const from = new Date(`${text}${isMonth ? '-01' : ''}T00:00:00Z`);
  const to = new Date(from);
  if (isMonth) to.setUTCMonth(to.getUTCMonth() + 1, 0);
  return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
}
