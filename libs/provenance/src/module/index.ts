export { bodyKinds } from './decoded-bodies.js';
export { futureToleranceMs } from './judge-event.js';
export { ledgerEventTypes } from './ledger-events.js';
export type * from './ledger-events.js';
export { provenanceModule, provenanceModuleNumber } from './provenance-module.js';
export { stateKeys } from './state-records.js';
export type { EventRecord, SerialisationRecord } from './state-records.js';
