/**
 * A thread of the pool: starts one engine and answers with it. An engine's rejection goes back as such; a throw here ends
 * the thread, and the pool says so.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Engine, Operation } from '../../contract/index.js';
import { decodeRequest, encodeAnswer } from '../../wire/index.js';

/** What a thread is made for: a module, and the engine that it exports. */
export interface WorkerTask {
  readonly module: string;
  readonly exported: string;
}

export interface PoolRequest {
  readonly id: number;
  readonly operation: Operation;
  readonly request: Uint8Array<ArrayBuffer>;
}

export type PoolMessage =
  /** The engine runs, and offers this. */
  | { readonly kind: 'ready'; readonly operations: readonly Operation[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string };

if (parentPort === null) throw new Error('pool/worker runs as a worker thread only.');
const port = parentPort;
const { module, exported } = workerData as WorkerTask;
const engine = ((await import(module)) as Record<string, Engine | undefined>)[exported];
if (engine === undefined) throw new Error(`${module} exports no ${exported}`);
const accelerator = await engine.start();

const answer = async ({ id, operation, request }: PoolRequest): Promise<void> => {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = encodeAnswer(operation, await accelerator.run(operation, decodeRequest(operation, request)));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    port.postMessage({ kind: 'failed', id, detail } satisfies PoolMessage);
    return;
  }
  port.postMessage({ kind: 'answer', id, answer: bytes } satisfies PoolMessage, [bytes.buffer]);
};
port.on('message', (request: PoolRequest) => void answer(request));
port.postMessage({ kind: 'ready', operations: accelerator.operations ?? engine.operations } satisfies PoolMessage);
