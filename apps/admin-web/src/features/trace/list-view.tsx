import { useMemo, useState } from 'react';
import type { TraceGraph, TraceGraphNode } from '../../client/api.schemas.js';
import { DataList, stateTone, ToneBadge, useVocabulary, When, type Column } from '../../shared/index.js';
import { ThingLink } from './timeline-view.js';
import { useTraceWords } from './words.js';

const PER_PAGE = 100;
const SHOWN = 4;

interface Row {
  readonly node: TraceGraphNode;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly inside: readonly string[];
}

/** Everything the graph draws, as a table: each thing with what it comes from, what it became and what it lay in. */
export function rowsOf({ nodes, links }: Pick<TraceGraph, 'nodes' | 'links'>): Row[] {
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  const inside = new Map<string, string[]>();
  const put = (map: Map<string, string[]>, key: string, value: string) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const { from, to, kind } of links) {
    if (kind === 'contain') put(inside, from, to);
    else {
      put(after, from, to);
      put(before, to, from);
    }
  }
  // An event stands between what went in and what came out.
  const through = (map: Map<string, string[]>, id: string) => [
    ...new Set((map.get(id) ?? []).flatMap((next) => (next.startsWith('process:') ? (map.get(next) ?? []) : [next]))),
  ];
  return nodes
    .filter(({ type }) => type === 'item')
    .map((node) => ({
      node,
      from: through(before, node.id),
      to: through(after, node.id),
      inside: inside.get(node.id) ?? [],
    }))
    .sort((a, b) => (a.node.time < b.node.time ? -1 : a.node.time > b.node.time ? 1 : a.node.id < b.node.id ? -1 : 1));
}

export function ListView({ graph }: { readonly graph: TraceGraph }) {
  const { t } = useTraceWords();
  const words = useVocabulary();
  const rows = useMemo(() => rowsOf(graph), [graph]);
  const [page, setPage] = useState(1);
  const things = (ids: readonly string[], more?: string) => (
    <>
      {ids.slice(0, SHOWN).map((id) => (
        <div key={id}>
          <ThingLink id={id} graph={graph} />
        </div>
      ))}
      {ids.length > SHOWN && t('list.more', { count: ids.length - SHOWN })}
      {more}
    </>
  );
  const columns: readonly Column<Row>[] = [
    { key: 'item', header: t('list.item'), lead: true, cell: ({ node }) => <ThingLink id={node.id} graph={graph} /> },
    { key: 'kind', header: t('list.kind'), hidden: true, cell: ({ node }) => words.itemKind(node.kind) },
    {
      key: 'from',
      header: t('list.from'),
      cell: ({ node, from }) => things(from, node.more.up ? t('list.moreUp') : ''),
    },
    { key: 'to', header: t('list.to'), cell: ({ node, to }) => things(to, node.more.down ? t('list.moreDown') : '') },
    { key: 'in', header: t('list.in'), cell: ({ inside }) => things(inside) },
    {
      key: 'quantity',
      header: t('list.quantity'),
      numeric: true,
      cell: ({ node }) => (node.quantity === undefined ? '' : words.quantity(node.quantity, node.unit)),
    },
    {
      key: 'place',
      header: t('list.place'),
      cell: ({ node }) => words.nameOf(graph.names, node.place, node.place ?? ''),
    },
    { key: 'when', header: t('list.when'), cell: ({ node }) => <When at={node.time} /> },
    {
      key: 'state',
      header: t('list.state'),
      cell: ({ node }) =>
        node.state !== undefined && <ToneBadge {...stateTone(node.state)}>{words.disposition(node.state)}</ToneBadge>,
    },
    {
      key: 'who',
      header: t('list.who'),
      hidden: true,
      cell: ({ node }) => words.nameOf(graph.organisations, node.signer, node.signer),
    },
  ];
  return (
    <DataList
      id="trace"
      label={t('view.list')}
      columns={columns}
      rows={rows.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
      rowKey={({ node }) => node.id}
      paging={{
        page,
        hasNext: page * PER_PAGE < rows.length,
        next: () => setPage(page + 1),
        previous: () => setPage(page - 1),
        total: rows.length,
      }}
    />
  );
}
