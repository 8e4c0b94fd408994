export type * from './event-facts.js';
