/** XChaCha20-Poly1305 by libsodium; OpenSSL has only the form with the short nonce. */
import { SEAL_TAG_BYTES, type OpenRequest, type SealRequest } from '../../contract/index.js';
import { ownBytes, type SodiumNative } from './sodium.js';

export function sealNative(sodium: SodiumNative, { key, nonce, content, associated }: SealRequest): Uint8Array {
  const box = new Uint8Array(content.length + SEAL_TAG_BYTES);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    box as Buffer,
    ownBytes(content),
    ownBytes(associated),
    null,
    ownBytes(nonce),
    ownBytes(key),
  );
  return box;
}

/** Null: not sealed with this key, nonce and associated data, or changed since. */
export function openNative(sodium: SodiumNative, { key, nonce, box, associated }: OpenRequest): Uint8Array | null {
  if (box.length < SEAL_TAG_BYTES) return null;
  const content = new Uint8Array(box.length - SEAL_TAG_BYTES);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      content as Buffer,
      null,
      ownBytes(box),
      ownBytes(associated),
      ownBytes(nonce),
      ownBytes(key),
    );
    return content;
  } catch {
    return null; // sodium says by throwing that the tag is wrong; lengths were looked at before
  }
}
