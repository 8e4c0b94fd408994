/** How one batch becomes the work of several threads, and their answers one again. */
import type { Operation, OperationAnswers, OperationRequests } from '../../contract/index.js';
import { headOfHashes } from '../../portable/service/index.js';
import { nativeHashing } from '../native/hashing.js';

/** Parts of one operation's request, asked for by themselves; not always of the same operation. */
export interface Split<O extends Operation> {
  readonly parts: readonly OperationRequests[O][];
  readonly join: (answers: readonly OperationAnswers[O][]) => OperationAnswers[O];
}

interface PartSizes {
  readonly itemsMin: number;
  readonly itemsMax: number;
  /** Bytes after which a part is full. */
  readonly bytesMax: number;
}

const MIB = 1024 * 1024;
/** Small enough that threads finish together and a call can be given up, large enough that the way is worth it. */
const VERIFY_PART: PartSizes = { itemsMin: 16, itemsMax: 256, bytesMax: MIB };
const HASH_PART: PartSizes = { itemsMin: 128, itemsMax: 4_096, bytesMax: 4 * MIB };
const BYTES_PART: PartSizes = { itemsMin: 1, itemsMax: 64, bytesMax: MIB };
const SUBTREE_LEAVES_MIN = 256;
/** Subtrees for each thread, so that a slow one does not hold the others up. */
const SUBTREES_PER_THREAD = 2;

function listParts<T>(items: readonly T[], threads: number, sizes: PartSizes, bytesOf: (item: T) => number): T[][] {
  const size = Math.min(sizes.itemsMax, Math.max(sizes.itemsMin, Math.ceil(items.length / threads)));
  const parts: T[][] = [];
  let part: T[] = [];
  let bytes = 0;
  for (const item of items) {
    if (part.length === size || (part.length > 0 && bytes + bytesOf(item) > sizes.bytesMax)) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(item);
    bytes += bytesOf(item);
  }
  if (part.length > 0 || parts.length === 0) parts.push(part);
  return parts;
}

/** The leaves of whole subtrees; the last may be smaller (RFC 6962, 2.1). */
function subtrees(leaves: readonly Uint8Array[], threads: number): (readonly Uint8Array[])[] {
  const wanted = threads * SUBTREES_PER_THREAD;
  let size = SUBTREE_LEAVES_MIN;
  while (size * wanted < leaves.length) size *= 2;
  if (leaves.length <= size) return [leaves];
  return Array.from({ length: Math.ceil(leaves.length / size) }, (_, index) =>
    leaves.slice(index * size, (index + 1) * size),
  );
}

const flat = (answers: readonly unknown[]): unknown => answers.flat(1);

export function split<O extends Operation>(operation: O, request: OperationRequests[O], threads: number): Split<O> {
  const listed = <T>(sizes: PartSizes, bytesOf: (item: T) => number): Split<O> => ({
    parts: listParts(request as readonly T[], threads, sizes, bytesOf) as unknown as OperationRequests[O][],
    join: flat as Split<O>['join'],
  });
  switch (operation) {
    case 'verify':
      return listed<OperationRequests['verify'][number]>(VERIFY_PART, ({ message }) => message.length + 100);
    case 'hash':
      return listed<Uint8Array>(HASH_PART, ({ length }) => length + 4);
    case 'merkle-root': {
      const parts = subtrees(request as readonly Uint8Array[], threads);
      const join = (roots: readonly Uint8Array[]) =>
        parts.length === 1 ? roots[0] : headOfHashes(nativeHashing, roots);
      return { parts, join } as unknown as Split<O>;
    }
    case 'merkle-paths':
      return { parts: [request], join: (answers) => answers[0] as OperationAnswers[O] };
    case 'seal':
      return listed<OperationRequests['seal'][number]>(BYTES_PART, ({ content }) => content.length);
    case 'open':
      return listed<OperationRequests['open'][number]>(BYTES_PART, ({ box }) => box.length);
    case 'compress':
      return listed<Uint8Array>(BYTES_PART, ({ length }) => length);
    case 'decompress':
      return listed<OperationRequests['decompress'][number]>(BYTES_PART, ({ packed }) => packed.length);
  }
}
