export type * from './visibility-types.js';
