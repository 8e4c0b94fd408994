/**
 * A real Postgres for integration and end-to-end tests: `const server = new EmbeddedPostgres({ home, port: await freePort() })`, `await server.start()`,
 * `server.url`, `stop()`, `kill()`. The same code starts the demo's.
 */
export { EmbeddedPostgres } from '../../apps/cli/src/cluster/postgres.js';
export { freePort } from '../../apps/cli/src/cluster/ports.js';
