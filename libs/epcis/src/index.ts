export * from './model/index.js';
export type * from './parse/parsed.js';
