import { Button, Menu, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconFilter, IconPackages, IconSearch } from '@tabler/icons-react';
import { shortName } from '@waymark/epcis/gs1';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemRow } from '../../client/api.schemas.js';
import { getExportItemsUrl, useListItems } from '../../client/items/items.js';
import {
  AppLink,
  DataList,
  download,
  EmptyState,
  ErrorBox,
  knownWords,
  LevelBadge,
  PlainLink,
  RecordHeader,
  stateTone,
  ToneBadge,
  usePermission,
  useSearchTexts,
  useTokenPaging,
  useVocabulary,
  When,
  type Column,
  type FilterChip,
} from '../../shared/index.js';
import { dayEdge } from '../../shared/dates/day-edge.js';
import { DayInput } from '../../shared/dates/day-input.js';
import { dayText } from '../../shared/dates/day-text.js';
import { useItemWords } from './words.js';

const FILTERS = [
  'q',
  'kind',
  'step',
  'disposition',
  'place',
  'product',
  'lot',
  'signer',
  'party',
  'from',
  'to',
  'sample',
] as const;
const PER_PAGE = '50';

export default function ItemsPage() {
  const { t, language } = useItemWords();
  const words = useVocabulary();
  const mayCapture = usePermission('capture');
  const [search, change] = useSearchTexts();
  const [exportError, setExportError] = useState<unknown>();
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  ) as Partial<Record<(typeof FILTERS)[number], string>>;
  const sort = ['-lastTime', 'lastTime', 'id', '-id'].find((one) => one === search['sort']) ?? '-lastTime';
  // Days of the reader, both edges in; whoever wrote an address with times gets these.
  const dates = Object.fromEntries(
    (['from', 'to'] as const).flatMap((edge) => {
      const given = filters[edge];
      return given === undefined ? [] : [[edge, dayEdge(given, edge) ?? given]];
    }),
  );
  const query = { ...filters, ...dates, sort } as Parameters<typeof useListItems>[0];
  const { token, paging } = useTokenPaging(JSON.stringify(query));
  const { data, error, refetch } = useListItems(
    { ...query, perPage: PER_PAGE, ...(token !== undefined && { nextPageToken: token }) },
    { query: { placeholderData: keepPreviousData } },
  );
  const nameOf = (id: string | undefined) => words.nameOf(data?.names, id);

  const columns: readonly Column<ItemRow>[] = [
    {
      key: 'item',
      header: t('column.item'),
      lead: true,
      sortable: true,
      cell: (row) => (
        <AppLink to="/item" search={{ id: row.id }}>
          {row.shortName}
        </AppLink>
      ),
    },
    {
      key: 'name',
      header: t('column.name'),
      cell: (row) => (
        <>
          {nameOf(row.product ?? row.id)} {row.sample && <ToneBadge tone="unknown">{t('sample')}</ToneBadge>}
        </>
      ),
    },
    {
      key: 'kind',
      header: t('column.kind'),
      cell: (row) => <span style={{ whiteSpace: 'nowrap' }}>{words.itemKind(row.kind)}</span>,
    },
    { key: 'lot', header: t('column.lot'), hidden: true, cell: (row) => row.lot ?? '' },
    { key: 'serial', header: t('column.serial'), hidden: true, cell: (row) => row.serial ?? '' },
    {
      key: 'state',
      header: t('column.state'),
      cell: (row) =>
        row.disposition !== undefined && (
          <ToneBadge {...stateTone(row.disposition)}>{words.disposition(row.disposition)}</ToneBadge>
        ),
    },
    {
      key: 'step',
      header: t('column.step'),
      cell: (row) => (row.bizStep === undefined ? '' : words.step(row.bizStep)),
    },
    { key: 'place', header: t('column.place'), cell: (row) => words.nameOf(data?.names, row.place, row.place ?? '') },
    { key: 'time', header: t('column.time'), sortable: true, cell: (row) => <When at={row.lastTime} /> },
    { key: 'first', header: t('column.first'), hidden: true, cell: (row) => <When at={row.firstTime} /> },
    {
      key: 'signer',
      header: t('column.signer'),
      cell: (row) => words.nameOf(data?.organisations, row.signer, row.signer),
    },
    { key: 'level', header: t('column.level'), cell: () => <LevelBadge level="final" /> },
  ];

  const shown: Readonly<Record<(typeof FILTERS)[number], (value: string) => string>> = {
    q: (value) => value,
    kind: words.itemKind,
    step: words.step,
    disposition: words.disposition,
    place: (value) => nameOf(value) || value,
    product: (value) => nameOf(value) || value,
    lot: (value) => value,
    signer: (value) => words.nameOf(data?.organisations, value, value),
    party: (value) => nameOf(value) || shortName(value),
    from: (value) => dayText(value, language),
    to: (value) => dayText(value, language),
    sample: () => t('filter.sample.without'),
  };
  const chips: FilterChip[] = FILTERS.flatMap((name) => {
    const value = filters[name];
    if (value === undefined) return [];
    return [
      {
        key: name,
        label: name === 'sample' ? t('chip.sample') : t(`chip.${name}`, { value: shown[name](value) }),
        onRemove: () => change({ [name]: undefined }),
      },
    ];
  });
  const exportAll = async () => {
    setExportError(undefined);
    try {
      await download(getExportItemsUrl(query), 'items.csv');
    } catch (cause) {
      setExportError(cause);
    }
  };

  return (
    <>
      <RecordHeader title={t('list.title')} subtitle={t('list.text')} />
      {exportError !== undefined && <ErrorBox error={exportError} />}
      <DataList
        id="items"
        label={t('list.title')}
        columns={columns}
        rows={data?.items}
        rowKey={(row) => row.id}
        error={error}
        onRetry={() => void refetch()}
        sort={{ key: sort.endsWith('id') ? 'item' : 'time', direction: sort.startsWith('-') ? 'desc' : 'asc' }}
        onSort={({ key, direction }) =>
          change({ sort: `${direction === 'desc' ? '-' : ''}${key === 'item' ? 'id' : 'lastTime'}` })
        }
        paging={paging(data?.nextPageToken)}
        chips={chips}
        onClearFilters={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        filters={<Filters values={filters} onChange={change} />}
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void exportAll()}
          >
            {t('list.export')}
          </Button>
        }
        empty={
          <EmptyState
            icon={IconPackages}
            title={t('list.empty')}
            action={
              mayCapture && (
                <Button renderRoot={(given: object) => <PlainLink {...given} to="/capture/new" />}>
                  {t('list.empty.capture')}
                </Button>
              )
            }
          >
            <Text>{t('list.empty.text')}</Text>
          </EmptyState>
        }
      />
    </>
  );
}

