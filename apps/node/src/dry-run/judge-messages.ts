/** What the node's thread and the thread of its judge say to one another. */
import type { MessagePort } from 'node:worker_threads';
import type { DryRunAnswer, DryRunRequest } from './dry-run.js';

export interface JudgeThreadData {
  readonly genesis: Uint8Array;
  /** Questions about the state, and their answers. */
  readonly reads: MessagePort;
  /** {@link Signal}. */
  readonly signals: Int32Array<SharedArrayBuffer>;
}

/** Places in the shared memory. */
export const Signal = {
  /** 1: the answer to a read is there. */
  ANSWERED: 0,
  /** 1: nobody waits for this dry run any more. */
  CANCELLED: 1,
} as const;

export interface JudgeOrder {
  readonly id: number;
  readonly request: DryRunRequest;
  readonly height: number;
  readonly timeMs: number;
}

/** The answer to one read. */
export type ReadAnswer = { readonly value: Uint8Array | undefined } | 'gone';

export type JudgeNews =
  | { readonly id: number; readonly answer: DryRunAnswer }
  /** `why` is there for a fault. */
  | { readonly id: number; readonly failed: 'gone' | 'cancelled' | 'fault'; readonly why?: string };
