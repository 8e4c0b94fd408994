/** What bodies of the kinds `account.*` say, read strictly (docs/protocol/ledger.md 3). */
import { readBodyJson } from '../chain/body-json.js';
import { canonicalJson } from '../chain/canonical-json.js';
import type { LocalName } from '../chain/genesis-types.js';
import { array, hex, integer, localName, object, ShapeError, text } from '../chain/json-shape.js';
import type { Outcome } from '../chain/refusal.js';
import type { BodyInput } from '../chain/transaction-types.js';
import type { Permission } from './account.js';

export const accountKinds = {
  create: 'account.create',
  update: 'account.update',
  link: 'account.link',
  delegate: 'account.delegate',
  revokeDelegation: 'account.revokeDelegation',
  close: 'account.close',
} as const;

export const WEIGHT_MAX = 65_535;
/** Bounds of one account: what evaluating it may cost everybody. */
export const ACCOUNT_BOUNDS = {
  permissions: 16,
  keysInPermission: 16,
  accountsInPermission: 16,
  links: 64,
  delegations: 32,
  kindsInDelegation: 32,
} as const;

export interface AccountCreate {
  readonly account: string;
  readonly name: LocalName;
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Credits that the sender locks for it. */
  readonly deposit: number;
}

/** `null` takes a permission away. */
export interface AccountUpdate {
  readonly permissions: Readonly<Record<string, Permission | null>>;
}

/** `null` takes the link away. */
export interface AccountLink {
  readonly kind: string;
  readonly permission: string | null;
}

export interface AccountDelegate {
  readonly to: string;
  readonly permission: string;
  readonly kinds: readonly string[];
  readonly untilMs: number;
}

export type AccountRevokeDelegation = Pick<AccountDelegate, 'to' | 'permission'>;
export type AccountClose = Readonly<Record<string, never>>;

/** What each kind says. */
export interface AccountBodies {
  'account.create': AccountCreate;
  'account.update': AccountUpdate;
  'account.link': AccountLink;
  'account.delegate': AccountDelegate;
  'account.revokeDelegation': AccountRevokeDelegation;
  'account.close': AccountClose;
}

const PERMISSION_NAME = /^[a-z][a-z0-9-]{0,31}$/;
const KIND = /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)+$/;
const KIND_PATTERN = /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)*\.(?:\*|[a-z][A-Za-z0-9]*)$/;
/** As a text only: whether it is one and exists is asked of the state. */
const ANY_ACCOUNT = /^.{1,64}$/;

/** A body kind as it is written: `epcis.event`. */
export const isKind = (kind: string): boolean => KIND.test(kind) && kind.length <= 64;

const permissionName = (value: unknown, pointer: string): string => text(value, pointer, PERMISSION_NAME);

function kindPattern(value: unknown, pointer: string): string {
  const pattern = text(value, pointer, KIND_PATTERN);
  if (pattern.length > 64) throw new ShapeError(pointer, 'more than 64 characters');
  return pattern;
}

/** Sorted, each once: so that one meaning has one form. */
function inOrder<T>(list: readonly T[], pointer: string, name: (entry: T) => string): readonly T[] {
  list.forEach((entry, index) => {
    const before = list[index - 1];
    if (before !== undefined && name(before) >= name(entry))
      throw new ShapeError(`${pointer}/${index}`, 'not in order, or twice');
  });
  return list;
}

