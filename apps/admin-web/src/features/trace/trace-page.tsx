import { Button, Center, Loader, Menu, SegmentedControl, Text } from '@mantine/core';
import { IconDownload, IconPackage } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { lastPart } from '@waymark/epcis/gs1';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { TraceGraph } from '../../client/api.schemas.js';
import { getExportEventsUrl } from '../../client/items/items.js';
import { useTraceGraph } from '../../client/trace/trace.js';
import {
  download,
  ErrorBox,
  Identifier,
  PlainLink,
  ProofDrawer,
  RecordHeader,
  useSearchTexts,
  useVocabulary,
  type RecordPlace,
} from '../../shared/index.js';
import { ListView } from './list-view.js';
import { mergeGraphs } from './merge-graphs.js';
import { TimelineView } from './timeline-view.js';
import { TraceStart } from './trace-start.js';
import classes from './trace.module.css';
import { useTraceWords } from './words.js';

// Drawing graphs is a large library: only whoever looks at one loads it.
const GraphView = lazy(() => import('./graph-view.js'));

const VIEWS = ['graph', 'timeline', 'list'] as const;
const DIRECTIONS = ['both', 'up', 'down'] as const;
const DEPTHS = ['2', '6', '16', '64'] as const;
const NODES_MAX = '2000';
const chosenOf = <T extends string>(options: readonly T[], value: string | undefined, otherwise: T): T =>
  options.find((option) => option === value) ?? otherwise;

export default function TracePage() {
  const [{ id }] = useSearchTexts();
  return id === undefined || id === '' ? <TraceStart /> : <TraceOf key={id} id={id} />;
}

function TraceOf({ id }: { readonly id: string }) {
  const { t } = useTraceWords();
  const words = useVocabulary();
  const [search, change] = useSearchTexts();
  const narrow = typeof matchMedia === 'function' && matchMedia('(max-width: 48em)').matches;
  const view = chosenOf(VIEWS, search['view'], narrow ? 'timeline' : 'graph');
  const direction = chosenOf(DIRECTIONS, search['direction'], 'both');
  const depth = chosenOf(DEPTHS, search['depth'], '6');
  const {
    data: base,
    error,
    refetch,
  } = useTraceGraph({ id, direction, depth, nodes: NODES_MAX }, { query: { placeholderData: keepPreviousData } });
  const [more, setMore] = useState<{ readonly base: TraceGraph; readonly graphs: readonly TraceGraph[] }>();
  const graph = useMemo(() => base && mergeGraphs([base, ...(more?.base === base ? more.graphs : [])]), [base, more]);
  const [proof, setProof] = useState<RecordPlace & { readonly title: string }>();
  const [failed, setFailed] = useState<unknown>();
  if (error !== null && graph === undefined)
    return (
      <>
        <RecordHeader title={t('title')} subtitle={<Identifier value={id} />} />
        <ErrorBox
          error={error}
          onRetry={() => void refetch()}
          words={(code) => (code === 'TRACE_ITEM_UNKNOWN' ? { what: t('missing'), fix: t('missing.fix') } : undefined)}
        />
      </>
    );
  if (base === undefined || graph === undefined)
    return (
      <Center h="40vh">
        <Loader />
      </Center>
    );
  const start = graph.nodes.find((node) => node.id === graph.item);
  const name = words.nameOf(graph.names, start?.product ?? graph.item);
  const own = lastPart(graph.item);
  const outlines = graph.steps.filter(({ disclosure }) => disclosure === 'step').length;
  const save = async (path: string, fileName: string) => {
    setFailed(undefined);
    try {
      await download(path, fileName);
    } catch (cause) {
      setFailed(cause);
    }
  };
  return (
    <>
      <RecordHeader
        title={t('title.of', { name: name === '' ? own : `${name} ${own}` })}
        subtitle={
          <>
            {t('text')} <Identifier value={graph.item} charactersMax={48} />
          </>
        }
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPackage size={16} aria-hidden />}
              renderRoot={(given: object) => <PlainLink {...given} to="/item" search={{ id: graph.item }} />}
            >
              {t('toItem')}
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
                  {t('export')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {(['jsonld', 'csv'] as const).map((format) => (
                  <Menu.Item
                    key={format}
                    onClick={() => void save(getExportEventsUrl({ id, direction, format }), `events.${format}`)}
                  >
                    {t(`export.${format}`)}
                  </Menu.Item>
                ))}
                <Menu.Item onClick={() => void save(`/evidence?id=${encodeURIComponent(id)}`, 'evidence.json')}>
                  {t('export.evidence')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      />
      <div className={classes['bar']}>
        <SegmentedControl
          aria-label={t('view')}
          data={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
          value={view}
          onChange={(value) => change({ view: value })}
        />
        <SegmentedControl
          aria-label={t('direction')}
          data={DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) }))}
          value={direction}
          onChange={(value) => change({ direction: value })}
        />
        <SegmentedControl
          aria-label={t('depth')}
          data={DEPTHS.map((value) => ({ value, label: value }))}
          value={depth}
          onChange={(value) => change({ depth: value })}
        />
        <Text size="sm" c="dimmed">
          {t('depth')}
        </Text>
      </div>
      {failed !== undefined && <ErrorBox error={failed} />}
      {graph.truncated && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('truncated')}
        </Text>
      )}
      {outlines > 0 && view !== 'timeline' && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('outline', { count: outlines })}
        </Text>
      )}
      {view === 'graph' && (
        <Suspense
          fallback={
            <Center h="40vh">
              <Loader />
            </Center>
          }
        >
          <GraphView
            graph={graph}
            chosen={search['node']}
            onChoose={(node) => change({ node })}
            onMore={(one) => setMore({ base, graphs: [...(more?.base === base ? more.graphs : []), one] })}
          />
        </Suspense>
      )}
      {view === 'timeline' && (
        <TimelineView
          graph={graph}
          onProof={({ record }, title) => record !== undefined && setProof({ ...record, title })}
        />
      )}
      {view === 'list' && <ListView key={direction + depth} graph={graph} />}
      <ProofDrawer record={proof} title={proof?.title} onClose={() => setProof(undefined)} />
    </>
  );
}
