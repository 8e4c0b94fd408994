import { Button, Code, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/problem.js';
import { useSharedWords } from '../words.js';
import classes from './parts.module.css';

/** Codes of errors whose sentence the page gives itself, in the reader's language. */
function useErrorText(error: unknown): { what: string; fix: string | undefined; code: string; pointer?: string } {
  const { t } = useSharedWords();
  if (!(error instanceof ApiError)) return { what: t('error.other'), fix: t('error.other.fix'), code: 'PAGE_FAULT' };
  const { status, problem, code, retryAfterSeconds } = error;
  const pointer = problem.pointer;
  const told = (what: string, fix: string) => ({ what, fix, code, ...(pointer !== undefined && { pointer }) });
  if (status === 0) return told(t('error.network'), t('error.network.fix'));
  if (status === 503 || status === 502 || status === 504)
    return told(
      problem.detail ?? t('error.unavailable'),
      problem.howToFix ?? t('error.unavailable.fix', { count: retryAfterSeconds ?? 15 }),
    );
  if (status === 403) return told(problem.detail ?? t('error.forbidden'), problem.howToFix ?? t('error.forbidden.fix'));
  if (status === 404) return told(problem.detail ?? t('error.notfound'), problem.howToFix ?? t('error.notfound.fix'));
  return told(problem.detail ?? t('error.other'), problem.howToFix ?? t('error.other.fix'));
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
  const own = error instanceof ApiError ? words?.(given.code, error) : undefined;
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
