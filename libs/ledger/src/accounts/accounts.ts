/** Accounts in the state (module 2): written from genesis, looked up by account and by company prefix. */
import { canonicalJson } from '../chain/canonical-json.js';
import { creditsOf } from '../chain/genesis-rules.js';
import type { Genesis } from '../chain/genesis-types.js';
import { concatBytes, fromUtf8, utf8 } from '../primitives/index.js';
import type { StateReader } from '../state/state-types.js';
import {
  accountRecordOf,
  foundingAccount,
  type AccountRecord,
  type AccountsReader,
  type StoredAccount,
} from './account.js';
import { skeletonOf } from './account-names.js';

/** State module number of accounts. */
export const ACCOUNTS_MODULE = 2;

/** Shortest and longest company prefix that genesis admits. */
export const PREFIX_DIGITS = { least: 4, most: 12 } as const;

/** Raw keys inside the corner of accounts; the state key has the module number in front. */
export const accountStateKeys = {
  /** Canonical JSON of a `StoredAccount`. */
  account: (account: string): Uint8Array => utf8(`a${account}`),
  /** The account that registered the prefix. */
  prefix: (digits: string): Uint8Array => utf8(`p${digits}`),
  /** The account that has this skeleton. */
  skeleton: (skeleton: string): Uint8Array => utf8(`s${skeleton}`),
  /** Credits that the account may lock as deposits: a whole number, decimal digits. */
  balance: (account: string): Uint8Array => utf8(`b${account}`),
} as const;

const stateKey = (raw: Uint8Array): Uint8Array => concatBytes(Uint8Array.of(ACCOUNTS_MODULE), raw);

/** State key of an account's record: 2 || 'a' || account; its value is canonical JSON of a `StoredAccount`. */
export function accountKey(account: string): Uint8Array {
  return stateKey(accountStateKeys.account(account));
}

/** State key of a company prefix: 2 || 'p' || digits; its value is the account's name. */
export function prefixKey(prefix: string): Uint8Array {
  return stateKey(accountStateKeys.prefix(prefix));
}

/** Writes the organisations of genesis. */
export function writeGenesisAccounts(genesis: Genesis, put: (key: Uint8Array, value: Uint8Array) => void): void {
  const { grant } = creditsOf(genesis);
  for (const organisation of genesis.organisations) {
    const { account, keys } = organisation;
    const record = foundingAccount({ ...organisation, keys: keys.map(({ publicKey }) => publicKey) });
    put(accountKey(account), canonicalJson(record));
    put(stateKey(accountStateKeys.skeleton(skeletonOf(account))), utf8(account));
    put(stateKey(accountStateKeys.balance(account)), utf8(String(grant)));
    for (const prefix of organisation.companyPrefixes) put(prefixKey(prefix), utf8(account));
  }
}

/** Bytes of a record as it stands in the state, read. */
export function readAccount(bytes: Uint8Array): AccountRecord {
  return accountRecordOf(JSON.parse(fromUtf8(bytes)) as StoredAccount);
}

/**
 * Look-ups in one state. Answers are remembered until `generation` changes: a state that is written to counts its changes
 * of accounts there. Of a state that never changes nothing need be given.
 */
export function accountsReader(state: StateReader, generation: () => number = () => 0): AccountsReader {
  const records = new Map<string, AccountRecord | undefined>();
  const owners = new Map<string, string | undefined>();
  const found = new Map<string, ReturnType<AccountsReader['ownerOf']>>();
  let known = generation();
  const refresh = (): void => {
    const now = generation();
    if (now === known) return;
    known = now;
    for (const memory of [records, owners, found]) memory.clear();
  };
  const ownerOfPrefix = (prefix: string): string | undefined => {
    if (owners.has(prefix)) return owners.get(prefix);
    const value = state.get(prefixKey(prefix));
    const owner = value === undefined ? undefined : fromUtf8(value);
    owners.set(prefix, owner);
    return owner;
  };
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
      refresh();
      if (records.has(account)) return records.get(account);
      const value = state.get(accountKey(account));
      const record = value === undefined ? undefined : readAccount(value);
      records.set(account, record);
      return record;
    },
    ownerOf(digits) {
      refresh();
      if (found.has(digits)) return found.get(digits);
      const owner = search(digits);
      found.set(digits, owner);
      return owner;
    },
  };
}
