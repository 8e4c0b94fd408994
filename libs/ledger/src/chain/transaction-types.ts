import type { SignatureCheck } from '@waymark/accel/contract';
import type { Refusal } from './refusal.js';

/** Who may see a body (enforced by the API until sealing comes). The numbers are those on the wire. */
export const Visibility = { PUBLIC: 1, PARTNERS: 2, OWN: 3 } as const;
export type Visibility = (typeof Visibility)[keyof typeof Visibility];

/** One statement of a transaction (formats.md 2). */
export interface Body {
  /** Names the module that owns it, for example `epcis.event`. */
  readonly kind: string;
  /** Bytes as captured. */
  readonly content: Uint8Array;
  readonly visibility: Visibility;
  /** 1 + index of the body that gives this one's JSON-LD context; 0: none. */
  readonly context: number;
  /** Room for sealed content; empty until sealing comes. */
  readonly sealedHash: Uint8Array;
  readonly sealedInterval: string;
}

/** What a builder may leave out of a body. */
export type BodyInput = Pick<Body, 'kind' | 'content'> & Partial<Pick<Body, 'visibility' | 'context'>>;

export interface TransactionHeader {
  readonly version: number;
  readonly genesisHash: Uint8Array;
  /** Account that signs. */
  readonly sender: string;
  /** Last height at which a block may carry it. */
  readonly expiryHeight: number;
  /** txId of an earlier transaction of the same sender that must be on the chain; empty: none. */
  readonly after: Uint8Array;
  /** False: all bodies or none. True: refused bodies are left out. */
  readonly proceed: boolean;
  readonly bodyCount: number;
  readonly bodiesRoot: Uint8Array;
}

export interface TransactionSignature {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the sender signs, before it is signed. */
export interface UnsignedTransaction {
  readonly headerBytes: Uint8Array;
  /** The bytes under every signature: "waymark/tx/1" || suite || headerBytes. */
  readonly signedBytes: Uint8Array;
  readonly txId: Uint8Array;
  /** Encoded bodies, the leaves of `bodiesRoot`. */
  readonly bodies: readonly Uint8Array[];
}

declare const decoded: unique symbol;

/** A transaction as received, taken apart once. Only `decodeTransaction` makes one; `bytes` are never re-encoded. */
export interface TransactionView {
  readonly [decoded]: true;
  /** The whole transaction as sent. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`: what blocks commit to. */
  readonly txHash: Uint8Array;
  /** SHA-256 of the signed bytes: the transaction's name. */
  readonly txId: Uint8Array;
  readonly headerBytes: Uint8Array;
  readonly signedBytes: Uint8Array;
  readonly header: TransactionHeader;
  readonly signatures: readonly TransactionSignature[];
  /** Bodies taken apart, in order. */
  readonly bodies: readonly Body[];
  /** Bodies as sent, in order: the leaves of `bodiesRoot`. */
  readonly bodyBytes: readonly Uint8Array[];
}

/** The chain's constants that the form of a transaction depends on. `Runtime.formRules` gives them. */
export interface FormRules {
  readonly genesisHash: Uint8Array;
  /** Largest transaction, in bytes. */
  readonly maxTxBytes: number;
  /** Kinds that some module owns. */
  readonly kinds: ReadonlySet<string>;
  /** Those of them that another body may name as its context. */
  readonly contextKinds: ReadonlySet<string>;
}

/** Either what is wrong with the form, or the signatures that somebody with an engine must still verify. */
export type FormResult =
  { readonly ok: true; readonly checks: readonly SignatureCheck[] } | { readonly ok: false; readonly refusal: Refusal };
