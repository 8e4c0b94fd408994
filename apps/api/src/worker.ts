import { runProcess } from './process.js';
import { startWorker } from './worker-process.js';

// The working process: signing, submission, feed, projection, sweeping: apps/api/dist/worker.js.
await runProcess('worker', startWorker);
