/** The authenticated key-value state of formats.md 4. */
export { applyChanges, keyText, openState, verifyStateProof } from './state.js';
export * from './state-types.js';
