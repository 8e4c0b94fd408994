import { Button, Code, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/problem.js';
import { useProblemWords } from '../problems/use-problem-words.js';
import { useSharedWords } from '../words.js';
import classes from './parts.module.css';

interface ErrorText {
  readonly what: string;
  readonly fix: string;
  readonly code: string;
  readonly pointer?: string;
}

/** An error in the reader's language; undefined while the words are on their way. The API's sentence only for a code that has none. */
function useErrorText(error: unknown): ErrorText | undefined {
  const { t } = useSharedWords();
  const words = useProblemWords(error instanceof ApiError && error.problem.code !== undefined);
  if (!(error instanceof ApiError)) return { what: t('error.other'), fix: t('error.other.fix'), code: 'PAGE_FAULT' };
  const { status, problem, code, retryAfterSeconds } = error;
  const { pointer, facts, detail, howToFix } = problem;
  const told = (what: string, fix: string) => ({ what, fix, code, ...(pointer !== undefined && { pointer }) });
  if (problem.code !== undefined) {
    if (!words.ready) return undefined;
    const known = words.tell(problem.code, {
      ...(pointer !== '' && { pointer }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      ...facts,
    });
    if (known !== undefined) return told(known.what, known.fix);
  }
  if (status === 0) return told(t('error.network'), t('error.network.fix'));
  if (status === 503 || status === 502 || status === 504)
    return told(
      detail ?? t('error.unavailable'),
      howToFix ?? t('error.unavailable.fix', { count: retryAfterSeconds ?? 15 }),
    );
  if (status === 403) return told(detail ?? t('error.forbidden'), howToFix ?? t('error.forbidden.fix'));
  if (status === 404) return told(detail ?? t('error.notfound'), howToFix ?? t('error.notfound.fix'));
  return told(detail ?? t('error.other'), howToFix ?? t('error.other.fix'));
}

/** What happened, why, and what to do next. `words` replaces the API's sentence by one of the feature, for codes it knows. */
export function ErrorBox({
  error,
  onRetry,
  words,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly words?: (code: string, error: ApiError) => { what: string; fix?: string } | undefined;
}) {
  const { t } = useSharedWords();
  const given = useErrorText(error);
  const own = error instanceof ApiError ? words?.(error.code, error) : undefined;
  if (given === undefined) return null;
  const fix = own === undefined ? given.fix : own.fix;
  return (
    <Notice
      tone="refused"
      title={own?.what ?? given.what}
      action={
        onRetry && (
          <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    >
      {fix !== undefined && <Text size="sm">{fix}</Text>}
      <details>
        <summary>{t('error.details')}</summary>
        <Code>{t('error.code', { code: given.code })}</Code>{' '}
        {given.pointer !== undefined && given.pointer !== '' && (
          <Code>{t('error.place', { pointer: given.pointer })}</Code>
        )}
      </details>
    </Notice>
  );
}

/** A box that must be seen: a refusal (red) or a warning (amber). Screen readers are told at once. */
export function Notice({
  tone,
  title,
  children,
  action,
}: {
  readonly tone: 'refused' | 'provisional';
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={classes['problem']} data-tone={tone} role="alert">
      <div className={classes['problemTitle']}>
        <IconAlertTriangle size={18} aria-hidden />
        <span>{title}</span>
      </div>
      {children}
      {action !== undefined && action !== null && <div style={{ marginTop: '0.6rem' }}>{action}</div>}
    </div>
  );
}
