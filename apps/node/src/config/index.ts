export * from './load-config.js';
export * from './node-config.js';
