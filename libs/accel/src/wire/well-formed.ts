import type { SignatureCheck } from '../contract/index.js';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../portable/index.js';

/**
 * Signatures travel without lengths: checks whose key or signature has another length are answered `false` on this side
 * (consensus.md 2.4), the others by `verify`.
 */
export async function verifyWellFormed(
  checks: readonly SignatureCheck[],
  verify: (wellFormed: readonly SignatureCheck[]) => Promise<boolean[]>,
): Promise<boolean[]> {
  const fits = ({ publicKey, signature }: SignatureCheck): boolean =>
    publicKey.length === PUBLIC_KEY_BYTES && signature.length === SIGNATURE_BYTES;
  if (checks.every(fits)) return verify(checks);
  const wellFormed = checks.filter(fits);
  const answers = await verify(wellFormed);
  if (answers.length !== wellFormed.length)
    throw new Error(`${answers.length} answers for ${wellFormed.length} checks`);
  let next = 0;
  return checks.map((check) => fits(check) && (answers[next++] as boolean));
}
