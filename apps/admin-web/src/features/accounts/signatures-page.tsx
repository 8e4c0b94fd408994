import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { IconPlus, IconSignature } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import type { Motion, MotionList } from '../../client/api.schemas.js';
import { approveMotion, useListMotions, withdrawMotion } from '../../client/motions/motions.js';
import { AppLink, ConfirmDialog, EmptyState, ErrorBox, RecordHeader, usePermission } from '../../shared/index.js';
import classes from './accounts.module.css';
import { MotionCard, MotionContent } from './motion-card.js';
import { ProposeDialog } from './propose-dialog.js';
import { TicketNotice } from './ticket-notice.js';
import { useTicket } from './use-ticket.js';
import { useWords } from './words.js';

const EVERY_MS = 5_000;

/** What waits for signatures: read, approve, take back; and what was decided. */
export default function SignaturesPage() {
  const { t } = useWords();
  const [state, setState] = useState<'open' | 'closed'>('open');
  const list = useListMotions({ state }, { query: { refetchInterval: EVERY_MS, placeholderData: keepPreviousData } });
  const maySign = usePermission('keys');
  const ticket = useTicket();
  const [approving, setApproving] = useState<Motion>();
  const [ending, setEnding] = useState<Motion>();
  const [proposing, setProposing] = useState(false);
  const propose = maySign && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setProposing(true)}>
      {t('propose')}
    </Button>
  );
  return (
    <div className={classes['stack']}>
      <RecordHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <AppLink to="/consortium/account">{t('account.title')}</AppLink>
            {propose}
          </>
        }
      />
      <TicketNotice state={ticket.state} />
      <Group>
        <SegmentedControl
          aria-label={t('show')}
          value={state}
          onChange={(value) => setState(value === 'closed' ? 'closed' : 'open')}
          data={[
            { value: 'open', label: t('show.open') },
            { value: 'closed', label: t('show.closed') },
          ]}
        />
      </Group>
      <Motions
        list={list.data}
        error={list.error}
        retry={() => void list.refetch()}
        maySign={maySign}
        approve={setApproving}
        end={setEnding}
      />
      {approving !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setApproving(undefined)}
          title={t('approve.ask', { title: approving.title })}
          confirmLabel={t('approve')}
          onConfirm={async () => {
            await ticket.send(() => approveMotion(approving.motion, { digest: approving.digest }));
            await list.refetch();
          }}
        >
          <p>{t('approve.text')}</p>
          <MotionContent motion={approving} />
        </ConfirmDialog>
      )}
      {ending !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setEnding(undefined)}
          title={t(ending.state === 'overdue' ? 'clear.ask' : 'withdraw.ask', { title: ending.title })}
          confirmLabel={t(ending.state === 'overdue' ? 'clear' : 'withdraw')}
          onConfirm={async () => {
            await ticket.send(() => withdrawMotion(ending.motion));
            await list.refetch();
          }}
        >
          {t('withdraw.text')}
        </ConfirmDialog>
      )}
      {proposing && (
        <ProposeDialog
          boards={list.data?.boards ?? []}
          onClose={() => setProposing(false)}
          send={async (command) => {
            await ticket.send(command);
            await list.refetch();
          }}
        />
      )}
    </div>
  );
}

function Motions({
  list,
  error,
  retry,
  maySign,
  approve,
  end,
}: {
  readonly list: MotionList | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  readonly maySign: boolean;
  readonly approve: (motion: Motion) => void;
  readonly end: (motion: Motion) => void;
}) {
  const { t } = useWords();
  if (list === undefined)
    return error === null || error === undefined ? (
      <Skeleton height={240} radius="md" />
    ) : (
      <ErrorBox error={error} onRetry={retry} />
    );
  if (list.motions.length === 0)
    return (
      <EmptyState icon={IconSignature} title={t('empty')}>
        {t('empty.text')}
      </EmptyState>
    );
  return (
    <ul className={classes['list']}>
      {list.motions.map((motion) => (
        <MotionCard key={motion.motion} motion={motion} maySign={maySign} approve={approve} end={end} />
      ))}
    </ul>
  );
}
