import { Button, CopyButton, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './settings.module.css';
import { useSettingsWords } from './words.js';

/** A text that is shown once and cannot be shown again: whole, with a button that copies it. */
export function SecretShown({ value, label }: { readonly value: string; readonly label: string }) {
  const { t } = useSettingsWords();
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      <div className={classes['secret']}>
        <code className={classes['secretText']} data-testid="secret">
          {value}
        </code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
