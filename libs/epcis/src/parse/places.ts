import { jsonc } from './jsonc.js';

/** Where a value stands in a text, as editors count: lines and columns from 1, columns in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
  /** UTF-16 offset of its first character. */
  offset: number;
}

interface Wanted {
  readonly pointers: string[];
  readonly members: Map<string, Wanted>;
}

interface Frame {
  readonly isObject: boolean;
  awaitsKey: boolean;
  key: string;
  index: number;
  /** What is wanted at the open value itself, and below it. */
  readonly at: Wanted | undefined;
}

const segmentsOf = (pointer: string) =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

const isOpening = (token: number) => token === 1 || token === 3;
const isClosing = (token: number) => token === 2 || token === 4;
const COMMA = 5;
const COLON = 6;
const STRING = 10;
const TRIVIA_FROM = 12;
/** What is no token of JSON still stands where a value was meant. */
const UNKNOWN = 16;
const END_OF_FILE = 17;

/**
 * Finds the places of RFC 6901 pointers in a JSON text, in one pass over its tokens, never recursive. A pointer to what is
 * not there (a missing field) gets the place of the nearest value around it; in a text that is no JSON, what stands before
 * the fault is still found.
 */
export function placesOf(text: string, pointers: Iterable<string>): Map<string, Place> {
  const root: Wanted = { pointers: [], members: new Map() };
  const all = new Set(pointers);
  for (const pointer of all) {
    let at = root;
    for (const segment of segmentsOf(pointer)) {
      let next = at.members.get(segment);
      if (next === undefined) at.members.set(segment, (next = { pointers: [], members: new Map() }));
      at = next;
    }
    at.pointers.push(pointer);
  }
  const offsets = new Map<Wanted, number>();
  const scanner = jsonc.createScanner(text, true);
  const stack: Frame[] = [];
  for (;;) {
    const token = scanner.scan() as number;
    if (token === END_OF_FILE) break;
    const top = stack.at(-1);
    if (isClosing(token)) stack.pop();
    else if (token === COMMA) {
      if (top?.isObject === true) top.awaitsKey = true;
      else if (top !== undefined) top.index += 1;
    } else if (token === STRING && top?.awaitsKey === true) {
      top.key = scanner.getTokenValue();
      top.awaitsKey = false;
    } else if (token !== COLON && (token < TRIVIA_FROM || token === UNKNOWN)) {
      const at = top === undefined ? root : top.at?.members.get(top.isObject ? top.key : String(top.index));
      if (at !== undefined && !offsets.has(at)) offsets.set(at, scanner.getTokenOffset());
      if (isOpening(token)) {
        const isObject = token === 1;
        stack.push({ isObject, awaitsKey: isObject, key: '', index: 0, at });
      }
    }
  }
  const starts = lineStarts(text);
  return new Map([...all].map((pointer) => [pointer, placeAt(starts, nearest(root, pointer, offsets))]));
}

/** Offsets at which lines begin; a carriage return before the line feed belongs to the line that ends. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function placeAt(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
}

function nearest(root: Wanted, pointer: string, offsets: ReadonlyMap<Wanted, number>): number {
  let found = offsets.get(root) ?? 0;
  let at: Wanted | undefined = root;
  for (const segment of segmentsOf(pointer)) {
    at = at?.members.get(segment);
    const offset = at === undefined ? undefined : offsets.get(at);
    if (offset === undefined) break;
    found = offset;
  }
  return found;
}