function Filters({
  values,
  onChange,
}: {
  readonly values: Partial<Record<(typeof FILTERS)[number], string>>;
  readonly onChange: (change: Record<string, string | undefined>) => void;
}) {
  const { t } = useItemWords();
  const words = useVocabulary();
  const [typed, setTyped] = useState(values.q ?? '');
  const [asked, setAsked] = useState(values.q);
  // A chip was taken off, or somebody went back: the box says what the address says.
  if (asked !== values.q) {
    setAsked(values.q);
    if (typed.trim() !== (values.q ?? '')) setTyped(values.q ?? '');
  }
  const begin = useDebouncedCallback((value: string) => onChange({ q: value.trim() || undefined }), 300);
  const choices = (group: 'step' | 'disposition', word: (value: string) => string) =>
    knownWords(group)
      .map((value) => ({ value, label: word(value) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <>
      <TextInput
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          begin(event.currentTarget.value);
        }}
        aria-label={t('filter.begins')}
        placeholder={t('filter.begins')}
        title={t('filter.begins.hint')}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={100}
        w={240}
      />
      <Menu closeOnItemClick={false} position="bottom-start" width={300} trapFocus>
        <Menu.Target>
          <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />}>
            {t('filter.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown p="md">
          <Stack gap="sm">
            <Select
              label={t('filter.kind')}
              data={['unit', 'lot', 'logistic', 'product', 'other'].map((value) => ({
                value,
                label: words.itemKind(value),
              }))}
              value={values.kind ?? null}
              onChange={(value) => onChange({ kind: value ?? undefined })}
              clearable
              comboboxProps={{ withinPortal: false }}
            />
            <Select
              label={t('filter.step')}
              data={choices('step', words.step)}
              value={values.step ?? null}
              onChange={(value) => onChange({ step: value ?? undefined })}
              searchable
              clearable
              comboboxProps={{ withinPortal: false }}
            />
            <Select
              label={t('filter.disposition')}
              data={choices('disposition', words.disposition)}
              value={values.disposition ?? null}
              onChange={(value) => onChange({ disposition: value ?? undefined })}
              searchable
              clearable
              comboboxProps={{ withinPortal: false }}
            />
            <DayInput
              label={t('filter.from')}
              value={values.from ?? ''}
              onChange={(day) => onChange({ from: day || undefined })}
              inPlace
            />
            <DayInput
              label={t('filter.to')}
              value={values.to ?? ''}
              onChange={(day) => onChange({ to: day || undefined })}
              inPlace
            />
            <Button
              variant="subtle"
              onClick={() => onChange({ sample: values.sample === 'without' ? undefined : 'without' })}
            >
              {t('filter.sample.without')}
            </Button>
          </Stack>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
