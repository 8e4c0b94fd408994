import { Button, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { DeadLetter } from '../../../client/api.schemas.js';
import {
  operationsDeadLetters,
  operationsDiscardDeadLetters,
  operationsRetryDeadLetters,
} from '../../../client/operation/operation.js';
import { ConfirmDialog, DataList, EmptyState, Identifier, Notice, When, type Column } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Part } from '../facts.js';
import { countText } from '../figures.js';
import { usePolled } from '../use-polled.js';
import { useWords, type Words } from '../words.js';

const EVERY_MS = 4_000;
const REASON_MIN = 3;
const REASON_MAX = 500;

const whatOf = ({ kind, events, queue }: DeadLetter, t: Words) =>
  kind === 'job' ? t('letters.job', { queue: queue ?? '' }) : t(`letters.${kind}`, { count: events ?? 0 });

/** The list of what does not get on by itself, with the two things one can do about it. */
export function StuckWork({ onChanged }: { readonly onChanged: () => Promise<unknown> }) {
  const { t, language } = useWords();
  const [given, setGiven] = useState<DeadLetter>();
  const [busy, setBusy] = useState<string>();
  const [failed, setFailed] = useState<unknown>();
  const { data, error, again } = usePolled(
    ['operations', 'dead-letters'],
    (signal) => operationsDeadLetters({ signal }),
    EVERY_MS,
  );
  const tell = (outcome: string | undefined, done: string) =>
    notifications.show({ message: outcome === 'done' ? done : t('letters.gone') });
  const retry = async ({ id }: DeadLetter) => {
    setBusy(id);
    setFailed(undefined);
    try {
      const { outcomes } = await operationsRetryDeadLetters({ ids: [id] });
      tell(outcomes[0]?.outcome, t('letters.retried'));
      await onChanged();
    } catch (cause) {
      setFailed(cause);
    } finally {
      setBusy(undefined);
    }
  };
  const columns: Column<DeadLetter>[] = [
    {
      key: 'what',
      header: t('letters.what'),
      lead: true,
      cell: (letter) => (
        <>
          {whatOf(letter, t)}
          {letter.captureId !== null && (
            <div className={classes['quiet']}>
              <Identifier value={letter.captureId} charactersMax={18} />
            </div>
          )}
        </>
      ),
    },
    {
      key: 'owner',
      header: t('letters.owner'),
      cell: ({ organisation }) => (
        <span style={{ whiteSpace: 'nowrap' }}>{organisation ?? t('letters.deployment')}</span>
      ),
    },
    {
      key: 'state',
      header: t('letters.state'),
      cell: ({ state, said }) => (
        <>
          {t(`letters.${state}`, { code: said ?? '' })}
          <div className={classes['quiet']}>{t(`letters.${state}.hint`, { error: said ?? '' })}</div>
        </>
      ),
    },
    { key: 'since', header: t('letters.since'), cell: ({ since }) => <When at={since} exact="second" /> },
    {
      key: 'attempts',
      header: t('letters.attempts'),
      numeric: true,
      cell: ({ attempts }) => countText(attempts, language),
    },
    {
      key: 'acts',
      header: t('letters.acts'),
      cell: (letter) => (
        <span className={classes['acts']}>
          <Button size="compact-sm" variant="default" loading={busy === letter.id} onClick={() => void retry(letter)}>
            {t('letters.retry')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setGiven(letter)}>
            {t('letters.discard')}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Part title={t('letters.title')} text={t('letters.text', { seconds: data?.stuckAfterSeconds ?? 60 })}>
      <DataList
        id="consortium.letters"
        label={t('letters.title')}
        columns={columns}
        rows={data?.letters}
        rowKey={({ id }) => id}
        error={failed ?? error}
        onRetry={() => {
          setFailed(undefined);
          again();
        }}
        empty={<EmptyState title={t('letters.empty')}>{t('letters.empty.text')}</EmptyState>}
      />
      {data?.more === true && <Notice tone="provisional" title={t('letters.more')} />}
      {given !== undefined && (
        <DiscardDialog
          letter={given}
          onClose={() => setGiven(undefined)}
          onDiscarded={async (outcome) => {
            tell(outcome, t('letters.discarded'));
            await onChanged();
          }}
        />
      )}
    </Part>
  );
}

function DiscardDialog({
  letter,
  onClose,
  onDiscarded,
}: {
  readonly letter: DeadLetter;
  readonly onClose: () => void;
  readonly onDiscarded: (outcome: string | undefined) => Promise<void>;
}) {
  const { t, language } = useWords();
  const [reason, setReason] = useState('');
  const missing = reason.trim().length < REASON_MIN;
  const height = letter.expiryHeight === null ? t('unknown') : countText(letter.expiryHeight, language);
  return (
    <ConfirmDialog
      opened
      danger
      disabled={missing}
      onClose={onClose}
      title={t('discard.title')}
      confirmLabel={t('discard.confirm')}
      onConfirm={async () => {
        const { outcomes } = await operationsDiscardDeadLetters({ ids: [letter.id], reason: reason.trim() });
        await onDiscarded(outcomes[0]?.outcome);
      }}
    >
      <p>
        <strong>{whatOf(letter, t)}</strong>
        {letter.organisation !== null && ` · ${letter.organisation}`}
      </p>
      <p>{t(`discard.${letter.kind}`, { height })}</p>
      <Textarea
        label={t('discard.reason')}
        description={t('discard.reason.hint')}
        required
        autosize
        minRows={2}
        maxLength={REASON_MAX}
        value={reason}
        error={missing && reason !== '' ? t('discard.reason.short') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
