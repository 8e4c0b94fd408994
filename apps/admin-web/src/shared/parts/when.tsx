import { useLanguage } from '../translations.js';
import { useSharedWords } from '../words.js';

interface WhenProps {
  /** ISO 8601 text, milliseconds since 1970, or a Date. */
  readonly at: string | number | Date | undefined | null;
  /** `minute` (default), `second` for logs, `day` for dates. */
  readonly exact?: 'day' | 'minute' | 'second';
}

const FORMATS = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} as const;

/** A moment the reader's way, in the reader's time zone; the exact text on hover. */
export function When({ at, exact = 'minute' }: WhenProps) {
  const { t } = useSharedWords();
  const language = useLanguage();
  const date = at === undefined || at === null ? undefined : new Date(at);
  if (date === undefined || Number.isNaN(date.getTime())) return <>{t('when.unknown')}</>;
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {formatWhen(date, language, exact)}
    </time>
  );
}

export function formatWhen(date: Date, language: string, exact: keyof typeof FORMATS = 'minute'): string {
  // The hour is not torn from its AM or PM.
  return new Intl.DateTimeFormat(language, FORMATS[exact]).format(date).replace(/\s(?=[AP]M\b)/, '\u00a0');
}
