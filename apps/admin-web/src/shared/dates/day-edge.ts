/**
 * A day (`2026-11-03`) as the reader means it, where they are: its first moment (`from`), or the first moment of the day after (`to`, for filters
 * that end before it: the day itself is in). Undefined: no day.
 */
export function dayEdge(day: string, edge: 'from' | 'to'): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + (edge === 'to' ? 1 : 0));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
