import { certificateChecks, signersOf } from '@waymark/consensus/certificates';
import type { Header } from '@waymark/ledger/chain';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import { refuse, found } from './step.js';
import type { TrustedCommittee, VerifyingEngine } from './trust.js';
import type { AnchorSigner, Defect } from './verdict.js';

export interface SignedHeader {
  readonly header: Header;
  /** SHA-256 of the encoded header, computed by us. */
  readonly hash: Uint8Array;
}

type CertificateRefusal = Defect<'CERTIFICATE_TOO_FEW' | 'CERTIFICATE_INVALID'>;

/**
 * Exactly q distinct members of the trusted committee signed COMMIT on this header (consensus.md 2.13 step 2), so it and
 * all its ancestors are final. The facts of a refusal say what was wrong; `where` is a pointer below `at`.
 */
export function checkCertificate(
  signed: SignedHeader & { readonly bitmap: number; readonly signatures: readonly Uint8Array[] },
  committee: TrustedCommittee,
  engine: VerifyingEngine,
  at: string,
): { readonly ok: true; readonly value: readonly AnchorSigner[] } | CertificateRefusal {
  const { header, hash, bitmap, signatures } = signed;
  const { epoch, generation } = committee.committee;
  if (
    !equalBytes(header.committeeHash, committee.hash) ||
    header.epoch !== epoch ||
    header.generation !== generation ||
    !equalBytes(header.genesisHash, committee.genesisHash)
  )
    return refuse('CERTIFICATE_INVALID', `${at}/header`, {
      reason: 'COMMITTEE_FOREIGN',
      committee: toHex(header.committeeHash),
    });
  const certificate = {
    kind: 'C',
    epoch: header.epoch,
    view: header.view,
    blockHash: toHex(hash),
    bitmap,
    signatures,
  } as const;
  const listed = certificateChecks(
    certificate,
    committee.committee.members.map(({ key }) => key),
    toHex(committee.genesisHash),
  );
  const where = `${at}/certificate`;
  const facts = {
    needed: committee.quorum,
    of: committee.size,
    named: signersOf(bitmap).length,
    signatures: signatures.length,
  };
  if ('defect' in listed)
    return refuse(listed.defect === 'TOO_FEW' ? 'CERTIFICATE_TOO_FEW' : 'CERTIFICATE_INVALID', where, {
      reason: listed.defect,
      ...facts,
    });
  if (!listed.checks.every((check) => engine.verifySignature(check)))
    return refuse('CERTIFICATE_INVALID', where, { reason: 'SIGNATURE_INVALID', ...facts });
  return found(signersOf(bitmap).flatMap((index) => committee.signers[index] ?? []));
}
