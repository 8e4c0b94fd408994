import { voteSignBytes } from './sign-bytes.js';
import { COMMITTEE_SIZE_MAX, quorum, signersOf } from './quorum.js';
import type { Certificate, CommitCertificate } from './certificate.js';
import { VoteType, type Hash, type SignedVote, type Vote } from './vote.js';

/** One Ed25519 signature to be checked: the shape that every engine of the acceleration service takes. */
export interface SignatureCheck {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Consensus keys of one committee, 32 bytes each, in index order. */
export type CommitteeKeys = readonly Uint8Array[];

/** Why a certificate is none, decided without looking at a signature. */
export type CertificateDefect =
  | 'COMMITTEE_SIZE' // no member, or over 31
  | 'SIGNER_UNKNOWN' // a bit above the committee
  | 'TOO_FEW' // fewer than q signers
  | 'TOO_MANY' // more than q: not canonical
  | 'SIGNATURE_COUNT'; // not one signature a bit

/** The signatures that must all hold for the certificate to hold, or why it cannot. */
export function certificateChecks(
  certificate: Certificate,
  committee: CommitteeKeys,
  genesisHash: Hash,
): { readonly checks: readonly SignatureCheck[] } | { readonly defect: CertificateDefect } {
  if (committee.length === 0 || committee.length > COMMITTEE_SIZE_MAX) return { defect: 'COMMITTEE_SIZE' };
  const signers = signersOf(certificate.bitmap);
  const keys = signers.map((index) => committee[index]);
  if (keys.includes(undefined)) return { defect: 'SIGNER_UNKNOWN' };
  const needed = quorum(committee.length);
  if (signers.length < needed) return { defect: 'TOO_FEW' };
  if (signers.length > needed) return { defect: 'TOO_MANY' };
  if (certificate.signatures.length !== needed) return { defect: 'SIGNATURE_COUNT' };
  const message = voteSignBytes(certifiedVote(certificate), genesisHash);
  const checks = keys.flatMap((publicKey, index) => {
    const signature = certificate.signatures[index];
    return publicKey === undefined || signature === undefined ? [] : [{ publicKey, message, signature }];
  });
  return { checks };
}

/** The vote that each signer of the certificate made. */
export function certifiedVote(certificate: Certificate): Vote {
  const { epoch, view } = certificate;
  switch (certificate.kind) {
    case 'P':
      return { type: VoteType.PREPARE, epoch, view, blockHash: certificate.blockHash };
    case 'C':
      return { type: VoteType.COMMIT, epoch, view, blockHash: certificate.blockHash };
    case 'I':
      return { type: VoteType.IMPEACH, epoch, view };
  }
}

/** The votes inside a certificate, each on its own. */
export function votesInCertificate(certificate: Certificate): SignedVote[] {
  const vote = certifiedVote(certificate);
  return signersOf(certificate.bitmap).flatMap((sender, index) => {
    const signature = certificate.signatures[index];
    return signature === undefined ? [] : [{ vote, sender, signature }];
  });
}

/** The one check of a single vote. `keys` are committee keys; for a PROPOSE the keys of the proposers in proposer order. Null: no such sender. */
export function voteCheck(signed: SignedVote, keys: CommitteeKeys, genesisHash: Hash): SignatureCheck | null {
  const publicKey = keys[signed.sender];
  return publicKey === undefined
    ? null
    : { publicKey, message: voteSignBytes(signed.vote, genesisHash), signature: signed.signature };
}

/** What a reader needs of a header to judge its certificate. `blockHash` = SHA-256 of the encoded header, computed by the reader. */
export interface CertifiedHeader {
  readonly blockHash: Hash;
  readonly epoch: number;
  readonly view: number;
}

export type CommitVerdict =
  | { readonly kind: 'VALID' }
  | { readonly kind: 'INVALID'; readonly code: CertificateDefect | 'HEADER_MISMATCH' | 'SIGNATURE_INVALID' };

/**
 * Whether exactly q members of the committee signed COMMIT on this header, so that it and all its ancestors are final. The caller has checked that `committee` is the
 * one whose hash the header names. `verify` answers for each check, in order, under the protocol's signature predicate.
 */
export async function verifyCommitCertificate(of: {
  readonly header: CertifiedHeader;
  readonly certificate: CommitCertificate;
  readonly committee: CommitteeKeys;
  readonly genesisHash: Hash;
  readonly verify: (checks: readonly SignatureCheck[]) => Promise<readonly boolean[]> | readonly boolean[];
}): Promise<CommitVerdict> {
  const { header, certificate, committee, genesisHash, verify } = of;
  if (
    certificate.blockHash !== header.blockHash ||
    certificate.view !== header.view ||
    certificate.epoch !== header.epoch
  ) {
    return { kind: 'INVALID', code: 'HEADER_MISMATCH' };
  }
  const listed = certificateChecks(certificate, committee, genesisHash);
  if ('defect' in listed) return { kind: 'INVALID', code: listed.defect };
  const answers = await verify(listed.checks);
  const valid = answers.length === listed.checks.length && answers.every((answer) => answer);
  return valid ? { kind: 'VALID' } : { kind: 'INVALID', code: 'SIGNATURE_INVALID' };
}
