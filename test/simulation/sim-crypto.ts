import { createHash } from 'node:crypto';
import {
  certificateChecks,
  voteCheck,
  voteSignBytes,
  type Certificate,
  type SignatureCheck,
  type SignedVote,
  type Vote,
} from '@waymark/consensus/certificates';
import { toHex } from '@waymark/ledger/primitives';

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
export const genesisHash = toHex(sha256(new TextEncoder().encode('simulated genesis')));

/**
 * Keyed hashes in place of Ed25519: the "public key" is the secret, nobody in a simulation uses another's. What is signed, who signed and what a certificate needs are
 * decided by the real code.
 */
export class SimKeys {
  readonly committee: readonly Uint8Array[];
  readonly #known = new Map<string, boolean>();

  constructor(size: number) {
    this.committee = Array.from({ length: size }, (_, index) => sha256(Uint8Array.of(7, index)));
  }

  sign(index: number, vote: Vote): Uint8Array {
    return signature(this.committee[index]!, voteSignBytes(vote, genesisHash));
  }

  holds(check: SignatureCheck | null): boolean {
    if (check === null) return false;
    const id = toHex(check.signature) + toHex(check.publicKey) + toHex(check.message);
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const holds = toHex(signature(check.publicKey, check.message)) === toHex(check.signature);
    if (this.#known.size > 20_000) this.#known.clear();
    this.#known.set(id, holds);
    return holds;
  }

  voteHolds(signed: SignedVote, keys: readonly Uint8Array[] = this.committee): boolean {
    return this.holds(voteCheck(signed, keys, genesisHash));
  }

  certificateHolds(certificate: Certificate): boolean {
    const listed = certificateChecks(certificate, this.committee, genesisHash);
    return !('defect' in listed) && listed.checks.every((check) => this.holds(check));
  }
}

function signature(key: Uint8Array, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(createHash('sha256').update(key).update(message).digest());
  return bytes;
}
