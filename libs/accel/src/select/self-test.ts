import type { Hashing, Verifier } from '../contract/index.js';
import { KNOWN_DIGESTS, KNOWN_SIGNATURES } from './known-answers.js';

/** Puts the known answers before a verifier. Gives the first wrong one in words, or undefined when all are right. */
export async function selfTestVerifier(verifier: Verifier): Promise<string | undefined> {
  const answers = await verifier.verifyMany(KNOWN_SIGNATURES.map(({ check }) => check));
  for (const [i, { title, valid }] of KNOWN_SIGNATURES.entries()) {
    if (answers[i] !== valid) return `known signature "${title}": expected ${valid}, got ${String(answers[i])}`;
  }
  return answers.length === KNOWN_SIGNATURES.length
    ? undefined
    : `${answers.length} answers for ${KNOWN_SIGNATURES.length} checks`;
}

/** The same for a hash function. */
export function selfTestHashing(hashing: Hashing): string | undefined {
  for (const { title, bytes, digest } of KNOWN_DIGESTS) {
    const got = hashing.sha256(bytes);
    if (got.length !== digest.length || got.some((byte, i) => byte !== digest[i]))
      return `known digest of ${title} is wrong`;
  }
  return undefined;
}
