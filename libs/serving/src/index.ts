/** What the web servers of ours are told by their environment, read and checked alike. */
export { needed, readServerSettings, urlOf, type Environment, type ServerSettings } from './server-settings.js';
export { readTrustedProxies } from './trusted-proxies.js';
