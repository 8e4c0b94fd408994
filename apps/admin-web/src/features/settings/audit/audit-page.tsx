import { Button, Select, Text, TextInput } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { AuditEntry } from '../../../client/api.schemas.js';
import { getExportAuditUrl, useListAudit } from '../../../client/audit-log/audit-log.js';
import {
  DataList,
  download,
  EmptyState,
  ErrorBox,
  RecordHeader,
  useSearchTexts,
  useTokenPaging,
  When,
  type Column,
} from '../../../shared/index.js';
import { dayEdge } from '../../../shared/dates/day-edge.js';
import { DayInput } from '../../../shared/dates/day-input.js';
import en from '../messages.en.json' with { type: 'json' };
import classes from '../settings.module.css';
import { useSettingsWords, type SettingsWords } from '../words.js';
import { factWords } from './fact-words.js';

const ROWS = 50;
const FILTERS = ['actor', 'action', 'target', 'from', 'to'] as const;
type FilterName = (typeof FILTERS)[number];

/** Acts that have words of their own; the parts of the console and the API beyond this feature note theirs under their own names. */
const ACTIONS = Object.keys(en)
  .filter((key): key is `action.${string}` & keyof typeof en => key.startsWith('action.'))
  .map((key) => key.slice('action.'.length));

const actionWord = (t: SettingsWords, action: string): string =>
  ACTIONS.includes(action) ? t(`action.${action}` as Parameters<SettingsWords>[0]) : action;

/** Who did what in one's organisation. */
export default function AuditPage() {
  const { t } = useSettingsWords();
  const [search, change] = useSearchTexts();
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = search[name];
      return value === undefined || value === ''
        ? []
        : [[name, name === 'from' || name === 'to' ? dayEdge(value, name) : value]];
    }).filter(([, value]) => value !== undefined),
  ) as Partial<Record<FilterName, string>>;
  const paging = useTokenPaging(JSON.stringify(filters));
  const page = useListAudit(
    { ...filters, perPage: ROWS, ...(paging.token !== undefined && { nextPageToken: paging.token }) },
    { query: { placeholderData: keepPreviousData } },
  );
  const [failed, setFailed] = useState<unknown>();
  const save = async () => {
    setFailed(undefined);
    try {
      await download(getExportAuditUrl(filters), 'audit-log.csv');
    } catch (cause) {
      setFailed(cause);
    }
  };
  return (
    <div className={classes['stack']}>
      <RecordHeader title={t('audit.title')} subtitle={t('audit.text')} />
      {failed !== undefined && <ErrorBox error={failed} />}
      <DataList
        id="audit"
        label={t('audit.title')}
        columns={columns(t)}
        rows={page.data?.entries}
        rowKey={({ id }) => id}
        error={page.error}
        onRetry={() => void page.refetch()}
        paging={paging.paging(page.data?.nextPageToken)}
        filters={<Filters key={JSON.stringify(search)} search={search} onChange={change} />}
        chips={FILTERS.flatMap((name) => {
          const value = search[name];
          return value === undefined || value === ''
            ? []
            : [
                {
                  key: name,
                  label: t(`audit.chip.${name}`, { value: name === 'action' ? actionWord(t, value) : value }),
                  onRemove: () => change({ [name]: undefined }),
                },
              ];
        })}
        onClearFilters={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void save()}
            title={t('audit.export.hint')}
          >
            {t('audit.export')}
          </Button>
        }
        empty={
          <EmptyState icon={IconHistory} title={t('audit.empty')}>
            {t('audit.empty.text')}
          </EmptyState>
        }
      />
    </div>
  );
}

function Filters({
  search,
  onChange,
}: {
  readonly search: Readonly<Record<string, string>>;
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}) {
  const { t } = useSettingsWords();
  const [typed, setTyped] = useState<Readonly<Record<FilterName, string>>>({
    actor: search['actor'] ?? '',
    action: search['action'] ?? '',
    target: search['target'] ?? '',
    from: search['from'] ?? '',
    to: search['to'] ?? '',
  });
  const set = (name: FilterName, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(
      Object.fromEntries(FILTERS.map((name) => [name, typed[name].trim() === '' ? undefined : typed[name].trim()])),
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('audit.filter')} className={classes['filters']}>
      <TextInput
        className={classes['filter'] ?? ''}
        label={t('audit.actor')}
        maxLength={200}
        value={typed.actor}
        onChange={(event) => set('actor', event.currentTarget.value)}
      />
      <Select
        className={classes['filter'] ?? ''}
        label={t('audit.action')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('audit.action.clear') }}
        value={typed.action === '' ? null : typed.action}
        onChange={(value) => set('action', value ?? '')}
        data={[...new Set([...ACTIONS, ...(typed.action === '' ? [] : [typed.action])])].map((action) => ({
          value: action,
          label: actionWord(t, action),
        }))}
      />
      <TextInput
        className={classes['filter'] ?? ''}
        label={t('audit.target')}
        maxLength={200}
        value={typed.target}
        onChange={(event) => set('target', event.currentTarget.value)}
      />
      <DayInput
        className={classes['date'] ?? ''}
        label={t('audit.from')}
        value={typed.from}
        onChange={(day) => set('from', day)}
      />
      <DayInput
        className={classes['date'] ?? ''}
        label={t('audit.to')}
        value={typed.to}
        onChange={(day) => set('to', day)}
      />
      <Button type="submit" variant="light">
        {t('audit.find')}
      </Button>
    </form>
  );
}

function columns(t: SettingsWords): Column<AuditEntry>[] {
  return [
    { key: 'action', header: t('audit.action'), lead: true, cell: ({ action }) => actionWord(t, action) },
    {
      key: 'target',
      header: t('audit.target'),
      cell: ({ target }) => <span className={classes['who']}>{target}</span>,
    },
    {
      key: 'actor',
      header: t('audit.actor'),
      cell: ({ actor }) => (
        <div className={classes['who']}>
          <span>{actor.label === '' || actor.kind === 'system' ? t(`actor.${actor.kind}`) : actor.label}</span>
          {actor.label !== '' && actor.kind === 'key' && (
            <Text size="xs" c="dimmed" component="span">
              {t(`actor.${actor.kind}`)}
            </Text>
          )}
        </div>
      ),
    },
    { key: 'at', header: t('audit.at'), cell: ({ at }) => <When at={at} exact="second" /> },
    {
      key: 'facts',
      header: t('audit.facts'),
      cell: ({ facts }) => (
        <div className={classes['facts']}>
          {Object.entries(facts).flatMap(([name, value]) => {
            const told = factWords(t, name, value);
            return told === undefined ? [] : [<span key={name}>{told}</span>];
          })}
        </div>
      ),
    },
    { key: 'address', header: t('audit.address'), hidden: true, cell: ({ address }) => address },
    { key: 'requestId', header: t('audit.request'), hidden: true, cell: ({ requestId }) => requestId },
  ];
}
