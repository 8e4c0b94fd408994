import type { TraceGraphLink, TraceGraphNode } from '../../client/api.schemas.js';

export const NODE_WIDTH = 190;
export const NODE_HEIGHT = 62;
export const PROCESS_WIDTH = 120;
const GAP_X = 46;
const GAP_Y = 16;
const LANE_PADDING = 22;
/** A place where many things came about at once is drawn in blocks of so many rows. */
const ROWS_MAX = 12;

export interface PlacedNode {
  readonly node: TraceGraphNode;
  readonly x: number;
  readonly y: number;
}

export interface Lane {
  /** Canonical id of the place; '' where none is given. */
  readonly place: string;
  readonly y: number;
  readonly height: number;
}

export interface LaneLayout {
  readonly nodes: readonly PlacedNode[];
  readonly lanes: readonly Lane[];
  readonly width: number;
}

type Link = Pick<TraceGraphLink, 'from' | 'to'>;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Time from left to right, a band for each place, no crossing of bands by chance: a thing stands right of all it came from, in the band of
 * the place where it came about. The same graph is always drawn the same way. Linear in nodes and links, but for sorting.
 */
export function layoutLanes(nodes: readonly TraceGraphNode[], links: readonly Link[]): LaneLayout {
  const ordered = [...nodes].sort((a, b) => compare(a.time, b.time) || a.depth - b.depth || compare(a.id, b.id));
  const columns = columnsOf(ordered, links);
  const lanes = [...new Set(ordered.map(({ place = '' }) => place))];
  // Cells: what stands in one column of one band.
  const cells = new Map<string, TraceGraphNode[]>();
  const columnCount = Math.max(0, ...columns.values()) + 1;
  const blocks = new Array<number>(columnCount).fill(1);
  const widths = new Array<number>(columnCount).fill(PROCESS_WIDTH);
  const rows = new Map<string, number>();
  for (const node of ordered) {
    const column = columns.get(node.id) ?? 0;
    if (node.type === 'item') widths[column] = NODE_WIDTH;
    const lane = node.place ?? '';
    const key = `${column} ${lane}`;
    const cell = cells.get(key) ?? [];
    cell.push(node);
    cells.set(key, cell);
    blocks[column] = Math.max(blocks[column] ?? 1, Math.ceil(cell.length / ROWS_MAX));
    rows.set(lane, Math.max(rows.get(lane) ?? 0, Math.min(cell.length, ROWS_MAX)));
  }
  const columnX: number[] = [];
  let width = LANE_PADDING;
  blocks.forEach((count, column) => {
    columnX.push(width);
    width += count * ((widths[column] ?? NODE_WIDTH) + GAP_Y) + GAP_X;
  });
  const placedLanes: Lane[] = [];
  const laneY = new Map<string, number>();
  let y = 0;
  for (const place of lanes) {
    const height = (rows.get(place) ?? 1) * (NODE_HEIGHT + GAP_Y) - GAP_Y + LANE_PADDING * 2;
    laneY.set(place, y);
    placedLanes.push({ place, y, height });
    y += height;
  }
  const placed: PlacedNode[] = [];
  for (const [key, cell] of cells) {
    const column = Number(key.slice(0, key.indexOf(' ')));
    const lane = key.slice(key.indexOf(' ') + 1);
    cell.forEach((node, at) => {
      placed.push({
        node,
        x: (columnX[column] ?? 0) + Math.floor(at / ROWS_MAX) * ((widths[column] ?? NODE_WIDTH) + GAP_Y),
        y: (laneY.get(lane) ?? 0) + LANE_PADDING + (at % ROWS_MAX) * (NODE_HEIGHT + GAP_Y),
      });
    });
  }
  return { nodes: placed, lanes: placedLanes, width };
}

/** The longest way to each node along links that do not run against the order given. */
function columnsOf(ordered: readonly TraceGraphNode[], links: readonly Link[]): Map<string, number> {
  const position = new Map(ordered.map(({ id }, at) => [id, at]));
  const into = new Map<string, string[]>();
  for (const { from, to } of links) {
    const list = into.get(to) ?? [];
    list.push(from);
    into.set(to, list);
  }
  const columns = new Map<string, number>();
  // A thing and the event that made it have the same time: sources are settled first, a cycle is cut where it closes.
  const settling = new Set<string>();
  const settle = (start: string) => {
    const stack = [start];
    while (stack.length > 0) {
      const id = stack[stack.length - 1] as string;
      const sources = (into.get(id) ?? []).filter((source) => position.has(source));
      if (!columns.has(id) && !settling.has(id)) {
        settling.add(id);
        const missing = sources.filter((source) => !columns.has(source) && !settling.has(source));
        if (missing.length > 0) {
          stack.push(...missing);
          continue;
        }
      }
      stack.pop();
      if (columns.has(id)) continue;
      columns.set(id, Math.max(-1, ...sources.map((source) => columns.get(source) ?? -1)) + 1);
      settling.delete(id);
    }
  };
  for (const { id } of ordered) settle(id);
  return columns;
}

/** Line width in pixels for a quantity, against the largest of the same unit: 1.5 to 9. */
export function thickness(quantity: string | undefined, largest: number): number {
  const value = quantity === undefined ? 0 : Number(quantity);
  if (!(value > 0) || !(largest > 0)) return 1.5;
  return 1.5 + 7.5 * Math.sqrt(Math.min(1, value / largest));
}
