import { ed25519 } from '@noble/curves/ed25519.js';
import type { SignatureCheck } from '../contract/index.js';
import { isAdmissiblePoint, passesByteChecks, PUBLIC_KEY_BYTES } from './byte-checks.js';

/**
 * The protocol's one predicate (consensus.md 2.4), the reference for every other engine: the byte checks, then the
 * cofactored equation 8SB = 8R + 8kA with k over the received bytes (noble's ZIP-215 mode; the byte checks take away
 * what ZIP-215 admits beyond it). Any malformed input is `false`.
 */
export function verifySignature(check: SignatureCheck): boolean {
  if (!passesByteChecks(check)) return false;
  return ed25519.verify(check.signature, check.message, check.publicKey, { zip215: true });
}

/**
 * May this key be registered? It must be admissible, decode to a point, and lie in the prime-order subgroup
 * ([L]A = identity): of a key with torsion the fast engines refuse most signatures (consensus.md 2.4).
 */
export function isPrimeOrderKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || !isAdmissiblePoint(publicKey, 0)) return false;
  try {
    return ed25519.Point.fromBytes(publicKey, false).isTorsionFree();
  } catch {
    return false; // not on the curve: noble says so by throwing
  }
}

/** Ed25519 (RFC 8032), deterministic: the same seed and message give the same 64 bytes. Throws when the seed is not 32 bytes. */
export function signMessage(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

/** The 32-byte public key of a 32-byte seed. Throws when the seed is not 32 bytes. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}
