export type * from './epcis.js';
export type * from './json.js';
export { isJsonObject } from './json.js';
export type * from './problem.js';
export { addDecimals, compareDecimals, formatDecimal, parseDecimal, plainNumber, subtractDecimals } from './decimal.js';
export type { Decimal } from './decimal.js';
export { parseTimeMs } from './time.js';
export { namesOf } from './names.js';
export type { LocalisedName } from './names.js';
