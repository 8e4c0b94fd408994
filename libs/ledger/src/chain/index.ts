/** What the chain is made of: headers, genesis, trust root, transactions, receipts, ledger events, evidence. */
import type { Hashing, SignatureCheck } from '@waymark/accel/contract';
import type { Committee, Genesis, TrustRoot } from './genesis-types.js';
import type { Header } from './header-types.js';
import type { LedgerEvent, Receipt } from './receipt-types.js';
import type { Outcome } from './refusal.js';
import type {
  Body,
  BodyInput,
  FormResult,
  FormRules,
  TransactionSignature,
  TransactionView,
  UnsignedTransaction,
} from './transaction-types.js';
export * from './evidence-types.js';
export * from './genesis-types.js';
export * from './header-types.js';
export * from './receipt-types.js';
export * from './refusal.js';
export * from './transaction-types.js';
export { isAccountName } from '../accounts/account.js';
export type { AccountRecord, AccountsReader } from '../accounts/account.js';

export declare function encodeHeader(header: Header): Uint8Array;
export declare function decodeHeader(bytes: Uint8Array): Outcome<Header>;
export declare function headerHash(hashing: Hashing, headerBytes: Uint8Array): Uint8Array;

export declare function canonicalJson(value: unknown): Uint8Array;
export declare function encodeGenesis(genesis: Genesis): Uint8Array;
/** Structure and rules; `checks` (proofs of possession) and `keys` (prime order) are for somebody with an engine. */
export declare function parseGenesis(
  hashing: Hashing,
  bytes: Uint8Array,
): Outcome<{
  genesis: Genesis;
  genesisHash: Uint8Array;
  checks: readonly SignatureCheck[];
  keys: readonly Uint8Array[];
}>;
export declare function genesisHashOf(hashing: Hashing, bytes: Uint8Array): Uint8Array;
export declare function memberIdOf(hashing: Hashing, account: string, node: string): Uint8Array;
export declare function proofOfPossessionBytes(role: 'organisation' | 'consensus', account: string): Uint8Array;
export declare function committeeOf(genesis: Genesis): Committee;
/** The proposers as committee members (class 4), in id order. */
export declare function proposersOf(genesis: Genesis): Committee;
export declare function committeeHash(hashing: Hashing, committee: Committee): Uint8Array;
export declare function proposersHash(hashing: Hashing, proposers: Committee): Uint8Array;
export declare function quorumOf(memberCount: number): number;

export declare function trustRootOf(hashing: Hashing, genesis: Genesis): TrustRoot;
export declare function encodeTrustRoot(root: TrustRoot): Uint8Array;
export declare function parseTrustRoot(bytes: Uint8Array): Outcome<TrustRoot>;
export declare function committeeOfTrustRoot(root: TrustRoot): Committee;
export declare function trustFingerprint(hashing: Hashing, bytes: Uint8Array): string;

export declare function encodeBody(body: BodyInput): Uint8Array;
export declare function decodeBody(bytes: Uint8Array): Outcome<Body>;
export declare function buildTransaction(
  hashing: Hashing,
  input: {
    genesisHash: Uint8Array;
    sender: string;
    expiryHeight: number;
    after?: Uint8Array;
    proceed: boolean;
    bodies: readonly BodyInput[];
  },
): UnsignedTransaction;
export declare function assembleTransaction(
  unsigned: UnsignedTransaction,
  signatures: readonly TransactionSignature[],
): Uint8Array;
export declare function decodeTransaction(hashing: Hashing, bytes: Uint8Array): Outcome<TransactionView>;
export declare function checkTransactionForm(hashing: Hashing, view: TransactionView, rules: FormRules): FormResult;

export declare function encodeReceipt(receipt: Receipt): Uint8Array;
export declare function decodeReceipt(bytes: Uint8Array): Outcome<Receipt>;
export declare function bodyAccepted(receipt: Receipt, bodyIndex: number): boolean;
export declare function encodeLedgerEvent(event: LedgerEvent): Uint8Array;
export declare function decodeLedgerEvent(bytes: Uint8Array): Outcome<LedgerEvent>;
