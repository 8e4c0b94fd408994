/** A name in the languages the product speaks. */
export interface LocalName {
  readonly en: string;
  readonly 'zh-CN': string;
}

export type OrganisationRole = 'company' | 'regulator';
/** What an organisation is in the chain of supply; a certificate says so. Regulators are those with the role. */
export const ORGANISATION_CLASSES = [
  'producer',
  'carrier',
  'wholesaler',
  'retailer',
  'dispenser',
  'service',
  'foundation',
  'auditor',
  'regulator',
] as const;
export type OrganisationClass = (typeof ORGANISATION_CLASSES)[number];
export type SeatClass = 'regulator' | 'nominated' | 'elected';

export interface GenesisParameters {
  readonly deltaMs: number;
  readonly minBlockMs: number;
  readonly slotMs: number;
  readonly maxBlockBytes: number;
  readonly maxTxBytes: number;
  readonly expiryHeightsMax: number;
  readonly guardianEvery: number;
  readonly epochLength: number;
  /** Most work that one transaction may cost; absent: the runtime's own limit. */
  readonly workPerTransactionMax?: number;
}

/** What using the ledger costs, in whole credits. */
export interface CreditRules {
  readonly dailyAllowance: number;
  readonly capacity: number;
  readonly perByte: number;
  readonly perWork: number;
  /** Locked for every account that is made, given back when it is closed. */
  readonly depositPerAccount: number;
  /** What each founding organisation has at the start. */
  readonly grant: number;
}

/** A body of members that decides together. */
export interface GenesisBoard {
  readonly board: string;
  /** Accounts, sorted. */
  readonly members: readonly string[];
  /** Members that must approve. */
  readonly threshold: number;
  /** Of how many groups (regulators, foundations, other members) they must be at least. */
  readonly classesLeast: number;
}

export interface GenesisOrganisation {
  readonly account: string;
  readonly name: LocalName;
  readonly role: OrganisationRole;
  readonly class: OrganisationClass;
  /** ISO 3166-1 alpha-2; absent: not said. */
  readonly jurisdiction?: string;
  /** Hex. */
  readonly keys: readonly { readonly publicKey: string; readonly proofOfPossession: string }[];
  /** GS1 company prefixes, digits only. */
  readonly companyPrefixes: readonly string[];
}

export interface GenesisValidator {
  /** Hex of SHA-256("waymark/member" || account || 0x00 || node). */
  readonly memberId: string;
  readonly account: string;
  readonly node: string;
  readonly class: SeatClass;
  readonly consensusKey: string;
  readonly proofOfPossession: string;
  readonly p2pKey: string;
}

/** The genesis file (formats.md 5), as parsed. Every text of bytes in it is lower-case hex. */
export interface Genesis {
  readonly format: 'waymark-genesis/2';
  readonly suite: 1;
  readonly chainId: string;
  readonly timeMs: number;
  readonly parameters: GenesisParameters;
  readonly organisations: readonly GenesisOrganisation[];
  readonly validators: readonly GenesisValidator[];
  readonly proposers: readonly string[];
  /** Absent: `DEFAULT_CREDITS`. */
  readonly credits?: CreditRules;
  /** Sorted by name. `issuers` and `regulators` are there in any case: `boardsOf` says as what. */
  readonly boards?: readonly GenesisBoard[];
}

/** A seat in a committee as it is hashed: class 1 regulator, 2 nominated, 3 elected, 4 proposer. */
export interface CommitteeMember {
  readonly memberId: Uint8Array;
  readonly class: 1 | 2 | 3 | 4;
  readonly key: Uint8Array;
}

/** Members in id order. */
export interface Committee {
  readonly epoch: number;
  readonly generation: number;
  readonly members: readonly CommitteeMember[];
}

/** The trust root file (formats.md 5), as parsed. */
export interface TrustRoot {
  readonly format: 'waymark-trust/1';
  readonly suite: 1;
  readonly chainId: string;
  readonly genesisHash: string;
  readonly committee: {
    readonly epoch: number;
    readonly generation: number;
    readonly members: readonly { readonly memberId: string; readonly class: 1 | 2 | 3; readonly key: string }[];
  };
  readonly validatorNames: Readonly<Record<string, LocalName>>;
}
