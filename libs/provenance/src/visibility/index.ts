export type * from './visibility-types.js';
export { disclosureOf } from './disclosure.js';
export { relatedEvents } from './related-events.js';
