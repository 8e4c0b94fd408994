/** The pure core of LBFT-3: `step(state, input) -> { effects, ignored? }`. */
export * from './config.js';
export * from './effects.js';
export * from './inputs.js';
export * from './messages.js';
export * from './state.js';
