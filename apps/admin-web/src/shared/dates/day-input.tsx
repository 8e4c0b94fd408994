import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn.js';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useLanguage } from '../translations.js';
import { useSharedWords } from '../words.js';
import classes from './dates.module.css';
import { dayText, readDay } from './day-text.js';

export interface DayInputProps extends Pick<
  DateInputProps,
  'label' | 'description' | 'error' | 'withAsterisk' | 'className' | 'aria-label' | 'w'
> {
  /** `2026-11-03`, or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  /** Inside a menu or dialogue that closes when something outside of it is touched: the calendar opens in it. */
  readonly inPlace?: boolean;
}

/**
 * A day, typed or chosen from a calendar, written as the console's language writes it: the browser's own field follows the browser's language. Not in
 * `shared/index.ts`: the calendar is loaded with the pages that ask for a day.
 */
export function DayInput({ value, onChange, inPlace = false, className, ...shown }: DayInputProps) {
  const { t } = useSharedWords();
  const language = useLanguage();
  return (
    <DateInput
      // Mantine writes the text anew with the language only when its own locale changes.
      key={language}
      {...shown}
      className={className === undefined ? classes['day'] : `${classes['day']} ${String(className)}`}
      value={value === '' ? null : value}
      onChange={(day) => onChange(day ?? '')}
      valueFormat={(day) => dayText(day.slice(0, 10), language)}
      dateParser={readDay}
      placeholder={t('day.placeholder')}
      locale={language === 'zh-CN' ? 'zh-cn' : 'en'}
      monthLabelFormat={language === 'zh-CN' ? 'YYYY年M月' : 'MMMM YYYY'}
      yearLabelFormat={language === 'zh-CN' ? 'YYYY年' : 'YYYY'}
      ariaLabels={{
        previousMonth: t('day.previousMonth'),
        nextMonth: t('day.nextMonth'),
        previousYear: t('day.previousYear'),
        nextYear: t('day.nextYear'),
        previousDecade: t('day.previousDecade'),
        nextDecade: t('day.nextDecade'),
        monthLevelControl: t('day.months'),
        yearLevelControl: t('day.years'),
      }}
      // Red is for what is refused.
      weekendDays={[]}
      clearable
      clearButtonProps={{ 'aria-label': t('day.clear') }}
      leftSection={<IconCalendar size={16} aria-hidden />}
      popoverProps={{ withinPortal: !inPlace }}
    />
  );
}
