/** What the light client answers about proofs of the state (docs/protocol/formats.md section 4, in the order of the checks). */
import type { Defect, VerifiedAnchor } from './verdict.js';

/** Why a proof of the state was refused. */
export type StateCode =
  /** The input is no answer of this kind and version, or passes a bound. */
  | 'STATE_MALFORMED'
  /** It is about another chain than the trust root. */
  | 'TRUST_ROOT_FOREIGN'
  /** Fewer distinct supervisors than the quorum signed the header. */
  | 'CERTIFICATE_TOO_FEW'
  /** A signature, the bitmap or the committee of the certificate is wrong. */
  | 'CERTIFICATE_INVALID'
  /** The header's time is more than ten minutes after the reader's clock. */
  | 'ANCHOR_IN_FUTURE'
  /** The header is older than the trusting period. */
  | 'ANCHOR_EXPIRED'
  /** The height is not that of the block before the certified header. */
  | 'STATE_HEIGHT_WRONG'
  /** It is about another key, prefix or height than was asked for. */
  | 'STATE_KEY_FOREIGN'
  /** The path does not lead from the key, or from where it would stand, to the certified state root. */
  | 'STATE_PROOF_INVALID'
  /** The entries are not all keys of the prefix under the certified state root. */
  | 'STATE_RANGE_INVALID'
  /** A change is not proven, is bent, or does not follow from the one after it. */
  | 'STATE_HISTORY_INVALID';

/** What every verdict rests on. */
export interface StateBasis {
  readonly ok: true;
  readonly chainId: string;
  readonly anchor: VerifiedAnchor;
  /** The state is that after the block of this height. */
  readonly height: number;
}

/** A key at that height. */
export interface VerifiedKey extends StateBasis {
  /** State key, module number included. */
  readonly key: Uint8Array;
  /** Undefined: proven to be absent. */
  readonly present:
    { readonly value: Uint8Array; /** Height that wrote it last. */ readonly changedAt: number } | undefined;
}

/** All keys that begin so, at that height; none when the list is empty. */
export interface VerifiedRange extends StateBasis {
  readonly prefix: Uint8Array;
  readonly entries: readonly { readonly key: Uint8Array; readonly value: Uint8Array; readonly changedAt: number }[];
}

/** What a key was, newest first. */
export interface VerifiedHistory extends StateBasis {
  readonly key: Uint8Array;
  /** The key as it is now; absent where the history was asked for from a height on. */
  readonly present: VerifiedKey['present'];
  readonly versions: readonly {
    readonly height: number;
    /** Undefined: deleted at this height. */
    readonly valueHash: Uint8Array | undefined;
    /** Undefined: deleted, or no longer kept by the node. */
    readonly value: Uint8Array | undefined;
  }[];
  /** Height of the next older change; undefined: there is none. */
  readonly next: number | undefined;
}

export type StateVerdict<T extends StateBasis> = T | Defect<StateCode>;
