/** SHA-256 (FIPS 180-4) behind an interface, so that pure code takes the fastest engine its caller has. */
export interface Hashing {
  /** The 32-byte SHA-256 digest of `bytes`. Never throws, never keeps or changes `bytes`. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** The head of the tree of RFC 6962, section 2.1, over the leaves' data, where the engine knows a quicker way to it. */
  readonly merkleRoot?: (leaves: readonly Uint8Array[]) => Uint8Array;
}
