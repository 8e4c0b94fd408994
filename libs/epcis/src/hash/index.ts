export { canonicalString, eventDigest, eventHash } from './event-hash.js';
export type { Hashing } from './event-hash.js';
