import { Text } from '@mantine/core';
import type { CaptureRemark } from '../../../client/api.schemas.js';
import classes from '../check/check.module.css';
import { useRemarkWords } from '../remark-words.js';

/** What is wrong with an event or does not add up, and what to do. */
export function JobRemark({ remark }: { readonly remark: CaptureRemark }) {
  const { detail, howToFix } = useRemarkWords()(remark);
  const isError = remark.type.startsWith('epcisException');
  return (
    <div className={classes['remark']}>
      <Text size="sm" fw={600} c={isError ? 'var(--wm-refused)' : 'var(--wm-provisional)'}>
        {detail}
      </Text>
      <Text size="sm">{howToFix}</Text>
      {remark.pointer !== '' && (
        <Text size="xs" c="dimmed" ff="monospace">
          {remark.pointer}
        </Text>
      )}
    </div>
  );
}
