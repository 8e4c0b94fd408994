/** Bytes, integers and Merkle trees: needs no other room, loads in a page. */
export * from './bytes.js';
export * from './history.js';
export * from './integers.js';
export * from './merkle.js';
