/** Whether those who signed a transaction may say what it says: one permission for each kind of body (formats.md 3). */
import type { AccountRecord, AccountsReader } from '../accounts/account.js';
import { authorise, linkedPermission, type Authority } from '../accounts/authorise.js';
import { refusal, type Refusal } from '../chain/refusal.js';
import type { Body } from '../chain/transaction-types.js';
import { ANY_KEY, type LedgerModule } from './runtime-types.js';

/** The permission that a body asks for, or `ANY_KEY`. */
export function requiredPermission(
  module: LedgerModule | undefined,
  body: Pick<Body, 'kind' | 'content'>,
  sender: AccountRecord,
): string {
  return module?.authority?.(body, sender) ?? linkedPermission(sender, body.kind);
}

export class Authorisation {
  constructor(
    private readonly accounts: AccountsReader,
    private readonly sender: AccountRecord,
    private readonly timeMs: number,
  ) {}

  /**
   * Refused: `TX_THRESHOLD_MISSED` (the weights of the keys do not reach the permission of a body), `TX_DELEGATION_EXPIRED`
   * (they would have, by a delegation that has run out), `TX_SIGNER_UNKNOWN` (a key that counts for none of the bodies:
   * anybody can put an own signature beside another's, and that must not stand).
   */
  check(
    keys: readonly string[],
    bodies: readonly Pick<Body, 'kind' | 'content'>[],
    moduleOf: ReadonlyMap<string, LedgerModule>,
  ): Refusal | undefined {
    const signing = new Set(keys);
    const counted = new Set<string>();
    const asked = new Set<string>();
    let missed: Refusal | undefined;
    for (const body of bodies) {
      const permission = requiredPermission(moduleOf.get(body.kind), body, this.sender);
      const question = `${permission} ${body.kind}`;
      if (asked.has(question)) continue;
      asked.add(question);
      if (permission === ANY_KEY) {
        for (const key of this.anyOf(signing, body.kind)) counted.add(key);
        continue;
      }
      const answer = this.ask(permission, body.kind, signing);
      for (const key of answer.satisfied ? answer.counted : answer.met) counted.add(key);
      if (!answer.satisfied) missed ??= this.missed(permission, body.kind, answer);
    }
    const unknown = keys.findIndex((key) => !counted.has(key));
    if (missed?.code === 'TX_DELEGATION_EXPIRED') return missed;
    if (unknown >= 0)
      return refusal('TX_SIGNER_UNKNOWN', `/signatures/${unknown}`, {
        sender: this.sender.account,
        publicKey: keys[unknown] ?? '',
      });
    return missed;
  }

  private ask(permission: string, kind: string, keys: ReadonlySet<string>): Authority {
    const { accounts, timeMs } = this;
    return authorise({ account: this.sender.account, permission, kind, keys, timeMs }, accounts);
  }

  private missed(permission: string, kind: string, { weight, threshold, expired }: Authority): Refusal {
    return expired === undefined
      ? refusal('TX_THRESHOLD_MISSED', '/signatures', { permission, kind, weight, threshold })
      : refusal('TX_DELEGATION_EXPIRED', '/signatures', { permission, kind, to: expired.to, untilMs: expired.untilMs });
  }

  /** Keys that some permission of the sender names, directly, through other accounts, or by a delegation for this kind. */
  private anyOf(keys: ReadonlySet<string>, kind: string): ReadonlySet<string> {
    const met = new Set<string>();
    for (const permission of Object.keys(this.sender.permissions))
      for (const key of this.ask(permission, kind, keys).met) met.add(key);
    return met;
  }
}
