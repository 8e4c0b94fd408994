import { Button, NumberInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ChainBlockRow } from '../../../client/api.schemas.js';
import { chainBlocks } from '../../../client/chain/chain.js';
import {
  AppLink,
  DataList,
  EmptyState,
  Notice,
  RecordHeader,
  useSearchTexts,
  When,
  type Column,
} from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { countText, sizeText } from '../figures.js';
import { usePolled } from '../use-polled.js';
import { useWords } from '../words.js';

const EVERY_MS = 4_000;
/** Older pages do not change. */
const OLDER_EVERY_MS = 60_000;
const PER_PAGE = 30;

export default function BlocksPage() {
  const { t, language } = useWords();
  const [search, change] = useSearchTexts();
  const before = /^\d{1,15}$/.test(search['before'] ?? '') ? Number(search['before']) : undefined;
  const { data, error, stale, again } = usePolled(
    ['chain', 'blocks', before],
    (signal) => chainBlocks({ perPage: PER_PAGE, ...(before !== undefined && { before }) }, { signal }),
    before === undefined ? EVERY_MS : OLDER_EVERY_MS,
  );
  const columns: Column<ChainBlockRow>[] = [
    {
      key: 'height',
      header: t('col.height'),
      lead: true,
      cell: ({ height }) => (
        <AppLink to="/consortium/blocks/$height" params={{ height: String(height) }}>
          {countText(height, language)}
        </AppLink>
      ),
    },
    { key: 'time', header: t('blocks.time'), cell: ({ at }) => <When at={at} exact="second" /> },
    { key: 'transactions', header: t('blocks.transactions'), numeric: true, cell: ({ transactions }) => transactions },
    { key: 'proposer', header: t('blocks.proposer'), cell: ({ proposer }) => proposer },
    {
      key: 'view',
      header: t('col.view'),
      numeric: true,
      cell: ({ view, viewsGivenUp }) => (
        <>
          {countText(view, language)}
          {viewsGivenUp > 0 && <div className={classes['quiet']}>{t('blocks.skipped', { count: viewsGivenUp })}</div>}
        </>
      ),
    },
    {
      key: 'signers',
      header: t('blocks.signers'),
      cell: ({ signers }) =>
        signers === null ? (
          <span className={classes['quiet']}>{t('blocks.later')}</span>
        ) : (
          <span title={signers.join(', ')}>
            {t('blocks.signersValue', { count: signers.length, total: data?.committee.length ?? signers.length })}
          </span>
        ),
    },
    { key: 'size', header: t('blocks.size'), numeric: true, cell: ({ bytes }) => sizeText(bytes, language) },
  ];
  const next = data?.before ?? null;
  return (
    <>
      <RecordHeader title={t('blocks.title')} subtitle={t('blocks.subtitle')} />
      {stale && <Notice tone="provisional" title={t('nodes.stale')} />}
      <DataList
        id="consortium.blocks"
        label={t('blocks.title')}
        columns={columns}
        rows={data?.blocks}
        rowKey={({ height }) => String(height)}
        error={error}
        onRetry={again}
        empty={<EmptyState title={t('blocks.empty')}>{t('blocks.empty.text')}</EmptyState>}
        filters={<GoToHeight highest={data?.finalHeight} />}
      />
      <nav className={classes['pager']} aria-label={t('blocks.title')}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={before === undefined}
          onClick={() => change({ before: undefined }, { push: true })}
        >
          {t('blocks.newest')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={next === null}
          onClick={() => change({ before: String(next) }, { push: true })}
        >
          {t('blocks.older')}
        </Button>
      </nav>
    </>
  );
}

function GoToHeight({ highest }: { readonly highest: number | undefined }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [height, setHeight] = useState<number | string>('');
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (typeof height === 'number')
      void navigate({ to: '/consortium/blocks/$height', params: { height: String(height) } });
  };
  return (
    <form className={classes['go']} onSubmit={go}>
      <NumberInput
        size="xs"
        w={150}
        aria-label={t('blocks.go')}
        placeholder={t('blocks.go')}
        min={1}
        {...(highest !== undefined && { max: highest })}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={height}
        onChange={setHeight}
      />
      <Button size="xs" variant="default" type="submit" disabled={typeof height !== 'number'}>
        {t('blocks.goButton')}
      </Button>
    </form>
  );
}
