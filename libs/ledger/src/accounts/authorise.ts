/**
 * Who may speak for an account (docs/protocol/ledger.md 2): weights of signing keys against thresholds, through other
 * accounts' permissions down to five levels. Pure: the same keys on the same state count the same on every node.
 */
import { ACTIVE, OWNER, permissionOf, type AccountRecord, type AccountsReader, type Delegation } from './account.js';

/** A permission that names a permission that names ... : level 1 is the one that is asked for. */
export const LEVELS_MAX = 5;
/** Permissions looked at to answer one question; what lies beyond is not followed. */
export const NODES_MAX = 64;
/** Longest way from a permission over its parents to `owner`. */
export const PARENTS_MAX = 8;

export interface AuthorityQuestion {
  readonly account: string;
  readonly permission: string;
  /** Keys that signed, lower-case hex. */
  readonly keys: ReadonlySet<string>;
  /** With the kind of a body, and the block time, delegations of the account count too. */
  readonly kind?: string;
  readonly timeMs: number;
}

export interface Authority {
  /** Whether the threshold of the permission, or of one above it, is reached. */
  readonly satisfied: boolean;
  /** Weight that was reached of the permission that was asked for, and what it takes. */
  readonly weight: number;
  readonly threshold: number;
  /** Keys whose weight was added up somewhere on the way; of another account only once its own threshold is reached. */
  readonly counted: ReadonlySet<string>;
  /** Keys that were met on the way, also where they did not suffice. */
  readonly met: ReadonlySet<string>;
  /** Through whom, where a delegation decided. */
  readonly delegate?: string;
  /** A delegation that would have done, had it not run out. */
  readonly expired?: Delegation;
}

/** A kind, or `prefix.*`, that covers this kind. */
export function coversKind(pattern: string, kind: string): boolean {
  return pattern === kind || (pattern.endsWith('.*') && kind.startsWith(pattern.slice(0, -1)));
}

/** The permission that a kind asks for: its own link, else the nearest `prefix.*`, else `active`. */
export function linkedPermission(record: Pick<AccountRecord, 'links'>, kind: string): string {
  if (Object.hasOwn(record.links, kind)) return record.links[kind] as string;
  for (let at = kind.lastIndexOf('.'); at > 0; at = kind.lastIndexOf('.', at - 1)) {
    const pattern = `${kind.slice(0, at)}.*`;
    if (Object.hasOwn(record.links, pattern)) return record.links[pattern] as string;
  }
  return ACTIVE;
}

/** A permission and those above it, up to `owner`. */
export function withParents(record: Pick<AccountRecord, 'permissions'>, permission: string): readonly string[] {
  const names: string[] = [];
  for (let name = permission; name !== '' && names.length < PARENTS_MAX && !names.includes(name);) {
    names.push(name);
    name = permissionOf(record, name)?.parent ?? '';
  }
  return names;
}

/** Whether `above` is `permission` or stands over it. */
export function standsOver(record: Pick<AccountRecord, 'permissions'>, above: string, permission: string): boolean {
  return above === OWNER || withParents(record, permission).includes(above);
}

class Evaluation {
  private nodes = 0;
  readonly met = new Set<string>();

  constructor(
    private readonly keys: ReadonlySet<string>,
    private readonly accounts: AccountsReader,
  ) {}

  /** The permission or one above it. `path`: what is being asked already; nothing on it is asked again. */
  holds(account: string, permission: string, level: number, path: readonly string[]): Omit<Authority, 'met'> {
    const counted = new Set<string>();
    const none = { satisfied: false, weight: 0, threshold: 0, counted };
    const record = this.accounts.byAccount(account);
    if (record === undefined || record.closedAt !== 0) return none;
    let satisfied = false;
    let first: { weight: number; threshold: number } | undefined;
    for (const name of withParents(record, permission)) {
      const place = `${account}@${name}`;
      const reached = path.includes(place) ? undefined : this.weigh(record, name, level, [...path, place], counted);
      if (reached === undefined) continue;
      first ??= reached;
      if (reached.weight >= reached.threshold) satisfied = true;
    }
    return { ...none, ...first, satisfied };
  }

  private weigh(
    record: AccountRecord,
    name: string,
    level: number,
    path: readonly string[],
    counted: Set<string>,
  ): { weight: number; threshold: number } | undefined {
    const permission = permissionOf(record, name);
    if (permission === undefined || this.nodes >= NODES_MAX) return undefined;
    this.nodes += 1;
    let weight = 0;
    for (const entry of permission.keys) {
      if (!this.keys.has(entry.key)) continue;
      this.met.add(entry.key);
      counted.add(entry.key);
      weight += entry.weight;
    }
    if (level < LEVELS_MAX)
      for (const entry of permission.accounts) {
        const inner = this.holds(entry.account, entry.permission, level + 1, path);
        if (!inner.satisfied) continue;
        weight += entry.weight;
        for (const key of inner.counted) counted.add(key);
      }
    return { weight, threshold: permission.threshold };
  }
}

/** Do these keys reach this permission of this account? */
export function authorise(question: AuthorityQuestion, accounts: AccountsReader): Authority {
  const { account, permission, keys, kind, timeMs } = question;
  const own = new Evaluation(keys, accounts);
  const answer: Authority = { ...own.holds(account, permission, 1, []), met: own.met };
  const record = accounts.byAccount(account);
  if (answer.satisfied || kind === undefined || record === undefined) return answer;
  let expired: Delegation | undefined;
  const met = new Set(own.met);
  for (const delegation of record.delegations) {
    if (!delegation.kinds.some((pattern) => coversKind(pattern, kind))) continue;
    if (!standsOver(record, delegation.permission, permission)) continue;
    const other = new Evaluation(keys, accounts);
    // The delegate is a level of its own.
    const theirs = other.holds(delegation.to, ACTIVE, 2, [`${account}@${permission}`]);
    if (timeMs >= delegation.untilMs) {
      if (theirs.satisfied) expired = delegation;
      continue;
    }
    for (const key of other.met) met.add(key);
    if (theirs.satisfied) return { ...answer, satisfied: true, counted: theirs.counted, met, delegate: delegation.to };
  }
  return { ...answer, met, ...(expired === undefined ? {} : { expired }) };
}
