export * from './domain/index.js';
export * from './module/index.js';
export * from './views/index.js';
export * from './trace/index.js';
export * from './visibility/index.js';
