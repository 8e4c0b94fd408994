/** The pure core of LBFT-3: `step(state, input) -> { effects, ignored? }`; `recover(config, records)` makes the state. */
export type { LbftState } from './book.js';
export * from './config.js';
export * from './effects.js';
export * from './inputs.js';
export * from './messages.js';
export { recover } from './recover.js';
export { leaderSchedule } from './schedule.js';
export * from './state.js';
export { step, summarize } from './step.js';
