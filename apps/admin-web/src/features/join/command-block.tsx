import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import classes from './join.module.css';
import { useWords } from './words.js';

/** Something to be typed elsewhere: named, whole, with a button that copies it. */
export function CommandBlock({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className={classes['command']}>
      <div className={classes['commandHead']}>
        <span id={id}>{label}</span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              onClick={copy}
              aria-describedby={id}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <pre tabIndex={0} aria-labelledby={id} role="region">
        {text}
      </pre>
    </div>
  );
}
