import { IconAlertTriangle, IconCircleX, IconInfoCircle, IconPlugConnectedX } from '@tabler/icons-react';
import type { OperatorNode, OperatorNodes } from '../../../client/api.schemas.js';
import { operationsNodes } from '../../../client/operation/operation.js';
import { DataList, Notice, RecordHeader, ToneBadge, When, type Column, type Tone } from '../../../shared/index.js';
import classes from '../consortium.module.css';
import { Facts, Part } from '../facts.js';
import { countText, sizeText } from '../figures.js';
import { usePolled } from '../use-polled.js';
import { useWords } from '../words.js';
import { AlarmList } from './alarm-list.js';
import { FinalityChart } from './finality-chart.js';
import { GivenUpViews } from './given-up.js';
import { HearingMatrix } from './hearing-matrix.js';
import { nameOf, shortName } from './node-name.js';
import { Signatures } from './signatures.js';

const EVERY_MS = 3_000;

const STATES: Readonly<Record<OperatorNodes['state'], Tone>> = {
  'keeping-up': 'final',
  slow: 'provisional',
  stopped: 'refused',
  unknown: 'unknown',
};

export default function NodesPage() {
  const { t, language } = useWords();
  const { data, error, stale, answeredAtMs, again } = usePolled(
    ['operations', 'nodes'],
    (signal) => operationsNodes({ signal }),
    EVERY_MS,
  );
  return (
    <>
      <RecordHeader
        title={t('nodes.title')}
        subtitle={t('nodes.subtitle')}
        {...(data !== undefined && {
          state: <ToneBadge tone={STATES[data.state]}>{t(`state.${data.state}`)}</ToneBadge>,
        })}
      />
      {stale && <Notice tone="provisional" title={t('nodes.stale')} />}
      {data !== undefined && (
        <>
          <div className={classes['state']}>
            <p>{t(`state.${data.state}.text`)}</p>
            <span className={classes['quiet']}>
              <When at={answeredAtMs} exact="second" />
            </span>
          </div>
          <Facts
            facts={[
              {
                name: t('fact.height'),
                value: data.height === null ? t('unknown') : countText(data.height, language),
              },
              { name: t('fact.lastBlock'), value: <When at={data.lastBlockAt} exact="second" /> },
              {
                name: t('fact.median'),
                value:
                  data.medianFinalMs === null
                    ? t('unknown')
                    : t('ms', { value: countText(Math.round(data.medianFinalMs), language) }),
              },
              {
                name: t('fact.answering'),
                value: t('fact.answering.value', {
                  count: data.validatorsAnswering,
                  total: data.validators,
                  quorum: data.quorum,
                }),
              },
            ]}
          />
          <Part title={t('alarms.title')}>
            <AlarmList answer={data} />
          </Part>
        </>
      )}
      <Part title={t('nodes.title')}>
        <NodeList rows={data?.nodes} error={error} onRetry={again} />
      </Part>
      {data !== undefined && (
        <>
          <FinalityChart answer={data} />
          <HearingMatrix answer={data} />
          <Signatures answer={data} />
          <GivenUpViews answer={data} />
        </>
      )}
    </>
  );
}

function NodeState({ node }: { readonly node: OperatorNode }) {
  const { t } = useWords();
  if (!node.answers)
    return (
      <ToneBadge tone="refused" icon={IconPlugConnectedX}>
        {t('node.silent')}
      </ToneBadge>
    );
  const levels = node.alarms.map(({ level }) => level);
  if (levels.includes('problem'))
    return (
      <ToneBadge tone="refused" icon={IconCircleX}>
        {t('node.problem')}
      </ToneBadge>
    );
  if (levels.includes('warning'))
    return (
      <ToneBadge tone="provisional" icon={IconAlertTriangle}>
        {t('node.warning')}
      </ToneBadge>
    );
  if (levels.includes('note'))
    return (
      <ToneBadge tone="unknown" icon={IconInfoCircle}>
        {t('node.note')}
      </ToneBadge>
    );
  return <ToneBadge tone="final">{t('node.fine')}</ToneBadge>;
}

function NodeList({
  rows,
  error,
  onRetry,
}: {
  readonly rows: readonly OperatorNode[] | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const { t, language } = useWords();
  const size = (bytes: number) => sizeText(bytes, language);
  const columns: Column<OperatorNode>[] = [
    {
      key: 'node',
      header: t('col.node'),
      lead: true,
      cell: (node) => (
        <>
          {nameOf(node, t)}
          {node.validator === false && <div className={classes['quiet']}>{t('node.observer')}</div>}
        </>
      ),
    },
    { key: 'state', header: t('col.state'), cell: (node) => <NodeState node={node} /> },
    {
      key: 'height',
      header: t('col.height'),
      numeric: true,
      cell: ({ finalHeight }) => (finalHeight === null ? t('unknown') : countText(finalHeight, language)),
    },
    {
      key: 'behind',
      header: t('col.behind'),
      numeric: true,
      cell: ({ behind }) => (behind === null ? t('unknown') : countText(behind, language)),
    },
    { key: 'view', header: t('col.view'), numeric: true, cell: ({ told }) => told?.view ?? '–' },
    { key: 'leader', header: t('col.leader'), hidden: true, cell: ({ told }) => shortName(told?.leader ?? '–') },
    { key: 'givenUp', header: t('col.givenUp'), numeric: true, cell: ({ told }) => told?.viewsGivenUp ?? '–' },
    {
      key: 'peers',
      header: t('col.peers'),
      cell: ({ told }) =>
        told === null
          ? '–'
          : t('node.peers', {
              count: told.peers.filter(({ connected }) => connected).length,
              total: told.peers.length,
            }),
    },
    { key: 'waiting', header: t('col.waiting'), numeric: true, cell: ({ told }) => told?.mempool.count ?? '–' },
    {
      key: 'stored',
      header: t('col.stored'),
      hidden: true,
      cell: ({ told }) =>
        told === null ? '–' : size(told.disk.blocksBytes + told.disk.stateBytes + told.disk.walBytes),
    },
    { key: 'disk', header: t('col.disk'), cell: ({ told }) => (told === null ? '–' : size(told.disk.freeBytes)) },
    {
      key: 'memory',
      header: t('col.memory'),
      hidden: true,
      cell: ({ told }) => (told === null ? '–' : size(told.memoryBytes)),
    },
    { key: 'version', header: t('col.version'), cell: ({ version }) => version ?? '–' },
    {
      key: 'since',
      header: t('col.since'),
      hidden: true,
      cell: ({ told }) => <When at={told?.startedAt} />,
    },
    {
      key: 'lastSeen',
      header: t('col.lastSeen'),
      cell: ({ lastSeen }) => (
        <span className={classes['oneLine']}>
          <When at={lastSeen} exact="second" />
        </span>
      ),
    },
    { key: 'address', header: t('col.address'), hidden: true, cell: ({ address }) => address },
  ];
  return (
    <DataList
      id="consortium.nodes"
      label={t('nodes.title')}
      columns={columns}
      rows={rows}
      rowKey={({ address }) => address}
      error={error}
      onRetry={onRetry}
    />
  );
}
