/** The ledger module of accounts (module 2): bodies of the kinds `account.*` (docs/protocol/ledger.md 3). */
import { canonicalJson } from '../chain/canonical-json.js';
import { creditsOf } from '../chain/genesis-rules.js';
import type { Genesis } from '../chain/genesis-types.js';
import { refusal, type Refusal } from '../chain/refusal.js';
import type { Body } from '../chain/transaction-types.js';
import { fromUtf8, utf8 } from '../primitives/index.js';
import type { ExecuteResult, ExecutionContext, LedgerModule, ModuleState } from '../runtime/runtime-types.js';
import {
  ACTIVE,
  OWNER,
  permissionOf,
  type AccountRecord,
  type Delegation,
  type Permission,
  type StoredAccount,
} from './account.js';
import {
  ACCOUNT_BOUNDS,
  accountKinds,
  isAccountKind,
  readAccountBody,
  type AccountBodies,
  type AccountCreate,
  type AccountDelegate,
  type AccountKind,
  type AccountLink,
  type AccountRevokeDelegation,
  type AccountUpdate,
} from './account-bodies.js';
import { isAccountName, namesAbove, skeletonOf } from './account-names.js';
import { brokenPermissions } from './account-rules.js';
import { ACCOUNTS_MODULE, accountStateKeys } from './accounts.js';
import { linkedPermission, withParents } from './authorise.js';

/** How far ahead a delegation may end, in milliseconds of block time. */
export const DELEGATION_MAX_MS = 400 * 86_400_000;

/** Kinds that nobody may lend or link: with them one could take the account. */
const GUARDED = 'account.';

type Told = { readonly refusal: Refusal } | { readonly event: string; readonly says: object };

const stored = (record: AccountRecord | StoredAccount): StoredAccount => {
  const { account, name, role, permissions, links, delegations, companyPrefixes, deposit, createdAt, closedAt } =
    record;
  const { class: organisationClass } = record;
  return {
    account,
    name,
    role,
    class: organisationClass,
    permissions,
    links,
    delegations,
    companyPrefixes,
    deposit,
    createdAt,
    closedAt,
  };
};

const write = (state: ModuleState, record: StoredAccount): void =>
  state.put(accountStateKeys.account(record.account), canonicalJson(record));

/** Credits that an account may lock. */
export function readBalance(state: Pick<ModuleState, 'get'>, account: string): number {
  const value = state.get(accountStateKeys.balance(account));
  return value === undefined ? 0 : Number(fromUtf8(value));
}

const writeBalance = (state: ModuleState, account: string, amount: number): void =>
  state.put(accountStateKeys.balance(account), utf8(String(amount)));

/** Without the entries that are taken away. */
const without = <T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

const merged = (record: AccountRecord, { permissions }: AccountUpdate): StoredAccount => {
  let all: Readonly<Record<string, Permission>> = record.permissions;
  for (const [name, permission] of Object.entries(permissions))
    all = permission === null ? without(all, name) : { ...all, [name]: permission };
  return { ...stored(record), permissions: all };
};

function create(
  { sender, accounts, height }: ExecutionContext,
  says: AccountCreate,
  state: ModuleState,
  depositLeast: number,
): Told {
  const { account, deposit } = says;
  if (!isAccountName(account)) return { refusal: refusal('ACCOUNT_NAME_MALFORMED', '/account', { account }) };
  if (accounts.byAccount(account) !== undefined)
    return { refusal: refusal('ACCOUNT_NAME_TAKEN', '/account', { account }) };
  const skeleton = accountStateKeys.skeleton(skeletonOf(account));
  const alike = state.get(skeleton);
  if (alike !== undefined)
    return { refusal: refusal('ACCOUNT_NAME_CONFUSABLE', '/account', { account, other: fromUtf8(alike) }) };
  const above = namesAbove(account).find((name) => accounts.byAccount(name) !== undefined);
  if (above !== undefined && above !== sender.account)
    return { refusal: refusal('ACCOUNT_NAME_RESERVED', '/account', { account, owner: above }) };
  if (deposit < depositLeast)
    return { refusal: refusal('ACCOUNT_DEPOSIT_TOO_SMALL', '/deposit', { deposit, least: depositLeast }) };
  const available = readBalance(state, sender.account);
  if (available < deposit)
    return { refusal: refusal('ACCOUNT_BALANCE_TOO_SMALL', '/deposit', { needed: deposit, available }) };
  const record: StoredAccount = {
    account,
    name: says.name,
    role: 'company',
    class: 'none',
    permissions: says.permissions,
    links: {},
    delegations: [],
    companyPrefixes: [],
    deposit: { amount: deposit, from: sender.account },
    createdAt: height,
    closedAt: 0,
  };
  const broken = brokenPermissions(record, Object.keys(says.permissions), accounts);
  if (broken !== undefined) return { refusal: broken };
  write(state, record);
  state.put(skeleton, utf8(account));
  writeBalance(state, sender.account, available - deposit);
  writeBalance(state, account, 0);
  return { event: 'account.created', says: { account, by: sender.account, deposit } };
}

