/** What other programs may take of the API: starting its processes inside a test, and keys of machine clients. */
export { runAdmin } from './admin.js';
export { startApi, type RunningApi } from './app.js';
export { ApiKeys, type ApiKeyRecord } from './platform/auth/api-keys.js';
export { type Config, ConfigError, readConfig } from './platform/config/config.js';
export { createLogger } from './platform/logging/logger.js';
