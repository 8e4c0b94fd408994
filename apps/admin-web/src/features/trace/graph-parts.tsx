import { Handle, Position, useStore, type EdgeProps, type NodeProps, BaseEdge, getBezierPath } from '@xyflow/react';
import { IconPlus } from '@tabler/icons-react';
import { createContext, memo, useContext } from 'react';
import type { TraceGraphNode } from '../../client/api.schemas.js';
import { stateTone, useVocabulary } from '../../shared/index.js';
import classes from './trace.module.css';
import { useTraceWords } from './words.js';

export interface GraphActs {
  readonly names: Readonly<Record<string, { en: string; 'zh-CN': string }>>;
  readonly chosen: string | undefined;
  readonly busy: string | undefined;
  readonly onMore: (id: string, way: 'up' | 'down') => void;
}
export const GraphContext = createContext<GraphActs>({
  names: {},
  chosen: undefined,
  busy: undefined,
  onMore: () => undefined,
});

export type Drawn = Record<string, unknown> & { readonly node: TraceGraphNode };

const ends = (
  <>
    <Handle type="target" position={Position.Left} className={classes['handle'] ?? ''} isConnectable={false} />
    <Handle type="source" position={Position.Right} className={classes['handle'] ?? ''} isConnectable={false} />
  </>
);

/** A thing: its name, its state as colour, icon and word. */
export const ItemNode = memo(function ItemNode({ data }: NodeProps) {
  const { node } = data as Drawn;
  const { t } = useTraceWords();
  const words = useVocabulary();
  const { names, chosen, busy, onMore } = useContext(GraphContext);
  const { tone, icon: Icon } = stateTone(node.state);
  const name = words.nameOf(names, node.product ?? node.id);
  const own = node.shortName.split(' · ').at(-1) ?? node.shortName;
  const title = name === '' ? node.shortName : name;
  // A thing without a product, a pallet for one, has its number for a title.
  const facts = [
    ...(own === title ? [] : [own]),
    ...(node.quantity === undefined ? [] : [words.quantity(node.quantity, node.unit)]),
  ];
  return (
    <div
      className={classes['node']}
      data-tone={tone}
      data-start={node.side === 'start' || undefined}
      data-selected={chosen === node.id || undefined}
      title={own === title ? title : `${title} ${own}`}
    >
      {ends}
      <span className={classes['nodeName']}>{title}</span>
      {facts.length > 0 && <span className={classes['nodeName']}>{facts.join(' · ')}</span>}
      <span className={classes['nodeState']}>
        <Icon size={13} aria-hidden />
        {node.state === undefined ? t('graph.noState') : words.disposition(node.state)}
      </span>
      {(['up', 'down'] as const).map(
        (way) =>
          node.more[way] && (
            <button
              key={way}
              type="button"
              className={`${classes['more'] ?? ''} nodrag nopan`}
              data-side={way}
              disabled={busy === node.id}
              aria-label={t(way === 'up' ? 'graph.moreUp' : 'graph.moreDown', { name: `${title} ${own}` })}
              onClick={(event) => {
                event.stopPropagation();
                onMore(node.id, way);
              }}
            >
              <IconPlus size={14} aria-hidden />
            </button>
          ),
      )}
    </div>
  );
});

/** An event that turned things into others. */
export const ProcessNode = memo(function ProcessNode({ data }: NodeProps) {
  const { node } = data as Drawn;
  const words = useVocabulary();
  const { chosen } = useContext(GraphContext);
  return (
    <div className={classes['process']} data-selected={chosen === node.id || undefined}>
      {ends}
      {node.bizStep === undefined ? words.kindOfStep(node.kind) : words.step(node.bizStep)}
    </div>
  );
});

/** A band: one place. */
export const LaneNode = memo(function LaneNode({ data }: NodeProps) {
  return <div className={classes['lane']} data-odd={data['odd'] === true || undefined} />;
});

/** What went where: its width is the quantity; what lay in something is dashed. */
export const FlowEdge = memo(function FlowEdge({ sourceX, sourceY, targetX, targetY, data }: EdgeProps) {
  const [path] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  });
  const dashed = data?.['dashed'] === true ? { strokeDasharray: '7 5' } : {};
  return (
    <BaseEdge
      path={path}
      interactionWidth={0}
      style={{
        stroke: 'var(--mantine-color-dimmed)',
        strokeOpacity: 0.55,
        strokeWidth: Number(data?.['width'] ?? 1.5),
        ...dashed,
      }}
    />
  );
});

/** A band of which less is in view has no room for a line of text. */
const LANE_NAME_HEIGHT_MIN = 22;

/** Names of the places, in a column of their own at the left, each as high as what is in view of its band. */
export function LaneNames({
  lanes,
}: {
  readonly lanes: readonly {
    readonly place: string;
    readonly y: number;
    readonly height: number;
    readonly name: string;
  }[];
}) {
  const [, y, zoom] = useStore((state) => state.transform);
  const height = useStore((state) => state.height);
  return (
    <div className={classes['laneNames']} aria-hidden>
      {lanes.flatMap((lane, i) => {
        const start = lane.y * zoom + y;
        const top = Math.max(0, start);
        const bottom = Math.min(height, start + lane.height * zoom);
        if (bottom - top < LANE_NAME_HEIGHT_MIN) return [];
        return [
          <div
            key={lane.place}
            className={classes['laneName']}
            data-odd={i % 2 === 1 || undefined}
            style={{ top, height: bottom - top }}
            title={lane.name}
          >
            {lane.name}
          </div>,
        ];
      })}
    </div>
  );
}
