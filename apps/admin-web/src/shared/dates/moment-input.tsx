import { Input } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useId, useState, type ReactNode } from 'react';
import { useLanguage } from '../translations.js';
import { useSharedWords } from '../words.js';
import { DayInput } from './day-input.js';
import classes from './dates.module.css';

interface MomentInputProps {
  readonly label: string;
  readonly description?: string;
  readonly error?: ReactNode;
  readonly withAsterisk?: boolean;
  /** `2026-11-03T09:30` in the time of this computer, or empty. */
  readonly value: string;
  readonly onChange: (moment: string) => void;
}

const MIDNIGHT = '00:00';

/** A day and a time of day. A day without a time begins at midnight; a time without a day is none yet. */
export function MomentInput({ label, description, error, withAsterisk = false, value, onChange }: MomentInputProps) {
  const { t } = useSharedWords();
  const language = useLanguage();
  const id = useId();
  const [day = '', given = ''] = value.split('T');
  // A time that stands before its day.
  const [waiting, setWaiting] = useState('');
  const time = day === '' ? waiting : given;
  const change = (nextDay: string, nextTime: string) => {
    setWaiting(nextTime);
    onChange(nextDay === '' ? '' : `${nextDay}T${nextTime === '' ? MIDNIGHT : nextTime}`);
  };
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      withAsterisk={withAsterisk}
      labelElement="div"
      labelProps={{ id }}
    >
      <div className={classes['parts']} role="group" aria-labelledby={id}>
        <DayInput
          aria-label={t('moment.day', { label })}
          error={error !== undefined}
          value={day}
          onChange={(next) => change(next, time)}
        />
        <TimePicker
          key={language}
          aria-label={t('moment.time', { label })}
          hoursInputLabel={t('moment.hours', { label })}
          minutesInputLabel={t('moment.minutes', { label })}
          amPmInputLabel={t('moment.amPm', { label })}
          format={language === 'zh-CN' ? '24h' : '12h'}
          error={error !== undefined}
          value={time}
          onChange={(next) => change(day, next.slice(0, 5))}
        />
      </div>
    </Input.Wrapper>
  );
}
