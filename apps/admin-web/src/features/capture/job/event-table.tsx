import { Skeleton, Text } from '@mantine/core';
import { shortName } from '@waymark/epcis/gs1';
import { keepPreviousData } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { CaptureJob, CaptureJobEvent, CaptureJobEvents, CaptureRemark } from '../../../client/api.schemas.js';
import { useCaptureJobEvents } from '../../../client/capture/capture.js';
import {
  AppLink,
  type Column,
  DataList,
  Identifier,
  LevelBadge,
  ToneBadge,
  useLocalPaging,
  useVocabulary,
  When,
} from '../../../shared/index.js';
import classes from '../check/check.module.css';
import { Choice } from '../check/choice.js';
import { useWords } from '../words.js';
import { retryPassing } from './follow-job.js';
import { JobRemark } from './job-remark.js';

type EventState = CaptureJob['events'][number]['state'];
type Facts = NonNullable<CaptureJobEvent['facts']>;
interface Row {
  readonly index: number;
  readonly state: EventState;
  readonly eventID: string | undefined;
  readonly remarks: readonly CaptureRemark[];
}
const LEVELS = { pending: 'received', final: 'final', refused: 'refused' } as const;
const STATES: readonly EventState[] = ['refused', 'pending', 'final'];
const PER_PAGE = 25;

/** Every event of a capture: what happened, when, where and to what, and how far it has come. */
export function EventTable({ job }: { readonly job: CaptureJob }) {
  const { t } = useWords();
  const words = useVocabulary();
  const [only, setOnly] = useState<EventState | 'all'>('all');
  const rows = useMemo(() => {
    const byEvent = new Map<number, CaptureRemark[]>();
    for (const remark of [...job.errors, ...job.warnings])
      if (remark.index !== undefined) byEvent.set(remark.index, [...(byEvent.get(remark.index) ?? []), remark]);
    return job.events.map(({ index, state, eventID }): Row => ({
      index,
      state,
      eventID,
      remarks: byEvent.get(index) ?? [],
    }));
  }, [job]);
  const counts = new Map(STATES.map((state) => [state, rows.filter((row) => row.state === state).length]));
  const chosen = rows.filter(({ state }) => only === 'all' || state === only);
  const { shown, foot, toFirst } = useLocalPaging(chosen, PER_PAGE);
  const told = useCaptureJobEvents(
    job.captureID,
    { from: shown[0]?.index ?? 0, perPage: PER_PAGE, ...(only !== 'all' && { state: only }) },
    { query: { placeholderData: keepPreviousData, retry: retryPassing, enabled: shown.length > 0 } },
  );
  const answers = new Map(told.data?.events.map((event) => [event.index, event]));
  /** Of each row: what it says, once that is there. */
  const saying = (index: number, show: (facts: Facts) => ReactNode, gone: ReactNode = '') => {
    const answer = answers.get(index);
    if (answer?.facts !== undefined) return show(answer.facts);
    return answer === undefined && (told.isFetching || told.isPlaceholderData) ? <Skeleton height={14} my={4} /> : gone;
  };
  const first = job.upload?.firstEvent ?? 0;
  const columns: readonly Column<Row>[] = [
    {
      key: 'what',
      header: t('job.col.what'),
      lead: true,
      cell: ({ index }) => (
        <>
          {saying(
            index,
            ({ type, action, bizStep, errorDeclaration }) => {
              const what = bizStep === undefined ? words.eventKind(type, action) : words.step(bizStep);
              return <strong>{errorDeclaration === true ? t('job.declaration', { what }) : what}</strong>;
            },
            told.isError ? '' : t('job.factsGone'),
          )}
          <Text size="xs" c="dimmed" fw={400}>
            {saying(
              index,
              ({ type, action, bizStep }) =>
                bizStep === undefined
                  ? t('check.number', { number: first + index + 1 })
                  : t('job.numberAndKind', { number: first + index + 1, kind: words.eventKind(type, action) }),
              t('check.number', { number: first + index + 1 }),
            )}
          </Text>
        </>
      ),
    },
    {
      key: 'when',
      header: t('check.col.when'),
      cell: ({ index }) => saying(index, ({ eventTime }) => <When at={eventTime} />),
    },
    {
      key: 'where',
      header: t('check.col.where'),
      cell: ({ index }) =>
        saying(index, ({ bizLocation, readPoint }) => {
          const place = bizLocation ?? readPoint;
          return place === undefined ? (
            t('check.where.none')
          ) : (
            <span title={place}>{words.nameOf(told.data?.names, place, shortName(place))}</span>
          );
        }),
    },
    {
      key: 'items',
      header: t('check.col.items'),
      cell: ({ index, state }) =>
        saying(index, (facts) => <Items facts={facts} state={state} names={told.data?.names} />),
    },
    {
      key: 'level',
      header: t('job.col.level'),
      cell: ({ index, state }) => (
        <>
          <LevelBadge level={LEVELS[state]} />
          {answers.get(index)?.facts?.withdrawn === true && (
            <div>
              <ToneBadge tone="refused">{t('job.withdrawn')}</ToneBadge>
            </div>
          )}
        </>
      ),
    },
    ...(rows.some(({ remarks }) => remarks.length > 0)
      ? [
          {
            key: 'remarks',
            header: t('check.col.remarks'),
            cell: ({ remarks }: Row) =>
              remarks.map((remark, i) => <JobRemark key={`${i}-${remark.code}`} remark={remark} />),
          },
        ]
      : []),
    {
      key: 'record',
      header: t('job.eventName'),
      hidden: true,
      cell: ({ eventID, state }) =>
        eventID === undefined ? (
          t(state === 'refused' ? 'job.noRecord' : 'job.notFinal')
        ) : (
          <Identifier value={eventID} charactersMax={28} />
        ),
    },
  ];
  return (
    <DataList
      id="capture.job"
      label={t('job.events')}
      columns={columns}
      rows={shown}
      rowKey={({ index }) => String(index)}
      error={told.data === undefined ? told.error : undefined}
      onRetry={() => void told.refetch()}
      empty={<Text p="md">{t('check.none')}</Text>}
      filters={
        <Choice
          label={t('history.state')}
          values={['all', ...STATES] as const}
          chosen={only}
          wordOf={(state) =>
            state === 'all'
              ? t('check.all', { count: job.eventCount })
              : t(`job.filter.${state}`, { count: counts.get(state) ?? 0 })
          }
          onChoose={(state) => {
            setOnly(state);
            toFirst();
          }}
        />
      }
      {...foot}
    />
  );
}

/** The first thing that an event names, and how many more. What was refused may not exist: it is no link. */
function Items({
  facts: { firstItem, itemCount },
  state,
  names,
}: {
  readonly facts: Facts;
  readonly state: EventState;
  readonly names: CaptureJobEvents['names'] | undefined;
}) {
  const { t } = useWords();
  const words = useVocabulary();
  if (firstItem === undefined) return t('job.items.none');
  const product = /^(https:\/\/id\.gs1\.org\/01\/\d{14})\//.exec(firstItem)?.[1];
  const name = words.nameOf(names, firstItem) || words.nameOf(names, product);
  return (
    <div className={classes['items']}>
      {name !== '' && <span>{name}</span>}
      <span title={firstItem}>
        {state === 'refused' ? (
          shortName(firstItem)
        ) : (
          <AppLink to="/item" search={{ id: firstItem }}>
            {shortName(firstItem)}
          </AppLink>
        )}
      </span>
      {itemCount > 1 && (
        <Text size="xs" c="dimmed" component="span">
          {t('job.items.more', { count: itemCount - 1 })}
        </Text>
      )}
    </div>
  );
}
