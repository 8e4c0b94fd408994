import { sha256 } from '@noble/hashes/sha2.js';
import type { Hashing } from '../contract/index.js';

/** The reference: SHA-256 by noble, in any JavaScript engine. */
export const portableHashing: Hashing = { sha256: (bytes) => sha256(bytes) };
