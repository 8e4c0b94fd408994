import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { AppLink } from './app-link.js';
import { useSharedWords } from '../words.js';
import classes from './parts.module.css';
import { shortenMiddle } from './shorten-middle.js';

interface IdentifierProps {
  /** The whole identifier: it is what is copied and what a screen reader reads. */
  readonly value: string;
  /** Letters shown at most. */
  readonly charactersMax?: number;
  /** Makes it a link to a page about it. */
  readonly to?: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly copy?: boolean;
}

/** Shortened in the middle, whole on copy. */
export function Identifier({ value, charactersMax = 36, to, search, copy = true }: IdentifierProps) {
  const { t } = useSharedWords();
  const text = (
    <span className={classes['identifierText']} title={value}>
      {shortenMiddle(value, charactersMax)}
    </span>
  );
  return (
    <span className={classes['identifier']}>
      {to === undefined ? (
        text
      ) : (
        <AppLink to={to} {...(search !== undefined && { search })}>
          {text}
        </AppLink>
      )}
      {copy && (
        <CopyButton value={value}>
          {({ copied, copy: take }) => (
            <Tooltip label={copied ? t('copied') : t('copy', { value: shortenMiddle(value, 48) })}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                onClick={take}
                aria-label={copied ? t('copied') : t('copy', { value })}
              >
                {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      )}
    </span>
  );
}
