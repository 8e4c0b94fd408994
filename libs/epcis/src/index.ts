export * from './model/index.js';
export { parseDocument, parseEvent, parseLimits } from './parse/parse-document.js';
export type * from './parse/parsed.js';
export { eventTypes, validateDocument, validateEnvelope, validateEvent } from './validation/validate.js';
export type { DocumentVerdict, ValidationClock } from './validation/validate.js';
