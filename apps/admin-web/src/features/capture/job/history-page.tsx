import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconForms, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CaptureJob, CaptureJobsState } from '../../../client/api.schemas.js';
import { getCaptureJobsUrl } from '../../../client/capture/capture.js';
import {
  AppLink,
  callApi,
  type Column,
  DataList,
  EmptyState,
  type FilterChip,
  PlainLink,
  problemOf,
  RecordHeader,
  usePermission,
  useSearchTexts,
  useTokenPaging,
  When,
} from '../../../shared/index.js';
import { DayInput } from '../../../shared/dates/day-input.js';
import { dayText } from '../../../shared/dates/day-text.js';
import { useWords, type Words } from '../words.js';
import { retryPassing } from './follow-job.js';
import { JobState } from './job-state.js';

const STATES = ['running', 'final', 'refused', 'remarks'] as const;
type State = (typeof STATES)[number];
const RUNNING_EVERY_MS = 3_000;

interface Page {
  readonly jobs: readonly CaptureJob[];
  readonly next: string | undefined;
}

/** The next page's token stands in the Link header, as the EPCIS standard asks. */
async function loadPage(url: string): Promise<Page> {
  const response = await callApi(url);
  if (!response.ok) throw await problemOf(response);
  const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  const next = link === undefined ? undefined : new URL(link, 'http://api.invalid').searchParams.get('nextPageToken');
  return { jobs: (await response.json()) as CaptureJob[], next: next ?? undefined };
}

/** Midnight of a day in this browser's zone, `days` later. */
const midnight = (day: string, days = 0) => {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + days);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

export default function HistoryPage() {
  const { t, language } = useWords();
  const mayCapture = usePermission('capture');
  const [search, change] = useSearchTexts();
  const state = STATES.find((each) => each === search['state']);
  const { text = '', from = '', to = '' } = search;
  const about = JSON.stringify([state, text, from, to]);
  const pages = useTokenPaging(about);
  const fromAt = from === '' ? undefined : midnight(from);
  const toAt = to === '' ? undefined : midnight(to, 1);
  const url = getCaptureJobsUrl({
    ...(state !== undefined && { state: state as CaptureJobsState }),
    ...(text !== '' && { text: text.slice(0, 100) }),
    ...(fromAt !== undefined && { from: fromAt }),
    ...(toAt !== undefined && { to: toAt }),
    ...(pages.token !== undefined && { nextPageToken: pages.token }),
    perPage: 25,
  });
  const query = useQuery({
    queryKey: ['capture', 'history', url],
    queryFn: () => loadPage(url),
    placeholderData: keepPreviousData,
    retry: retryPassing,
    refetchInterval: ({ state: { data } }) =>
      data?.jobs.some(({ running }) => running) === true ? RUNNING_EVERY_MS : false,
  });
  const chip = (key: string, label: string): FilterChip => ({
    key,
    label,
    onRemove: () => change({ [key]: undefined }),
  });
  const chips = [
    ...(state === undefined ? [] : [chip('state', t(`history.filter.${state}`))]),
    ...(text === '' ? [] : [chip('text', t('history.chip.text', { text }))]),
    ...(from === '' ? [] : [chip('from', t('history.chip.from', { day: dayText(from, language) }))]),
    ...(to === '' ? [] : [chip('to', t('history.chip.to', { day: dayText(to, language) }))]),
  ];
  return (
    <>
      <RecordHeader
        title={t('history.title')}
        subtitle={t('history.text')}
        actions={
          mayCapture && (
            <>
              <Button
                component={PlainLink}
                variant="default"
                to="/capture/form/harvest"
                leftSection={<IconForms size={16} aria-hidden />}
              >
                {t('history.form')}
              </Button>
              <Button component={PlainLink} to="/capture/new" leftSection={<IconPlus size={16} aria-hidden />}>
                {t('history.new')}
              </Button>
            </>
          )
        }
      />
      <DataList
        id="capture.history"
        label={t('history.list')}
        columns={columnsOf(t)}
        rows={query.data?.jobs}
        rowKey={({ captureID }) => captureID}
        error={query.error}
        onRetry={() => void query.refetch()}
        paging={pages.paging(query.data?.next)}
        chips={chips}
        onClearFilters={() => change({ state: undefined, text: undefined, from: undefined, to: undefined })}
        filters={<Filters state={state} text={text} from={from} to={to} change={change} />}
        empty={
          <EmptyState
            title={t('history.empty')}
            action={
              mayCapture && (
                <Button component={PlainLink} to="/capture/new">
                  {t('history.new')}
                </Button>
              )
            }
          >
            {t('history.empty.text')}
          </EmptyState>
        }
      />
    </>
  );
}

function columnsOf(t: Words): readonly Column<CaptureJob>[] {
  return [
    {
      key: 'name',
      header: t('history.name'),
      lead: true,
      cell: (job) => (
        <>
          <AppLink to="/capture/jobs/$id" params={{ id: job.captureID }}>
            {job.label ?? job.fileName ?? (job.kind === 'command' ? t('history.command') : t('history.unnamed'))}
          </AppLink>
          {job.upload !== undefined && <> · {t('history.part', { part: job.upload.part, parts: job.upload.parts })}</>}
        </>
      ),
    },
    { key: 'state', header: t('history.state'), cell: ({ state }) => <JobState state={state} /> },
    { key: 'events', header: t('history.events'), numeric: true, cell: ({ eventCount }) => eventCount },
    {
      key: 'remarks',
      header: t('history.remarks'),
      cell: ({ errors, warnings }) =>
        errors.length + warnings.length === 0
          ? ''
          : t('history.remarksCount', { count: errors.length + warnings.length }),
    },
    { key: 'when', header: t('history.when'), cell: ({ createdAt }) => <When at={createdAt} exact="second" /> },
  ];
}

interface FiltersProps {
  readonly state: State | undefined;
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly change: (wanted: Readonly<Record<string, string | undefined>>) => void;
}

function Filters({ state, text, from, to, change }: FiltersProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(text);
  const [settled] = useDebouncedValue(typed, 300);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (settled === typed && settled !== text) change({ text: settled.trim() });
    // Only what was typed changes the address.
  }, [settled]);
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        label={t('history.search')}
        value={typed}
        maxLength={100}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        w={180}
      />
      <Select
        label={t('history.filter.state')}
        value={state ?? 'any'}
        onChange={(value) => change({ state: value === 'any' || value === null ? undefined : value })}
        data={[
          { value: 'any', label: t('history.filter.any') },
          ...STATES.map((each) => ({ value: each, label: t(`history.filter.${each}`) })),
        ]}
        allowDeselect={false}
        w={150}
      />
      <DayInput label={t('history.filter.from')} value={from} onChange={(day) => change({ from: day })} w={170} />
      <DayInput label={t('history.filter.to')} value={to} onChange={(day) => change({ to: day })} w={170} />
    </Group>
  );
}
