import type { Hashing } from '@waymark/accel/contract';
import type { BlockInput, BlockResult, Runtime } from '@waymark/ledger/runtime';
import type { StateView } from '@waymark/ledger/state';

/**
 * Executes one block on a state. The node knows this interface only: in-thread today, worker threads behind it later. Rejects
 * when an invariant of ours is broken (a fault): the block must then get no vote of this node.
 */
export interface BlockExecutor {
  execute(state: StateView, block: BlockInput): Promise<BlockResult>;
}

/** Executes on the calling thread. */
export function inThreadExecutor(runtime: Pick<Runtime, 'executeBlock'>): BlockExecutor {
  return { execute: async (state, block) => runtime.executeBlock(state, block) };
}

export type { Hashing };
