export type * from './view.js';
export type * from './rows.js';
