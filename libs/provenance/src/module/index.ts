export { bodyKinds, visibilityWords } from './decoded-bodies.js';
export type { VisibilityWord } from './decoded-bodies.js';
export { futureToleranceMs } from './judge-event.js';
export { ledgerEventTypes } from './ledger-events.js';
export type * from './ledger-events.js';
export { provenanceModule, provenanceModuleNumber } from './provenance-module.js';
export { stateKeys } from './state-records.js';
export type { EventRecord, SerialisationRecord, VisibilityRecord } from './state-records.js';
