/** What must hold of an account's permissions before they are written (docs/protocol/ledger.md 2). */
import { refusal, type Refusal } from '../chain/refusal.js';
import { ACTIVE, OWNER, permissionOf, type AccountsReader, type Permission, type StoredAccount } from './account.js';
import { ACCOUNT_BOUNDS } from './account-bodies.js';
import { LEVELS_MAX, NODES_MAX, PARENTS_MAX, withParents } from './authorise.js';

/**
 * Undefined: they may stand. `changed`: those that are written; only their references are followed, because whoever closes a
 * cycle is the one who writes its last part.
 */
export function brokenPermissions(
  record: StoredAccount,
  changed: readonly string[],
  accounts: AccountsReader,
): Refusal | undefined {
  const names = Object.keys(record.permissions);
  for (const needed of [OWNER, ACTIVE])
    if (permissionOf(record, needed) === undefined)
      return refusal('ACCOUNT_PERMISSION_MISSING', `/permissions/${needed}`, { permission: needed });
  if (names.length > ACCOUNT_BOUNDS.permissions)
    return refusal('ACCOUNT_TOO_MANY_PERMISSIONS', '/permissions', {
      permissions: names.length,
      most: ACCOUNT_BOUNDS.permissions,
    });
  for (const name of names) {
    const broken = brokenParent(record, name) ?? brokenThreshold(record, name);
    if (broken !== undefined) return broken;
  }
  const reader = withRecord(accounts, record);
  for (const name of changed) {
    if (permissionOf(record, name) === undefined) continue;
    const broken = brokenReferences(record.account, name, reader);
    if (broken !== undefined) return broken;
  }
  for (const [kind, permission] of Object.entries(record.links))
    if (permissionOf(record, permission) === undefined)
      return refusal('ACCOUNT_PERMISSION_IN_USE', `/permissions/${permission}`, { permission, link: kind });
  for (const { to, permission } of record.delegations)
    if (permissionOf(record, permission) === undefined)
      return refusal('ACCOUNT_PERMISSION_IN_USE', `/permissions/${permission}`, { permission, delegate: to });
  return undefined;
}

function brokenParent(record: StoredAccount, name: string): Refusal | undefined {
  const { parent } = permissionOf(record, name) as Permission;
  const pointer = `/permissions/${name}/parent`;
  if (name === OWNER)
    return parent === '' ? undefined : refusal('ACCOUNT_PARENT_WRONG', pointer, { permission: name, parent });
  const ways = withParents(record, name);
  const top = ways[ways.length - 1];
  if (ways.length <= PARENTS_MAX && top === OWNER) return undefined;
  return refusal('ACCOUNT_PARENT_WRONG', pointer, { permission: name, parent });
}

function brokenThreshold(record: StoredAccount, name: string): Refusal | undefined {
  const { threshold, keys, accounts } = permissionOf(record, name) as Permission;
  const weight = [...keys, ...accounts].reduce((sum, entry) => sum + entry.weight, 0);
  if (weight >= threshold) return undefined;
  return refusal('ACCOUNT_THRESHOLD_UNREACHABLE', `/permissions/${name}/threshold`, { threshold, weight });
}

/** Follows references down: each must be there, none may lead back, and not deeper or wider than is ever evaluated. */
function brokenReferences(account: string, name: string, accounts: AccountsReader): Refusal | undefined {
  let nodes = 0;
  const walk = (at: string, permission: string, level: number, path: readonly string[]): Refusal | undefined => {
    const record = accounts.byAccount(at);
    if (record === undefined) return undefined;
    for (const own of withParents(record, permission)) {
      const place = `${at}@${own}`;
      const found = permissionOf(record, own);
      if (found === undefined || path.includes(place)) continue;
      nodes += 1;
      if (nodes > NODES_MAX)
        return refusal('ACCOUNT_TOO_WIDE', `/permissions/${name}/accounts`, { permissions: nodes, most: NODES_MAX });
      for (const [index, entry] of found.accounts.entries()) {
        const pointer = level === 1 ? `/permissions/${own}/accounts/${index}` : `/permissions/${name}/accounts`;
        const facts = { account: entry.account, permission: entry.permission };
        const other = accounts.byAccount(entry.account);
        if (level === 1 && (other === undefined || other.closedAt !== 0))
          return refusal('ACCOUNT_REFERENCE_UNKNOWN', `${pointer}/account`, facts);
        if (level === 1 && other !== undefined && permissionOf(other, entry.permission) === undefined)
          return refusal('ACCOUNT_REFERENCE_UNKNOWN', `${pointer}/permission`, facts);
        // Whoever reaches a permission reaches those below it: to lead to one that stands over a place is to lead there too.
        const leadsTo = other === undefined ? [] : withParents(other, entry.permission);
        const back = leadsTo.find((reached) => [...path, place].includes(`${entry.account}@${reached}`));
        if (back !== undefined) return refusal('ACCOUNT_CYCLE', pointer, { account: entry.account, permission: back });
        if (level >= LEVELS_MAX) return refusal('ACCOUNT_TOO_DEEP', pointer, { levels: level + 1, most: LEVELS_MAX });
        const broken = walk(entry.account, entry.permission, level + 1, [...path, place]);
        if (broken !== undefined) return broken;
      }
    }
    return undefined;
  };
  return walk(account, name, 1, []);
}

const withRecord = (accounts: AccountsReader, record: StoredAccount): AccountsReader => ({
  ...accounts,
  byAccount: (account) =>
    account === record.account ? { ...record, keys: [], threshold: 0 } : accounts.byAccount(account),
});
