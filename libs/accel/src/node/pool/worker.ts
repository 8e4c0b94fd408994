/** The thread of the pool: checks in, one byte an answer out. A throw here ends the thread, and the pool says so. */
import { parentPort } from 'node:worker_threads';
import { verifySignatureNative } from '../native/index.js';
import { unpackChecks } from './packing.js';

export interface PoolRequest {
  readonly id: number;
  readonly checks: ArrayBuffer;
}

export interface PoolAnswer {
  readonly id: number;
  /** One byte a check, in order: 1 valid, 0 not. */
  readonly answers: Uint8Array;
}

if (parentPort === null) throw new Error('pool/worker runs as a worker thread only.');
const port = parentPort;
port.on('message', ({ id, checks }: PoolRequest) => {
  const answers = Uint8Array.from(unpackChecks(checks), (check) => (verifySignatureNative(check) ? 1 : 0));
  port.postMessage({ id, answers } satisfies PoolAnswer, [answers.buffer]);
});
