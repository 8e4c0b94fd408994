import { Button } from '@mantine/core';
import classes from './check.module.css';

/** One of a few, as buttons beside one another: which events a list shows. */
export function Choice<Value extends string>({
  label,
  values,
  chosen,
  wordOf,
  onChoose,
}: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly wordOf: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <div className={classes['filters']} role="group" aria-label={label}>
      {values.map((value) => (
        <Button
          key={value}
          size="compact-sm"
          variant={chosen === value ? 'filled' : 'default'}
          aria-pressed={chosen === value}
          onClick={() => onChoose(value)}
        >
          {wordOf(value)}
        </Button>
      ))}
    </div>
  );
}
