import { useQueryClient } from '@tanstack/react-query';
import type { Work } from '../../../client/api.schemas.js';
import { operationsWork } from '../../../client/operation/operation.js';
import { DataList, ErrorBox, formatWhen, Notice, RecordHeader, When, type Column } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Facts, Part } from '../facts.js';
import { countText } from '../figures.js';
import { usePolled } from '../use-polled.js';
import { useWords, type Words } from '../words.js';
import { ClearUp } from './clear-up.js';
import { StuckWork } from './stuck-work.js';

const EVERY_MS = 4_000;

type QueueRow = Work['queues'][number];
const QUEUES = ['sign', 'submit', 'sweep', 'purge'] as const;
const queueName = (name: string, t: Words) => {
  const known = QUEUES.find((one) => one === name);
  return known === undefined ? name : t(`queue.${known}`);
};

export default function WorkPage() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data, error, stale, again } = usePolled(
    ['operations', 'queues'],
    (signal) => operationsWork({ signal }),
    EVERY_MS,
  );
  const refresh = () => client.invalidateQueries({ queryKey: ['operations'] });
  const oldest = (at: string | null) =>
    at === null ? null : <small>{t('work.oldest', { when: formatWhen(new Date(at), language, 'second') })}</small>;
  const columns: Column<QueueRow>[] = [
    { key: 'name', header: t('queues.name'), lead: true, cell: ({ name }) => queueName(name, t) },
    {
      key: 'waiting',
      header: t('queues.waiting'),
      numeric: true,
      cell: ({ waiting, answers }) => (answers ? waiting : t('queues.silent')),
    },
    { key: 'active', header: t('queues.active'), numeric: true, cell: ({ active }) => active },
    { key: 'delayed', header: t('queues.delayed'), numeric: true, cell: ({ delayed }) => delayed },
    {
      key: 'oldest',
      header: t('queues.oldest'),
      cell: ({ oldestAt }) => (oldestAt === null ? '–' : <When at={oldestAt} exact="second" />),
    },
  ];
  return (
    <>
      <RecordHeader title={t('work.title')} subtitle={t('work.subtitle')} />
      {error !== null && <ErrorBox error={error} onRetry={again} />}
      {stale && <Notice tone="provisional" title={t('nodes.stale')} />}
      {data !== undefined && (
        <>
          {data.workers === 0 && (
            <div className={classes['part']}>
              <Notice tone="refused" title={t('work.noWorker')}>
                {t('work.noWorker.text')}
              </Notice>
            </div>
          )}
          <Facts
            facts={[
              {
                name: t('work.captures'),
                value: (
                  <>
                    {countText(data.captures.waiting, language)}
                    {oldest(data.captures.oldestAt)}
                  </>
                ),
              },
              {
                name: t('work.pending'),
                value: (
                  <>
                    {countText(data.transactions.pending, language)}
                    {oldest(data.transactions.oldestAt)}
                    {data.transactions.refused > 0 && (
                      <small>{t('work.refused', { count: data.transactions.refused })}</small>
                    )}
                  </>
                ),
              },
              { name: t('work.letters'), value: countText(data.deadLetters, language) },
              { name: t('work.workers'), value: countText(data.workers, language) },
            ]}
          />
        </>
      )}
      <StuckWork onChanged={refresh} />
      {data !== undefined && (
        <>
          <Part
            title={t('queues.title')}
            text={t('queues.text', { backend: data.backend === 'redis' ? 'Redis' : 'Postgres' })}
          >
            <DataList
              id="consortium.queues"
              label={t('queues.title')}
              columns={columns}
              rows={data.queues}
              rowKey={({ name }) => name}
            />
          </Part>
          <ClearUp settled={data.settled} onChanged={refresh} />
        </>
      )}
    </>
  );
}
