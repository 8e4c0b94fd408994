/**
 * What the light client answers. Every refusal has a code (docs/protocol/formats.md section 6, in the order in which the
 * checks are made), the place in the input where it was found, and the facts a reader needs to understand it.
 */

/** Why an evidence file was refused. */
export type EvidenceCode =
  /** The input is not an evidence file of this version, or passes a bound of `EVIDENCE_BOUNDS`. */
  | 'EVIDENCE_MALFORMED'
  /** The file is about another chain than the trust root. */
  | 'TRUST_ROOT_FOREIGN'
  /** The genesis bytes do not hash to the genesis hash of the trust root. */
  | 'GENESIS_MISMATCH'
  /** Fewer distinct supervisors than the quorum signed the anchor header. */
  | 'CERTIFICATE_TOO_FEW'
  /** A signature, the bitmap or the committee of the certificate is wrong. */
  | 'CERTIFICATE_INVALID'
  /** The anchor header's time is more than ten minutes after the reader's clock (consensus.md 2.13). */
  | 'ANCHOR_IN_FUTURE'
  /** The anchor header is older than the trusting period: its signers may have left since, and their keys with them (consensus.md 2.13). */
  | 'ANCHOR_EXPIRED'
  /** A header is neither the anchor nor proven to lie in its history. */
  | 'HEADER_PATH_INVALID'
  /** There is no receipt in a certified header: the transaction may stand in a block, but nobody says it was accepted. */
  | 'ACCEPTANCE_MISSING'
  /** The path does not lead from the receipt to the receipt root of the next header. */
  | 'RECEIPT_PATH_INVALID'
  /** The receipt belongs to another transaction. */
  | 'RECEIPT_FOREIGN'
  /** The ledger refused this record. */
  | 'NOT_ACCEPTED'
  /** A signature over the transaction header does not verify. */
  | 'SIGNATURE_INVALID'
  /** A signing key is not one that execution found to speak for the sender, or one of those has not signed. */
  | 'SIGNER_UNKNOWN'
  /** The path does not lead from the record to the transaction's `bodies_root`. */
  | 'BODY_PATH_INVALID'
  /** The record names a JSON-LD context that is not in the file. */
  | 'CONTEXT_MISSING';

/** Named values that explain a refusal; shown to people and logged, never parsed. */
export type Facts = Readonly<Record<string, string | number>>;

/** A refusal: `where` is a JSON pointer into the input. */
export interface Defect<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly where: string;
  readonly facts: Facts;
}

/** Names of an organisation or a supervisor by language tag. */
export interface Names {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** One supervisor (validator) that signed the anchor. */
export interface AnchorSigner {
  /** 64 hex digits. */
  readonly memberId: string;
  readonly class: 1 | 2 | 3;
  readonly names: Names | undefined;
}

/** The certified header on which everything else rests. */
export interface VerifiedAnchor {
  readonly height: number;
  /** Milliseconds since 1970, as agreed by the supervisors. */
  readonly timeMs: number;
  /** 64 hex digits. */
  readonly hash: string;
  readonly signedBy: readonly AnchorSigner[];
  /** Size of the committee. */
  readonly of: number;
  /** Signatures needed. */
  readonly quorum: number;
}

/** One accepted body of a transaction, with all that was proven about it. */
export interface VerifiedRecord {
  /** 64 hex digits. */
  readonly txId: string;
  /** Account of the organisation that signed. */
  readonly sender: string;
  /** Its names as genesis gives them; of an account that was made later, its name on the ledger. */
  readonly senderNames: Names;
  readonly senderRole: 'company' | 'regulator';
  /** The keys that signed, hex. */
  readonly publicKeys: readonly string[];
  /** Height of the block that carries the record. */
  readonly height: number;
  /** Time of that block where its header is in the file, else of the next one; see `blockTimeOf`. */
  readonly blockTimeMs: number;
  readonly blockTimeOf: 'block' | 'next';
  /** Index of the body in its transaction, from 0. */
  readonly bodyIndex: number;
  readonly kind: string;
  /** The content exactly as signed. */
  readonly bytes: Uint8Array;
  /** The content as JSON. */
  readonly value: unknown;
  /** The JSON-LD context that belongs to it, as JSON; undefined where it names none. */
  readonly contextValue: unknown;
  /** The same exactly as signed. */
  readonly contextBytes: Uint8Array | undefined;
  /**
   * What the signed bytes of this record say. Its signer may have changed it since by a record of kind `provenance.visibility`; who
   * shows records to others goes by both (`publicRecords` in `@waymark/provenance/trace`).
   */
  readonly visibility: 'public' | 'partners' | 'own';
}

/** An organisation of the chain, as the genesis file has it. */
export interface KnownOrganisation {
  readonly account: string;
  readonly names: Names;
  /** GS1 company prefixes registered with the consortium, digits. */
  readonly companyPrefixes: readonly string[];
}

export interface VerifiedEvidence {
  readonly ok: true;
  readonly chainId: string;
  /** All of them, whether they signed anything here or not: who may speak for which company prefix. */
  readonly organisations: readonly KnownOrganisation[];
  readonly anchor: VerifiedAnchor;
  /** In the order of the file; all kinds of body. */
  readonly records: readonly VerifiedRecord[];
}

export type EvidenceVerdict = VerifiedEvidence | Defect<EvidenceCode>;

/** What the verifier needs from outside: nothing in libs/ reads a clock. */
export interface VerifyOptions {
  /** Time as of which is judged, milliseconds since 1970: the reader's clock, or the day on which an archived file was received. */
  readonly nowMs: number;
}