function permission(value: unknown, pointer: string): Permission {
  const fields = object(value, pointer, ['threshold', 'keys', 'accounts', 'parent']);
  const weight = (given: unknown, at: string): number => integer(given, `${at}/weight`, 1, WEIGHT_MAX);
  const keys = array(fields['keys'], `${pointer}/keys`, 0, ACCOUNT_BOUNDS.keysInPermission).map((item, index) => {
    const at = `${pointer}/keys/${index}`;
    const entry = object(item, at, ['key', 'weight']);
    return { key: hex(entry['key'], `${at}/key`, 32), weight: weight(entry['weight'], at) };
  });
  const accounts = array(fields['accounts'], `${pointer}/accounts`, 0, ACCOUNT_BOUNDS.accountsInPermission).map(
    (item, index) => {
      const at = `${pointer}/accounts/${index}`;
      const entry = object(item, at, ['account', 'permission', 'weight']);
      return {
        account: text(entry['account'], `${at}/account`, ANY_ACCOUNT),
        permission: permissionName(entry['permission'], `${at}/permission`),
        weight: weight(entry['weight'], at),
      };
    },
  );
  return {
    threshold: integer(fields['threshold'], `${pointer}/threshold`, 1, WEIGHT_MAX),
    keys: inOrder(keys, `${pointer}/keys`, ({ key }) => key),
    accounts: inOrder(accounts, `${pointer}/accounts`, (entry) => `${entry.account}@${entry.permission}`),
    parent: fields['parent'] === '' ? '' : permissionName(fields['parent'], `${pointer}/parent`),
  };
}

function permissions<T>(
  value: unknown,
  read: (entry: unknown, pointer: string) => T,
): Readonly<Record<string, Exclude<T, undefined>>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ShapeError('/permissions', 'no object');
  const entries = Object.entries(value);
  if (entries.length < 1 || entries.length > ACCOUNT_BOUNDS.permissions)
    throw new ShapeError('/permissions', `not 1 to ${ACCOUNT_BOUNDS.permissions} permissions`);
  return Object.fromEntries(
    entries.map(([name, entry]) => {
      const pointer = `/permissions/${name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return [permissionName(name, pointer), read(entry, pointer)];
    }),
  ) as Readonly<Record<string, Exclude<T, undefined>>>;
}

const CREDITS_MOST = 10 ** 12;

const readers: { readonly [K in keyof AccountBodies]: (value: unknown) => AccountBodies[K] } = {
  'account.create': (value) => {
    const fields = object(value, '', ['account', 'name', 'permissions', 'deposit']);
    return {
      account: text(fields['account'], '/account', ANY_ACCOUNT),
      name: localName(fields['name'], '/name'),
      permissions: permissions(fields['permissions'], permission),
      deposit: integer(fields['deposit'], '/deposit', 0, CREDITS_MOST),
    };
  },
  'account.update': (value) => ({
    permissions: permissions(object(value, '', ['permissions'])['permissions'], (entry, pointer) =>
      entry === null ? null : permission(entry, pointer),
    ),
  }),
  'account.link': (value) => {
    const fields = object(value, '', ['kind', 'permission']);
    return {
      kind: kindPattern(fields['kind'], '/kind'),
      permission: fields['permission'] === null ? null : permissionName(fields['permission'], '/permission'),
    };
  },
  'account.delegate': (value) => {
    const fields = object(value, '', ['to', 'permission', 'kinds', 'untilMs']);
    const kinds = array(fields['kinds'], '/kinds', 1, ACCOUNT_BOUNDS.kindsInDelegation).map((kind, index) =>
      kindPattern(kind, `/kinds/${index}`),
    );
    return {
      to: text(fields['to'], '/to', ANY_ACCOUNT),
      permission: permissionName(fields['permission'], '/permission'),
      kinds: inOrder(kinds, '/kinds', (kind) => kind),
      untilMs: integer(fields['untilMs'], '/untilMs', 0, Number.MAX_SAFE_INTEGER),
    };
  },
  'account.revokeDelegation': (value) => {
    const fields = object(value, '', ['to', 'permission']);
    return {
      to: text(fields['to'], '/to', ANY_ACCOUNT),
      permission: permissionName(fields['permission'], '/permission'),
    };
  },
  'account.close': (value) => object(value, '', []) as AccountClose,
};

export type AccountKind = keyof AccountBodies;

export const isAccountKind = (kind: string): kind is AccountKind => Object.hasOwn(readers, kind);

/** Refused: those of `readBodyJson`. */
export function readAccountBody<K extends AccountKind>(kind: K, content: Uint8Array): Outcome<AccountBodies[K]> {
  return readBodyJson(content, readers[kind]);
}

/** A body of this kind, ready to be put into a transaction. Lists are put in order; nothing else is checked. */
export function accountBody<K extends AccountKind>(kind: K, says: AccountBodies[K]): BodyInput {
  return { kind, content: canonicalJson(says) };
}
