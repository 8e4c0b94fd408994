import { hash } from 'node:crypto';
import { DIGEST_BYTES } from '../../contract/index.js';

/**
 * SHA-256 by OpenSSL, one shot (`crypto.hash`, Node 20.12), written at `at`. The digest is taken as text of one character a
 * byte and copied: half the cost of a Buffer of its own, and no memory outside the heap for the collector to chase.
 */
export function digestInto(bytes: Uint8Array, into: Uint8Array, at: number): void {
  const text = hash('sha256', bytes, 'binary');
  for (let index = 0; index < DIGEST_BYTES; index += 1) into[at + index] = text.charCodeAt(index);
}

export function sha256Native(bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(DIGEST_BYTES);
  digestInto(bytes, digest, 0);
  return digest;
}
