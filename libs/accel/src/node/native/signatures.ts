/**
 * Signatures by libsodium, under the protocol's predicate. libsodium decides the cofactorless equation, so it may only
 * accept, and only after our own byte checks; every "no" of it is decided again by the portable reference
 * (consensus.md 2.4).
 */
import type { SignatureCheck } from '../../contract/index.js';
import { passesByteChecks, publicKeyOf, SEED_BYTES, signMessage, verifySignature } from '../../portable/index.js';
import { ownBytes, type SodiumNative, sodiumState } from './sodium.js';

/** A seed unfolded once, for whoever signs often. Holds the private key in memory. */
export interface NativeSigner {
  readonly publicKey: Uint8Array;
  /** Ed25519 (RFC 8032), deterministic, 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** The predicate of consensus.md 2.4, at once and on this thread. Without libsodium it is the portable reference. */
export function verifySignatureNative(check: SignatureCheck): boolean {
  return 'sodium' in sodiumState ? verifyWith(sodiumState.sodium, check) : verifySignature(check);
}

/** The byte checks, then libsodium, then for its refusals the reference. */
export function verifyWith(sodium: SodiumNative, check: SignatureCheck): boolean {
  const publicKey = ownBytes(check.publicKey);
  const message = ownBytes(check.message);
  const signature = ownBytes(check.signature);
  const own = { publicKey, message, signature };
  if (!passesByteChecks(own)) return false;
  const answer: unknown = sodium.crypto_sign_verify_detached(signature, message, publicKey);
  return answer === true || verifySignature(own);
}

/** Signs as {@link signMessage} does, byte for byte, faster. Throws when the seed is not 32 bytes. */
export function nativeSign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return openNativeSigner(seed).sign(message);
}

/** Unfolds a seed of 32 bytes. Throws when it has another length. Without libsodium it signs by the portable engine. */
export function openNativeSigner(seed: Uint8Array): NativeSigner {
  if (seed.length !== SEED_BYTES)
    throw new RangeError(`An Ed25519 seed has ${SEED_BYTES} bytes, this one ${seed.length}.`);
  if (!('sodium' in sodiumState)) {
    const own = seed.slice();
    return { publicKey: publicKeyOf(own), sign: (message) => signMessage(own, message) };
  }
  const { sodium } = sodiumState;
  const publicKey = new Uint8Array(sodium.crypto_sign_PUBLICKEYBYTES);
  const secretKey = new Uint8Array(sodium.crypto_sign_SECRETKEYBYTES);
  sodium.crypto_sign_seed_keypair(publicKey as Buffer, secretKey as Buffer, ownBytes(seed));
  return {
    publicKey,
    sign(message) {
      const signature = new Uint8Array(sodium.crypto_sign_BYTES);
      sodium.crypto_sign_detached(signature as Buffer, ownBytes(message), secretKey as Buffer);
      return signature;
    },
  };
}
