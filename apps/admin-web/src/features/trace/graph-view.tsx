import '@xyflow/react/dist/style.css';
import { Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Controls, MiniMap, Position, ReactFlow, ReactFlowProvider, type Edge, type Node } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { TraceGraph } from '../../client/api.schemas.js';
import { traceGraph } from '../../client/trace/trace.js';
import { EmptyState, ErrorBox, formatWhen, stateTone, useVocabulary } from '../../shared/index.js';
import { FlowEdge, GraphContext, ItemNode, LaneNames, LaneNode, ProcessNode, type Drawn } from './graph-parts.js';
import { layoutLanes, NODE_HEIGHT, NODE_WIDTH, PROCESS_WIDTH, thickness } from './lane-layout.js';
import { NodePanel } from './node-panel.js';
import classes from './trace.module.css';
import { useTraceWords } from './words.js';

const nodeTypes = { item: ItemNode, process: ProcessNode, lane: LaneNode };
const edgeTypes = { flow: FlowEdge };
const FIT = {
  padding: '24px',
  maxZoom: 1,
  minZoom: 0.03,
} as const;
/** A drawing with more is not shown whole: it opens at the traced thing, and the small map shows where one is. */
const WHOLE_MAX = 250;
/** Nor is one that could not be read when it is shown whole. */
const READABLE_ZOOM = 0.62;
const OPENING_ZOOM = 0.85;
/** Free space on both sides of a drawing that is shown whole. */
const MARGINS_WIDTH = 48;
const MIN_ZOOM_OF_LARGE = 0.3;
/** How far one goes on from a thing. */
const STEPS_ON = '2';

