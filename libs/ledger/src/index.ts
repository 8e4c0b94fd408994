/** Everything but the wire: prefer the sub-paths, which say what a room needs. */
export * from './accounts/index.js';
export * from './chain/index.js';
export * from './motions/index.js';
export * from './primitives/index.js';
export * from './runtime/index.js';
export * from './state/index.js';
