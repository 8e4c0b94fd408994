/** The authenticated key-value state of formats.md 4. */
export * from './changes.js';
export * from './history.js';
export { beginsWith } from './key-bits.js';
export { STATE_KEY_BYTES_MAX, STATE_STEPS_MAX, verifyStateProof, verifyStateRange } from './proof.js';
export * from './snapshot.js';
export { applyChanges, blockRecordKey, keyText, openState, putEntries, StateRecord, undoChanges } from './state.js';
export * from './state-json.js';
export * from './state-types.js';