function update({ sender, accounts }: ExecutionContext, says: AccountUpdate, state: ModuleState): Told {
  const names = Object.keys(says.permissions).sort();
  const missing = names.find((name) => says.permissions[name] === null && permissionOf(sender, name) === undefined);
  if (missing !== undefined)
    return { refusal: refusal('ACCOUNT_PERMISSION_UNKNOWN', `/permissions/${missing}`, { permission: missing }) };
  const record = merged(sender, says);
  const broken = brokenPermissions(record, names, accounts);
  if (broken !== undefined) return { refusal: broken };
  write(state, record);
  return { event: 'account.updated', says: { account: sender.account, permissions: names } };
}

function link({ sender }: ExecutionContext, { kind, permission }: AccountLink, state: ModuleState): Told {
  if (kind.startsWith(GUARDED)) return { refusal: refusal('ACCOUNT_LINK_FORBIDDEN', '/kind', { kind }) };
  if (permission === null) {
    if (!Object.hasOwn(sender.links, kind)) return { refusal: refusal('ACCOUNT_LINK_UNKNOWN', '/kind', { kind }) };
    write(state, { ...stored(sender), links: without(sender.links, kind) });
  } else {
    if (permissionOf(sender, permission) === undefined)
      return { refusal: refusal('ACCOUNT_PERMISSION_UNKNOWN', '/permission', { permission }) };
    const links = { ...sender.links, [kind]: permission };
    const count = Object.keys(links).length;
    if (count > ACCOUNT_BOUNDS.links)
      return { refusal: refusal('ACCOUNT_TOO_MANY_LINKS', '/kind', { links: count, most: ACCOUNT_BOUNDS.links }) };
    write(state, { ...stored(sender), links });
  }
  return { event: 'account.linked', says: { account: sender.account, kind, permission } };
}

const isSame = (a: AccountRevokeDelegation, b: AccountRevokeDelegation): boolean =>
  a.to === b.to && a.permission === b.permission;

function delegate({ sender, accounts, timeMs }: ExecutionContext, says: AccountDelegate, state: ModuleState): Told {
  const { to, permission, kinds, untilMs } = says;
  const other = accounts.byAccount(to);
  if (other === undefined || other.closedAt !== 0 || to === sender.account)
    return { refusal: refusal('ACCOUNT_DELEGATE_UNKNOWN', '/to', { account: to }) };
  if (permissionOf(sender, permission) === undefined)
    return { refusal: refusal('ACCOUNT_PERMISSION_UNKNOWN', '/permission', { permission }) };
  const guarded = kinds.findIndex((kind) => kind.startsWith(GUARDED));
  if (guarded >= 0)
    return { refusal: refusal('ACCOUNT_DELEGATION_FORBIDDEN', `/kinds/${guarded}`, { kind: kinds[guarded] ?? '' }) };
  if (untilMs <= timeMs)
    return { refusal: refusal('ACCOUNT_DELEGATION_OVER', '/untilMs', { untilMs, blockTimeMs: timeMs }) };
  if (untilMs > timeMs + DELEGATION_MAX_MS)
    return {
      refusal: refusal('ACCOUNT_DELEGATION_TOO_LONG', '/untilMs', { untilMs, most: timeMs + DELEGATION_MAX_MS }),
    };
  // What has run out makes room.
  const kept = sender.delegations.filter((one) => one.untilMs > timeMs && !isSame(one, says));
  const delegations: readonly Delegation[] = [...kept, { to, permission, kinds, untilMs }].sort((a, b) =>
    `${a.to}@${a.permission}` < `${b.to}@${b.permission}` ? -1 : 1,
  );
  if (delegations.length > ACCOUNT_BOUNDS.delegations)
    return {
      refusal: refusal('ACCOUNT_TOO_MANY_DELEGATIONS', '', {
        delegations: delegations.length,
        most: ACCOUNT_BOUNDS.delegations,
      }),
    };
  write(state, { ...stored(sender), delegations });
  return { event: 'account.delegated', says: { account: sender.account, to, permission, kinds, untilMs } };
}

function revokeDelegation({ sender }: ExecutionContext, says: AccountRevokeDelegation, state: ModuleState): Told {
  const { to, permission } = says;
  const delegations = sender.delegations.filter((one) => !isSame(one, says));
  if (delegations.length === sender.delegations.length)
    return { refusal: refusal('ACCOUNT_DELEGATION_UNKNOWN', '', { to, permission }) };
  write(state, { ...stored(sender), delegations });
  return { event: 'account.delegationRevoked', says: { account: sender.account, to, permission } };
}

