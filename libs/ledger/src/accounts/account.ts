import type { LocalName, OrganisationRole } from '../chain/genesis-types.js';

/** An organisation as the ledger knows it. */
export interface AccountRecord {
  readonly account: string;
  readonly name: LocalName;
  readonly role: OrganisationRole;
  /** Lower-case hex, sorted. */
  readonly keys: readonly string[];
  /** How many of the keys must sign. */
  readonly threshold: number;
  /** GS1 company prefixes, digits only, sorted. */
  readonly companyPrefixes: readonly string[];
}

/** Look-ups in the accounts (state module 2). */
export interface AccountsReader {
  byAccount(account: string): AccountRecord | undefined;
  /** Account that registered the longest prefix of this digit string, if any: `ownerOf('9521234000016')`. */
  ownerOf(digits: string): { readonly account: string; readonly prefix: string } | undefined;
}

const ACCOUNT = /^[a-z0-9](?:[-.]?[a-z0-9])*$/;

/** formats.md 1: 3 to 32 characters, `[a-z0-9]` with single `-` or `.` inside. */
export function isAccountName(text: string): boolean {
  return text.length >= 3 && text.length <= 32 && ACCOUNT.test(text);
}
