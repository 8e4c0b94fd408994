import { Progress as Bar, Text } from '@mantine/core';
import { useSharedWords } from '../words.js';

/** How far long work has come; `total` undefined: not known yet. */
export function Progress({
  label,
  done,
  total,
  note,
}: {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  /** A word on what is being done now. */
  readonly note?: string;
}) {
  const { t } = useSharedWords();
  const known = total !== undefined && total > 0;
  const percent = known ? Math.min(100, (100 * done) / total) : 100;
  return (
    <div>
      <Text size="sm" mb={4} aria-hidden>
        {label}
        {known ? ` · ${t('progress.of', { done, total })}` : ''}
      </Text>
      <Bar.Root size="md">
        <Bar.Section value={percent} animated={!known} striped={!known} aria-label={label} />
      </Bar.Root>
      <Text size="sm" c="dimmed" mt={4} role="status">
        {note ?? ''}
      </Text>
    </div>
  );
}
