export * from './block-record.js';
export * from './certified-state.js';
export * from './chain-store.js';
export { DurabilityError } from './durable-files.js';
export { RecordDamaged } from './segment-store.js';
