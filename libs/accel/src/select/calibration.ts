/**
 * Which engine is best for which size of batch, by trying. What counts is the time until the answer, twice over for an
 * engine that holds the thread of whoever asks: that thread has other work.
 */
import type { AcceleratorClock, Operation, OperationRequests } from '../contract/index.js';
import { compressPortable, sealPortable } from '../portable/service/index.js';
import { KNOWN_SEAL, KNOWN_SIGNATURES } from './known-answers.js';

/** Sizes at which engines are tried, ascending: items of a list, or bytes for sealing and compression. */
export const CALIBRATION_SIZES: { readonly [O in Operation]: readonly number[] } = {
  verify: [1, 16, 128],
  hash: [1, 64, 1024],
  'merkle-root': [8, 256, 2048],
  'merkle-paths': [8, 256, 2048],
  seal: [1_024, 65_536, 524_288],
  open: [1_024, 65_536, 524_288],
  compress: [1_024, 65_536, 524_288],
  decompress: [1_024, 65_536, 524_288],
};

/** A try that would take longer than this is not made: what was measured at the size below is reckoned up. */
const TRY_MS_MAX = 15;
const TRIES = 2;

export function sizeOf<O extends Operation>(operation: O, request: OperationRequests[O]): number {
  switch (operation) {
    case 'verify':
    case 'hash':
    case 'merkle-root':
      return (request as readonly unknown[]).length;
    case 'merkle-paths':
      return (request as OperationRequests['merkle-paths']).leaves.length;
    case 'seal':
      return (request as OperationRequests['seal']).reduce((sum, { content }) => sum + content.length, 0);
    case 'open':
      return (request as OperationRequests['open']).reduce((sum, { box }) => sum + box.length, 0);
    case 'compress':
      return (request as OperationRequests['compress']).reduce((sum, { length }) => sum + length, 0);
    case 'decompress':
      return (request as OperationRequests['decompress']).reduce((sum, { packed }) => sum + packed.length, 0);
  }
}

/** The number of the size class: the last whose size is not above this one, on a scale of ratios. */
export function classOf(operation: Operation, size: number): number {
  const sizes = CALIBRATION_SIZES[operation];
  let index = 0;
  while (index + 1 < sizes.length && size >= Math.sqrt((sizes[index] as number) * (sizes[index + 1] as number)))
    index += 1;
  return index;
}

/** Text that packs about as well as events do. */
function textOf(bytes: number): Uint8Array {
  const text = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 1) text[at] = 97 + (((at >>> 5) * 7 + (at % 32) + ((at * at) >>> 9)) % 24);
  return text;
}

const samples: { readonly [O in Operation]: (size: number) => OperationRequests[O] } = {
  verify: (size) =>
    Array.from({ length: size }, () => (KNOWN_SIGNATURES[2] as (typeof KNOWN_SIGNATURES)[number]).check),
  hash: (size) => Array.from({ length: size }, (_, index) => new Uint8Array(600).fill(index)),
  'merkle-root': (size) => Array.from({ length: size }, (_, index) => new Uint8Array(32).fill(index)),
  'merkle-paths': (size) => ({
    leaves: Array.from({ length: size }, (_, index) => new Uint8Array(32).fill(index)),
    indexes: [0, size - 1],
  }),
  seal: (size) => [{ ...KNOWN_SEAL.request, content: textOf(size) }],
  open: (size) => {
    const { content: _, ...rest } = KNOWN_SEAL.request;
    return [{ ...rest, box: sealPortable({ ...KNOWN_SEAL.request, content: textOf(size) }) }];
  },
  compress: (size) => [textOf(size)],
  decompress: (size) => [{ packed: compressPortable(textOf(size)), sizeBytesMax: size }],
};

/** One engine in calibration. */
export interface Candidate {
  readonly onCallingThread: boolean;
  offers(operation: Operation): boolean;
  /** Cost in milliseconds by operation and size class; filled here. */
  readonly costs: Map<Operation, (number | undefined)[]>;
  /** Answers, or gives false when it failed and was demoted for it. */
  attempt<O extends Operation>(operation: O, request: OperationRequests[O]): Promise<boolean>;
}

/** What a size will cost, on the line through the two sizes below; undefined: too little is known to say. */
function expectedMs(
  sizes: readonly number[],
  costs: readonly (number | undefined)[],
  index: number,
): number | undefined {
  const [before, below] = [costs[index - 2], costs[index - 1]];
  if (before === undefined || below === undefined) return undefined;
  const [s0 = 0, s1 = 0, s2 = 0] = sizes.slice(index - 2);
  return below + (Math.max(0, below - before) * (s2 - s1)) / (s1 - s0);
}

/** Fills the costs of the candidates, as far as the time allows: operations in turn, small sizes first. */
export async function calibrate(
  candidates: readonly Candidate[],
  operations: readonly Operation[],
  clock: AcceleratorClock,
  budgetMs: number,
): Promise<void> {
  const begun = clock.nowMs();
  const shareMs = budgetMs / operations.length;
  for (const [turn, operation] of operations.entries()) {
    const until = begun + (turn + 1) * shareMs; // what one operation leaves is the next one's
    for (const [index, size] of CALIBRATION_SIZES[operation].entries()) {
      const asked = candidates.filter((candidate) => candidate.offers(operation));
      if (asked.length < 2 || clock.nowMs() >= until) break;
      const request = samples[operation](size);
      for (const candidate of asked) {
        const costs = candidate.costs.get(operation) ?? [];
        candidate.costs.set(operation, costs);
        const weight = candidate.onCallingThread ? 2 : 1;
        const expected = expectedMs(CALIBRATION_SIZES[operation], costs, index);
        if (expected !== undefined && expected / weight > TRY_MS_MAX) {
          costs[index] = expected;
          continue;
        }
        let bestMs = Number.POSITIVE_INFINITY;
        // The first try at all is for the compiler; what took long is not tried twice.
        for (let tries = index === 0 ? -1 : 0; tries < TRIES && clock.nowMs() < until; tries += 1) {
          const from = clock.nowMs();
          if (!(await candidate.attempt(operation, request))) break;
          const tookMs = clock.nowMs() - from;
          if (tries >= 0 || tookMs > TRY_MS_MAX) bestMs = Math.min(bestMs, tookMs);
          if (tookMs > TRY_MS_MAX) break;
        }
        if (Number.isFinite(bestMs)) costs[index] = bestMs * weight;
      }
    }
  }
}
