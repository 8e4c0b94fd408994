import { Button, Menu, Text } from '@mantine/core';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { shortName } from '@waymark/epcis/gs1';
import { useState } from 'react';
import type { RegulatorEvent, RegulatorEvents } from '../../client/api.schemas.js';
import {
  getRegulatorEventsExportUrl,
  useRegulatorEvents,
  useRegulatorOverview,
} from '../../client/regulator/regulator.js';
import {
  AppLink,
  DataList,
  download,
  EmptyState,
  ErrorBox,
  Identifier,
  PlainLink,
  RecordHeader,
  ToneBadge,
  useSearchTexts,
  useTokenPaging,
  useVocabulary,
  When,
  type Column,
  type Language,
} from '../../shared/index.js';
import { EventFilters, filterChips, filterParameters, FILTERS } from './event-filters.js';
import classes from './regulator.module.css';
import { useRegulatorWords, type RegulatorWords } from './words.js';

const ROWS = 50;

/** All events of the consortium, with everything by which one may look for some. */
export default function EventsPage() {
  const { t, language } = useRegulatorWords();
  const words = useVocabulary();
  const [search, change] = useSearchTexts();
  const filters = filterParameters(search);
  const order = search['order'] === 'happened' ? 'happened' : 'recorded';
  const paging = useTokenPaging(JSON.stringify([filters, order]));
  const overview = useRegulatorOverview();
  const events = useRegulatorEvents(
    { ...filters, order, limit: ROWS, ...(paging.token !== undefined && { after: paging.token }) },
    { query: { placeholderData: keepPreviousData } },
  );
  const [failed, setFailed] = useState<unknown>();
  const organisations = overview.data?.organisations ?? [];
  const nameOf = (account: string) =>
    organisations.find((organisation) => organisation.account === account)?.name[language] ?? account;
  const save = async (format: 'csv' | 'jsonld') => {
    setFailed(undefined);
    try {
      await download(getRegulatorEventsExportUrl({ ...filters, format }), `events.${format}`);
    } catch (error) {
      setFailed(error);
    }
  };
  const page = events.data;
  return (
    <div className={classes['stack']}>
      <RecordHeader
        title={t('events.title')}
        subtitle={t('events.text')}
        actions={
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} aria-hidden />}
            renderRoot={(given: object) => <PlainLink {...given} to="/regulator/check" />}
          >
            {t('check.nav')}
          </Button>
        }
      />
      {failed !== undefined && <ErrorBox error={failed} />}
      <EventFilters
        key={search['item'] ?? ''}
        search={search}
        organisations={organisations.map(({ account }) => ({ value: account, label: nameOf(account) }))}
        onChange={change}
      />
      <DataList
        id="regulator-events"
        label={t('events.title')}
        columns={columns(t, language, words.step, page)}
        rows={page?.events}
        rowKey={({ txId, bodyIndex }) => `${txId}/${bodyIndex}`}
        error={events.error}
        onRetry={() => void events.refetch()}
        sort={{ key: order, direction: 'desc' }}
        onSort={({ key }) => change({ order: key === 'happened' ? 'happened' : undefined })}
        paging={paging.paging(page?.next)}
        chips={filterChips(search, t, language, nameOf, change)}
        onClearFilters={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        actions={
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
                {t('events.export')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void save('csv')}>{t('events.export.csv')}</Menu.Item>
              <Menu.Item onClick={() => void save('jsonld')}>{t('events.export.jsonld')}</Menu.Item>
              <Menu.Label>{t('events.export.bound')}</Menu.Label>
            </Menu.Dropdown>
          </Menu>
        }
        empty={<EmptyState title={t('events.empty')}>{t('events.empty.text')}</EmptyState>}
      />
    </div>
  );
}

function columns(
  t: RegulatorWords,
  language: Language,
  stepWord: (step: string) => string,
  page: RegulatorEvents | undefined,
): Column<RegulatorEvent>[] {
  const named = (id: string) => page?.names[id]?.[language];
  const signer = (account: string) => page?.organisations[account]?.[language] ?? account;
  return [
    {
      key: 'what',
      header: t('column.what'),
      lead: true,
      cell: ({ type, step, record }) =>
        record === 'errorDeclaration' ? t('record.withdrawal', { type }) : step === null ? type : stepWord(step),
    },
    { key: 'happened', header: t('column.happened'), sortable: true, cell: ({ eventTime }) => <When at={eventTime} /> },
    {
      key: 'recorded',
      header: t('column.recorded'),
      sortable: true,
      cell: ({ recordTime }) => <When at={recordTime} />,
    },
    { key: 'signer', header: t('column.signer'), cell: ({ signer: account }) => signer(account) },
    {
      key: 'items',
      header: t('column.items'),
      cell: ({ items, itemCount }) => (
        <div>
          {items.slice(0, 2).map(({ id }) => (
            <div key={id} title={id}>
              <AppLink to="/trace" search={{ id }}>
                {shortName(id)}
              </AppLink>
            </div>
          ))}
          {itemCount > 2 && (
            <Text size="xs" c="dimmed">
              {t('items.more', { count: itemCount - 2 })}
            </Text>
          )}
        </div>
      ),
    },
    {
      key: 'place',
      header: t('column.place'),
      cell: ({ place, readPoint }) => {
        const id = place ?? readPoint;
        return id === null ? '–' : (named(id) ?? <Identifier value={id} charactersMax={28} copy={false} />);
      },
    },
    {
      key: 'marks',
      header: t('column.marks'),
      cell: (event) => <Marks event={event} />,
    },
    {
      key: 'check',
      header: t('column.check'),
      cell: ({ items: [first] }) =>
        first === undefined ? (
          '–'
        ) : (
          <AppLink
            to="/regulator/check"
            search={{ item: first.id }}
            style={{ whiteSpace: 'nowrap' }}
            aria-label={t('events.checkItem', { item: first.id })}
          >
            {t('events.check')}
          </AppLink>
        ),
    },
    { key: 'type', header: t('column.type'), hidden: true, cell: ({ type }) => type },
    {
      key: 'disposition',
      header: t('column.disposition'),
      hidden: true,
      cell: ({ disposition }) => disposition ?? '–',
    },
    { key: 'height', header: t('column.height'), hidden: true, numeric: true, cell: ({ height }) => height },
    {
      key: 'witnesses',
      header: t('column.witnesses'),
      hidden: true,
      cell: ({ witnesses }) => (witnesses.length === 0 ? '–' : witnesses.map(signer).join(', ')),
    },
    {
      key: 'eventID',
      header: t('column.eventID'),
      hidden: true,
      cell: ({ eventID }) => <Identifier value={eventID} />,
    },
    { key: 'txId', header: t('column.txId'), hidden: true, cell: ({ txId }) => <Identifier value={txId} /> },
  ];
}

function Marks({ event }: { readonly event: RegulatorEvent }) {
  const { t } = useRegulatorWords();
  return (
    <div className={classes['marks']}>
      <ToneBadge tone={event.visibility === 'public' ? 'final' : 'unknown'}>
        {t(`visibility.${event.visibility}`)}
      </ToneBadge>
      {event.withdrawn && <ToneBadge tone="refused">{t('mark.withdrawn')}</ToneBadge>}
      {event.warnings.length > 0 && (
        <ToneBadge tone="provisional" hint={event.warnings.map(({ code }) => code).join(', ')}>
          {t('mark.warning')}
        </ToneBadge>
      )}
    </div>
  );
}
