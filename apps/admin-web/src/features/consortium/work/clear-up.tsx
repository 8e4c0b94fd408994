import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Work } from '../../../client/api.schemas.js';
import { operationsPurge } from '../../../client/operation/operation.js';
import { ConfirmDialog } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Part } from '../facts.js';
import { countText } from '../figures.js';
import { useWords } from '../words.js';

const KINDS = ['transactions', 'captures', 'failed-jobs'] as const;
const DAYS_DEFAULT = 90;
const DAYS_MAX = 36_500;

/** What was settled long ago may go: how much there is, and the act. */
export function ClearUp({
  settled,
  onChanged,
}: {
  readonly settled: Work['settled'];
  readonly onChanged: () => Promise<unknown>;
}) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const [what, setWhat] = useState<(typeof KINDS)[number]>('transactions');
  const [days, setDays] = useState<number | string>(DAYS_DEFAULT);
  const { transactions, captures, keepDays } = settled;
  return (
    <Part
      title={t('purge.title')}
      text={t('purge.text', {
        transactions: countText(transactions, language),
        captures: countText(captures, language),
      })}
      actions={
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t('purge.open')}
        </Button>
      }
    >
      <p className={classes['quiet']}>{keepDays > 0 ? t('purge.auto', { days: keepDays }) : t('purge.never')}</p>
      <ConfirmDialog
        opened={open}
        danger
        onClose={() => setOpen(false)}
        title={t('purge.title')}
        confirmLabel={t('purge.confirm')}
        onConfirm={async () => {
          const olderThanDays = typeof days === 'number' ? days : DAYS_DEFAULT;
          const { deleted } = await operationsPurge({ what, olderThanDays });
          notifications.show({ message: t('purge.done', { count: deleted }) });
          await onChanged();
        }}
      >
        <p>{t('purge.warning')}</p>
        <NativeSelect
          label={t('purge.what')}
          value={what}
          onChange={(event) => setWhat(KINDS.find((kind) => kind === event.currentTarget.value) ?? 'transactions')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`purge.${kind}`) }))}
        />
        <NumberInput
          mt="sm"
          label={t('purge.days')}
          min={1}
          max={DAYS_MAX}
          clampBehavior="strict"
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
      </ConfirmDialog>
    </Part>
  );
}
