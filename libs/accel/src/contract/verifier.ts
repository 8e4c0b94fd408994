/** One Ed25519 signature to be checked under the protocol's predicate (consensus.md 2.4). */
export interface SignatureCheck {
  /** 32 bytes, the encoded point A. */
  readonly publicKey: Uint8Array;
  /** The signed bytes, any length. */
  readonly message: Uint8Array;
  /** 64 bytes, R || S. */
  readonly signature: Uint8Array;
}

/** The operation `verify` alone, for whoever asks nothing else. */
export interface Verifier {
  /** For logs and metrics: which engine answers, for example `portable`, `native`, `native-pool`. */
  readonly name: string;
  /**
   * Answers in the order of `checks`, each under the one predicate of consensus.md 2.4. Wrong lengths are `false`,
   * not an error. Rejects only when the engine itself is broken or closed: never read a rejection as "invalid".
   */
  verifyMany(checks: readonly SignatureCheck[]): Promise<boolean[]>;
  /** Ends workers. Calls under way are answered first; later calls reject. Closing twice is harmless. */
  close(): Promise<void>;
}
