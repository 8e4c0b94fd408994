import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ChainTransactionRow } from '../../../client/api.schemas.js';
import { chainBlock } from '../../../client/chain/chain.js';
import {
  AppLink,
  DataList,
  EmptyState,
  ErrorBox,
  Identifier,
  Notice,
  PlainLink,
  RecordHeader,
  shortenMiddle,
  ToneBadge,
  When,
  type Column,
} from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Facts, Part } from '../facts.js';
import { countText, sizeText } from '../figures.js';
import { useWords } from '../words.js';
import { StatusBadge } from './status-badge.js';

export default function BlockPage() {
  const { t, language } = useWords();
  const { height = '' }: { readonly height?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery({
    queryKey: ['chain', 'block', height],
    queryFn: ({ signal }) => chainBlock(height, { signal }),
    staleTime: Infinity,
  });
  const number = Number(height);
  const columns: Column<ChainTransactionRow>[] = [
    {
      key: 'name',
      header: t('transaction.name'),
      lead: true,
      cell: ({ txId }) => (
        <AppLink to="/consortium/transactions/$txId" params={{ txId }}>
          <code title={txId}>{shortenMiddle(txId, 20)}</code>
        </AppLink>
      ),
    },
    { key: 'status', header: t('col.state'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      key: 'sender',
      header: t('block.sender'),
      cell: ({ sender }) => sender ?? <span className={classes['quiet']}>{t('block.hiddenSender')}</span>,
    },
    {
      key: 'kinds',
      header: t('block.kinds'),
      cell: ({ kinds }) => kinds.map(({ kind, count }) => <div key={kind}>{t('block.kind', { kind, count })}</div>),
    },
  ];
  return (
    <>
      <RecordHeader
        title={t('block.heading', { height })}
        {...(data !== undefined && {
          state: (
            <ToneBadge tone="final" hint={t('block.checked.hint', { names: data.checkedBy.join(', ') })}>
              {t('block.checked')}
            </ToneBadge>
          ),
        })}
        actions={
          <>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!(number > 1)}
              leftSection={<IconChevronLeft size={14} aria-hidden />}
              renderRoot={(given) => (
                <PlainLink {...given} to="/consortium/blocks/$height" params={{ height: String(number - 1) }} />
              )}
            >
              {t('block.previous', { height: number > 1 ? number - 1 : '' })}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconChevronRight size={14} aria-hidden />}
              renderRoot={(given) => (
                <PlainLink {...given} to="/consortium/blocks/$height" params={{ height: String(number + 1) }} />
              )}
            >
              {t('block.next', { height: number + 1 })}
            </Button>
          </>
        }
      />
      {error !== null && <ErrorBox error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Facts
            facts={[
              { name: t('blocks.time'), value: <When at={data.at} exact="second" /> },
              { name: t('blocks.proposer'), value: data.proposer },
              {
                name: t('block.view'),
                value:
                  data.viewsGivenUp > 0
                    ? t('block.viewSkipped', { view: data.view, count: data.viewsGivenUp })
                    : countText(data.view, language),
              },
              {
                name: t('block.certificate'),
                value:
                  data.signers === null ? t('blocks.later') : data.signers.map((name) => <div key={name}>{name}</div>),
              },
              { name: t('blocks.size'), value: sizeText(data.bytes, language) },
              { name: t('block.hash'), value: <Identifier value={data.hash} charactersMax={24} /> },
              { name: t('block.parent'), value: <Identifier value={data.parentHash} charactersMax={24} /> },
            ]}
          />
          <Part title={t('block.content')}>
            <DataList
              id="consortium.block"
              label={t('block.content')}
              columns={columns}
              rows={data.content}
              rowKey={({ txId }) => txId}
              empty={<EmptyState title={t('block.none')}>{t('block.none.text')}</EmptyState>}
            />
            {data.more && <Notice tone="provisional" title={t('block.more')} />}
          </Part>
        </>
      )}
    </>
  );
}
