import type { Hash } from './vote.js';

/**
 * q signatures of one committee over one statement. Bit i of `bitmap`, least significant first, is committee index i;
 * exactly q bits are set and `signatures` follow in index order.
 *
 * P: q PREPARE, the block may be built upon. C: q COMMIT, the block and its ancestors are final. I: q IMPEACH, the view is
 * skipped.
 */
export type Certificate = PrepareCertificate | CommitCertificate | ImpeachCertificate;

interface CertificateFields {
  readonly epoch: number;
  readonly view: number;
  readonly bitmap: number;
  readonly signatures: readonly Uint8Array[];
}
export interface PrepareCertificate extends CertificateFields {
  readonly kind: 'P';
  readonly blockHash: Hash;
}
export interface CommitCertificate extends CertificateFields {
  readonly kind: 'C';
  readonly blockHash: Hash;
}
export interface ImpeachCertificate extends CertificateFields {
  readonly kind: 'I';
}
