export { ledgerEventTypes } from './ledger-events.js';
export type * from './ledger-events.js';
