import type { RecordFinding } from '@waymark/light-client';

export interface CheckCounts {
  readonly accepted: number;
  readonly refused: number;
  readonly wrong: number;
}

export function countOutcomes(before: CheckCounts, findings: readonly RecordFinding[]): CheckCounts {
  const counts = { ...before };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}

/**
 * `verified`: everything holds, under a list of supervisors that the reader has from another hand. `unanchored`: everything fits
 * together, under the list that the file itself brings. `wrong`: something does not hold, or nothing was there.
 */
export type CheckVerdict = 'verified' | 'unanchored' | 'wrong';

export function verdictOf(counts: CheckCounts, foundationHolds: boolean, trustIsOwn: boolean): CheckVerdict {
  if (!foundationHolds || counts.wrong > 0 || counts.accepted + counts.refused === 0) return 'wrong';
  return trustIsOwn ? 'verified' : 'unanchored';
}
