/** What other programs may take of the node: its settings and how it is composed. */
export * from './config/index.js';
