import { gs1KeyOf } from '@waymark/epcis/gs1';
import type { LocalName } from '@waymark/ledger/chain';

/** One organisation of the consortium, as genesis names it (docs/protocol/formats.md section 5). */
export interface Organisation {
  readonly account: string;
  readonly names: LocalName;
  readonly role: 'company' | 'regulator';
  /** GS1 company prefixes, digits only. */
  readonly companyPrefixes: readonly string[];
}

/** The organisations of the chain, read from genesis once. */
export class Organisations {
  private readonly byAccount: ReadonlyMap<string, Organisation>;

  constructor(readonly all: readonly Organisation[]) {
    this.byAccount = new Map(all.map((organisation) => [organisation.account, organisation]));
  }

  find(account: string): Organisation | undefined {
    return this.byAccount.get(account);
  }

  /** Account whose registered company prefix this identifier carries, if any. */
  ownerOf(id: string): string | undefined {
    const digits = gs1KeyOf(id)?.fromPrefix;
    if (digits === undefined) return undefined;
    return this.all.find(({ companyPrefixes }) => companyPrefixes.some((prefix) => digits.startsWith(prefix)))?.account;
  }
}