/** Size and ends of a node are known beforehand: nothing is drawn only to be measured, so that what is out of sight costs nothing. */
const sized = (width: number, height: number) => ({
  width,
  height,
  measured: { width, height },
  handles: [
    { type: 'target' as const, position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
    { type: 'source' as const, position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
  ],
});

/** The trace drawn: time from left to right, a band for each place, lines as thick as what they carry. */
export default function GraphView({
  graph,
  chosen,
  onChoose,
  onMore,
}: {
  readonly graph: TraceGraph;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly onMore: (more: TraceGraph) => void;
}) {
  const { t, language } = useTraceWords();
  const words = useVocabulary();
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<unknown>();
  const layout = useMemo(() => layoutLanes(graph.nodes, graph.links), [graph]);
  const lanes = layout.lanes.map((lane) => ({
    ...lane,
    name: lane.place === '' ? t('graph.noPlace') : words.nameOf(graph.names, lane.place, lane.place),
  }));
  const nodes = useMemo(
    (): Node[] => [
      ...layout.lanes.map((lane, i): Node => ({
        id: `lane:${lane.place}`,
        type: 'lane',
        position: { x: 0, y: lane.y },
        width: layout.width,
        height: lane.height,
        data: { odd: i % 2 === 1 },
        selectable: false,
        focusable: false,
        draggable: false,
        zIndex: -1,
        style: { pointerEvents: 'none' },
        domAttributes: { 'aria-hidden': true },
      })),
      ...layout.nodes.map(({ node, x, y }): Node<Drawn> => {
        const isProcess = node.type === 'process';
        return {
          id: node.id,
          type: node.type,
          position: { x, y: isProcess ? y + 12 : y },
          ...sized(isProcess ? PROCESS_WIDTH : NODE_WIDTH, isProcess ? NODE_HEIGHT - 24 : NODE_HEIGHT),
          data: { node },
          ariaLabel: t('graph.node', {
            kind: isProcess ? words.step(node.bizStep ?? node.kind) : words.itemKind(node.kind),
            name: isProcess ? '' : `${words.nameOf(graph.names, node.product ?? node.id)} ${node.shortName}`,
            state: node.state === undefined ? t('graph.noState') : words.disposition(node.state),
            place: node.place === undefined ? t('graph.noPlace') : words.nameOf(graph.names, node.place, node.place),
            when: formatWhen(new Date(node.time), language),
          }),
        };
      }),
    ],
    // Words follow the language.
    [layout, language],
  );
  const edges = useMemo((): Edge[] => {
    const largest = new Map<string, number>();
    for (const { quantity, unit = '' } of graph.links)
      if (quantity !== undefined) largest.set(unit, Math.max(largest.get(unit) ?? 0, Number(quantity)));
    return graph.links.map(({ id, from, to, kind, quantity, unit = '' }) => ({
      id,
      source: from,
      target: to,
      type: 'flow',
      focusable: false,
      selectable: false,
      data: { width: thickness(quantity, largest.get(unit) ?? 0), dashed: kind === 'contain' || kind === 'member' },
    }));
  }, [graph.links]);
  if (graph.nodes.length === 0) return <EmptyState title={t('graph.empty')} />;
  const more = async (id: string, way: 'up' | 'down') => {
    setBusy(id);
    setError(undefined);
    try {
      onMore(await traceGraph({ id, direction: way, depth: STEPS_ON }));
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(undefined);
    }
  };
  const node = graph.nodes.find(({ id }) => id === chosen);
  const isLarge = graph.nodes.length > WHOLE_MAX;
  const opensAtThing = isLarge || layout.width * READABLE_ZOOM > width - MARGINS_WIDTH;
  const things = graph.nodes.filter(({ type }) => type === 'item').length;
  return (
    <>
      {error !== undefined && <ErrorBox error={error} />}
      <Text size="sm" c="dimmed" mb="xs">
        {t('graph.help')}
      </Text>
      <GraphContext value={{ names: graph.names, chosen, busy, onMore: (id, way) => void more(id, way) }}>
        <section
          className={classes['canvas']}
          aria-label={t('graph.label', { things, events: graph.nodes.length - things })}
          data-nodes={graph.nodes.length}
        >
          <ReactFlowProvider>
            <LaneNames lanes={lanes} />
            <div ref={ref}>
              {width > 0 && (
                <ReactFlow
                  nodes={nodes}
                  edges={edges}
                  nodeTypes={nodeTypes}
                  edgeTypes={edgeTypes}
                  colorMode={scheme}
                  onlyRenderVisibleElements
                  nodesDraggable={false}
                  nodesConnectable={false}
                  edgesFocusable={false}
                  fitView
                  fitViewOptions={opensAtThing ? { nodes: [{ id: graph.item }], maxZoom: OPENING_ZOOM } : FIT}
                  minZoom={isLarge ? MIN_ZOOM_OF_LARGE : 0.03}
                  maxZoom={2}
                  onNodeClick={(_event, { id, type }) => type !== 'lane' && onChoose(id)}
                  onSelectionChange={({ nodes: [selected] }) => selected !== undefined && onChoose(selected.id)}
                  onPaneClick={() => onChoose(undefined)}
                  deleteKeyCode={null}
                  multiSelectionKeyCode={null}
                  ariaLabelConfig={{
                    'controls.zoomIn.ariaLabel': t('graph.zoomIn'),
                    'controls.zoomOut.ariaLabel': t('graph.zoomOut'),
                    'controls.fitView.ariaLabel': t('graph.fit'),
                    'minimap.ariaLabel': t('graph.minimap'),
                    'node.a11yDescription.default': '',
                    'node.a11yDescription.keyboardDisabled': '',
                    'edge.a11yDescription.default': '',
                  }}
                >
                  <Controls showInteractive={false} position="bottom-left" fitViewOptions={FIT} />
                  {graph.nodes.length > 30 && (
                    <MiniMap
                      pannable
                      zoomable
                      nodeColor={({ data, type }) =>
                        type === 'item' ? `var(--wm-${stateTone((data as Drawn).node.state).tone})` : 'transparent'
                      }
                    />
                  )}
                </ReactFlow>
              )}
            </div>
          </ReactFlowProvider>
          {node !== undefined && <NodePanel node={node} graph={graph} onClose={() => onChoose(undefined)} />}
        </section>
      </GraphContext>
    </>
  );
}
