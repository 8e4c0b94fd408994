import type { LocalName, OrganisationClass, OrganisationRole } from '../chain/genesis-types.js';

/** A key and what its signature weighs. */
export interface KeyWeight {
  /** Lower-case hex. */
  readonly key: string;
  readonly weight: number;
}

/** Another account's permission and what it weighs once it is reached. */
export interface AccountWeight {
  readonly account: string;
  readonly permission: string;
  readonly weight: number;
}

/** A named authority of an account: reached when the weights of those who signed add up to the threshold. */
export interface Permission {
  readonly threshold: number;
  /** Sorted by key. */
  readonly keys: readonly KeyWeight[];
  /** Sorted by account, then permission. */
  readonly accounts: readonly AccountWeight[];
  /** The permission that may do all that this one may; '' for `owner`, which stands above all. */
  readonly parent: string;
}

/** Until a moment of block time, another account speaks for this one in these kinds of bodies. */
export interface Delegation {
  readonly to: string;
  readonly permission: string;
  /** Body kinds, or `prefix.*`; sorted. */
  readonly kinds: readonly string[];
  readonly untilMs: number;
}

/** An account as it stands in the state (module 2), canonical JSON. */
export interface StoredAccount {
  readonly account: string;
  readonly name: LocalName;
  readonly role: OrganisationRole;
  /** What a certificate makes of it; `none` until it has one. */
  readonly class: OrganisationClass | 'none';
  /** By name; `owner` and `active` are always there, unless the account is closed. */
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Body kind or `prefix.*` -> the permission that it asks for; others ask for `active`. */
  readonly links: Readonly<Record<string, string>>;
  readonly delegations: readonly Delegation[];
  /** GS1 company prefixes, digits only, sorted. */
  readonly companyPrefixes: readonly string[];
  /** What was locked for it, and who gets it back. */
  readonly deposit: { readonly amount: number; readonly from: string };
  /** Height; 0: genesis. */
  readonly createdAt: number;
  /** Height at which it was closed; 0: open. A closed name is never given again. */
  readonly closedAt: number;
}

/** An account as the ledger knows it. */
export interface AccountRecord extends StoredAccount {
  /** Keys of `active`, lower-case hex, sorted. */
  readonly keys: readonly string[];
  /** Threshold of `active`. */
  readonly threshold: number;
}

/** Look-ups in the accounts (state module 2). */
export interface AccountsReader {
  byAccount(account: string): AccountRecord | undefined;
  /** Account that registered the longest prefix of this digit string, if any: `ownerOf('9521234000016')`. */
  ownerOf(digits: string): { readonly account: string; readonly prefix: string } | undefined;
}

/** The permission that stands above all, and the one that bodies ask for unless linked elsewhere. */
export const OWNER = 'owner';
export const ACTIVE = 'active';

/** A permission by its name, never something that every object inherits. */
export function permissionOf(record: Pick<StoredAccount, 'permissions'>, name: string): Permission | undefined {
  return Object.hasOwn(record.permissions, name) ? record.permissions[name] : undefined;
}

/** The record with what callers read most: the keys and the threshold of `active`. */
export function accountRecordOf(stored: StoredAccount): AccountRecord {
  const active = permissionOf(stored, ACTIVE);
  return { ...stored, keys: active?.keys.map(({ key }) => key) ?? [], threshold: active?.threshold ?? 0 };
}

/** An account whose keys may each do everything: as genesis founds one. */
export function foundingAccount(organisation: {
  readonly account: string;
  readonly name: LocalName;
  readonly role: OrganisationRole;
  readonly class: OrganisationClass;
  readonly keys: readonly string[];
  readonly companyPrefixes: readonly string[];
}): StoredAccount {
  const { account, name, role, class: organisationClass, companyPrefixes } = organisation;
  const keys = [...organisation.keys].sort().map((key) => ({ key, weight: 1 }));
  return {
    account,
    name,
    role,
    class: organisationClass,
    permissions: {
      owner: { threshold: 1, keys, accounts: [], parent: '' },
      active: { threshold: 1, keys, accounts: [], parent: OWNER },
    },
    links: {},
    delegations: [],
    companyPrefixes: [...companyPrefixes].sort(),
    deposit: { amount: 0, from: account },
    createdAt: 0,
    closedAt: 0,
  };
}
