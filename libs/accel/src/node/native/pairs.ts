/**
 * SHA-256 of many messages of 64 bytes by hashtree: SHA extensions or AVX of the processor, many blocks a call, some
 * sixty times the portable engine. It takes nothing but 64 bytes: the nodes of RFC 6962 trees have 65 and go to OpenSSL.
 */
import { createRequire } from 'node:module';
import type * as Hashtree from '@chainsafe/hashtree';
import { DIGEST_BYTES } from '../../contract/index.js';

export const PAIR_BYTES = 2 * DIGEST_BYTES;

/** Loaded once and never thrown: where it does not load, OpenSSL hashes pairs as anything else. */
const hashtree = load();

function load(): typeof Hashtree | undefined {
  try {
    return createRequire(import.meta.url)('@chainsafe/hashtree') as typeof Hashtree;
  } catch {
    return undefined; // no binary for this machine: slower, and nothing else
  }
}

/** True where hashtree has a binary for this machine. */
export const hasHashtree = hashtree !== undefined;

/** Digests of the 64-byte messages that lie side by side in `pairs`, side by side. Undefined: hashtree does not load. */
export function hashPairs(pairs: Uint8Array): Uint8Array | undefined {
  if (hashtree === undefined) return undefined;
  const digests = new Uint8Array((pairs.length / PAIR_BYTES) * DIGEST_BYTES);
  if (pairs.length > 0) hashtree.hashInto(pairs, digests);
  return digests;
}
