import type { StoryRecord } from './story-record.js';

/** Records as the chain holds them; within a block by transaction, so that the order is the same for everybody. */
export function inChainOrder(
  a: Pick<StoryRecord, 'height' | 'txId' | 'bodyIndex'>,
  b: Pick<StoryRecord, 'height' | 'txId' | 'bodyIndex'>,
): number {
  const byTransaction = a.txId < b.txId ? -1 : a.txId > b.txId ? 1 : 0;
  return a.height - b.height || byTransaction || a.bodyIndex - b.bodyIndex;
}
