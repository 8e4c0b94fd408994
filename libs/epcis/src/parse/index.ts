export { parseDocument, parseEvent, parseLimits } from './parse-document.js';
export type * from './parsed.js';
export { placesOf } from './places.js';
export type { Place } from './places.js';
export { splitDocument } from './split-document.js';
export type { DocumentPart, PartLimits } from './split-document.js';
