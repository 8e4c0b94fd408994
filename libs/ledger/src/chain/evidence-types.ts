/** The evidence file of formats.md 6. Bytes are padded base64 unless said otherwise. */
export interface Evidence {
  readonly format: 'waymark-evidence/1';
  readonly chainId: string;
  /** Hex. */
  readonly genesisHash: string;
  /** ISO time; for people, nothing rests on it. */
  readonly createdAt: string;
  /** Canonical id of what the evidence is about. */
  readonly subject: string;
  /** The genesis file. */
  readonly genesis: string;
  readonly anchor: EvidenceAnchor;
  readonly headers: readonly EvidenceHeader[];
  readonly transactions: readonly EvidenceTransaction[];
}

/** What a node answers to `proof`: evidence about nothing in particular. */
export type ProofAnswer = Omit<Evidence, 'subject' | 'createdAt'>;

export interface EvidenceAnchor {
  /** 509 bytes. */
  readonly header: string;
  readonly certificate: EvidenceCertificate;
}

/** q COMMIT signatures; bit i of the bitmap is member i of the committee, signatures in index order. */
export interface EvidenceCertificate {
  readonly bitmap: number;
  readonly signatures: readonly string[];
}

export interface EvidenceHeader {
  readonly height: number;
  readonly header: string;
  /** RFC 6962 path of the header's hash at leaf `height` in `anchor.historyRoot`; absent for the anchor itself. */
  readonly historyPath?: readonly string[];
}

export interface EvidenceTransaction {
  readonly header: string;
  readonly signatures: readonly { readonly publicKey: string; readonly signature: string }[];
  readonly receipt: string;
  readonly receiptIndex: number;
  readonly receiptCount: number;
  readonly receiptPath: readonly string[];
  /** receipt.height + 1. */
  readonly stateHeaderHeight: number;
  readonly bodies: readonly EvidenceBody[];
}

export interface EvidenceBody {
  readonly index: number;
  readonly body: string;
  readonly path: readonly string[];
}
