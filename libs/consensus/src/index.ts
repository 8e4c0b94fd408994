/** Consensus: use the sub-paths (`lbft`, `certificates`, `wire`, `signing`, `engine`); this one gives the engines. */
export * from './engine/index.js';
