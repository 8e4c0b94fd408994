/** What one event says, as far as it bears on the state of one item. */
export interface StateStatement {
  readonly eventKey: string;
  readonly timeMs: number;
  /** Accounts that signed it. */
  readonly signers: readonly string[];
  /** CBV word or URI; absent: it says nothing of the state. */
  readonly disposition?: string;
  /** The event brings the item forth. */
  readonly bringsForth: boolean;
  /** Accounts to which it hands the item, or what carries it (destinations that own or possess). */
  readonly handsTo: readonly string[];
}

export interface StateSaid {
  readonly value: string;
  readonly eventKey: string;
  readonly timeMs: number;
  readonly signer: string;
}

export interface ItemState {
  /** The state that counts. Undefined: nobody who may say it has said it. */
  readonly state: StateSaid | undefined;
  /** What others said last, each of them once, newest first; never the item's state. */
  readonly others: readonly StateSaid[];
}

const RECALLED = 'recalled';

/**
 * The state of an item (docs/protocol/provenance.md, "State of an item"). On an open ledger everybody may say anything of everything; the
 * state that counts is said by the holder of the item's company prefix, or by whoever holds the item by custody when they say it: first the
 * prefix holder (of an item without one: who brought it forth), then whom a holder hands it to. `recalled` by the prefix holder stands until
 * the prefix holder says otherwise.
 *
 * `prefixHolder`: account whose registered company prefix the item carries, if any.
 */
export function itemState(statements: readonly StateStatement[], prefixHolder: string | undefined): ItemState {
  const ordered = [...statements].sort((a, b) => a.timeMs - b.timeMs || (a.eventKey < b.eventKey ? -1 : 1));
  let holders: readonly string[] = prefixHolder === undefined ? [] : [prefixHolder];
  let state: StateSaid | undefined;
  const others = new Map<string, StateSaid>();
  for (const { eventKey, timeMs, signers, disposition, bringsForth, handsTo } of ordered) {
    if (holders.length === 0 && bringsForth) holders = signers.slice(0, 1);
    const entitled = signers.find((one) => one === prefixHolder) ?? signers.find((one) => holders.includes(one));
    const signer = entitled ?? signers[0];
    if (disposition !== undefined && signer !== undefined) {
      const said = { value: disposition, eventKey, timeMs, signer };
      const isRecalled = state?.value === RECALLED && state.signer === prefixHolder;
      others.delete(signer);
      if (entitled !== undefined && (!isRecalled || entitled === prefixHolder)) state = said;
      else others.set(signer, said);
    }
    if (handsTo.length > 0 && signers.some((one) => holders.includes(one))) holders = handsTo;
  }
  return { state, others: [...others.values()].reverse() };
}
