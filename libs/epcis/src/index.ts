export * from './model/index.js';
export * from './parse/index.js';
export { eventTypes, validateDocument, validateEnvelope, validateEvent } from './validation/validate.js';
export type { DocumentVerdict, ValidationClock } from './validation/validate.js';
