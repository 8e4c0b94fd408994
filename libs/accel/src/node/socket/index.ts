export { type SocketAddress } from './address.js';
export { OPERATIONS_WITHOUT_KEYS, socketEngine, type SocketEngineOptions } from './client.js';
export { type RunningService, serveAccelerator, type ServeOptions } from './server.js';
