import { startApi } from './app.js';
import { runProcess } from './process.js';

// The HTTP process: apps/api/dist/main.js.
await runProcess('api', startApi);
