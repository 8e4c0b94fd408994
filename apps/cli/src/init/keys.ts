import { randomBytes } from 'node:crypto';
import { publicKeyOf, signMessage } from '@waymark/accel/portable';
import { proofOfPossessionBytes } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';

/** An Ed25519 key with the signature that shows its holder has it. */
export interface ProvenKey {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly publicKeyHex: string;
  readonly proofOfPossessionHex: string;
}

/** A new key for signing transactions ("organisation") or votes ("consensus"), with its proof of possession. */
export function newKey(role: 'organisation' | 'consensus', account: string): ProvenKey {
  const seed = new Uint8Array(randomBytes(32));
  const publicKey = publicKeyOf(seed);
  return {
    seed,
    publicKey,
    publicKeyHex: toHex(publicKey),
    proofOfPossessionHex: toHex(signMessage(seed, proofOfPossessionBytes(role, account))),
  };
}
