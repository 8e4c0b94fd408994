/** Organisations in the state (module 2): written from genesis, looked up by account, by key and by company prefix. */
import type { Genesis } from '../chain/genesis-types.js';
import { canonicalJson } from '../chain/canonical-json.js';
import { concatBytes, fromUtf8, utf8 } from '../primitives/index.js';
import type { StateReader } from '../state/state-types.js';
import type { AccountRecord, AccountsReader } from './account.js';

/** State module number of accounts. */
export const ACCOUNTS_MODULE = 2;

/** Shortest and longest company prefix that genesis admits. */
export const PREFIX_DIGITS = { least: 4, most: 12 } as const;

const ACCOUNT_TAG = 'a';
const PREFIX_TAG = 'p';
const stateKey = (tag: string, name: string): Uint8Array =>
  concatBytes(Uint8Array.of(ACCOUNTS_MODULE), utf8(tag + name));

/** State key of an account's record: 2 || 'a' || account; its value is canonical JSON of an `AccountRecord`. */
export function accountKey(account: string): Uint8Array {
  return stateKey(ACCOUNT_TAG, account);
}

/** State key of a company prefix: 2 || 'p' || digits; its value is the account's name. */
export function prefixKey(prefix: string): Uint8Array {
  return stateKey(PREFIX_TAG, prefix);
}

/** Writes the organisations of genesis. */
export function writeGenesisAccounts(genesis: Genesis, put: (key: Uint8Array, value: Uint8Array) => void): void {
  for (const organisation of genesis.organisations) {
    const record: AccountRecord = {
      account: organisation.account,
      name: organisation.name,
      role: organisation.role,
      keys: organisation.keys.map((key) => key.publicKey).sort(),
      threshold: 1,
      companyPrefixes: [...organisation.companyPrefixes].sort(),
    };
    put(accountKey(organisation.account), canonicalJson(record));
    for (const prefix of organisation.companyPrefixes) put(prefixKey(prefix), utf8(organisation.account));
  }
}

/**
 * Look-ups in one state. Answers are remembered, so a reader must not outlive the state it reads; the runtime makes
 * one a block.
 */
export function accountsReader(state: StateReader): AccountsReader {
  const records = new Map<string, AccountRecord | undefined>();
  const owners = new Map<string, string | undefined>();
  const ownerOfPrefix = (prefix: string): string | undefined => {
    if (owners.has(prefix)) return owners.get(prefix);
    const value = state.get(prefixKey(prefix));
    const owner = value === undefined ? undefined : fromUtf8(value);
    owners.set(prefix, owner);
    return owner;
  };
  const found = new Map<string, ReturnType<AccountsReader['ownerOf']>>();
  const search = (digits: string): ReturnType<AccountsReader['ownerOf']> => {
    for (let length = Math.min(PREFIX_DIGITS.most, digits.length); length >= PREFIX_DIGITS.least; length -= 1) {
      const prefix = digits.slice(0, length);
      const account = ownerOfPrefix(prefix);
      if (account !== undefined) return { account, prefix };
    }
    return undefined;
  };
  return {
    byAccount(account) {
      if (records.has(account)) return records.get(account);
      const value = state.get(accountKey(account));
      const record = value === undefined ? undefined : (JSON.parse(fromUtf8(value)) as AccountRecord);
      records.set(account, record);
      return record;
    },
    ownerOf(digits) {
      if (found.has(digits)) return found.get(digits);
      const owner = search(digits);
      found.set(digits, owner);
      return owner;
    },
  };
}