/** Who gets a deposit back: whoever locked it or, where that account is closed too, whoever locked it for that one. */
function beneficiaryOf(record: AccountRecord, accounts: ExecutionContext['accounts']): string {
  let at = record.deposit.from;
  for (let payer = accounts.byAccount(at); payer !== undefined && payer.closedAt !== 0; payer = accounts.byAccount(at))
    at = payer.deposit.from;
  return at;
}

function close({ sender, accounts, height }: ExecutionContext, state: ModuleState): Told {
  const { account, deposit } = sender;
  if (deposit.from === account) return { refusal: refusal('ACCOUNT_FOUNDER', '', { account }) };
  const [prefix] = sender.companyPrefixes;
  if (prefix !== undefined) return { refusal: refusal('ACCOUNT_HOLDS_PREFIXES', '', { account, prefix }) };
  const to = beneficiaryOf(sender, accounts);
  const returned = deposit.amount + readBalance(state, account);
  writeBalance(state, to, readBalance(state, to) + returned);
  state.delete(accountStateKeys.balance(account));
  write(state, {
    ...stored(sender),
    permissions: {},
    links: {},
    delegations: [],
    deposit: { amount: 0, from: deposit.from },
    closedAt: height,
  });
  return { event: 'account.closed', says: { account, to, returned } };
}

const under = (record: Pick<StoredAccount, 'permissions'>, name: string): boolean =>
  withParents(record, name).includes(ACTIVE);

/**
 * The permission that a body of these kinds asks for, whatever is linked: `active`, and `owner` where something is touched
 * that `active` does not stand over, so that a stolen `active` key can be taken out of service by `owner` in any case.
 */
export function accountAuthority(body: Pick<Body, 'kind' | 'content'>, sender: AccountRecord): string {
  if (body.kind === accountKinds.close) return OWNER;
  const named = touched(body, sender);
  return named.every((isUnder) => isUnder) ? ACTIVE : OWNER;
}

/** Of each permission that a body touches: whether `active` stands over it. */
function touched(body: Pick<Body, 'kind' | 'content'>, sender: AccountRecord): readonly boolean[] {
  switch (body.kind) {
    case accountKinds.update: {
      const read = readAccountBody(body.kind, body.content);
      if (!read.ok) return [];
      const after = merged(sender, read.value);
      return Object.entries(read.value.permissions).flatMap(([name, permission]) => [
        permissionOf(sender, name) === undefined || under(sender, name),
        permission === null || under(after, name),
      ]);
    }
    case accountKinds.link: {
      const read = readAccountBody(body.kind, body.content);
      if (!read.ok) return [];
      const { kind, permission } = read.value;
      const before = linkedPermission(sender, kind);
      return [under(sender, before), permission === null || under(sender, permission)];
    }
    case accountKinds.delegate:
    case accountKinds.revokeDelegation: {
      const read = readAccountBody<AccountKind>(body.kind, body.content);
      return read.ok ? [under(sender, (read.value as AccountRevokeDelegation).permission)] : [];
    }
    default:
      return [];
  }
}

/** The module for one chain. Genesis' own accounts are written by the runtime, before any module. */
export function createAccountsModule(genesis: Genesis): LedgerModule {
  const { depositPerAccount } = creditsOf(genesis);
  const told = (result: Told): ExecuteResult =>
    'refusal' in result ? result : { events: [{ type: result.event, content: utf8(JSON.stringify(result.says)) }] };
  const executors: {
    readonly [K in AccountKind]: (context: ExecutionContext, says: AccountBodies[K], state: ModuleState) => Told;
  } = {
    'account.create': (context, says, state) => create(context, says, state, depositPerAccount),
    'account.update': update,
    'account.link': link,
    'account.delegate': delegate,
    'account.revokeDelegation': revokeDelegation,
    'account.close': (context, _says, state) => close(context, state),
  };
  const run = <K extends AccountKind>(
    kind: K,
    context: ExecutionContext,
    body: Body,
    state: ModuleState,
  ): ExecuteResult => {
    const read = readAccountBody(kind, body.content);
    return read.ok ? told(executors[kind](context, read.value, state)) : { refusal: read.refusal };
  };
  return {
    number: ACCOUNTS_MODULE,
    kinds: Object.values(accountKinds),
    accountMotionKinds: Object.values(accountKinds),
    openToAll: true,
    authority: accountAuthority,
    checkBody(body) {
      if (!isAccountKind(body.kind)) return refusal('TX_KIND_UNKNOWN', '', { kind: body.kind });
      const read = readAccountBody<AccountKind>(body.kind, body.content);
      return read.ok ? undefined : read.refusal;
    },
    execute(context, body, state) {
      if (!isAccountKind(body.kind)) return { refusal: refusal('TX_KIND_UNKNOWN', '', { kind: body.kind }) };
      return run(body.kind, context, body, state);
    },
  };
}
