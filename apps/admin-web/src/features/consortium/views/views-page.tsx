import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Projection } from '../../../client/api.schemas.js';
import {
  operationsCancelRebuild,
  operationsProjections,
  operationsRebuild,
} from '../../../client/operation/operation.js';
import {
  ConfirmDialog,
  DataList,
  ErrorBox,
  Notice,
  Progress,
  RecordHeader,
  ToneBadge,
  When,
  type Column,
  type Tone,
} from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Facts, Part } from '../facts.js';
import { countText, sizeText } from '../figures.js';
import { usePolled } from '../use-polled.js';
import { useWords } from '../words.js';

const EVERY_MS = 4_000;
const REBUILDING_EVERY_MS = 1_000;
/** The newest block waits for the next one. */
const LAG_FINE = 3;

const isOpen = (projection: Projection | undefined) =>
  projection?.rebuild?.state === 'running' || projection?.rebuild?.state === 'waiting';

export default function ViewsPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const { data, error, stale, again } = usePolled(
    ['operations', 'projections'],
    (signal) => operationsProjections({ signal }),
    open ? REBUILDING_EVERY_MS : EVERY_MS,
  );
  const running = isOpen(data?.projections[0]);
  if (running !== open) setOpen(running);
  const refresh = () => client.invalidateQueries({ queryKey: ['operations', 'projections'] });
  return (
    <>
      <RecordHeader title={t('views.title')} subtitle={t('views.subtitle')} />
      {error !== null && <ErrorBox error={error} onRetry={again} />}
      {stale && <Notice tone="provisional" title={t('nodes.stale')} />}
      {data?.projections.map((projection) => (
        <ProjectionPart key={projection.name} projection={projection} onChanged={refresh} />
      ))}
    </>
  );
}

function ProjectionPart({
  projection,
  onChanged,
}: {
  readonly projection: Projection;
  readonly onChanged: () => Promise<unknown>;
}) {
  const { t, language } = useWords();
  const [asking, setAsking] = useState(false);
  const { lag, height, chainHeight, updatedAt, workerRuns, name } = projection;
  const columns: Column<Projection['tables'][number]>[] = [
    { key: 'table', header: t('views.table'), lead: true, cell: ({ name: table }) => <code>{table}</code> },
    { key: 'rows', header: t('views.rows'), numeric: true, cell: ({ rows }) => countText(rows, language) },
    { key: 'size', header: t('views.size'), numeric: true, cell: ({ bytes }) => sizeText(bytes, language) },
  ];
  return (
    <>
      {!workerRuns && (
        <div className={classes['part']}>
          <Notice tone="refused" title={t('views.noWorker')}>
            {t('views.noWorker.text')}
          </Notice>
        </div>
      )}
      <Facts
        facts={[
          {
            name: t('views.lag'),
            value:
              lag === null ? (
                t('unknown')
              ) : (
                <>
                  <ToneBadge tone={lag <= LAG_FINE ? 'final' : 'provisional'}>
                    {t('views.lagValue', { count: lag })}
                  </ToneBadge>
                  <small>{t('views.lag.hint')}</small>
                </>
              ),
          },
          { name: t('views.height'), value: countText(height, language) },
          {
            name: t('views.chain'),
            value: chainHeight === null ? t('unknown') : countText(chainHeight, language),
          },
          { name: t('views.updated'), value: <When at={updatedAt} exact="second" /> },
        ]}
      />
      <Rebuild projection={projection} onChanged={onChanged} onAsk={() => setAsking(true)} />
      <Part title={t('views.tables')}>
        <DataList
          id="consortium.views"
          label={t('views.tables')}
          columns={columns}
          rows={projection.tables}
          rowKey={({ name: table }) => table}
        />
      </Part>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('views.rebuild.title')}
        confirmLabel={t('views.rebuild.confirm')}
        onConfirm={async () => {
          await operationsRebuild(name);
          await onChanged();
        }}
      >
        {t('views.rebuild.text')}
      </ConfirmDialog>
    </>
  );
}

const ENDS: Readonly<Record<'done' | 'cancelled' | 'failed', Tone>> = {
  done: 'final',
  cancelled: 'unknown',
  failed: 'refused',
};

function Rebuild({
  projection,
  onChanged,
  onAsk,
}: {
  readonly projection: Projection;
  readonly onChanged: () => Promise<unknown>;
  readonly onAsk: () => void;
}) {
  const { t } = useWords();
  const [cancelling, setCancelling] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const { rebuild, name, chainHeight } = projection;
  const cancel = async () => {
    setCancelling(true);
    setFailed(undefined);
    try {
      await operationsCancelRebuild(name);
      await onChanged();
    } catch (cause) {
      setFailed(cause);
    } finally {
      setCancelling(false);
    }
  };
  const open = rebuild !== null && (rebuild.state === 'waiting' || rebuild.state === 'running');
  return (
    <Part
      title={t('views.rebuild')}
      actions={
        open ? (
          <Button variant="default" loading={cancelling} disabled={rebuild.cancelWanted} onClick={() => void cancel()}>
            {t('views.cancel')}
          </Button>
        ) : (
          <Button variant="default" onClick={onAsk}>
            {t('views.rebuild')}
          </Button>
        )
      }
    >
      {failed !== undefined && <ErrorBox error={failed} />}
      {rebuild !== null && (
        <div className={classes['card']}>
          {rebuild.state === 'waiting' || rebuild.state === 'running' ? (
            <>
              <strong>{t(rebuild.cancelWanted ? 'views.rebuild.cancelling' : `views.rebuild.${rebuild.state}`)}</strong>
              <Progress
                label={t('views.rebuild.blocks')}
                done={rebuild.height}
                total={rebuild.targetHeight ?? chainHeight ?? undefined}
                note={t('views.rebuild.note')}
              />
            </>
          ) : (
            <>
              <div className={classes['recordHead']}>
                <span className={classes['quiet']}>{t('views.last')}</span>
                <ToneBadge tone={ENDS[rebuild.state]}>
                  {t(`views.rebuild.${rebuild.state}`, { height: rebuild.height })}
                </ToneBadge>
                <When at={rebuild.finishedAt} exact="second" />
              </div>
              {rebuild.error !== null && <p>{rebuild.error}</p>}
            </>
          )}
          <p className={classes['quiet']}>{t('views.by', { who: rebuild.requestedBy })}</p>
        </div>
      )}
    </Part>
  );
}
