import type { SignatureCheck } from './verifier.js';

/**
 * What an engine can be asked. Every operation is a function of its request alone: two engines give the same answer,
 * `compress` apart, whose answers may differ and give the same content back.
 */
export type Operation =
  'verify' | 'hash' | 'merkle-root' | 'merkle-paths' | 'seal' | 'open' | 'compress' | 'decompress';

/** Leaves of one tree of RFC 6962, and the places whose paths are asked for. */
export interface MerklePathsRequest {
  readonly leaves: readonly Uint8Array[];
  /** Each below the number of leaves, any order, repeated or not. */
  readonly indexes: readonly number[];
}

export interface MerklePaths {
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** One path an index, in order of the indexes: hashes of 32 bytes, from the leaf up. */
  readonly paths: Uint8Array[][];
}

/** One box of XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03). The same nonce is never used twice with one key: the caller draws it. */
export interface SealRequest {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 24 bytes. */
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
  /** Authenticated, not hidden, not part of the box. */
  readonly associated: Uint8Array;
}

export interface OpenRequest {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Ciphertext and the 16 bytes of the tag, as `seal` gives them. */
  readonly box: Uint8Array;
  readonly associated: Uint8Array;
}

export interface DecompressRequest {
  /** One zlib stream (RFC 1950) and nothing after it. */
  readonly packed: Uint8Array;
  /** The content may have so many bytes, no more. */
  readonly sizeBytesMax: number;
}

export interface OperationRequests {
  /** Signatures under the one predicate of consensus.md 2.4. */
  verify: readonly SignatureCheck[];
  /** Messages for SHA-256 (FIPS 180-4). */
  hash: readonly Uint8Array[];
  /** Leaves, as data, of a tree of RFC 6962 section 2.1. */
  'merkle-root': readonly Uint8Array[];
  'merkle-paths': MerklePathsRequest;
  seal: readonly SealRequest[];
  open: readonly OpenRequest[];
  /** Contents to be packed, each by itself. */
  compress: readonly Uint8Array[];
  decompress: readonly DecompressRequest[];
}

export interface OperationAnswers {
  /** In the order of the checks. Wrong lengths are `false`, not an error. */
  verify: boolean[];
  /** 32 bytes each. */
  hash: Uint8Array[];
  /** 32 bytes; of no leaves: SHA-256 of nothing. */
  'merkle-root': Uint8Array;
  'merkle-paths': MerklePaths;
  /** Ciphertext and tag, 16 bytes longer than the content. */
  seal: Uint8Array[];
  /** The content; null: not sealed with this key, nonce and associated data, or changed since. */
  open: (Uint8Array | null)[];
  /** A zlib stream (RFC 1950) each. */
  compress: Uint8Array[];
  /** The content; null: no whole zlib stream, a wrong checksum, bytes after the end, or more content than allowed. */
  decompress: (Uint8Array | null)[];
}
