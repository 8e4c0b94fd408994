export type * from './trace-types.js';
export type * from './story-types.js';
export type * from './story-record.js';
