import type { Organisation } from '../members/organisations.js';
import type { Standing } from './permissions.js';

/** What each organisation's people and keys may be given at all: its role in genesis, and whether it operates this deployment. */
export class Standings {
  private readonly operators: ReadonlySet<string>;

  /** `operators`: accounts named by `WAYMARK_OPERATORS`. */
  constructor(operators: readonly string[]) {
    this.operators = new Set(operators);
  }

  of(organisation: Pick<Organisation, 'account' | 'role'>): Standing {
    return { role: organisation.role, operates: this.operators.has(organisation.account) };
  }
}
