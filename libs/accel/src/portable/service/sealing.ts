/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) by noble. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { SEAL_TAG_BYTES, type OpenRequest, type SealRequest } from '../../contract/index.js';

export function sealPortable({ key, nonce, content, associated }: SealRequest): Uint8Array {
  return xchacha20poly1305(key, nonce, associated).encrypt(content);
}

/** Null: not sealed with this key, nonce and associated data, or changed since. */
export function openPortable({ key, nonce, box, associated }: OpenRequest): Uint8Array | null {
  if (box.length < SEAL_TAG_BYTES) return null;
  try {
    return xchacha20poly1305(key, nonce, associated).decrypt(box);
  } catch {
    return null; // noble says by throwing that the tag is wrong; lengths were looked at before
  }
}
