import type { Language } from '../feature.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const YEAR_FIRST = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
const MONTH_FIRST = /^([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/i;
const DAY_FIRST = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i;

/** A day (`2026-11-03`) as people of this language write it, the month told from the day: `Nov 3, 2026`, `2026年11月3日`. */
export function dayText(day: string, language: Language): string {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime())
    ? day
    : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

/**
 * What somebody typed, as `2026-11-03`: the year first with any marks between, or the month by its English name. null: no day yet. `3/11/2026`
 * is none: half of the world reads another month in it.
 */
export function readDay(text: string): string | null {
  const typed = text.trim();
  const [, year, month, day] = YEAR_FIRST.exec(typed) ?? [];
  if (year !== undefined) return dayOf(year, Number(month), Number(day));
  const [, name, dayAfter, yearLast] = MONTH_FIRST.exec(typed) ?? [];
  if (name !== undefined) return dayOf(yearLast, monthOf(name), Number(dayAfter));
  const [, dayBefore, nameAfter, last] = DAY_FIRST.exec(typed) ?? [];
  return nameAfter === undefined ? null : dayOf(last, monthOf(nameAfter), Number(dayBefore));
}

const monthOf = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function dayOf(year: string | undefined, month: number, day: number): string | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  // The 31st of a month without one would become a day of the next.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}
