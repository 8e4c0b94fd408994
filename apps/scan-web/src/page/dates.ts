import type { Language } from './language.js';

/**
 * Dates as they were at the place of the event: the instant shifted by its own offset, then written in the reader's way.
 * Written by hand from parts, because server and phone must write the same characters and their ICU versions differ.
 */
export function dateText(timeMs: number, offset: string | undefined, language: Language): string {
  const { year, month, day } = partsAt(timeMs, offset);
  return language === 'zh-CN' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** Date and time of day with the offset. */
export function timeText(timeMs: number, offset: string | undefined, language: Language): string {
  const { hour, minute } = partsAt(timeMs, offset);
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const zone = offset === undefined || minutesOf(offset) === 0 ? 'UTC' : `UTC${offset}`;
  return language === 'zh-CN'
    ? `${dateText(timeMs, offset, language)} ${clock}（${zone}）`
    : `${dateText(timeMs, offset, language)}, ${clock} ${zone}`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function partsAt(timeMs: number, offset: string | undefined) {
  const shifted = new Date(timeMs + minutesOf(offset) * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** EPCIS `eventTimeZoneOffset`, `+hh:mm` or `-hh:mm`, in minutes; 0 for anything else. */
function minutesOf(offset: string | undefined): number {
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(offset ?? '');
  if (parts === null) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return parts[1] === '-' ? -minutes : minutes;
}
